// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"
#include "../core/gap.h"

#include <QPointer>
#include <QVariant>

#include <chrono>
#include <optional>

namespace AppSync {

class Client;
class OperationReply;

//! What all subscriptions have in common: ChannelSubscription of Events, GraphQlSubscription. One survives
//! reconnects, and tells each time in which events may have been missed; deleting it (or its parent, or its QML
//! item) unsubscribes on the server. Changing what it subscribes to, its client or its authorizer ends the
//! present run and subscribes anew. Two subscriptions to the same are two: each has an id of its own and gets
//! every event.
class APPSYNC_EXPORT Subscription : public QObject {
    Q_OBJECT
    Q_PROPERTY(AppSync::Authorizer *authorizer READ authorizer WRITE setAuthorizer NOTIFY
                   authorizerChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(AppSync::Subscription::State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(AppSync::Error error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString subscriptionId READ subscriptionId NOTIFY stateChanged FINAL)
    Q_PROPERTY(QDateTime requestedAt READ requestedAt NOTIFY progressed FINAL)
    Q_PROPERTY(QDateTime acknowledgedAt READ acknowledgedAt NOTIFY progressed FINAL)
    Q_PROPERTY(QDateTime firstEventAt READ firstEventAt NOTIFY progressed FINAL)
    Q_PROPERTY(QVariant userData READ userData WRITE setUserData NOTIFY userDataChanged FINAL)

public:
    //! How far it is.
    enum class State {
        Inactive, //!< nothing is asked of the server
        Pending, //!< waiting for the connection, the authorizer or the server's answer
        Subscribed, //!< acknowledged
        Failed, //!< error() says why; set active again (or reopen the client) to retry
    };
    Q_ENUM(State)

    //! Why a run of it ended.
    enum class EndReason {
        Unsubscribed, //!< by the caller: unsubscribe(), active, another channel, deletion of the client
        Cancelled, //!< the reply of subscribe() was aborted
        ClientClosed, //!< Client::close()
        Completed, //!< by the server without an error, as when a resolver invalidates it; GraphQL only
        Refused, //!< by the server, by the authorizer, or here for a bad channel or document; Failed
        TimedOut, //!< no acknowledgement in time; Failed
        ConnectionFailed, //!< the client gave up connecting; Failed
    };
    Q_ENUM(EndReason)

    ~Subscription() override;

    //! Null: the client's subscribe authorizer.
    [[nodiscard]] Authorizer *authorizer() const { return m_authorizer; }
    void setAuthorizer(Authorizer *authorizer);
    //! Default true. False unsubscribes and keeps the object.
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    //! How long the first acknowledgement may take, counted from the call, the wait for a connection
    //! included. Unset: the client's operation timeout. Zero: as long as the client tries to connect; the
    //! server's answer is then due within the operation timeout.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeout() const { return m_timeout; }
    void setTimeout(std::optional<std::chrono::milliseconds> timeout) { m_timeout = timeout; }
    //! Whatever the caller wants to find here again.
    [[nodiscard]] QVariant userData() const { return m_userData; }
    void setUserData(const QVariant &data);

    //! Subscribes now, and makes active true. The reply succeeds with the acknowledgement and ends with
    //! InvalidInput without a client or anything to subscribe to, with AlreadyCalled if that is under way
    //! or done (which goes on), with Cancelled if it is unsubscribed before the answer. Aborting it
    //! unsubscribes.
    Q_INVOKABLE AppSync::Reply *subscribe();
    //! Unsubscribes and makes active false; no event is delivered from here on. The reply succeeds with the
    //! server's answer, or at once if the server knows nothing of the subscription (before it was asked,
    //! while reconnecting); before the acknowledgement it waits for that first. It ends with NotSubscribed
    //! if there is nothing to end, with AlreadyCalled while an earlier one waits for its answer.
    Q_INVOKABLE AppSync::Reply *unsubscribe();

    [[nodiscard]] State state() const { return m_state; } //!< how far it is
    [[nodiscard]] Error error() const { return m_error; } //!< why it Failed; else none
    //! The id of its frames; stays the same over reconnects, empty before the first subscribe.
    [[nodiscard]] QString subscriptionId() const { return m_id; }
    //! When the latest subscribe was sent, UTC; invalid before that.
    [[nodiscard]] QDateTime requestedAt() const;
    //! When the latest acknowledgement came, UTC; invalid until then.
    [[nodiscard]] QDateTime acknowledgedAt() const;
    //! When the first event after that came, UTC; invalid until then. The service may lose events for some
    //! seconds after an acknowledgement; EventsClient::echo() measures that.
    [[nodiscard]] QDateTime firstEventAt() const;

Q_SIGNALS:
    //! Subscribed again after a loss; events in between may be missing. Comes before any later event.
    void gapDetected(const AppSync::Gap &gap);
    //! Exactly once for each time that it left Inactive or Failed; the error is none unless it failed.
    void ended(AppSync::Subscription::EndReason reason, const AppSync::Error &error);
    //! requestedAt, acknowledgedAt or firstEventAt changed.
    void progressed();
    void userDataChanged();
    //! A refusal, a failure to deliver (broadcast_error) or a lost connection that will not come back.
    void errorOccurred(const AppSync::Error &error);
    //! The parameter is state(). It has no name, since QML would let it hide the property of that name.
    void stateChanged(AppSync::Subscription::State);
    void authorizerChanged();
    void activeChanged();

protected:
    //! For the library. Inactive until it has a client and something to subscribe to.
    explicit Subscription(QObject *parent);
    struct Topic;
    struct Delivery;
    //! What it subscribes to: a name for people, empty where nothing is set.
    [[nodiscard]] virtual QString topicName() const = 0;
    //! A run begins: what it subscribes to, as it stands now.
    [[nodiscard]] virtual Topic beginTopic() = 0;
    //! A message came for the present run. The subscription may be deleted in it.
    virtual void deliver(const Delivery &delivery) = 0;
    [[nodiscard]] Client *baseClient() const; //!< null where it has none
    bool setBaseClient(Client *client); //!< false if it is that one already
    //! What it subscribes to has changed.
    void scheduleRestart();

private:
    friend class Client;
    friend class EventsClient;
    friend class SubscriptionTable;
    void restart();
    void stop(EndReason reason);
    void begin(const QString &id);
    //! Ends the present run, if there is one: state, errorOccurred for a failure, ended.
    void end(EndReason reason, const Error &error = {});
    void setState(State state, const Error &error = {});
    void noteRequested(qint64 wallMs);
    void noteAcknowledged(qint64 wallMs);
    void noteFirstEvent(qint64 wallMs);
    [[nodiscard]] OperationReply *newReply(const QString &overdue,
                                           std::chrono::milliseconds timeout);
    [[nodiscard]] bool isRunning() const
    {
        return m_state == State::Pending || m_state == State::Subscribed;
    }

    QPointer<Client> m_client;
    QPointer<Authorizer> m_authorizer;
    QString m_id;
    Error m_error;
    QPointer<OperationReply> m_subscribeReply;
    QVariant m_userData;
    std::optional<std::chrono::milliseconds> m_timeout;
    qint64 m_requestedMs = 0;
    qint64 m_acknowledgedMs = 0;
    qint64 m_firstEventMs = 0;
    State m_state = State::Inactive;
    bool m_hasBegun = false; //!< and not ended
    bool m_active = true;
    bool m_restartScheduled = false;
};

} // namespace AppSync
