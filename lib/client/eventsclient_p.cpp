// SPDX-License-Identifier: Apache-2.0
#include "eventsclient_p.h"

#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"

#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace AppSync {

EventsClient::Private::Private(EventsClient *client)
    // Children too, so that they follow the client to another thread.
    : q(client)
    , tap(client)
    , log(client)
    , connection(eventsProtocol(), settings, tap, client)
    , multiplexer(*connection.d, settings, client)
    , takeover(connection, multiplexer, eventsProtocol(), settings, tap, client)
    , http(settings, tap, client)
{
    settings.log = &log;
    wire();
}

void EventsClient::Private::wire()
{
    connection.d->onMessage = [this](const Incoming &message, const QString &text, qint64 seq) {
        const bool isTwice = takeover.isOverlapping() && message.kind == Incoming::Kind::Data
            && !takeover.admits(true, message, text);
        if (!isTwice)
            multiplexer.onMessage(message, text, seq);
    };
    connection.d->onReady = [this] {
        takeover.onReady();
        multiplexer.onReady();
    };
    connection.d->onLost = [this](const Error &error, bool willRetry) {
        takeover.onLost();
        multiplexer.onLost(error, willRetry);
    };
    connection.d->onProblem = [this](const Error &error) { Q_EMIT q->errorOccurred(error); };
    takeover.onProblem = connection.d->onProblem;
    QObject::connect(&connection, &Connection::stateChanged, q,
                     [this](Connection::State state) { onStateChanged(state); });
    QObject::connect(&connection, &Connection::failed, q, &EventsClient::connectionFailed);
    QObject::connect(&multiplexer, &Multiplexer::errorOccurred, q, &EventsClient::errorOccurred);
    QObject::connect(&multiplexer, &Multiplexer::becameIdle, q, [this] { closeIfIdle(); });
    QObject::connect(&multiplexer.publisher, &Publisher::waitingChanged, q,
                     &EventsClient::waitingPublishesChanged);
    QObject::connect(&http, &Publisher::waitingChanged, q, &EventsClient::waitingPublishesChanged);
    QObject::connect(&tap, &FrameTap::frameSeen, q, &EventsClient::frameSeen);
    QObject::connect(&tap, &FrameTap::frameSeen, &log, &ClientLog::frame);
    QObject::connect(&log, &ClientLog::logged, q, &EventsClient::logged);
}

void EventsClient::Private::onStateChanged(Connection::State state)
{
    const QPointer<EventsClient> alive(q);
    if (state == Connection::State::Ready)
        Q_EMIT q->opened();
    else if (state == Connection::State::Disconnected)
        Q_EMIT q->closed(connection.error());
    if (alive)
        settleOpens();
}

void EventsClient::Private::settleOpens()
{
    const Connection::State state = connection.state();
    const bool isOver = state == Connection::State::Disconnected && !m_reopen;
    if (state != Connection::State::Ready && !isOver)
        return;
    const auto opens = std::exchange(m_opens, {});
    for (const QPointer<OperationReply> &reply : opens) {
        if (!reply)
            continue;
        if (!isOver)
            reply->succeed();
        else if (connection.error().isError())
            reply->fail(connection.error());
        else
            reply->fail(
                Error::local(Error::Kind::Cancelled,
                             EventsClient::tr("The client was closed before it was connected.")));
    }
}

void EventsClient::Private::giveUpOpening()
{
    m_opens.removeIf(
        [](const QPointer<OperationReply> &reply) { return !reply || reply->hasEnded(); });
    if (m_opens.isEmpty() && connection.state() != Connection::State::Ready
        && multiplexer.subscriptions.isEmpty() && multiplexer.publisher.count() == 0)
        connection.d->close();
}

void EventsClient::Private::attach(ChannelSubscription *subscription)
{
    subscriptions.append(subscription);
}

void EventsClient::Private::detach(ChannelSubscription *subscription)
{
    subscriptions.removeOne(subscription);
    multiplexer.subscriptions.unsubscribe(subscription);
}

void EventsClient::Private::start(ChannelSubscription *subscription)
{
    m_closing = false;
    multiplexer.subscriptions.subscribe(subscription);
    if (subscription->state() == ChannelSubscription::State::Pending
        && connection.state() == Connection::State::Disconnected)
        connection.d->open();
}

void EventsClient::Private::enableTap()
{
    tap.setEnabled(log.level() == LogEntry::Level::Verbose
                   || q->isSignalConnected(QMetaMethod::fromSignal(&EventsClient::frameSeen)));
}

Reply *EventsClient::Private::open(std::chrono::milliseconds timeout)
{
    auto *reply =
        new OperationReply(settings.clock, timeout,
                           EventsClient::tr("There was no connection within %1 s.")
                               .arg(std::chrono::round<std::chrono::seconds>(timeout).count()),
                           q);
    reply->onStopped = [this](const Error &) { giveUpOpening(); };
    m_opens.append(reply);
    if (m_closing)
        m_reopen = true;
    else
        connectNow();
    return reply;
}

void EventsClient::Private::connectNow()
{
    const QPointer<EventsClient> alive(q);
    const auto attached = subscriptions;
    for (ChannelSubscription *subscription : attached) {
        const bool isIdle = subscription->state() == ChannelSubscription::State::Inactive
            || subscription->state() == ChannelSubscription::State::Failed;
        if (isIdle && subscription->isActive())
            subscription->scheduleRestart();
    }
    connection.d->open();
    if (alive)
        settleOpens(); // it may have been ready before
}

void EventsClient::Private::close(CloseMode mode)
{
    const QPointer<EventsClient> alive(q);
    m_closing = true;
    m_reopen = false;
    const auto attached = subscriptions;
    for (ChannelSubscription *subscription : attached) {
        if (alive && subscriptions.contains(subscription))
            subscription->stop(ChannelSubscription::EndReason::ClientClosed);
    }
    if (!alive || !m_closing)
        return; // a slot opened it again
    if (mode == CloseMode::Discard) {
        const Error cancelled = Error::local(
            Error::Kind::Cancelled, EventsClient::tr("The client was closed before the answer."));
        m_closing = false;
        http.failAll(cancelled);
        if (alive)
            multiplexer.publisher.failAll(cancelled);
        if (alive)
            connection.d->close();
        return;
    }
    closeIfIdle();
}

void EventsClient::Private::closeIfIdle()
{
    if (!m_closing || !multiplexer.isIdle())
        return;
    m_closing = false;
    const QPointer<EventsClient> alive(q);
    connection.d->close();
    if (alive && std::exchange(m_reopen, false))
        connectNow();
}

void EventsClient::Private::applyEndpoint()
{
    const Endpoint before = settings.endpoint;
    settings.endpoint = Endpoint::fromUserInput(endpointText).withRealtime(realtimeText);
    if (settings.endpoint == before)
        return;
    if (connection.state() != Connection::State::Disconnected)
        close(CloseMode::Discard);
    Q_EMIT q->endpointChanged();
}

Error EventsClient::Private::check(const QString &channel, const QList<QByteArray> &events,
                                   bool fully) const
{
    if (!settings.endpoint.isValid())
        return settings.endpoint.problem();
    for (const QByteArray &event : events) {
        if (!QUtf8StringView(event).isValidUtf8())
            return Error::local(
                Error::Kind::Encoding, EventsClient::tr("An event is not valid UTF-8."),
                EventsClient::tr("AppSync carries text; encode binary data, for example as "
                                 "base64 inside a JSON string."));
    }
    if (!fully)
        return {};
    if (const Error problem = Validation::publishChannel(channel); problem.isError())
        return problem;
    return Validation::events(events);
}

//! Whether one more publish, of that id, finds a place.
Error EventsClient::Private::checkPlace(const QString &id) const
{
    if (!OperationIds::isValid(id))
        return Error::local(Error::Kind::InvalidInput,
                            EventsClient::tr("“%1” is not an id.").arg(id),
                            EventsClient::tr("Use 1 to 128 letters, digits, - _ or +."));
    if (multiplexer.publisher.contains(id) || http.contains(id)
        || multiplexer.subscriptions.contains(id))
        return Error::local(Error::Kind::IdInUse,
                            EventsClient::tr("The id “%1” belongs to an operation under way, which "
                                             "goes on.")
                                .arg(id),
                            EventsClient::tr("Choose another id, or none."));
    if (multiplexer.publisher.count() + http.count() >= settings.maxPublishes)
        return Error::local(Error::Kind::LimitExceeded,
                            EventsClient::tr("%1 publishes wait for their answers already; this "
                                             "one was not sent.")
                                .arg(settings.maxPublishes),
                            EventsClient::tr("Wait for some of them, or raise the limit."));
    return {};
}

PublishReply *EventsClient::Private::publish(const QString &channel,
                                             const QList<QByteArray> &events,
                                             const PublishOptions &options)
{
    m_closing = false;
    const QString to = Validation::normalizedChannel(channel);
    QString id = options.id;
    while (id.isEmpty() || (options.id.isEmpty() && checkPlace(id).kind == Error::Kind::IdInUse))
        id = multiplexer.ids.next(u"pub-");
    auto *operation = new PublishOperation(
        id, to, EventsWire::publishBody(to, events), options.authorizer,
        options.timeout.value_or(settings.operationTimeout), settings.clock->monotonic(), q);
    if (const Error problem = check(channel, events, options.check); problem.isError()) {
        operation->fail(problem, settings.clock->monotonic());
    } else if (const Error noPlace = checkPlace(id); noPlace.isError()) {
        operation->fail(noPlace, settings.clock->monotonic());
    } else if (options.via.value_or(publishVia) == PublishVia::Http) {
        http.publish(operation);
    } else {
        multiplexer.publisher.publish(operation);
        if (connection.state() == Connection::State::Disconnected)
            connection.d->open();
    }
    return operation;
}

} // namespace AppSync
