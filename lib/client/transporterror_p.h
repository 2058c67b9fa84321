// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"

#include <QStringList>

QT_BEGIN_NAMESPACE
class QNetworkReply;
class QUrl;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

//! Why \a socket ended before its upgrade was answered with 101.
Error openingError(const QWebSocket &socket, const QUrl &url, const QStringList &tlsProblems);
//! Why an established \a socket ended.
Error droppedError(const QWebSocket &socket);
//! Why an HTTP request got no answer at all.
Error httpError(const QNetworkReply &reply);

} // namespace AppSync
