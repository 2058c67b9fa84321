// SPDX-License-Identifier: Apache-2.0
#include "subscription.h"

#include "../core/utc_p.h"
#include "client_p.h"
#include "operationreply_p.h"

namespace AppSync {

Subscription::Subscription(QObject *parent) : QObject(parent)
{
}

Subscription::~Subscription()
{
    if (m_subscribeReply)
        m_subscribeReply->fail(
            Error::local(Error::Kind::Cancelled, tr("The subscription was deleted.")));
    if (m_client)
        m_client->d->detach(this);
}

Client *Subscription::baseClient() const
{
    return m_client;
}

bool Subscription::setBaseClient(Client *client)
{
    if (m_client == client)
        return false;
    if (m_client) {
        m_client->d->detach(this);
        end(EndReason::Unsubscribed);
    }
    m_client = client;
    if (m_client)
        m_client->d->attach(this);
    scheduleRestart();
    return true;
}

void Subscription::setAuthorizer(Authorizer *authorizer)
{
    if (m_authorizer == authorizer)
        return;
    m_authorizer = authorizer;
    scheduleRestart();
    Q_EMIT authorizerChanged();
}

void Subscription::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    scheduleRestart();
    Q_EMIT activeChanged();
}

//! Property setters come in any order, from QML above all: one queued restart serves them together.
void Subscription::scheduleRestart()
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

void Subscription::restart()
{
    m_restartScheduled = false;
    const QPointer<Subscription> alive(this);
    stop(EndReason::Unsubscribed);
    if (alive && m_client && m_active && !topicName().isEmpty())
        m_client->d->start(this);
}

void Subscription::stop(EndReason reason)
{
    if (m_client)
        m_client->d->multiplexer.subscriptions.unsubscribe(this);
    const QPointer<Subscription> alive(this);
    end(reason);
    if (alive)
        setState(State::Inactive);
}

OperationReply *Subscription::newReply(const QString &overdue, std::chrono::milliseconds timeout)
{
    Clock *clock = m_client ? m_client->d->settings.clock : Clock::system();
    return new OperationReply(clock, timeout, overdue,
                              m_client ? static_cast<QObject *>(m_client) : this);
}

Reply *Subscription::subscribe()
{
    // Its deadline is the subscription's own.
    OperationReply *reply = newReply({}, std::chrono::milliseconds::zero());
    if (isRunning() && !m_restartScheduled) {
        reply->fail(Error::local(
            Error::Kind::AlreadyCalled,
            tr("%1 is subscribed already, or is just being subscribed.").arg(topicName())));
        return reply;
    }
    if (!m_client || topicName().isEmpty()) {
        reply->fail(Error::local(Error::Kind::InvalidInput,
                                 m_client ? tr("The subscription has nothing to subscribe to.")
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

Reply *Subscription::unsubscribe()
{
    const bool isUnderWay = m_state == State::Inactive && m_client
        && m_client->d->multiplexer.subscriptions.isUnsubscribing(m_id);
    OperationReply *reply = newReply({}, std::chrono::milliseconds::zero());
    if (isUnderWay) {
        reply->fail(
            Error::local(Error::Kind::AlreadyCalled,
                         tr("The unsubscribe of %1 is under way already.").arg(topicName())));
        return reply;
    }
    if (!isRunning()) {
        reply->fail(
            Error::local(Error::Kind::NotSubscribed, tr("%1 is not subscribed.").arg(topicName())));
        return reply;
    }
    m_restartScheduled = false;
    const bool wasActive = std::exchange(m_active, false);
    m_client->d->multiplexer.subscriptions.unsubscribe(this, reply);
    const QPointer<Subscription> alive(this);
    end(EndReason::Unsubscribed);
    if (alive && wasActive)
        Q_EMIT activeChanged();
    return reply;
}

void Subscription::begin(const QString &id)
{
    m_id = id;
    m_hasBegun = true;
    m_requestedMs = m_acknowledgedMs = m_firstEventMs = 0;
}

void Subscription::end(EndReason reason, const Error &error)
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
    const QPointer<Subscription> alive(this);
    setState(error.isError() ? State::Failed : State::Inactive, error);
    if (alive && error.isError())
        Q_EMIT errorOccurred(error);
    if (alive)
        Q_EMIT ended(reason, error);
}

void Subscription::setState(State state, const Error &error)
{
    if (m_state == state && m_error == error)
        return;
    m_state = state;
    m_error = error;
    if (state == State::Subscribed && m_subscribeReply)
        std::exchange(m_subscribeReply, nullptr)->succeed();
    Q_EMIT stateChanged(state);
}

void Subscription::noteRequested(qint64 wallMs)
{
    m_requestedMs = wallMs;
    m_acknowledgedMs = m_firstEventMs = 0;
    Q_EMIT progressed();
}

void Subscription::noteAcknowledged(qint64 wallMs)
{
    m_acknowledgedMs = wallMs;
    Q_EMIT progressed();
}

void Subscription::noteFirstEvent(qint64 wallMs)
{
    m_firstEventMs = wallMs;
    Q_EMIT progressed();
}

QDateTime Subscription::requestedAt() const
{
    return utc(m_requestedMs);
}

QDateTime Subscription::acknowledgedAt() const
{
    return utc(m_acknowledgedMs);
}

QDateTime Subscription::firstEventAt() const
{
    return utc(m_firstEventMs);
}

void Subscription::setUserData(const QVariant &data)
{
    m_userData = data;
    Q_EMIT userDataChanged();
}

} // namespace AppSync
