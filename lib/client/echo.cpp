// SPDX-License-Identifier: Apache-2.0
#include "echo.h"

#include "deadlines_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

EchoReply::EchoReply(EventsClient *client, Clock *clock, const QString &channel,
                     const EchoOptions &options)
    : Reply(client)
    , m_client(client)
    , m_clock(clock)
    , m_channel(channel)
    , m_options(options)
    , m_mark(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
    , m_subscription(new ChannelSubscription(this))
    , m_deadlines(new OperationDeadlines(this))
    , m_timer(clock->createTimer(this))
    , m_startedAt(clock->monotonic())
{
    m_deadlines->setClock(clock);
    connect(m_deadlines, &OperationDeadlines::expired, this,
            [this](const QString &number) { settle(number.toInt(), Echo::Outcome::Lost); });
    connect(m_timer, &ClockTimer::timedOut, this, &EchoReply::publishNext);
    connect(m_subscription, &ChannelSubscription::stateChanged, this,
            [this](ChannelSubscription::State state) {
                if (state == ChannelSubscription::State::Subscribed)
                    onSubscribed();
            });
    connect(m_subscription, &ChannelSubscription::received, this, &EchoReply::onEvent);
    connect(m_subscription, &ChannelSubscription::ended, this,
            [this](ChannelSubscription::EndReason, const Error &error) {
                end(error.isError()
                        ? error
                        : Error::local(Error::Kind::Cancelled, tr("The client was closed.")));
            });
    m_subscription->setAuthorizer(options.subscribeAuthorizer);
    m_subscription->setChannel(options.listen.isEmpty() ? channel : options.listen);
    m_subscription->setClient(client);
}

EchoReply::~EchoReply()
{
    m_subscription->disconnect(this);
}

int EchoReply::count(Echo::Outcome outcome) const
{
    return int(std::count_if(m_echoes.begin(), m_echoes.end(),
                             [outcome](const Echo &echo) { return echo.outcome == outcome; }));
}

void EchoReply::onSubscribed()
{
    if (m_acknowledgedAfter.count() > 0 || !m_echoes.isEmpty())
        return; // again, after a loss
    m_acknowledgedAt = m_clock->monotonic();
    m_acknowledgedAfter = m_acknowledgedAt - m_startedAt;
    const QPointer<EchoReply> alive(this);
    Q_EMIT acknowledged();
    if (alive)
        publishNext();
}

void EchoReply::publishNext()
{
    Echo echo;
    echo.number = int(m_echoes.size()) + 1;
    echo.publishedAt = m_clock->monotonic() - m_acknowledgedAt;
    m_echoes.append(echo);
    const int number = echo.number;
    const QByteArray event = R"({"echo":")" + m_mark + '-' + QByteArray::number(number) + R"("})";
    PublishOptions publish;
    publish.authorizer = m_options.publishAuthorizer;
    publish.via = m_options.via;
    PublishReply *reply = m_client->publish(m_channel, {event}, publish);
    connect(reply, &Reply::finished, this, [this, number, reply] { onAnswer(number, *reply); });
    m_deadlines->add(QString::number(number), m_options.timeout);
    if (number < m_options.count)
        m_timer->start(m_options.interval);
}

void EchoReply::onAnswer(int number, const PublishReply &reply)
{
    m_echoes[number - 1].answered = reply.elapsed();
    Error error = reply.error();
    if (!error.isError() && !reply.failed().isEmpty()) {
        const PublishedEvent refused = reply.failed().constFirst();
        error = Error::local(Error::Kind::Refused, tr("The service refused the event."));
        error.code = refused.code;
        error.serverMessage = refused.message;
    }
    if (error.isError())
        settle(number, Echo::Outcome::Failed, error);
}

//! A handler may have put the event into another one, so the mark is looked for, not a whole event.
void EchoReply::onEvent(const Event &event)
{
    const QByteArray text = event.json();
    const qsizetype at = text.indexOf(m_mark + '-');
    if (at < 0)
        return;
    qsizetype from = at + m_mark.size() + 1;
    int number = 0;
    for (; from < text.size() && text[from] >= '0' && text[from] <= '9'; ++from)
        number = number * 10 + (text[from] - '0');
    if (number >= 1 && number <= m_echoes.size())
        settle(number, Echo::Outcome::Received);
}

void EchoReply::settle(int number, Echo::Outcome outcome, const Error &error)
{
    Echo &echo = m_echoes[number - 1];
    if (echo.outcome != Echo::Outcome::Waiting)
        return;
    m_deadlines->remove(QString::number(number));
    echo.outcome = outcome;
    echo.error = error;
    ++m_settled;
    if (outcome == Echo::Outcome::Received) {
        echo.latency = m_clock->monotonic() - m_acknowledgedAt - echo.publishedAt;
        if (!m_readyAfter)
            m_readyAfter = echo.publishedAt;
    }
    const QPointer<EchoReply> alive(this);
    Q_EMIT echoed(Echo(echo));
    if (!alive)
        return;
    const bool isEnough = m_options.untilFirst
        && (outcome == Echo::Outcome::Received || outcome == Echo::Outcome::Failed);
    if (isEnough)
        end(error);
    else if (m_settled >= std::max(1, m_options.count))
        end(m_options.untilFirst
                ? Error::local(Error::Kind::Timeout,
                               tr("None of %1 events came back on %2.")
                                   .arg(m_settled)
                                   .arg(m_subscription->channel()),
                               tr("A publish handler may filter or rename them, or the channels do "
                                  "not match."))
                : Error());
}

void EchoReply::stop(const Error &cancelled)
{
    end(cancelled);
}

void EchoReply::end(const Error &error)
{
    m_timer->stop();
    m_subscription->disconnect(this);
    m_subscription->setClient(nullptr); // unsubscribes
    setElapsed(m_clock->monotonic() - m_startedAt);
    finish(error);
}

} // namespace AppSync
