// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"
#include "../core/event.h"

#include <QPointer>

namespace AppSync {

class EventsClient;

//! One subscription to a channel. It survives reconnects; deleting it (or its parent, or its QML item)
//! unsubscribes on the server. Changing client, channel or authorizer subscribes anew.
class APPSYNC_EXPORT ChannelSubscription : public QObject {
    Q_OBJECT
    Q_MOC_INCLUDE(<AppSync / EventsClient>)
    Q_PROPERTY(AppSync::EventsClient *client READ client WRITE setClient NOTIFY clientChanged FINAL)
    Q_PROPERTY(QString channel READ channel WRITE setChannel NOTIFY channelChanged FINAL)
    Q_PROPERTY(AppSync::Authorizer *authorizer READ authorizer WRITE setAuthorizer NOTIFY
                   authorizerChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(AppSync::ChannelSubscription::State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(AppSync::Error error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString subscriptionId READ subscriptionId NOTIFY stateChanged FINAL)

public:
    enum class State {
        Inactive, //!< nothing is asked of the server
        Pending, //!< waiting for the connection, the authorizer or the server's answer; waits for a
        //!< connection as long as the client keeps trying, for an answer as long as its
        //!< operation timeout
        Subscribed, //!< acknowledged
        Failed, //!< error() says why; set active again (or reopen the client) to retry
    };
    Q_ENUM(State)

    //! Inactive until it has a client and a channel; then it subscribes by itself unless active is false.
    explicit ChannelSubscription(QObject *parent = nullptr);
    ~ChannelSubscription() override;

    [[nodiscard]] EventsClient *client() const;
    void setClient(EventsClient *client);
    //! `namespace/a/b` or `namespace/*`; a leading slash is optional.
    [[nodiscard]] QString channel() const { return m_channel; }
    void setChannel(const QString &channel);
    //! Null: the client's subscribe authorizer.
    [[nodiscard]] Authorizer *authorizer() const { return m_authorizer; }
    void setAuthorizer(Authorizer *authorizer);
    //! Default true. False unsubscribes and keeps the object.
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Error error() const { return m_error; }
    //! The id of its frames; stays the same over reconnects, empty before the first subscribe.
    [[nodiscard]] QString subscriptionId() const { return m_id; }

Q_SIGNALS:
    void received(const AppSync::Event &event);
    //! A refusal, a failure to deliver (broadcast_error) or a lost connection that will not come back.
    void errorOccurred(const AppSync::Error &error);
    //! The parameter has no name, since QML would let it hide the property of that name.
    void stateChanged(AppSync::ChannelSubscription::State);
    void clientChanged();
    void channelChanged();
    void authorizerChanged();
    void activeChanged();

private:
    friend class EventsClient;
    friend class Multiplexer;
    void scheduleRestart();
    void restart();
    void setState(State state, const Error &error = {});
    void fail(const Error &error);

    QPointer<EventsClient> m_client;
    QString m_channel;
    QPointer<Authorizer> m_authorizer;
    QString m_id;
    Error m_error;
    State m_state = State::Inactive;
    bool m_active = true;
    bool m_restartScheduled = false;
};

} // namespace AppSync
