// SPDX-License-Identifier: Apache-2.0
#include "channelsubscription.h"

#include "../core/utc_p.h"
#include "eventsclient.h"
#include "eventsclient_p.h"
#include "operationreply_p.h"

namespace AppSync {

ChannelSubscription::ChannelSubscription(QObject *parent) : QObject(parent)
{
}

ChannelSubscription::~ChannelSubscription()
{
    if (m_subscribeReply)
        m_subscribeReply->fail(
            Error::local(Error::Kind::Cancelled, tr("The subscription was deleted.")));
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
    if (m_client) {
        m_client->d->detach(this);
        end(EndReason::Unsubscribed);
    }
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
            if (m_restartScheduled)
                restart();
        },
        Qt::QueuedConnection);
}

void ChannelSubscription::restart()
{
    m_restartScheduled = false;
    const QPointer<ChannelSubscription> alive(this);
    stop(EndReason::Unsubscribed);
    if (alive && m_client && m_active && !m_channel.isEmpty())
        m_client->d->start(this);
}

void ChannelSubscription::stop(EndReason reason)
{
    if (m_client)
        m_client->d->multiplexer.subscriptions.unsubscribe(this);
    const QPointer<ChannelSubscription> alive(this);
    end(reason);
    if (alive)
        setState(State::Inactive);
}

OperationReply *ChannelSubscription::newReply(const QString &overdue,
                                              std::chrono::milliseconds timeout)
{
    Clock *clock = m_client ? m_client->d->settings.clock : Clock::system();
    return new OperationReply(clock, timeout, overdue,
                              m_client ? static_cast<QObject *>(m_client) : this);
}

Reply *ChannelSubscription::subscribe()
{
    // Its deadline is the subscription's own.
    OperationReply *reply = newReply({}, std::chrono::milliseconds::zero());
    if (isRunning() && !m_restartScheduled) {
        reply->fail(Error::local(
            Error::Kind::AlreadyCalled,
            tr("%1 is subscribed already, or is just being subscribed.").arg(m_channel)));
        return reply;
    }
    if (!m_client || m_channel.isEmpty()) {
        reply->fail(Error::local(Error::Kind::InvalidInput,
                                 m_client ? tr("The subscription has no channel.")
                                          : tr("The subscription has no client.")));
        return reply;
    }
    const bool wasActive = std::exchange(m_active, true);
    restart();
    if (m_state == State::Failed) {
        reply->fail(m_error);
    } else {
        m_subscribeReply = reply;
        reply->onStopped = [subscription = QPointer(this)](const Error &) {
            if (subscription)
                subscription->stop(EndReason::Cancelled);
        };
    }
    if (!wasActive)
        Q_EMIT activeChanged();
    return reply;
}

Reply *ChannelSubscription::unsubscribe()
{
    const bool isUnderWay = m_state == State::Inactive && m_client
        && m_client->d->multiplexer.subscriptions.isUnsubscribing(m_id);
    OperationReply *reply = newReply({}, std::chrono::milliseconds::zero());
    if (isUnderWay) {
        reply->fail(Error::local(Error::Kind::AlreadyCalled,
                                 tr("The unsubscribe of %1 is under way already.").arg(m_channel)));
        return reply;
    }
    if (!isRunning()) {
        reply->fail(
            Error::local(Error::Kind::NotSubscribed, tr("%1 is not subscribed.").arg(m_channel)));
        return reply;
    }
    m_restartScheduled = false;
    const bool wasActive = std::exchange(m_active, false);
    m_client->d->multiplexer.subscriptions.unsubscribe(this, reply);
    const QPointer<ChannelSubscription> alive(this);
    end(EndReason::Unsubscribed);
    if (alive && wasActive)
        Q_EMIT activeChanged();
    return reply;
}

void ChannelSubscription::begin(const QString &id)
{
    m_id = id;
    m_hasBegun = true;
    m_requestedMs = m_acknowledgedMs = m_firstEventMs = 0;
}

void ChannelSubscription::end(EndReason reason, const Error &error)
{
    if (!std::exchange(m_hasBegun, false))
        return;
    if (m_subscribeReply) {
        m_subscribeReply->fail(error.isError()
                                   ? error
                                   : Error::local(Error::Kind::Cancelled,
                                                  tr("The subscription ended before the server "
                                                     "acknowledged it.")));
        m_subscribeReply = nullptr;
    }
    const QPointer<ChannelSubscription> alive(this);
    setState(error.isError() ? State::Failed : State::Inactive, error);
    if (alive && error.isError())
        Q_EMIT errorOccurred(error);
    if (alive)
        Q_EMIT ended(reason, error);
}

void ChannelSubscription::setState(State state, const Error &error)
{
    if (m_state == state && m_error == error)
        return;
    m_state = state;
    m_error = error;
    if (state == State::Subscribed && m_subscribeReply)
        std::exchange(m_subscribeReply, nullptr)->succeed();
    Q_EMIT stateChanged(state);
}

void ChannelSubscription::noteRequested(qint64 wallMs)
{
    m_requestedMs = wallMs;
    m_acknowledgedMs = m_firstEventMs = 0;
    Q_EMIT progressed();
}

void ChannelSubscription::noteAcknowledged(qint64 wallMs)
{
    m_acknowledgedMs = wallMs;
    Q_EMIT progressed();
}

void ChannelSubscription::noteFirstEvent(qint64 wallMs)
{
    m_firstEventMs = wallMs;
    Q_EMIT progressed();
}

QDateTime ChannelSubscription::requestedAt() const
{
    return utc(m_requestedMs);
}

QDateTime ChannelSubscription::acknowledgedAt() const
{
    return utc(m_acknowledgedMs);
}

QDateTime ChannelSubscription::firstEventAt() const
{
    return utc(m_firstEventMs);
}

void ChannelSubscription::setUserData(const QVariant &data)
{
    m_userData = data;
    Q_EMIT userDataChanged();
}

} // namespace AppSync
