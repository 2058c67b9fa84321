// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/eventscheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

using AppSync::Echo;
using AppSync::Error;

namespace {

constexpr auto kEchoInterval = 250ms;

QString milliseconds(std::chrono::nanoseconds duration)
{
    const double ms = std::chrono::duration<double, std::milli>(duration).count();
    return QString::number(ms, 'f', ms < 10 ? 1 : 0);
}

} // namespace

EventsCheck::EventsCheck(AppSync::EventsClient *client, std::chrono::milliseconds timeout,
                         QObject *parent)
    : ServiceCheck(client, timeout, parent), m_client(client)
{
}

AppSync::Authorizer *EventsCheck::authorizerOf(Operation operation) const
{
    switch (operation) {
    case Operation::Connect:
        return m_client->connectAuthorizer();
    case Operation::Subscribe:
        return m_client->subscribeAuthorizer();
    case Operation::Publish:
        return m_client->publishAuthorizer();
    case Operation::Execute: // of GraphQL
        break;
    }
    return nullptr;
}

void EventsCheck::subscribe(const QString &channel)
{
    auto *subscription = new AppSync::ChannelSubscription(this);
    subscription->setChannel(channel);
    ServiceCheck::subscribe(subscription, [=, this] { subscription->setClient(m_client); });
}

void EventsCheck::publish(const QString &channel)
{
    AppSync::EchoOptions options;
    options.untilFirst = true;
    options.interval = kEchoInterval;
    // Half the time to publish, half to wait for the last one.
    options.timeout = timeout() / 2;
    options.count = std::max(1, int(options.timeout / options.interval));
    AppSync::EchoReply *reply = m_client->echo(channel, options);
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        const DoctorStep step = published(*reply);
        m_delivery = delivered(*reply);
        Q_EMIT finished(step);
    });
}

void EventsCheck::awaitDelivery()
{
    Q_EMIT finished(m_delivery);
}

DoctorStep EventsCheck::published(const AppSync::EchoReply &reply) const
{
    const QList<Echo> echoes = reply.echoes();
    const auto answered = std::find_if(echoes.begin(), echoes.end(), [](const Echo &echo) {
        return echo.answered > 0ns && echo.outcome != Echo::Outcome::Failed;
    });
    if (answered != echoes.end())
        return DoctorStep::ok(tr("accepted"), {}, answered->answered);
    const auto refused = std::find_if(echoes.begin(), echoes.end(), [](const Echo &echo) {
        return echo.outcome == Echo::Outcome::Failed;
    });
    if (refused != echoes.end())
        return failed(Operation::Publish, refused->error, refused->answered);
    if (reply.count(Echo::Outcome::Received) > 0) // the event was faster than the answer
        return DoctorStep::ok(tr("accepted, since it came back"), {});
    if (reply.error().isError() && reply.error().kind != Error::Kind::Timeout)
        return failed(Operation::Publish, reply.error(), reply.elapsed());
    return DoctorStep::failed(
        Error::local(Error::Kind::Timeout,
                     tr("No publish was answered within %1 s.").arg(seconds(timeout())),
                     tr("The connection is up, so the service is slow or a proxy swallows frames; "
                        "try again, or publish over HTTP.")),
        {}, reply.elapsed());
}

DoctorStep EventsCheck::delivered(const AppSync::EchoReply &reply) const
{
    if (reply.error().isError())
        return DoctorStep::failed(reply.error(), {}, reply.elapsed());
    const QList<Echo> echoes = reply.echoes();
    const auto first = std::find_if(echoes.begin(), echoes.end(), [](const Echo &echo) {
        return echo.outcome == Echo::Outcome::Received;
    });
    if (first == echoes.end())
        return DoctorStep::failed(reply.error(), {}, reply.elapsed());
    const QString ready = milliseconds(first->publishedAt);
    const int missed = first->number - 1;
    const QString summary = missed == 0
        ? tr("the first event came back after %1 ms").arg(milliseconds(first->latency))
        : tr("events flow from %1 ms after the acknowledgement; lost before that: %2")
              .arg(ready)
              .arg(missed);
    return DoctorStep::ok(summary,
                          {{u"latencyMs"_s, {milliseconds(first->latency)}},
                           {u"readyAfterMs"_s, {ready}},
                           {u"missed"_s, {QString::number(missed)}}},
                          first->publishedAt + first->latency);
}

} // namespace Syncscope
