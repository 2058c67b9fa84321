// SPDX-License-Identifier: Apache-2.0
#include "eventsclient.h"

#include "../wire/eventsprotocol_p.h"
#include "authorization_p.h"
#include "echo.h"
#include "eventsclient_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! Any JSON value as text: QJsonDocument of Qt 6.4 writes objects and arrays only.
QByteArray jsonText(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2);
}

} // namespace

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

LogEntry::Level EventsClient::logLevel() const
{
    return d->log.level();
}

void EventsClient::setLogLevel(LogEntry::Level level)
{
    if (d->log.level() == level)
        return;
    d->log.setLevel(level);
    d->enableTap();
    Q_EMIT logLevelChanged();
}

void EventsClient::setClock(Clock *clock)
{
    d->settings.clock = clock;
    d->tap.setClock(clock);
    d->log.setClock(clock);
    d->connection.d->setClock(clock);
    d->multiplexer.setClock(clock);
    d->takeover.setClock(clock);
    d->http.setClock(clock);
}

void EventsClient::setRandomGenerator(QRandomGenerator *random)
{
    d->settings.random = random;
}

void EventsClient::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&EventsClient::frameSeen))
        d->enableTap();
}

void EventsClient::disconnectNotify(const QMetaMethod &signal)
{
    // Qt holds locks of sender and listener here when a listener ends: whoever asks who else is connected
    // waits for ever if the two share one. An invalid signal stands for "all of them".
    if (!signal.isValid() || signal == QMetaMethod::fromSignal(&EventsClient::frameSeen))
        QMetaObject::invokeMethod(
            this, [this] { d->enableTap(); }, Qt::QueuedConnection);
}

} // namespace AppSync
