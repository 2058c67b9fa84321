// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

//! All logging categories of the library. None prints payloads or headers; debug is off by default.
namespace AppSync {

Q_DECLARE_LOGGING_CATEGORY(lcAuth) // appsync.auth
Q_DECLARE_LOGGING_CATEGORY(lcConnection) // appsync.connection
Q_DECLARE_LOGGING_CATEGORY(lcOperations) // appsync.operations

} // namespace AppSync
