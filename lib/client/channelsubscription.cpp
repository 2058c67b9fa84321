// SPDX-License-Identifier: Apache-2.0
#include "channelsubscription.h"

#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"
#include "eventsclient.h"
#include "subscriptions_p.h"

namespace AppSync {

ChannelSubscription::ChannelSubscription(QObject *parent) : Subscription(parent)
{
}

ChannelSubscription::~ChannelSubscription() = default;

EventsClient *ChannelSubscription::client() const
{
    return static_cast<EventsClient *>(baseClient());
}

void ChannelSubscription::setClient(EventsClient *client)
{
    if (setBaseClient(client))
        Q_EMIT clientChanged();
}

void ChannelSubscription::setChannel(const QString &channel)
{
    if (m_channel == channel)
        return;
    m_channel = channel;
    scheduleRestart();
    Q_EMIT channelChanged();
}

Subscription::Topic ChannelSubscription::beginTopic()
{
    m_subscribed = Validation::normalizedChannel(m_channel);
    return {m_subscribed, EventsWire::subscribeBody(m_subscribed),
            Validation::subscribeChannel(m_channel)};
}

void ChannelSubscription::deliver(const Delivery &delivery)
{
    const auto eventOf = [&](const Incoming::Payload &payload) {
        Event event(delivery.text, payload.begin, payload.end, payload.hasEscapes);
        event.subscription = m_subscribed;
        if (!m_subscribed.endsWith(u'*'))
            event.channel = m_subscribed;
        event.subscriptionId = delivery.id;
        event.frameSeq = delivery.seq;
        event.receivedAtMs = delivery.receivedAtMs;
        return event;
    };
    if (delivery.payloads.size() == 1) {
        Q_EMIT received(eventOf(delivery.payloads.front()));
        return;
    }
    QList<Event> events;
    for (const Incoming::Payload &payload : delivery.payloads)
        events << eventOf(payload);
    const QPointer<ChannelSubscription> alive(this);
    for (const Event &event : std::as_const(events)) {
        if (alive)
            Q_EMIT received(event);
    }
}

} // namespace AppSync
