// SPDX-License-Identifier: Apache-2.0
#include "app/cli/livesubscriptions.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using AppSync::Subscription;

LiveSubscriptions::LiveSubscriptions(Session &session, Output &output, Console &console,
                                     QObject *parent)
    : QObject(parent), m_session(session), m_output(output), m_console(console)
{
}

void LiveSubscriptions::start(bool showsControlFrames)
{
    using AppSync::Client;
    Client &client = m_session.client();
    connect(&client, &Client::closed, this, &LiveSubscriptions::onClosed);
    connect(&client, &Client::opened, &m_patience, &QTimer::stop);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &LiveSubscriptions::onPatienceEnded);
    if (m_session.timeout())
        m_patience.start(*m_session.timeout());
    if (showsControlFrames)
        connect(&client, &Client::frameSeen, this, &LiveSubscriptions::onFrame);
}

void LiveSubscriptions::add(Subscription *subscription, const QString &name)
{
    subscription->setTimeout(
        std::chrono::milliseconds::zero()); // m_patience waits for a connection
    subscription->setUserData(name);
    m_subscriptions.append(subscription);
    connect(subscription, &Subscription::gapDetected, this, &LiveSubscriptions::onGap);
    if (m_console.isVerbose())
        connect(subscription, &Subscription::progressed, this,
                [this, subscription] { tellProgress(*subscription); });
    connect(subscription, &Subscription::stateChanged, this,
            [this, subscription] { onStateChanged(subscription); });
    connect(subscription, &Subscription::errorOccurred, this,
            [this, subscription](const AppSync::Error &error) { onError(subscription, error); });
    connect(
        subscription, &Subscription::ended, this,
        [this, subscription](Subscription::EndReason reason) { onEnded(subscription, reason); });
}

QString LiveSubscriptions::nameOf(const Subscription &subscription) const
{
    return subscription.userData().toString();
}

void LiveSubscriptions::onPatienceEnded()
{
    const double seconds = std::chrono::duration<double>(*m_session.timeout()).count();
    const AppSync::Error error = m_session.explained(AppSync::Error::local(
        AppSync::Error::Kind::Timeout, u"There was no connection within %1 s."_s.arg(seconds),
        u"Check the endpoint, or give it more time with --timeout."_s));
    m_output.error(u"connect"_s, {}, error);
    Q_EMIT lost(m_session.exitCodeOf(error));
}

void LiveSubscriptions::onStateChanged(Subscription *subscription)
{
    if (m_stopped || subscription->state() != Subscription::State::Subscribed)
        return;
    m_console.status(u"subscribed to %1"_s.arg(nameOf(*subscription)));
    if (areAllLive())
        flushGap();
    Q_EMIT live();
}

void LiveSubscriptions::onGap(const AppSync::Gap &gap)
{
    if (m_stopped)
        return;
    if (m_gap && m_gap->from != gap.from)
        flushGap(); // of an earlier loss
    if (m_gap)
        m_gap->to = gap.to;
    else
        m_gap = gap;
}

bool LiveSubscriptions::areAllLive() const
{
    return std::all_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                       [](const Subscription *subscription) {
                           return subscription->state() == Subscription::State::Subscribed;
                       });
}

void LiveSubscriptions::flushGap()
{
    if (const auto gap = std::exchange(m_gap, std::nullopt))
        m_output.gap(gap->from, gap->to, fullMessage(gap->reason));
}

void LiveSubscriptions::tellProgress(const Subscription &subscription) const
{
    const QString name = nameOf(subscription);
    const QDateTime requested = subscription.requestedAt();
    const QDateTime acknowledged = subscription.acknowledgedAt();
    const QDateTime first = subscription.firstEventAt();
    const auto time = [](const QDateTime &at) { return at.toUTC().toString(u"HH:mm:ss.zzz'Z'"); };
    if (first.isValid()) {
        m_console.detail(
            u"%1: first event %2, %3 ms after the acknowledgement"_s.arg(name, time(first))
                .arg(acknowledged.msecsTo(first)));
    } else if (acknowledged.isValid()) {
        m_console.detail(
            u"%1: acknowledged %2, %3 ms after the request"_s.arg(name, time(acknowledged))
                .arg(requested.msecsTo(acknowledged)));
    } else if (requested.isValid()) {
        m_console.detail(u"%1: requested %2"_s.arg(name, time(requested)));
    }
}

void LiveSubscriptions::onError(Subscription *subscription, const AppSync::Error &error)
{
    if (m_stopped)
        return;
    if (subscription->state() == Subscription::State::Subscribed) {
        // The service could not deliver one event (broadcast_error); others follow.
        m_output.error(u"deliver"_s, nameOf(*subscription), error);
    } else if (!m_session.isLostForGood()) { // else onClosed() tells it once for all
        m_output.error(u"subscribe"_s, nameOf(*subscription), m_session.explained(error));
        if (m_refusal == ExitCode::Done)
            m_refusal = m_session.exitCodeOf(error);
        remove(subscription);
    }
}

void LiveSubscriptions::onEnded(Subscription *subscription, Subscription::EndReason reason)
{
    if (m_stopped || reason != Subscription::EndReason::Completed)
        return;
    m_console.status(u"the service ended %1"_s.arg(nameOf(*subscription)));
    remove(subscription);
}

void LiveSubscriptions::remove(Subscription *subscription)
{
    if (!m_subscriptions.removeOne(subscription))
        return;
    if (areAllLive())
        flushGap();
    Q_EMIT gone();
}

void LiveSubscriptions::onFrame(const AppSync::Frame &frame)
{
    const bool isShown = frame.direction == AppSync::Frame::Direction::In
        && frame.transport == AppSync::Frame::Transport::WebSocket && frame.type != u"data";
    if (isShown && !m_stopped)
        m_output.control(frame);
}

void LiveSubscriptions::onClosed(const AppSync::Error &error)
{
    if (m_stopped)
        return;
    const AppSync::Error reason =
        error.isError() ? error : m_session.client().connection()->error();
    m_output.error(u"connect"_s, {}, reason);
    Q_EMIT lost(m_session.exitCodeOfConnection(reason));
}

} // namespace Syncscope::Cli
