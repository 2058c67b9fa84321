// SPDX-License-Identifier: Apache-2.0
#include "channelsubscription.h"

#include "eventsclient.h"
#include "eventsclient_p.h"

namespace AppSync {

ChannelSubscription::ChannelSubscription(QObject *parent) : QObject(parent)
{
}

ChannelSubscription::~ChannelSubscription()
{
    if (m_client)
        m_client->d->detach(this);
}

EventsClient *ChannelSubscription::client() const
{
    return m_client;
}

void ChannelSubscription::setClient(EventsClient *client)
{
    if (m_client == client)
        return;
    if (m_client)
        m_client->d->detach(this);
    m_client = client;
    if (m_client)
        m_client->d->attach(this);
    scheduleRestart();
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

void ChannelSubscription::setAuthorizer(Authorizer *authorizer)
{
    if (m_authorizer == authorizer)
        return;
    m_authorizer = authorizer;
    scheduleRestart();
    Q_EMIT authorizerChanged();
}

void ChannelSubscription::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    scheduleRestart();
    Q_EMIT activeChanged();
}

//! Property setters come in any order, from QML above all: one queued restart serves them together.
void ChannelSubscription::scheduleRestart()
{
    if (m_restartScheduled)
        return;
    m_restartScheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_restartScheduled = false;
            restart();
        },
        Qt::QueuedConnection);
}

void ChannelSubscription::restart()
{
    if (!m_client)
        return setState(State::Inactive);
    m_client->d->multiplexer.unsubscribe(this);
    if (!m_active || m_channel.isEmpty())
        return setState(State::Inactive);
    m_client->d->start(this);
}

void ChannelSubscription::setState(State state, const Error &error)
{
    if (m_state == state && m_error == error)
        return;
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged(state);
}

void ChannelSubscription::fail(const Error &error)
{
    const QPointer<ChannelSubscription> alive(this);
    setState(State::Failed, error);
    if (alive)
        Q_EMIT errorOccurred(error);
}

} // namespace AppSync
