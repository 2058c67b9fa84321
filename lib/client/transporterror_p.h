// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"
#include "../core/httpanswer.h"

#include <QStringList>

QT_BEGIN_NAMESPACE
class QUrl;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

//! Why \a socket ended before its upgrade was answered with 101.
Error openingError(const QWebSocket &socket, const QUrl &url, const QStringList &tlsProblems);
//! \a refusal of an upgrade to \a url that offered a subprotocol, with what \a answer tells of it.
Error explainedRefusal(const Error &refusal, const QUrl &url, const QString &offered,
                       const HttpAnswer &answer);
//! The server accepted the upgrade for another subprotocol.
Error otherProtocol(const QUrl &url, const QString &chosen, const QString &offered);
//! Why an established \a socket ended; \a lastWords of the server are its reason where it gave none.
Error droppedError(const QWebSocket &socket, const QString &lastWords);

} // namespace AppSync
