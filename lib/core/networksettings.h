// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkProxy>
#include <QPair>
#include <QSslConfiguration>

#include <chrono>

namespace AppSync {

using Headers = QList<QPair<QByteArray, QByteArray>>;

//! How to reach an endpoint, for the WebSocket and for HTTP alike.
class NetworkSettings {
public:
    QSslConfiguration tls =
        QSslConfiguration::defaultConfiguration(); //!< CA certificates, peer verification
    QNetworkProxy proxy{QNetworkProxy::DefaultProxy};
    Headers headers; //!< sent with the upgrade request and with every HTTP request
    qint64 maxIncomingBytes =
        4 * 1024 * 1024; //!< a larger message ends the connection (close code 1009)
};

} // namespace AppSync
