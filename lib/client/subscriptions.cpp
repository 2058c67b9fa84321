// SPDX-License-Identifier: Apache-2.0
#include "subscriptions_p.h"

#include "../core/utc_p.h"
#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "clientlog_p.h"

#include <map>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Operation = SignableRequest::Operation;
using EndReason = Subscription::EndReason;

EndReason reasonOf(const Error &error)
{
    return error.kind == Error::Kind::Timeout ? EndReason::TimedOut : EndReason::Refused;
}

} // namespace

SubscriptionTable::SubscriptionTable(Connection::Private &connection, const Protocol &protocol,
                                     const ClientSettings &settings, OperationIds &ids,
                                     QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_protocol(protocol)
    , m_settings(settings)
    , m_ids(ids)
{
    connect(&m_deadlines, &OperationDeadlines::expired, this, &SubscriptionTable::onExpired);
}

QList<QString> SubscriptionTable::idsInOrder() const
{
    std::map<quint64, QString> ids;
    for (const auto &[id, entry] : m_entries)
        ids.emplace(entry.number, id);
    QList<QString> inOrder;
    for (const auto &[number, id] : ids)
        inOrder << id;
    return inOrder;
}

Authorizer *SubscriptionTable::authorizerOf(const Entry &entry) const
{
    return entry.authorizer ? entry.authorizer.data()
                            : m_settings.authorizerFor(Operation::Subscribe);
}

std::chrono::milliseconds SubscriptionTable::timeoutOf(const Subscription &subscription) const
{
    return subscription.timeout().value_or(m_settings.operationTimeout);
}

bool SubscriptionTable::hasDeadlineFromCall(const Entry &entry) const
{
    return !entry.wasAcknowledged && entry.subscription
        && timeoutOf(*entry.subscription) > std::chrono::milliseconds::zero();
}

std::chrono::milliseconds SubscriptionTable::answerTimeout(const Entry &entry) const
{
    return hasDeadlineFromCall(entry) ? timeoutOf(*entry.subscription)
                                      : m_settings.operationTimeout;
}

// ---- subscribing

void SubscriptionTable::subscribe(Subscription *subscription)
{
    const QString id = m_ids.next(u"sub-");
    subscription->begin(id);
    const Subscription::Topic topic = subscription->beginTopic();
    if (topic.problem.isError()) {
        subscription->end(EndReason::Refused, topic.problem);
        return;
    }
    Entry entry;
    entry.subscription = subscription;
    entry.name = topic.name;
    entry.body = topic.body;
    entry.authorizer = subscription->authorizer();
    entry.number = ++m_counter;
    m_entries.insert_or_assign(id, entry);
    m_deadlines.add(id, timeoutOf(*subscription));
    const QPointer<SubscriptionTable> alive(this);
    subscription->setState(Subscription::State::Pending);
    if (alive && m_entries.contains(id) && m_connection.state == Connection::State::Ready)
        request(id);
}

void SubscriptionTable::request(const QString &id)
{
    Entry &entry = m_entries[id];
    entry.phase = Entry::Phase::Authorizing;
    entry.session = m_session;
    if (!hasDeadlineFromCall(entry))
        m_deadlines.add(id, answerTimeout(entry));
    requestAuthorization(
        authorizerOf(entry), signableRequest(entry), this,
        [this, id, body = entry.body, session = m_session](const Error &error,
                                                           const Headers &headers) {
            const auto it = m_entries.find(id);
            if (it == m_entries.end() || it->second.session != session
                || it->second.phase != Entry::Phase::Authorizing || session != m_session)
                return;
            if (error.isError()) {
                (void)refuse(id, error);
                return;
            }
            it->second.phase = Entry::Phase::Requested;
            const QPointer<Subscription> subscription(it->second.subscription);
            sendSubscribe(m_connection, id, body, headers);
            if (subscription)
                subscription->noteRequested(m_settings.clock->wallMs());
        },
        [this, id, session = m_session](bool isWaiting) {
            const auto it = m_entries.find(id);
            if (it == m_entries.end() || it->second.session != session
                || it->second.phase != Entry::Phase::Authorizing)
                return;
            if (isWaiting)
                m_deadlines.remove(id);
            else
                m_deadlines.add(id, answerTimeout(it->second));
        });
}

SignableRequest SubscriptionTable::signableRequest(const Entry &entry) const
{
    const bool hasChannel = m_protocol.service == Endpoint::Service::Events;
    return m_settings.request(Operation::Subscribe, hasChannel ? entry.name : QString(),
                              entry.body);
}

void SubscriptionTable::sendSubscribe(Connection::Private &connection, const QString &id,
                                      const QByteArray &body, const Headers &headers)
{
    const QString host = m_settings.endpoint.host();
    connection.send(m_protocol.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
                                     authorizationObject(headers, host)),
                    m_protocol.startType, id,
                    m_protocol.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
                                     maskedAuthorizationObject(headers, host)));
}

QList<QString> SubscriptionTable::activeIds() const
{
    QList<QString> active = idsInOrder();
    active.removeIf([this](const QString &id) {
        return m_entries.find(id)->second.phase != Entry::Phase::Active;
    });
    return active;
}

void SubscriptionTable::requestOn(Connection::Private &other, const QString &id)
{
    const Entry &entry = m_entries.find(id)->second;
    requestAuthorization(
        authorizerOf(entry), signableRequest(entry), other.q,
        [this, &other, id, body = entry.body](const Error &error, const Headers &headers) {
            // Without credentials it is never acknowledged, so the takeover fails and is tried again.
            if (!error.isError())
                sendSubscribe(other, id, body, headers);
        });
}

void SubscriptionTable::onTakenOver(const QSet<QString> &acknowledged)
{
    ++m_session; // what was asked for the old socket is asked anew
    const QPointer<SubscriptionTable> alive(this);
    const QList<QString> ids = idsInOrder();
    for (const QString &id : ids) {
        if (alive && m_entries.contains(id) && !acknowledged.contains(id))
            request(id);
    }
}

bool SubscriptionTable::acknowledge(const QString &id)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    if (it->second.phase != Entry::Phase::Requested)
        return true; // said twice
    m_deadlines.remove(id);
    if (!it->second.subscription) {
        const QPointer<OperationReply> reply = it->second.unsubscribeReply;
        m_entries.erase(it);
        sendUnsubscribe(id, reply);
        return true;
    }
    it->second.phase = Entry::Phase::Active;
    it->second.credentialsRenewed = false;
    it->second.wasAcknowledged = true;
    const QString name = it->second.name;
    const std::optional<Gap> gap = std::exchange(it->second.gap, std::nullopt);
    const QPointer<Subscription> subscription(it->second.subscription);
    subscription->noteAcknowledged(m_connection.lastFrameMs);
    m_settings.log->info(LogEntry::Area::Operations, u"Subscribed to %1."_s.arg(name));
    if (subscription && gap) {
        Gap closed = *gap;
        closed.to = utc(m_connection.lastFrameMs);
        m_settings.log->warning(LogEntry::Area::Operations,
                                u"Events on %1 may be missing."_s.arg(name), closed.reason);
        if (subscription)
            Q_EMIT subscription->gapDetected(closed);
    }
    if (subscription)
        subscription->setState(Subscription::State::Subscribed);
    return true;
}

//! A refused channel ends its own subscription, never the connection or the others.
bool SubscriptionTable::refuse(const QString &id, const Error &error)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    if (error.needsNewCredentials() && it->second.subscription && !it->second.credentialsRenewed) {
        Authorizer *authorizer = authorizerOf(it->second);
        if (authorizer && authorizer->invalidate()) {
            it->second.credentialsRenewed = true;
            if (it->second.phase == Entry::Phase::Active)
                openGap(it->second, error);
            request(id);
            return true;
        }
    }
    fail(id,
         error.message.isEmpty()
             ? ServerError::described(error, tr("The subscription to %1").arg(it->second.name))
             : error);
    return true;
}

bool SubscriptionTable::refuseUnnamed(const Error &error)
{
    const auto waits = [](const auto &entry) {
        return entry.second.phase == Entry::Phase::Requested;
    };
    const auto first = std::find_if(m_entries.cbegin(), m_entries.cend(), waits);
    if (first == m_entries.cend()
        || std::find_if(std::next(first), m_entries.cend(), waits) != m_entries.cend())
        return false;
    return refuse(QString(first->first), error);
}

void SubscriptionTable::openGap(Entry &entry, const Error &reason) const
{
    entry.gap = Gap{utc(m_connection.lastFrameMs), {}, reason, entry.name};
}

bool SubscriptionTable::complete(const QString &id)
{
    if (finishUnsubscribe(id))
        return true;
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    if (it->second.phase != Entry::Phase::Requested && it->second.phase != Entry::Phase::Active)
        return true; // of an earlier run
    Subscription *subscription = it->second.subscription;
    const QPointer<OperationReply> reply = it->second.unsubscribeReply;
    m_entries.erase(it);
    m_deadlines.remove(id);
    if (reply)
        reply->succeed();
    const QPointer<Subscription> alive(subscription);
    m_settings.log->info(LogEntry::Area::Operations,
                         u"The server ended the subscription %1."_s.arg(id));
    if (alive)
        subscription->end(EndReason::Completed);
    return true;
}

void SubscriptionTable::fail(const QString &id, const Error &error)
{
    const auto it = m_entries.find(id);
    Subscription *subscription = it->second.subscription;
    const QPointer<OperationReply> reply = it->second.unsubscribeReply;
    m_entries.erase(it);
    m_deadlines.remove(id);
    if (reply)
        reply->succeed(); // refused, hence not subscribed
    const QPointer<Subscription> alive(subscription);
    m_settings.log->warning(LogEntry::Area::Operations, u"The subscription %1 ended."_s.arg(id),
                            error);
    if (!alive)
        return;
    if (subscription)
        subscription->end(reasonOf(error), error);
}

// ---- unsubscribing

void SubscriptionTable::unsubscribe(Subscription *subscription, OperationReply *reply)
{
    const QString id = subscription->subscriptionId();
    const auto it = m_entries.find(id);
    if (it == m_entries.end() || it->second.subscription != subscription) {
        if (reply)
            reply->succeed();
        return;
    }
    it->second.subscription = nullptr;
    // An unsubscribe beside an unanswered subscribe is ignored by the service: wait for the answer.
    if (it->second.phase == Entry::Phase::Requested) {
        it->second.unsubscribeReply = reply;
        m_deadlines.add(id, m_settings.operationTimeout);
        return;
    }
    const bool isActive = it->second.phase == Entry::Phase::Active;
    m_entries.erase(it);
    m_deadlines.remove(id);
    if (isActive)
        sendUnsubscribe(id, reply);
    else if (reply)
        reply->succeed();
}

bool SubscriptionTable::isUnsubscribing(const QString &id) const
{
    const auto it = m_entries.find(id);
    return m_unsubscribes.contains(id) || (it != m_entries.end() && !it->second.subscription);
}

void SubscriptionTable::sendUnsubscribe(const QString &id, OperationReply *reply)
{
    const QByteArray frame = m_protocol.stop(id.toLatin1());
    m_unsubscribes.insert(id, reply);
    m_deadlines.add(id, m_settings.operationTimeout);
    if (!m_connection.send(frame, m_protocol.stopType, id, frame))
        (void)finishUnsubscribe(id); // no connection, no subscription
}

bool SubscriptionTable::finishUnsubscribe(const QString &id, const Error &error)
{
    const auto it = m_unsubscribes.find(id);
    if (it == m_unsubscribes.end())
        return false;
    const QPointer<OperationReply> reply = it.value();
    m_unsubscribes.erase(it);
    m_deadlines.remove(id);
    if (reply && error.isError())
        reply->fail(error);
    else if (reply)
        reply->succeed();
    if (isIdle())
        Q_EMIT becameIdle();
    return true;
}

// ---- events and errors

bool SubscriptionTable::deliver(const Incoming &message, const QString &text, qint64 seq)
{
    auto it = m_entries.find(message.id);
    if (it == m_entries.end())
        return false;
    Subscription *const subscription = it->second.subscription;
    if (!subscription)
        return true; // unsubscribed here, not yet there
    if (!subscription->m_firstEventMs) {
        const QPointer<SubscriptionTable> present(this);
        const QPointer<Subscription> listener(subscription);
        subscription->noteFirstEvent(m_connection.lastFrameMs);
        if (!present || !listener)
            return true;
        it = m_entries.find(message.id);
        if (it == m_entries.end() || it->second.subscription != listener)
            return true;
    }
    // Nothing of the table may be touched once a slot had its turn: hence a copy of the id.
    const QString id = it->first;
    subscription->deliver({text, message.events, id, seq, m_connection.lastFrameMs});
    return true;
}

bool SubscriptionTable::reportBroadcastErrors(const QString &id, const QList<Error> &errors)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    const QPointer<Subscription> subscription(it->second.subscription);
    const QString what = tr("Delivery of an event on %1").arg(it->second.name);
    for (const Error &error : errors) {
        if (subscription)
            Q_EMIT subscription->errorOccurred(ServerError::described(error, what));
    }
    return true;
}

bool SubscriptionTable::reportError(const QString &id, const Error &error)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    if (it->second.phase != Entry::Phase::Active)
        return refuse(id, error);
    if (it->second.subscription)
        Q_EMIT it->second.subscription->errorOccurred(
            ServerError::described(error, tr("An operation on %1").arg(it->second.name)));
    return true;
}

// ---- the connection

void SubscriptionTable::onReady()
{
    ++m_session;
    const QPointer<SubscriptionTable> alive(this);
    const QList<QString> ids = idsInOrder();
    for (const QString &id : ids) {
        if (alive && m_entries.contains(id))
            request(id);
    }
}

void SubscriptionTable::onLost(const Error &error, bool willRetry)
{
    ++m_session;
    const QPointer<SubscriptionTable> alive(this);
    const QList<QString> unsubscribes = m_unsubscribes.keys();
    for (const QString &id : unsubscribes) {
        if (alive)
            (void)finishUnsubscribe(id); // the server forgot it with the connection
    }
    if (!alive)
        return;
    const QList<QString> ids = idsInOrder();
    for (const QString &id : ids) {
        if (alive && m_entries.contains(id))
            lose(id, error, willRetry);
    }
}

void SubscriptionTable::lose(const QString &id, const Error &error, bool willRetry)
{
    const auto it = m_entries.find(id);
    Entry &entry = it->second;
    Subscription *subscription = entry.subscription;
    if (subscription && willRetry) {
        if (entry.phase == Entry::Phase::Active)
            openGap(entry, error);
        if (entry.wasAcknowledged)
            m_deadlines.remove(id); // waits for the connection as long as that is tried
        entry.phase = Entry::Phase::Waiting;
        subscription->setState(Subscription::State::Pending, error);
        return;
    }
    const QPointer<OperationReply> reply = entry.unsubscribeReply;
    m_entries.erase(it);
    m_deadlines.remove(id);
    if (reply)
        reply->succeed();
    if (subscription)
        subscription->end(error.isError() ? EndReason::ConnectionFailed : EndReason::ClientClosed,
                          error);
}

void SubscriptionTable::onExpired(const QString &id)
{
    const auto seconds = [](std::chrono::milliseconds duration) {
        return std::chrono::round<std::chrono::seconds>(duration).count();
    };
    if (m_unsubscribes.contains(id)) {
        (void)finishUnsubscribe(
            id,
            Error::local(Error::Kind::Timeout,
                         tr("The server did not answer the unsubscribe within %1 s.")
                             .arg(seconds(m_settings.operationTimeout)),
                         tr("Its events are no longer delivered here; close the connection to be "
                            "sure that the server forgets it.")));
        return;
    }
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    Entry &entry = it->second;
    const auto limit = answerTimeout(entry);
    const QString sentence = entry.phase == Entry::Phase::Waiting
        ? tr("The subscription to %1 found no connection within %2 s.")
        : tr("The server did not answer the subscription to %1 within %2 s.");
    const Error late = Error::local(
        Error::Kind::Timeout, sentence.arg(entry.name).arg(seconds(limit)), tr("Subscribe again."));
    if (entry.phase != Entry::Phase::Requested)
        return fail(id, late);
    // It may still be acknowledged: the entry stays to unsubscribe then.
    Subscription *subscription = std::exchange(entry.subscription, nullptr);
    if (const QPointer<OperationReply> reply = std::exchange(entry.unsubscribeReply, nullptr))
        reply->fail(late);
    if (subscription)
        subscription->end(EndReason::TimedOut, late);
}

} // namespace AppSync
