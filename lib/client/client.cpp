// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include "authorization_p.h"
#include "client_p.h"

#include <QMetaMethod>

namespace AppSync {

Client::Client(const Protocol &protocol, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, protocol))
{
}

Client::~Client()
{
    endSubscriptions();
}

void Client::endSubscriptions()
{
    const auto attached = std::exchange(d->subscriptions, {});
    for (Subscription *subscription : attached) {
        subscription->m_client = nullptr;
        subscription->end(Subscription::EndReason::Unsubscribed);
    }
}

Endpoint Client::endpoint() const
{
    return d->settings.endpoint;
}

void Client::setEndpoint(const Endpoint &endpoint)
{
    d->setEndpoint(endpoint);
}

QString Client::endpointText() const
{
    return d->endpointText;
}

void Client::setEndpointText(const QString &text)
{
    d->endpointText = text;
    d->applyEndpoint();
}

QString Client::realtimeText() const
{
    return d->realtimeText;
}

void Client::setRealtimeText(const QString &text)
{
    d->realtimeText = text;
    d->applyEndpoint();
}

Authorizer *Client::authorizer() const
{
    return d->settings.authorizer;
}

void Client::setAuthorizer(Authorizer *authorizer)
{
    d->settings.authorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Authorizer *Client::connectAuthorizer() const
{
    return d->settings.connectAuthorizer;
}

void Client::setConnectAuthorizer(Authorizer *authorizer)
{
    d->settings.connectAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Authorizer *Client::subscribeAuthorizer() const
{
    return d->settings.subscribeAuthorizer;
}

void Client::setSubscribeAuthorizer(Authorizer *authorizer)
{
    d->settings.subscribeAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

Connection::Handshake Client::handshake() const
{
    return d->settings.handshake;
}

void Client::setHandshake(Connection::Handshake handshake)
{
    if (d->settings.handshake == handshake)
        return;
    d->settings.handshake = handshake;
    Q_EMIT handshakeChanged();
}

Reply *Client::open()
{
    return d->open(std::chrono::milliseconds::zero());
}

Reply *Client::open(std::chrono::milliseconds timeout)
{
    return d->open(timeout);
}

void Client::close(CloseMode mode)
{
    d->close(mode);
}

Connection *Client::connection() const
{
    return &d->connection;
}

UpgradeReply *Client::describeUpgrade()
{
    using Operation = SignableRequest::Operation;
    auto *reply = new UpgradeReply(this);
    if (!d->settings.endpoint.isValid()) {
        reply->finish(d->settings.endpoint.problem());
        return reply;
    }
    requestAuthorization(d->settings.authorizerFor(Operation::Connect),
                         d->settings.connectRequest(d->protocol), reply,
                         [this, reply](const Error &error, const Headers &headers) {
                             if (!error.isError())
                                 reply->m_request = d->connection.d->upgradeRequest(headers, true);
                             reply->finish(error);
                         });
    return reply;
}

void Client::setNetworkSettings(const NetworkSettings &settings)
{
    d->settings.network = settings;
}

NetworkSettings Client::networkSettings() const
{
    return d->settings.network;
}

void Client::setRetryPolicy(const RetryPolicy &policy)
{
    d->settings.retry = policy;
}

RetryPolicy Client::retryPolicy() const
{
    return d->settings.retry;
}

void Client::setDeadlines(const Connection::Deadlines &deadlines)
{
    d->settings.deadlines = deadlines;
}

Connection::Deadlines Client::deadlines() const
{
    return d->settings.deadlines;
}

void Client::setOperationTimeout(std::chrono::milliseconds timeout)
{
    d->settings.operationTimeout = timeout;
}

std::chrono::milliseconds Client::operationTimeout() const
{
    return d->settings.operationTimeout;
}

void Client::setNetworkAccessManager(QNetworkAccessManager *manager)
{
    d->settings.networkAccess = manager;
}

void Client::setSocketFactory(const std::function<QWebSocket *()> &factory)
{
    d->settings.socketFactory = factory;
}

void Client::setSystemMonitor(SystemMonitor *monitor)
{
    d->connection.d->setMonitor(monitor);
}

QVariant Client::userData() const
{
    return d->userData;
}

void Client::setUserData(const QVariant &data)
{
    d->userData = data;
    Q_EMIT userDataChanged();
}

LogEntry::Level Client::logLevel() const
{
    return d->log.level();
}

void Client::setLogLevel(LogEntry::Level level)
{
    if (d->log.level() == level)
        return;
    d->log.setLevel(level);
    d->enableTap();
    Q_EMIT logLevelChanged();
}

void Client::setClock(Clock *clock)
{
    d->settings.clock = clock;
    d->tap.setClock(clock);
    d->log.setClock(clock);
    d->connection.d->setClock(clock);
    d->multiplexer.setClock(clock);
    d->takeover.setClock(clock);
}

void Client::setRandomGenerator(QRandomGenerator *random)
{
    d->settings.random = random;
}

void Client::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Client::frameSeen))
        d->enableTap();
}

void Client::disconnectNotify(const QMetaMethod &signal)
{
    // Qt holds locks of sender and listener here when a listener ends: whoever asks who else is connected
    // waits for ever if the two share one. An invalid signal stands for "all of them".
    if (!signal.isValid() || signal == QMetaMethod::fromSignal(&Client::frameSeen))
        QMetaObject::invokeMethod(
            this, [this] { d->enableTap(); }, Qt::QueuedConnection);
}

} // namespace AppSync
