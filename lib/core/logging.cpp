// SPDX-License-Identifier: Apache-2.0
#include "logging_p.h"

namespace AppSync {

Q_LOGGING_CATEGORY(lcAuth, "appsync.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcConnection, "appsync.connection", QtInfoMsg)
Q_LOGGING_CATEGORY(lcOperations, "appsync.operations", QtInfoMsg)

} // namespace AppSync
