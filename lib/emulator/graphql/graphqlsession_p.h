// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../realtime/session_p.h"

#include <QHash>

namespace AppSync::Emulation {

class GraphQlApi;

//! A WebSocket of GraphQL.
class GraphQlSession : public Session {
    Q_OBJECT

public:
    GraphQlSession(QWebSocket *socket, QTcpSocket *transport, quint64 number, GraphQlApi &graphQl);
    ~GraphQlSession() override;

    //! A `data` frame of the subscription \a id that ends in \a tail: see GraphQlFrames::dataTail().
    void sendData(const QString &id, const QByteArray &tail);
    //! Tells that the subscription \a id, which is not known to the API any more, has ended.
    void complete(const QString &id);

protected:
    [[nodiscard]] QByteArray subprotocol() const override;
    void authorize(const Credentials &credentials, const AuthCheck::Answer &answer) const override;
    [[nodiscard]] QByteArray otherCredentials(const HttpRequest &request) const override;
    [[nodiscard]] ServiceError unreadableCredentials(const QString &reason) const override;
    void handle(const QJsonObject &frame) override;
    [[nodiscard]] QString ackFrame() const override;
    [[nodiscard]] QString failureFrame(QStringView type, const QString &id,
                                       const ServiceError &error,
                                       const FaultPlan &forms) const override;
    [[nodiscard]] QList<EmulatorConnection::Subscription> subscriptions() const override;
    void dropSubscriptions() override;

private:
    void onStart(const QString &id, const QJsonObject &frame);
    void onStarted(const QString &id, const QString &field, quint64 handle);
    void onStop(const QString &id);
    [[nodiscard]] std::optional<ServiceError> startProblem(const QString &id) const;
    void refuseStart(const QString &id, const QString &field, const QList<ServiceError> &errors);

    struct Subscription {
        quint64 number = 0; //!< an id may come again while the answer to its first start is awaited
        QString field = {}; //!< of the type Subscription
        quint64 handle = 0; //!< of the API, once it was acknowledged
        QDateTime since = {}; //!< invalid: it was not acknowledged yet
    };

    GraphQlApi &m_graphQl;
    QHash<QString, Subscription> m_subscriptions; //!< by id
    quint64 m_lastNumber = 0;
};

} // namespace AppSync::Emulation
