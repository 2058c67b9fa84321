// SPDX-License-Identifier: Apache-2.0
#include "client_p.h"

#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace AppSync {

Client::Private::Private(Client *client, const Protocol &spoken)
    // Children too, so that they follow the client to another thread.
    : q(client)
    , protocol(spoken)
    , tap(client)
    , log(client)
    , connection(protocol, settings, tap, client)
    , multiplexer(*connection.d, protocol, settings, client)
    , takeover(connection, multiplexer, protocol, settings, tap, client)
{
    settings.log = &log;
    wire();
}

void Client::Private::setEndpoint(const Endpoint &endpoint)
{
    const Endpoint ours = protocol.service == Endpoint::Service::GraphQl
        ? endpoint.forService(protocol.service)
        : endpoint;
    if (settings.endpoint == ours)
        return;
    settings.endpoint = ours;
    endpointText = endpoint.http().toString();
    realtimeText = endpoint.realtime().toString();
    if (connection.state() != Connection::State::Disconnected)
        close(CloseMode::Discard);
    Q_EMIT q->endpointChanged();
}

void Client::Private::wire()
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
    QObject::connect(&connection, &Connection::failed, q, &Client::connectionFailed);
    QObject::connect(&multiplexer, &Multiplexer::errorOccurred, q, &Client::errorOccurred);
    QObject::connect(&multiplexer, &Multiplexer::becameIdle, q, [this] { closeIfIdle(); });
    QObject::connect(&tap, &FrameTap::frameSeen, q, &Client::frameSeen);
    QObject::connect(&tap, &FrameTap::frameSeen, &log, &ClientLog::frame);
    QObject::connect(&log, &ClientLog::logged, q, &Client::logged);
}

void Client::Private::onStateChanged(Connection::State state)
{
    const QPointer<Client> alive(q);
    if (state == Connection::State::Ready)
        Q_EMIT q->opened();
    else if (state == Connection::State::Disconnected)
        Q_EMIT q->closed(connection.error());
    if (alive)
        settleOpens();
}

void Client::Private::settleOpens()
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
            reply->fail(Error::local(Error::Kind::Cancelled,
                                     Client::tr("The client was closed before it was connected.")));
    }
}

void Client::Private::giveUpOpening()
{
    m_opens.removeIf(
        [](const QPointer<OperationReply> &reply) { return !reply || reply->hasEnded(); });
    if (m_opens.isEmpty() && connection.state() != Connection::State::Ready
        && multiplexer.subscriptions.isEmpty() && multiplexer.publisher.count() == 0)
        connection.d->close();
}

void Client::Private::attach(Subscription *subscription)
{
    subscriptions.append(subscription);
}

void Client::Private::detach(Subscription *subscription)
{
    subscriptions.removeOne(subscription);
    multiplexer.subscriptions.unsubscribe(subscription);
}

void Client::Private::start(Subscription *subscription)
{
    m_closing = false;
    multiplexer.subscriptions.subscribe(subscription);
    if (subscription->state() == Subscription::State::Pending
        && connection.state() == Connection::State::Disconnected)
        connection.d->open();
}

void Client::Private::enableTap()
{
    tap.setEnabled(log.level() == LogEntry::Level::Verbose
                   || q->isSignalConnected(QMetaMethod::fromSignal(&Client::frameSeen)));
}

Reply *Client::Private::open(std::chrono::milliseconds timeout)
{
    auto *reply =
        new OperationReply(settings.clock, timeout,
                           Client::tr("There was no connection within %1 s.")
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

void Client::Private::connectNow()
{
    const QPointer<Client> alive(q);
    const auto attached = subscriptions;
    for (Subscription *subscription : attached) {
        const bool isIdle = subscription->state() == Subscription::State::Inactive
            || subscription->state() == Subscription::State::Failed;
        if (isIdle && subscription->isActive())
            subscription->scheduleRestart();
    }
    connection.d->open();
    if (alive)
        settleOpens(); // it may have been ready before
}

void Client::Private::close(CloseMode mode)
{
    const QPointer<Client> alive(q);
    m_closing = true;
    m_reopen = false;
    const auto attached = subscriptions;
    for (Subscription *subscription : attached) {
        if (alive && subscriptions.contains(subscription))
            subscription->stop(Subscription::EndReason::ClientClosed);
    }
    if (!alive || !m_closing)
        return; // a slot opened it again
    if (mode == CloseMode::Discard) {
        const Error cancelled = Error::local(
            Error::Kind::Cancelled, Client::tr("The client was closed before the answer."));
        m_closing = false;
        if (onDiscard)
            onDiscard(cancelled);
        if (alive)
            multiplexer.publisher.failAll(cancelled);
        if (alive)
            connection.d->close();
        return;
    }
    closeIfIdle();
}

void Client::Private::closeIfIdle()
{
    if (!m_closing || !multiplexer.isIdle())
        return;
    m_closing = false;
    const QPointer<Client> alive(q);
    connection.d->close();
    if (alive && std::exchange(m_reopen, false))
        connectNow();
}

void Client::Private::applyEndpoint()
{
    const Endpoint before = settings.endpoint;
    const Endpoint given = Endpoint::fromUserInput(endpointText, {}, protocol.service);
    const bool isGraphQl = protocol.service == Endpoint::Service::GraphQl;
    settings.endpoint =
        (isGraphQl ? given.forService(protocol.service) : given).withRealtime(realtimeText);
    if (settings.endpoint == before)
        return;
    if (connection.state() != Connection::State::Disconnected)
        close(CloseMode::Discard);
    Q_EMIT q->endpointChanged();
}

} // namespace AppSync
