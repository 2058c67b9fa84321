// SPDX-License-Identifier: Apache-2.0
#include "eventsclient.h"

#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"
#include "authorization_p.h"
#include "echo.h"
#include "eventsclient_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaMethod>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

bool isUtf8(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    [[maybe_unused]] const QString decoded = decoder(text);
    return !decoder.hasError();
}

//! Any JSON value as text: QJsonDocument of Qt 6.4 writes objects and arrays only.
QByteArray jsonText(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2);
}

} // namespace

EventsClient::Private::Private(EventsClient *client)
    // Children too, so that they follow the client to another thread.
    : q(client)
    , tap(client)
    , connection(eventsProtocol(), settings, tap, client)
    , multiplexer(*connection.d, settings, client)
    , http(settings, tap, client)
{
    wire();
}

void EventsClient::Private::wire()
{
    connection.d->onMessage = [this](const Incoming &message, const QString &text, qint64 seq) {
        multiplexer.onMessage(message, text, seq);
    };
    connection.d->onReady = [this] { multiplexer.onReady(); };
    connection.d->onLost = [this](const Error &error, bool willRetry) {
        multiplexer.onLost(error, willRetry);
    };
    connection.d->onProblem = [this](const Error &error) { Q_EMIT q->errorOccurred(error); };
    QObject::connect(&connection, &Connection::stateChanged, q,
                     [this](Connection::State state) { onStateChanged(state); });
    QObject::connect(&connection, &Connection::failed, q, &EventsClient::connectionFailed);
    QObject::connect(&multiplexer, &Multiplexer::errorOccurred, q, &EventsClient::errorOccurred);
    QObject::connect(&multiplexer, &Multiplexer::becameIdle, q, [this] { closeIfIdle(); });
    QObject::connect(&multiplexer.publisher, &Publisher::waitingChanged, q,
                     &EventsClient::waitingPublishesChanged);
    QObject::connect(&http, &Publisher::waitingChanged, q, &EventsClient::waitingPublishesChanged);
    QObject::connect(&tap, &FrameTap::frameSeen, q, &EventsClient::frameSeen);
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
        if (!isUtf8(event))
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

EventsClient::EventsClient(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this))
{
}

EventsClient::EventsClient(const Endpoint &endpoint, Authorizer *authorizer, QObject *parent)
    : EventsClient(parent)
{
    setEndpoint(endpoint);
    setAuthorizer(authorizer);
}

EventsClient::~EventsClient()
{
    const auto attached = std::exchange(d->subscriptions, {});
    for (ChannelSubscription *subscription : attached) {
        subscription->m_client = nullptr;
        subscription->end(ChannelSubscription::EndReason::Unsubscribed);
    }
}

Endpoint EventsClient::endpoint() const
{
    return d->settings.endpoint;
}

void EventsClient::setEndpoint(const Endpoint &endpoint)
{
    if (d->settings.endpoint == endpoint)
        return;
    d->settings.endpoint = endpoint;
    d->endpointText = endpoint.http().toString();
    d->realtimeText = endpoint.realtime().toString();
    if (d->connection.state() != Connection::State::Disconnected)
        d->close(CloseMode::Discard);
    Q_EMIT endpointChanged();
}

QString EventsClient::endpointText() const
{
    return d->endpointText;
}

void EventsClient::setEndpointText(const QString &text)
{
    d->endpointText = text;
    d->applyEndpoint();
}

QString EventsClient::realtimeText() const
{
    return d->realtimeText;
}

void EventsClient::setRealtimeText(const QString &text)
{
    d->realtimeText = text;
    d->applyEndpoint();
}

Authorizer *EventsClient::authorizer() const
{
    return d->settings.authorizer;
}

void EventsClient::setAuthorizer(Authorizer *authorizer)
{
    d->settings.authorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Authorizer *EventsClient::connectAuthorizer() const
{
    return d->settings.connectAuthorizer;
}

void EventsClient::setConnectAuthorizer(Authorizer *authorizer)
{
    d->settings.connectAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Authorizer *EventsClient::subscribeAuthorizer() const
{
    return d->settings.subscribeAuthorizer;
}

void EventsClient::setSubscribeAuthorizer(Authorizer *authorizer)
{
    d->settings.subscribeAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Authorizer *EventsClient::publishAuthorizer() const
{
    return d->settings.publishAuthorizer;
}

void EventsClient::setPublishAuthorizer(Authorizer *authorizer)
{
    d->settings.publishAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

EventsClient::PublishVia EventsClient::publishVia() const
{
    return d->publishVia;
}

void EventsClient::setPublishVia(PublishVia via)
{
    if (d->publishVia == via)
        return;
    d->publishVia = via;
    Q_EMIT publishViaChanged();
}

Reply *EventsClient::open()
{
    return d->open(std::chrono::milliseconds::zero());
}

Reply *EventsClient::open(std::chrono::milliseconds timeout)
{
    return d->open(timeout);
}

void EventsClient::close(CloseMode mode)
{
    d->close(mode);
}

Connection *EventsClient::connection() const
{
    return &d->connection;
}

UpgradeReply *EventsClient::describeUpgrade()
{
    using Operation = SignableRequest::Operation;
    auto *reply = new UpgradeReply(this);
    if (!d->settings.endpoint.isValid()) {
        reply->finish(d->settings.endpoint.problem());
        return reply;
    }
    const SignableRequest request =
        d->settings.request(Operation::Connect, {}, eventsProtocol().connectBody);
    requestAuthorization(d->settings.authorizerFor(Operation::Connect), request, reply,
                         [this, reply](const Error &error, const Headers &headers) {
                             if (!error.isError())
                                 reply->m_request = d->connection.d->upgradeRequest(headers, true);
                             reply->finish(error);
                         });
    return reply;
}

ChannelSubscription *EventsClient::subscribe(const QString &channel, Authorizer *authorizer)
{
    auto *subscription = new ChannelSubscription(this);
    subscription->setAuthorizer(authorizer);
    subscription->setChannel(channel);
    subscription->setClient(this);
    return subscription;
}

PublishReply *EventsClient::publish(const QString &channel, const QList<QByteArray> &events,
                                    const PublishOptions &options)
{
    return d->publish(channel, events, options);
}

PublishReply *EventsClient::publish(const QString &channel, const QList<QByteArray> &events)
{
    return d->publish(channel, events, {});
}

PublishReply *EventsClient::publish(const QString &channel, const QByteArray &event)
{
    return d->publish(channel, {event}, {});
}

PublishReply *EventsClient::publish(const QString &channel, const QJsonValue &event)
{
    return d->publish(channel, {jsonText(event)}, {});
}

PublishReply *EventsClient::publishText(const QString &channel, const QStringList &events)
{
    QList<QByteArray> texts;
    for (const QString &event : events)
        texts << event.toUtf8();
    return d->publish(channel, texts, {});
}

EchoReply *EventsClient::echo(const QString &channel, const EchoOptions &options)
{
    return new EchoReply(this, d->settings.clock, channel, options);
}

void EventsClient::setNetworkSettings(const NetworkSettings &settings)
{
    d->settings.network = settings;
}

NetworkSettings EventsClient::networkSettings() const
{
    return d->settings.network;
}

void EventsClient::setRetryPolicy(const RetryPolicy &policy)
{
    d->settings.retry = policy;
}

RetryPolicy EventsClient::retryPolicy() const
{
    return d->settings.retry;
}

void EventsClient::setDeadlines(const Connection::Deadlines &deadlines)
{
    d->settings.deadlines = deadlines;
}

Connection::Deadlines EventsClient::deadlines() const
{
    return d->settings.deadlines;
}

void EventsClient::setOperationTimeout(std::chrono::milliseconds timeout)
{
    d->settings.operationTimeout = timeout;
}

std::chrono::milliseconds EventsClient::operationTimeout() const
{
    return d->settings.operationTimeout;
}

void EventsClient::setPublishRate(int perSecond)
{
    d->settings.publishesPerSecond = perSecond;
}

int EventsClient::publishRate() const
{
    return d->settings.publishesPerSecond;
}

void EventsClient::setMaximumPublishes(int count)
{
    d->settings.maxPublishes = count;
}

int EventsClient::maximumPublishes() const
{
    return d->settings.maxPublishes;
}

int EventsClient::waitingPublishes() const
{
    return int(d->multiplexer.publisher.waiting() + d->http.waiting());
}

void EventsClient::setNetworkAccessManager(QNetworkAccessManager *manager)
{
    d->settings.networkAccess = manager;
}

void EventsClient::setSocketFactory(const std::function<QWebSocket *()> &factory)
{
    d->settings.socketFactory = factory;
}

void EventsClient::setSystemMonitor(SystemMonitor *monitor)
{
    d->connection.d->setMonitor(monitor);
}

QVariant EventsClient::userData() const
{
    return d->userData;
}

void EventsClient::setUserData(const QVariant &data)
{
    d->userData = data;
    Q_EMIT userDataChanged();
}

void EventsClient::setClock(Clock *clock)
{
    d->settings.clock = clock;
    d->tap.setClock(clock);
    d->connection.d->setClock(clock);
    d->multiplexer.setClock(clock);
    d->http.setClock(clock);
}

void EventsClient::setRandomGenerator(QRandomGenerator *random)
{
    d->settings.random = random;
}

void EventsClient::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&EventsClient::frameSeen))
        d->tap.setEnabled(true);
}

void EventsClient::disconnectNotify(const QMetaMethod &signal)
{
    // An invalid signal stands for "all of them".
    if (!signal.isValid() || signal == QMetaMethod::fromSignal(&EventsClient::frameSeen))
        d->tap.setEnabled(isSignalConnected(QMetaMethod::fromSignal(&EventsClient::frameSeen)));
}

} // namespace AppSync
