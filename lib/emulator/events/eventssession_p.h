// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../realtime/session_p.h"
#include "ratelimit_p.h"

#include <QHash>

namespace AppSync::Emulation {

//! A WebSocket of Events.
class EventsSession : public Session {
    Q_OBJECT

public:
    EventsSession(QWebSocket *socket, QTcpSocket *transport, quint64 number, EventsApi &api);
    ~EventsSession() override;

    //! A `data` frame of the subscription \a id that ends in \a tail: see Frames::dataTail().
    void sendData(const QString &id, const QByteArray &tail);

protected:
    [[nodiscard]] QByteArray subprotocol() const override;
    void authorize(const Credentials &credentials, const AuthCheck::Answer &answer) const override;
    void handle(const QJsonObject &frame) override;
    [[nodiscard]] QString ackFrame() const override;
    [[nodiscard]] QString failureFrame(QStringView type, const QString &id,
                                       const ServiceError &error,
                                       const FaultPlan &forms) const override;
    [[nodiscard]] QList<EmulatorConnection::Subscription> subscriptions() const override;
    void dropSubscriptions() override;

private:
    void onSubscribe(const QString &id, const QJsonObject &frame);
    void onUnsubscribe(const QString &id);
    void onPublish(const QString &id, const QJsonObject &frame);
    [[nodiscard]] std::optional<ServiceError> subscribeProblem(const QString &id) const;
    void onSubscribed(const QString &id, const QString &channel);

    struct Subscription {
        QString channel; //!< as the client wrote it
        bool isLive = false; //!< false: the authorizer has not answered yet
        QDateTime since = {}; //!< it is live
    };
    QHash<QString, Subscription> m_subscriptions; //!< by id
    RateLimit m_publishes;
};

} // namespace AppSync::Emulation
