// SPDX-License-Identifier: Apache-2.0
#include "multiplexer_p.h"

#include "../core/logging_p.h"
#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"
#include "../wire/servererror_p.h"
#include "authorization_p.h"

#include <map>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr QStringView kSubscriptionPrefix = u"sub-";
constexpr QStringView kPublishPrefix = u"pub-";

using Operation = SignableRequest::Operation;

} // namespace

Multiplexer::Multiplexer(Connection::Private &connection, const ClientSettings &settings,
                         QObject *parent)
    : QObject(parent), m_connection(connection), m_settings(settings)
{
    connect(&m_deadlines, &OperationDeadlines::expired, this, &Multiplexer::onExpired);
}

QString Multiplexer::nextId(QStringView prefix)
{
    return prefix.toString() + QString::number(++m_counter);
}

//! An id of ours that is no longer in a table: its answer came after a deadline or an unsubscribe.
bool Multiplexer::isLate(QStringView id) const
{
    for (const QStringView prefix : {kSubscriptionPrefix, kPublishPrefix}) {
        bool isNumber = false;
        if (id.startsWith(prefix)) {
            const quint64 number = id.sliced(prefix.size()).toULongLong(&isNumber);
            return isNumber && number >= 1 && number <= m_counter;
        }
    }
    return false;
}

QList<QString> Multiplexer::idsInOrder() const
{
    std::map<quint64, QString> ids;
    for (const auto &[id, entry] : m_subscriptions)
        ids.emplace(entry.number, id);
    QList<QString> inOrder;
    for (const auto &[number, id] : ids)
        inOrder << id;
    return inOrder;
}

ChannelSubscription *Multiplexer::subscriptionOf(const QString &id) const
{
    const auto it = m_subscriptions.find(id);
    return it == m_subscriptions.end() ? nullptr : it->second.subscription;
}

Authorizer *Multiplexer::authorizerOf(const Entry &entry) const
{
    return entry.authorizer ? entry.authorizer.data()
                            : m_settings.authorizerFor(Operation::Subscribe);
}

Authorizer *Multiplexer::authorizerOf(const PublishOperation &operation) const
{
    return operation.authorizer ? operation.authorizer.data()
                                : m_settings.authorizerFor(Operation::Publish);
}

// ---- subscriptions

void Multiplexer::subscribe(ChannelSubscription *subscription)
{
    const Error problem = Validation::subscribeChannel(subscription->channel());
    if (problem.isError()) {
        subscription->fail(problem);
        return;
    }
    Entry entry;
    entry.subscription = subscription;
    entry.channel = Validation::normalizedChannel(subscription->channel());
    entry.isWildcard = entry.channel.endsWith(u'*');
    entry.authorizer = subscription->authorizer();
    const QString id = nextId(kSubscriptionPrefix);
    entry.number = m_counter;
    subscription->m_id = id;
    m_subscriptions.insert_or_assign(id, entry);
    const QPointer<Multiplexer> alive(this);
    subscription->setState(ChannelSubscription::State::Pending);
    if (alive && m_subscriptions.contains(id) && m_connection.state == Connection::State::Ready)
        request(id);
}

void Multiplexer::request(const QString &id)
{
    Entry &entry = m_subscriptions[id];
    entry.phase = Entry::Phase::Authorizing;
    entry.session = m_session;
    m_deadlines.add(id, m_settings.operationTimeout);
    const QByteArray body = EventsWire::subscribeBody(entry.channel);
    requestAuthorization(
        authorizerOf(entry), m_settings.request(Operation::Subscribe, entry.channel, body), this,
        [this, id, body, session = m_session](const Error &error, const Headers &headers) {
            const auto it = m_subscriptions.find(id);
            if (it == m_subscriptions.end() || it->second.session != session
                || it->second.phase != Entry::Phase::Authorizing || session != m_session)
                return;
            if (error.isError())
                refuseSubscription(id, error);
            else
                sendSubscribe(id, body, headers);
        });
}

void Multiplexer::sendSubscribe(const QString &id, const QByteArray &body, const Headers &headers)
{
    m_subscriptions[id].phase = Entry::Phase::Requested;
    const QString host = m_settings.endpoint.host();
    const Protocol &wire = eventsProtocol();
    m_connection.send(wire.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
                                 authorizationObject(headers, host)),
                      u"subscribe", id,
                      wire.start(Protocol::Verb::Subscribe, id.toLatin1(), body,
                                 maskedAuthorizationObject(headers, host)));
}

void Multiplexer::unsubscribe(ChannelSubscription *subscription)
{
    const QString id = subscription->m_id;
    const auto it = m_subscriptions.find(id);
    if (it == m_subscriptions.end() || it->second.subscription != subscription)
        return;
    it->second.subscription = nullptr;
    // An unsubscribe beside an unanswered subscribe is ignored by the service: wait for the answer.
    if (it->second.phase == Entry::Phase::Requested)
        return;
    const bool isActive = it->second.phase == Entry::Phase::Active;
    m_subscriptions.erase(it);
    m_deadlines.remove(id);
    if (isActive)
        sendUnsubscribe(id);
}

void Multiplexer::sendUnsubscribe(const QString &id)
{
    const QByteArray frame = eventsProtocol().stop(id.toLatin1());
    m_unsubscribes.insert(id);
    m_deadlines.add(id, m_settings.operationTimeout);
    if (!m_connection.send(frame, u"unsubscribe", id, frame))
        finishUnsubscribe(id);
}

void Multiplexer::finishUnsubscribe(const QString &id)
{
    if (m_unsubscribes.remove(id)) {
        m_deadlines.remove(id);
        checkIdle();
    }
}

void Multiplexer::subscribed(const QString &id)
{
    const auto it = m_subscriptions.find(id);
    if (it == m_subscriptions.end() || it->second.phase != Entry::Phase::Requested)
        return;
    m_deadlines.remove(id);
    if (!it->second.subscription) {
        m_subscriptions.erase(it);
        sendUnsubscribe(id);
        return;
    }
    it->second.phase = Entry::Phase::Active;
    it->second.credentialsRenewed = false;
    it->second.subscription->setState(ChannelSubscription::State::Subscribed);
}

//! A refused channel ends its own subscription, never the connection or the others.
void Multiplexer::refuseSubscription(const QString &id, const Error &error)
{
    const auto it = m_subscriptions.find(id);
    if (it == m_subscriptions.end())
        return;
    m_deadlines.remove(id);
    if (error.needsNewCredentials() && it->second.subscription && !it->second.credentialsRenewed) {
        Authorizer *authorizer = authorizerOf(it->second);
        if (authorizer && authorizer->invalidate()) {
            it->second.credentialsRenewed = true;
            request(id);
            return;
        }
    }
    ChannelSubscription *subscription = it->second.subscription;
    const QString channel = it->second.channel;
    m_subscriptions.erase(it);
    if (!subscription)
        return;
    subscription->fail(error.message.isEmpty() ? ServerError::described(
                           error, tr("The subscription to %1").arg(channel))
                                               : error);
}

void Multiplexer::deliver(const Incoming &message, const QString &text, qint64 seq)
{
    const auto it = m_subscriptions.find(message.id);
    if (it == m_subscriptions.end())
        return reportUnexpected(message, text);
    if (!it->second.subscription)
        return; // unsubscribed here, not yet there
    ChannelSubscription *const subscription = it->second.subscription;
    Event event;
    const bool isBatch = message.events.size() > 1;
    const QPointer<ChannelSubscription> alive(isBatch ? subscription : nullptr);
    const QString channel = it->second.channel;
    const bool isWildcard = it->second.isWildcard;
    const QString id = it->first;
    for (const Incoming::Payload &payload : message.events) {
        event = Event(text, payload.begin, payload.end, payload.hasEscapes);
        event.subscription = channel;
        if (!isWildcard)
            event.channel = channel;
        event.subscriptionId = id;
        event.frameSeq = seq;
        event.receivedAtMs = m_connection.lastFrameMs;
        Q_EMIT subscription->received(event);
        if (isBatch && !alive)
            return;
    }
}

void Multiplexer::reportBroadcastErrors(const QString &id, const QList<Error> &errors)
{
    const QPointer<ChannelSubscription> subscription(subscriptionOf(id));
    for (const Error &error : errors) {
        if (!subscription)
            return;
        Q_EMIT subscription->errorOccurred(ServerError::described(
            error, tr("Delivery of an event on %1").arg(subscription->channel())));
    }
}

// ---- publishes

void Multiplexer::publish(PublishOperation *operation)
{
    const QString id = operation->id;
    m_publishes.insert(id, operation);
    m_deadlines.add(id, m_settings.operationTimeout);
    connect(operation, &QObject::destroyed, this, [this, id] {
        if (m_publishes.remove(id)) {
            m_deadlines.remove(id);
            checkIdle();
        }
    });
    if (m_connection.state == Connection::State::Ready)
        authorizePublish(operation);
}

void Multiplexer::authorizePublish(PublishOperation *operation)
{
    operation->phase = PublishOperation::Phase::Authorizing;
    requestAuthorization(
        authorizerOf(*operation),
        m_settings.request(Operation::Publish, operation->channel(), operation->body), operation,
        [this, operation, session = m_session](const Error &error, const Headers &headers) {
            if (session != m_session || operation->phase != PublishOperation::Phase::Authorizing
                || !m_publishes.contains(operation->id))
                return;
            if (error.isError())
                refusePublish(operation->id, error);
            else
                sendPublish(operation, headers);
        });
}

void Multiplexer::sendPublish(PublishOperation *operation, const Headers &headers)
{
    const QString host = m_settings.endpoint.host();
    const QByteArray id = operation->id.toLatin1();
    const Protocol &wire = eventsProtocol();
    operation->phase = PublishOperation::Phase::Sent;
    QByteArray masked;
    if (m_connection.isTapped())
        masked = wire.start(Protocol::Verb::Publish, id, operation->body,
                            maskedAuthorizationObject(headers, host));
    m_connection.send(wire.start(Protocol::Verb::Publish, id, operation->body,
                                 authorizationObject(headers, host)),
                      u"publish", operation->id, masked);
}

PublishOperation *Multiplexer::takePublish(const QString &id)
{
    m_deadlines.remove(id);
    return m_publishes.take(id).data();
}

void Multiplexer::answerPublish(const Incoming &message, const QString &text)
{
    PublishOperation *operation = takePublish(message.id.toString());
    if (!operation)
        return reportUnexpected(message, text);
    operation->succeed(message.successful, message.failed, m_settings.clock->monotonic());
    checkIdle();
}

void Multiplexer::refusePublish(const QString &id, const Error &error)
{
    PublishOperation *operation = m_publishes.value(id);
    if (!operation)
        return;
    if (error.needsNewCredentials() && !operation->credentialsRenewed) {
        Authorizer *authorizer = authorizerOf(*operation);
        if (authorizer && authorizer->invalidate()) {
            operation->credentialsRenewed = true;
            authorizePublish(operation);
            return;
        }
    }
    takePublish(id);
    operation->fail(
        error.message.isEmpty() ? ServerError::described(error, operation->description()) : error,
        m_settings.clock->monotonic());
    checkIdle();
}

void Multiplexer::failPublishes(const Error &error)
{
    const auto publishes = std::exchange(m_publishes, {});
    for (auto it = publishes.cbegin(); it != publishes.cend(); ++it) {
        m_deadlines.remove(it.key());
        if (it.value())
            it.value()->fail(error, m_settings.clock->monotonic());
    }
    checkIdle();
}

void Multiplexer::checkIdle()
{
    if (isIdle())
        Q_EMIT becameIdle();
}

// ---- the connection

void Multiplexer::onReady()
{
    ++m_session;
    const QPointer<Multiplexer> alive(this);
    const QList<QString> ids = idsInOrder();
    for (const QString &id : ids) {
        if (alive && m_subscriptions.contains(id))
            request(id);
    }
    // In the order of their calls; the table has none.
    std::map<qsizetype, QPointer<PublishOperation>> publishes;
    for (const QPointer<PublishOperation> &operation : std::as_const(m_publishes)) {
        if (operation)
            publishes.emplace(operation->id.mid(kPublishPrefix.size()).toLongLong(), operation);
    }
    for (const auto &[number, operation] : publishes) {
        if (alive && operation && operation->phase != PublishOperation::Phase::Sent)
            authorizePublish(operation);
    }
}

void Multiplexer::onLost(const Error &error, bool willRetry)
{
    ++m_session;
    const QSet<QString> unsubscribes = std::exchange(m_unsubscribes, {});
    for (const QString &id : unsubscribes)
        m_deadlines.remove(id); // the server forgot them with the connection

    const auto publishes = m_publishes;
    for (const QPointer<PublishOperation> &operation : publishes) {
        if (!operation || (willRetry && operation->phase != PublishOperation::Phase::Sent))
            continue;
        Error why = error;
        if (operation->phase == PublishOperation::Phase::Sent) {
            why = Error::local(
                Error::Kind::ConnectionLost,
                tr("The connection was lost before the answer to the publish to %1; whether "
                   "it was carried out is unknown.")
                    .arg(operation->channel()),
                tr("It is not sent again by itself: check whether it arrived before you "
                   "publish it once more."));
            why.serverMessage = error.message;
        } else if (!why.isError()) {
            why = Error::local(Error::Kind::Cancelled,
                               tr("The client was closed before the publish was sent."));
        }
        takePublish(operation->id);
        operation->fail(why, m_settings.clock->monotonic());
    }

    const QPointer<Multiplexer> alive(this);
    const QList<QString> ids = idsInOrder();
    for (const QString &id : ids) {
        if (!alive)
            return;
        const auto it = m_subscriptions.find(id);
        if (it == m_subscriptions.end())
            continue;
        m_deadlines.remove(id);
        ChannelSubscription *subscription = it->second.subscription;
        if (!subscription || !willRetry)
            m_subscriptions.erase(it);
        else
            it->second.phase = Entry::Phase::Waiting;
        if (!subscription)
            continue;
        if (willRetry)
            subscription->setState(ChannelSubscription::State::Pending, error);
        else if (error.isError())
            subscription->fail(error);
        else
            subscription->setState(ChannelSubscription::State::Inactive);
    }
    if (alive)
        checkIdle();
}

void Multiplexer::onExpired(const QString &id)
{
    if (m_unsubscribes.contains(id)) {
        finishUnsubscribe(id);
        return;
    }
    const qint64 seconds =
        std::chrono::round<std::chrono::seconds>(m_settings.operationTimeout).count();
    if (const auto it = m_subscriptions.find(id); it != m_subscriptions.end()) {
        refuseSubscription(
            id,
            Error::local(Error::Kind::Timeout,
                         tr("The server did not answer the subscription to %1 within %2 s.")
                             .arg(it->second.channel)
                             .arg(seconds),
                         tr("Subscribe again.")));
        return;
    }
    if (PublishOperation *operation = takePublish(id)) {
        const bool wasSent = operation->phase == PublishOperation::Phase::Sent;
        operation->fail(
            Error::local(Error::Kind::Timeout,
                         wasSent ? tr("No answer to the publish to %1 within %2 s; whether it "
                                      "was carried out is unknown.")
                                       .arg(operation->channel())
                                       .arg(seconds)
                                 : tr("The publish to %1 could not be sent within %2 s.")
                                       .arg(operation->channel())
                                       .arg(seconds)),
            m_settings.clock->monotonic());
        checkIdle();
    }
}

// ---- messages

void Multiplexer::onMessage(const Incoming &message, const QString &text, qint64 seq)
{
    using Kind = Incoming::Kind;
    switch (message.kind) {
    case Kind::Data:
        deliver(message, text, seq);
        break;
    case Kind::PublishSuccess:
        answerPublish(message, text);
        break;
    case Kind::PublishError:
        refusePublish(message.id.toString(), message.errors.first());
        break;
    case Kind::SubscribeSuccess:
        subscribed(message.id.toString());
        break;
    case Kind::SubscribeError:
        refuseSubscription(message.id.toString(), message.errors.first());
        break;
    case Kind::UnsubscribeSuccess:
        finishUnsubscribe(message.id.toString());
        break;
    case Kind::BroadcastError:
        reportBroadcastErrors(message.id.toString(), message.errors);
        break;
    case Kind::UnsubscribeError:
        finishUnsubscribe(message.id.toString());
        [[fallthrough]];
    case Kind::Error:
        reportError(message.id.toString(), message);
        break;
    default:
        reportUnexpected(message, text);
    }
}

//! Goes to the operation that it names, else to the client.
void Multiplexer::reportError(const QString &id, const Incoming &message)
{
    const Error &error = message.errors.first();
    if (m_publishes.contains(id))
        return refusePublish(id, error);
    if (const auto it = m_subscriptions.find(id); it != m_subscriptions.end()) {
        if (it->second.phase != Entry::Phase::Active)
            return refuseSubscription(id, error);
        if (it->second.subscription)
            Q_EMIT it->second.subscription->errorOccurred(
                ServerError::described(error, tr("An operation on %1").arg(it->second.channel)));
        return;
    }
    Q_EMIT errorOccurred(ServerError::described(error,
                                                message.kind == Incoming::Kind::UnsubscribeError
                                                    ? tr("An unsubscribe")
                                                    : tr("An operation")));
}

//! A message of an unknown type, or for an operation that was never ours. Late answers are expected.
void Multiplexer::reportUnexpected(const Incoming &message, const QString &text)
{
    const bool isKnownType = message.kind != Incoming::Kind::Unknown;
    if (isKnownType && isLate(message.id))
        return;
    Error error = Error::local(
        Error::Kind::Protocol,
        isKnownType ? tr("The server sent “%1” for the unknown operation “%2”.")
                          .arg(message.type, message.id)
                    : tr("The server sent a message of the unknown type “%1”.").arg(message.type));
    error.serverMessage = text.left(200);
    Q_EMIT errorOccurred(error);
}

} // namespace AppSync
