// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Error>

#include <QNetworkProxy>
#include <QUrl>

QT_BEGIN_NAMESPACE
class QHostInfo;
class QNetworkReply;
class QSslSocket;
QT_END_NAMESPACE

#include <chrono>

//! Why DNS, TCP, TLS or HTTP failed, in the words of each layer.
namespace Syncscope::NetworkError {

[[nodiscard]] int portOf(const QUrl &url);
//! `http://HOST:PORT` or `socks5://HOST:PORT`, without a password; empty for no proxy.
[[nodiscard]] QString proxyText(const QNetworkProxy &proxy);

[[nodiscard]] AppSync::Error lookup(const QString &host, const QString &words);
[[nodiscard]] AppSync::Error lookupOfProxy(const QString &host, const QString &words);
[[nodiscard]] AppSync::Error tcp(const QSslSocket &socket, const QUrl &url,
                                 const QNetworkProxy &proxy);
[[nodiscard]] AppSync::Error tls(const QSslSocket &socket, const QUrl &url);
[[nodiscard]] AppSync::Error http(const QNetworkReply &reply);
//! \a what took longer than \a timeout: nothing can be reached that way.
[[nodiscard]] AppSync::Error timeout(const QString &what, std::chrono::milliseconds timeout);

} // namespace Syncscope::NetworkError
