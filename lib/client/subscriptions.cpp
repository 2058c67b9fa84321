// SPDX-License-Identifier: Apache-2.0
#include "subscriptions_p.h"

#include "../core/utc_p.h"
#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"
#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "clientlog_p.h"

#include <map>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Operation = SignableRequest::Operation;
using EndReason = ChannelSubscription::EndReason;

EndReason reasonOf(const Error &error)
{
    return error.kind == Error::Kind::Timeout ? EndReason::TimedOut : EndReason::Refused;
}

} // namespace

SubscriptionTable::SubscriptionTable(Connection::Private &connection,
                                     const ClientSettings &settings, OperationIds &ids,
                                     QObject *parent)
    : QObject(parent), m_connection(connection), m_settings(settings), m_ids(ids)
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

std::chrono::milliseconds
SubscriptionTable::timeoutOf(const ChannelSubscription &subscription) const
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

void SubscriptionTable::subscribe(ChannelSubscription *subscription)
{
    const QString id = m_ids.next(u"sub-");
    subscription->begin(id);
    const Error problem = Validation::subscribeChannel(subscription->channel());
    if (problem.isError()) {
        subscription->end(EndReason::Refused, problem);
        return;
    }
    Entry entry;
    entry.subscription = subscription;
    entry.channel = Validation::normalizedChannel(subscription->channel());
    entry.isWildcard = entry.channel.endsWith(u'*');
    entry.authorizer = subscription->authorizer();
    entry.number = ++m_counter;
    m_entries.insert_or_assign(id, entry);
    m_deadlines.add(id, timeoutOf(*subscription));
    const QPointer<SubscriptionTable> alive(this);
    subscription->setState(ChannelSubscription::State::Pending);
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
    const QByteArray body = EventsWire::subscribeBody(entry.channel);
    requestAuthorization(
        authorizerOf(entry), m_settings.request(Operation::Subscribe, entry.channel, body), this,
        [this, id, body, session = m_session](const Error &error, const Headers &headers) {
            const auto it = m_entries.find(id);
            if (it == m_entries.end() || it->second.session != session
                || it->second.phase != Entry::Phase::Authorizing || session != m_session)
                return;
            if (error.isError()) {
                (void)refuse(id, error);
                return;
            }
            it->second.phase = Entry::Phase::Requested;
            const QPointer<ChannelSubscription> subscription(it->second.subscription);
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

void SubscriptionTable::sendSubscribe(Connection::Private &connection, const QString &id,
                                      const QByteArray &body, const Headers &headers)
{
    const QString host = m_settings.endpoint.host();
    const Protocol &wire = eventsProtocol();
    connection.send(wire.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
                               authorizationObject(headers, host)),
                    u"subscribe", id,
                    wire.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
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
    const QByteArray body = EventsWire::subscribeBody(entry.channel);
    requestAuthorization(authorizerOf(entry),
                         m_settings.request(Operation::Subscribe, entry.channel, body), other.q,
                         [this, &other, id, body](const Error &error, const Headers &headers) {
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
    const QString channel = it->second.channel;
    const std::optional<Gap> gap = std::exchange(it->second.gap, std::nullopt);
    const QPointer<ChannelSubscription> subscription(it->second.subscription);
    subscription->noteAcknowledged(m_connection.lastFrameMs);
    m_settings.log->info(LogEntry::Area::Operations, u"Subscribed to %1."_s.arg(channel));
    if (subscription && gap) {
        Gap closed = *gap;
        closed.to = utc(m_connection.lastFrameMs);
        m_settings.log->warning(LogEntry::Area::Operations,
                                u"Events on %1 may be missing."_s.arg(channel), closed.reason);
        if (subscription)
            Q_EMIT subscription->gapDetected(closed);
    }
    if (subscription)
        subscription->setState(ChannelSubscription::State::Subscribed);
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
            request(id);
            return true;
        }
    }
    fail(id,
         error.message.isEmpty()
             ? ServerError::described(error, tr("The subscription to %1").arg(it->second.channel))
             : error);
    return true;
}

void SubscriptionTable::fail(const QString &id, const Error &error)
{
    const auto it = m_entries.find(id);
    ChannelSubscription *subscription = it->second.subscription;
    const QPointer<OperationReply> reply = it->second.unsubscribeReply;
    m_entries.erase(it);
    m_deadlines.remove(id);
    if (reply)
        reply->succeed(); // refused, hence not subscribed
    const QPointer<ChannelSubscription> alive(subscription);
    m_settings.log->warning(LogEntry::Area::Operations, u"The subscription %1 ended."_s.arg(id),
                            error);
    if (!alive)
        return;
    if (subscription)
        subscription->end(reasonOf(error), error);
}

// ---- unsubscribing

void SubscriptionTable::unsubscribe(ChannelSubscription *subscription, OperationReply *reply)
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
    const QByteArray frame = eventsProtocol().stop(id.toLatin1());
    m_unsubscribes.insert(id, reply);
    m_deadlines.add(id, m_settings.operationTimeout);
    if (!m_connection.send(frame, u"unsubscribe", id, frame))
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
    ChannelSubscription *const subscription = it->second.subscription;
    if (!subscription)
        return true; // unsubscribed here, not yet there
    if (!subscription->m_firstEventMs) {
        const QPointer<SubscriptionTable> present(this);
        const QPointer<ChannelSubscription> listener(subscription);
        subscription->noteFirstEvent(m_connection.lastFrameMs);
        if (!present || !listener)
            return true;
        it = m_entries.find(message.id);
        if (it == m_entries.end() || it->second.subscription != listener)
            return true;
    }
    const auto eventOf = [&](const Incoming::Payload &payload) {
        Event event(text, payload.begin, payload.end, payload.hasEscapes);
        event.subscription = it->second.channel;
        if (!it->second.isWildcard)
            event.channel = it->second.channel;
        event.subscriptionId = it->first;
        event.frameSeq = seq;
        event.receivedAtMs = m_connection.lastFrameMs;
        return event;
    };
    // Nothing of the table may be touched once a slot had its turn.
    if (message.events.size() == 1) {
        Q_EMIT subscription->received(eventOf(message.events.front()));
        return true;
    }
    QList<Event> events;
    for (const Incoming::Payload &payload : message.events)
        events << eventOf(payload);
    const QPointer<ChannelSubscription> alive(subscription);
    for (const Event &event : std::as_const(events)) {
        if (alive)
            Q_EMIT subscription->received(event);
    }
    return true;
}

bool SubscriptionTable::reportBroadcastErrors(const QString &id, const QList<Error> &errors)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    const QPointer<ChannelSubscription> subscription(it->second.subscription);
    const QString what = tr("Delivery of an event on %1").arg(it->second.channel);
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
            ServerError::described(error, tr("An operation on %1").arg(it->second.channel)));
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
    ChannelSubscription *subscription = entry.subscription;
    if (subscription && willRetry) {
        if (entry.phase == Entry::Phase::Active)
            entry.gap = Gap{utc(m_connection.lastFrameMs), {}, error, entry.channel};
        if (entry.wasAcknowledged)
            m_deadlines.remove(id); // waits for the connection as long as that is tried
        entry.phase = Entry::Phase::Waiting;
        subscription->setState(ChannelSubscription::State::Pending, error);
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
    const Error late =
        Error::local(Error::Kind::Timeout, sentence.arg(entry.channel).arg(seconds(limit)),
                     tr("Subscribe again."));
    if (entry.phase != Entry::Phase::Requested)
        return fail(id, late);
    // It may still be acknowledged: the entry stays to unsubscribe then.
    ChannelSubscription *subscription = std::exchange(entry.subscription, nullptr);
    if (const QPointer<OperationReply> reply = std::exchange(entry.unsubscribeReply, nullptr))
        reply->fail(late);
    if (subscription)
        subscription->end(EndReason::TimedOut, late);
}

} // namespace AppSync
