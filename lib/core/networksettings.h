// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QByteArray>
#include <QList>
#include <QNetworkProxy>
#include <QPair>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

#include <chrono>

namespace AppSync {

//! Names and values of HTTP headers, in their order.
using Headers = QList<QPair<QByteArray, QByteArray>>;

//! How to reach an endpoint, for the WebSocket and for HTTP alike.
class APPSYNC_EXPORT NetworkSettings {
public:
    QSslConfiguration tls =
        QSslConfiguration::defaultConfiguration(); //!< CA certificates, peer verification
    QNetworkProxy proxy{QNetworkProxy::DefaultProxy}; //!< the application's by default
    Headers headers; //!< sent with the upgrade request and with every HTTP request
    QList<QPair<QString, QString>>
        query; //!< added to the URL of the WebSocket and of HTTP requests
    QString userAgent = QStringLiteral("AppSyncQt"); //!< empty: no User-Agent header
    qint64 maxIncomingBytes = 4'194'304; //!< a larger message ends the connection (close code 1009)
    qint64 maxAnswerBytes = 67'108'864; //!< a larger answer to a query or a mutation ends it

    //! \a url with the query parameters.
    [[nodiscard]] QUrl withQuery(const QUrl &url) const;
    //! The headers and the user agent.
    [[nodiscard]] Headers allHeaders() const;
};

} // namespace AppSync
