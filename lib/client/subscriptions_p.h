// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../wire/protocol_p.h"
#include "connection_p.h"
#include "deadlines_p.h"
#include "operationids_p.h"
#include "operationreply_p.h"
#include "subscription.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace AppSync {

//! What a run of a subscription asks of the server.
struct Subscription::Topic {
    QString name; //!< for people, and the channel of Events
    QByteArray body; //!< what a signature covers
    Error problem; //!< why it is not asked at all
};

//! One message of the server for a subscription. Lives as long as the call that hands it over.
struct Subscription::Delivery {
    const QString &text; //!< of the whole message
    const QVarLengthArray<Incoming::Payload, 1> &payloads;
    const QString &id; //!< of the subscription
    qint64 seq;
    qint64 receivedAtMs;
};

//! The subscriptions of a client: the table from id to subscription, their deadlines, subscribing again
//! after a loss, the gaps in between, and unsubscribes that wait for their answer.
class SubscriptionTable : public QObject {
    Q_OBJECT

public:
    SubscriptionTable(Connection::Private &connection, const Protocol &protocol,
                      const ClientSettings &settings, OperationIds &ids, QObject *parent);

    void setClock(Clock *clock) { m_deadlines.setClock(clock); }

    //! Starts \a subscription anew, with a new id.
    void subscribe(Subscription *subscription);
    //! Forgets \a subscription and tells the server so where it knows of it. \a reply, if there is one, ends
    //! with the server's answer, or at once where none is awaited.
    void unsubscribe(Subscription *subscription, OperationReply *reply = nullptr);
    [[nodiscard]] bool isUnsubscribing(const QString &id) const;

    [[nodiscard]] bool contains(QStringView id) const { return m_entries.contains(id); }
    //! No unsubscribe without answer.
    [[nodiscard]] bool isIdle() const { return m_unsubscribes.isEmpty(); }
    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }

    // For a second connection that takes over.
    [[nodiscard]] QList<QString> activeIds() const;
    //! Subscribes \a id on \a other too.
    void requestOn(Connection::Private &other, const QString &id);
    //! The connection has another socket now, on which \a acknowledged are subscribed: requests the others.
    void onTakenOver(const QSet<QString> &acknowledged);

    void onReady();
    void onLost(const Error &error, bool willRetry);

    // What the server says; false where the id is none of ours.
    [[nodiscard]] bool deliver(const Incoming &message, const QString &text, qint64 seq);
    [[nodiscard]] bool acknowledge(const QString &id);
    [[nodiscard]] bool refuse(const QString &id, const Error &error);
    //! An error that names nobody: the refusal of the one request that waits for its answer, if there is one.
    [[nodiscard]] bool refuseUnnamed(const Error &error);
    //! \a id has ended: as it was asked to, or because the server wants it.
    [[nodiscard]] bool complete(const QString &id);
    [[nodiscard]] bool reportBroadcastErrors(const QString &id, const QList<Error> &errors);
    //! An `error` frame for \a id: the refusal of a request under way, else news about the channel.
    [[nodiscard]] bool reportError(const QString &id, const Error &error);
    [[nodiscard]] bool finishUnsubscribe(const QString &id, const Error &error = {});

Q_SIGNALS:
    void becameIdle();

private:
    struct Entry {
        enum class Phase { Waiting, Authorizing, Requested, Active };
        Subscription *subscription = nullptr; //!< null: unsubscribed before the server's answer
        QString name; //!< of its topic
        QByteArray body; //!< likewise
        QPointer<Authorizer> authorizer;
        QPointer<OperationReply> unsubscribeReply;
        quint64 number = 0; //!< order of creation
        quint64 session = 0; //!< answers to earlier sessions are dropped
        Phase phase = Phase::Waiting;
        bool credentialsRenewed = false;
        bool wasAcknowledged = false;
        std::optional<Gap> gap; //!< open since the connection was lost
    };

    //! Lets the table be asked with a view into a frame. Only ids of ours are in it, which differ at their
    //! end: a hash that withstands attackers would cost more than the rest of the lookup.
    struct IdHash {
        using is_transparent = void;
        size_t operator()(QStringView id) const
        {
            auto hash = size_t(id.size());
            for (const QChar c : id.last(std::min<qsizetype>(id.size(), 8)))
                hash = hash * 31 + c.unicode();
            return hash;
        }
    };
    struct IdEqual {
        using is_transparent = void;
        bool operator()(QStringView a, QStringView b) const { return a == b; }
    };
    using Entries = std::unordered_map<QString, Entry, IdHash, IdEqual>;

    void request(const QString &id);
    [[nodiscard]] SignableRequest signableRequest(const Entry &entry) const;
    void sendSubscribe(Connection::Private &connection, const QString &id, const QByteArray &body,
                       const Headers &headers);
    void sendUnsubscribe(const QString &id, OperationReply *reply);
    //! Events may be missing from now on, until it is acknowledged again.
    void openGap(Entry &entry, const Error &reason) const;
    void fail(const QString &id, const Error &error);
    void lose(const QString &id, const Error &error, bool willRetry);
    void onExpired(const QString &id);
    [[nodiscard]] QList<QString> idsInOrder() const;
    [[nodiscard]] Authorizer *authorizerOf(const Entry &entry) const;
    [[nodiscard]] std::chrono::milliseconds timeoutOf(const Subscription &subscription) const;
    //! The first answer is due from the call, later ones from each request.
    [[nodiscard]] bool hasDeadlineFromCall(const Entry &entry) const;
    [[nodiscard]] std::chrono::milliseconds answerTimeout(const Entry &entry) const;

    Connection::Private &m_connection;
    const Protocol &m_protocol;
    const ClientSettings &m_settings;
    OperationIds &m_ids;
    OperationDeadlines m_deadlines{this};
    Entries m_entries;
    QHash<QString, QPointer<OperationReply>> m_unsubscribes;
    quint64 m_session = 0;
    quint64 m_counter = 0;
};

} // namespace AppSync
