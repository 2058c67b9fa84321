// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "networksettings.h"

#include <QMetaType>
#include <QObject>
#include <QStringList>
#include <QUrl>

namespace AppSync {

//! The request that turns an HTTP connection into a WebSocket, as it goes out. For people and logs it is
//! masked: no value in it opens anything.
class APPSYNC_EXPORT UpgradeRequest {
    Q_GADGET
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(QStringList subprotocols MEMBER subprotocols)
    Q_PROPERTY(QString authorization MEMBER authorization)

public:
    QUrl url; //!< with the extra query parameters of NetworkSettings
    Headers headers; //!< those of NetworkSettings and the user agent
    QStringList
        subprotocols; //!< the protocol's own, and `header-…` with the authorization in base64url
    QString authorization; //!< what that holds: the JSON object of the authorizer's headers
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::UpgradeRequest)
