// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "channelsubscription.h"
#include "connection_p.h"
#include "deadlines_p.h"
#include "publishoperation_p.h"

#include <QHash>
#include <QSet>

#include <unordered_map>

namespace AppSync {

//! Many operations on one connection: the table from id to operation, their deadlines, subscribing again
//! after a loss, failing what was in flight.
class Multiplexer : public QObject {
    Q_OBJECT

public:
    Multiplexer(Connection::Private &connection, const ClientSettings &settings, QObject *parent);

    void setClock(Clock *clock) { m_deadlines.setClock(clock); }

    //! Starts \a subscription anew, with a new id.
    void subscribe(ChannelSubscription *subscription);
    //! Forgets \a subscription and tells the server so where it knows of it.
    void unsubscribe(ChannelSubscription *subscription);
    void publish(PublishOperation *operation);
    //! Ends every publish with \a error.
    void failPublishes(const Error &error);
    //! Nothing in flight: no publish, no unsubscribe without answer.
    [[nodiscard]] bool isIdle() const { return m_publishes.isEmpty() && m_unsubscribes.isEmpty(); }
    [[nodiscard]] QString nextId(QStringView prefix);

    void onMessage(const Incoming &message, const QString &text, qint64 seq);
    void onReady();
    void onLost(const Error &error, bool willRetry);

Q_SIGNALS:
    void becameIdle();
    void errorOccurred(const AppSync::Error &error);

private:
    struct Entry {
        enum class Phase { Waiting, Authorizing, Requested, Active };
        ChannelSubscription *subscription =
            nullptr; //!< null: unsubscribed before the server's answer
        QString channel;
        bool isWildcard = false;
        QPointer<Authorizer> authorizer;
        quint64 number = 0; //!< order of creation
        quint64 session = 0; //!< answers to earlier sessions are dropped
        Phase phase = Phase::Waiting;
        bool credentialsRenewed = false;
    };

    //! Lets the table be asked with a view into a frame.
    struct IdHash {
        using is_transparent = void;
        size_t operator()(QStringView id) const { return qHash(id); }
    };
    struct IdEqual {
        using is_transparent = void;
        bool operator()(QStringView a, QStringView b) const { return a == b; }
    };
    using Entries = std::unordered_map<QString, Entry, IdHash, IdEqual>;

    void request(const QString &id);
    void sendSubscribe(const QString &id, const QByteArray &body, const Headers &headers);
    void sendUnsubscribe(const QString &id);
    void authorizePublish(PublishOperation *operation);
    void sendPublish(PublishOperation *operation, const Headers &headers);
    void deliver(const Incoming &message, const QString &text, qint64 seq);
    void subscribed(const QString &id);
    void refuseSubscription(const QString &id, const Error &error);
    void answerPublish(const Incoming &message, const QString &text);
    void refusePublish(const QString &id, const Error &error);
    void reportBroadcastErrors(const QString &id, const QList<Error> &errors);
    void reportError(const QString &id, const Incoming &message);
    void reportUnexpected(const Incoming &message, const QString &text);
    void finishUnsubscribe(const QString &id);
    void onExpired(const QString &id);
    PublishOperation *takePublish(const QString &id);
    void checkIdle();
    [[nodiscard]] bool isLate(QStringView id) const;
    [[nodiscard]] QList<QString> idsInOrder() const;
    [[nodiscard]] ChannelSubscription *subscriptionOf(const QString &id) const;
    [[nodiscard]] Authorizer *authorizerOf(const Entry &entry) const;
    [[nodiscard]] Authorizer *authorizerOf(const PublishOperation &operation) const;

    Connection::Private &m_connection;
    const ClientSettings &m_settings;
    OperationDeadlines m_deadlines{this};
    Entries m_subscriptions;
    QHash<QString, QPointer<PublishOperation>> m_publishes;
    QSet<QString> m_unsubscribes;
    quint64 m_session = 0;
    quint64 m_counter = 0;
};

} // namespace AppSync
