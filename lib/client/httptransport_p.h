// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientsettings_p.h"

QT_BEGIN_NAMESPACE
class QNetworkReply;
QT_END_NAMESPACE

namespace AppSync {

//! Posts to the endpoint's HTTP URL, as all requests of a client go out: with its headers, its query, its
//! proxy and its limits.
class HttpTransport : public QObject {
    Q_OBJECT

public:
    HttpTransport(const ClientSettings &settings, QObject *parent);

    //! \a request as it will be sent: what a signature has to cover.
    [[nodiscard]] SignableRequest overHttp(SignableRequest request) const;
    //! Sends \a body with \a headers on top of the settings' own. The reply deletes itself once it has finished.
    //! One that gets more than \a maximum bytes is aborted: see wasTooLong().
    QNetworkReply *post(const QByteArray &body, const Headers &headers, qint64 maximum);
    [[nodiscard]] static bool wasTooLong(const QNetworkReply &answer);

private:
    [[nodiscard]] QNetworkAccessManager &network();

    const ClientSettings &m_settings;
    QNetworkAccessManager *m_own = nullptr;
};

} // namespace AppSync
