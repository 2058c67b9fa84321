// SPDX-License-Identifier: Apache-2.0
#include "eventsclient.h"

#include "../wire/eventsprotocol_p.h"
#include "echo.h"
#include "eventsclient_p.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace AppSync {

namespace {

//! Any JSON value as text: QJsonDocument of Qt 6.4 writes objects and arrays only.
QByteArray jsonText(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2);
}

} // namespace

EventsClient::EventsClient(QObject *parent)
    : Client(eventsProtocol(), parent), m_publishing(std::make_unique<Publishing>(this, *d))
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
    endSubscriptions();
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
    return m_publishing->via;
}

void EventsClient::setPublishVia(PublishVia via)
{
    if (m_publishing->via == via)
        return;
    m_publishing->via = via;
    Q_EMIT publishViaChanged();
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
    return m_publishing->publish(channel, events, options);
}

PublishReply *EventsClient::publish(const QString &channel, const QList<QByteArray> &events)
{
    return m_publishing->publish(channel, events, {});
}

PublishReply *EventsClient::publish(const QString &channel, const QByteArray &event)
{
    return m_publishing->publish(channel, {event}, {});
}

PublishReply *EventsClient::publish(const QString &channel, const QJsonValue &event)
{
    return m_publishing->publish(channel, {jsonText(event)}, {});
}

PublishReply *EventsClient::publishText(const QString &channel, const QStringList &events)
{
    QList<QByteArray> texts;
    for (const QString &event : events)
        texts << event.toUtf8();
    return m_publishing->publish(channel, texts, {});
}

EchoReply *EventsClient::echo(const QString &channel, const EchoOptions &options)
{
    return new EchoReply(this, d->settings.clock, channel, options);
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
    return int(d->multiplexer.publisher.waiting() + m_publishing->http.waiting());
}

void EventsClient::setClock(Clock *clock)
{
    Client::setClock(clock);
    m_publishing->http.setClock(clock);
}

} // namespace AppSync
