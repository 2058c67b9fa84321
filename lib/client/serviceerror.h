// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"

#include <QJsonValue>

namespace AppSync {

//! What an entry of `errors` in a message of the service means, for those who show messages: its kind, the service's
//! words, and what can be done. \a what was refused begins the sentence ("The subscription to /a/b").
[[nodiscard]] APPSYNC_EXPORT Error serviceError(const QJsonValue &entry, const QString &what);

} // namespace AppSync
