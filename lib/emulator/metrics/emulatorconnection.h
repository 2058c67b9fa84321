// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace AppSync {

//! One WebSocket of a client at the emulator, as it was when this was asked for. Holds no credential.
class APPSYNC_EMULATOR_EXPORT EmulatorConnection {
public:
    //! A subscription that was acknowledged.
    struct Subscription {
        QString id; //!< the client's
        QString channel; //!< with a leading slash; of GraphQL the field of `Subscription`
        QDateTime since; //!< UTC
    };

    QString id; //!< unique while the emulator listens
    QString apiId; //!< of the API that it belongs to
    QString peer; //!< `ADDRESS:PORT`
    QString authType; //!< how it connected, as AWS spells it: `API_KEY`, `AWS_IAM`, …
    QString user; //!< username, subject or ARN; empty for API keys and Lambda tokens
    QString subprotocol; //!< that was agreed upon
    QString userAgent; //!< what the client says about itself
    QDateTime since; //!< UTC, when it was let in
    qint64 framesReceived = 0; //!< control frames too
    qint64 bytesReceived = 0; //!< in UTF-8
    qint64 framesSent = 0; //!< control frames too
    qint64 bytesSent = 0; //!< in UTF-8
    QList<Subscription> subscriptions; //!< oldest first

    [[nodiscard]] QJsonObject toJson() const; //!< the members as above, times in ISO 8601
};

} // namespace AppSync
