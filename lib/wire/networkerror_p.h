// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"

#include <QStringList>

QT_BEGIN_NAMESPACE
class QNetworkReply;
class QUrl;
QT_END_NAMESPACE

//! Sentences for a conversation that did not take place.
namespace AppSync::NetworkError {

//! \a reason are the words of the system.
Error unreachable(const QString &message, const QString &reason);
Error hostNotFound(const QString &host);
Error connectionRefused(const QString &host, int port);
Error tlsError(const QString &host, const QStringList &problems);
//! The port of \a url, or the usual one of its scheme.
int portOf(const QUrl &url);
//! Why an HTTP request got no answer at all.
Error httpError(const QNetworkReply &reply);

} // namespace AppSync::NetworkError
