// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/servicecheck.h"

#include "app/core/doctor/signaturefacts.h"

#include <AppSync/RetryPolicy>
#include <AppSync/Validation>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

using AppSync::Connection;
using AppSync::Echo;
using AppSync::Error;
using Operation = AppSync::SignableRequest::Operation;

namespace {

constexpr auto kEchoInterval = 250ms;

QStringList headerLines(const AppSync::Headers &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers)
        lines << QString::fromLatin1(name + ": " + value);
    return lines;
}

//! The second one is the authorization again, as base64url, which nobody can read.
QStringList readable(QStringList subprotocols)
{
    for (QString &subprotocol : subprotocols) {
        if (subprotocol.startsWith("header-"_L1))
            subprotocol = ServiceCheck::tr("header-… (the authorization, as base64url)");
    }
    return subprotocols;
}

QList<DoctorStep::Fact> answerFacts(const AppSync::HttpAnswer &answer)
{
    if (!answer.isValid())
        return {};
    QStringList headers;
    for (const auto &[name, value] : answer.headers) {
        const bool cookie = name.compare("Set-Cookie", Qt::CaseInsensitive) == 0;
        headers << QString::fromLatin1(name + ": " + (cookie ? "***" : value));
    }
    return {{u"status"_s, {u"%1 %2"_s.arg(answer.status).arg(answer.reason).trimmed()}},
            {u"headers"_s, headers},
            {u"body"_s, {QString::fromUtf8(answer.body)}}};
}

//! Invalid where the answer does not tell.
QDateTime dateOf(const AppSync::HttpAnswer &answer)
{
    for (const auto &[name, value] : answer.headers) {
        if (name.compare("Date", Qt::CaseInsensitive) == 0)
            return QDateTime::fromString(QString::fromLatin1(value), Qt::RFC2822Date);
    }
    return {};
}

QString seconds(std::chrono::milliseconds duration)
{
    return QString::number(std::chrono::duration<double>(duration).count());
}

QString milliseconds(std::chrono::nanoseconds duration)
{
    const double ms = std::chrono::duration<double, std::milli>(duration).count();
    return QString::number(ms, 'f', ms < 10 ? 1 : 0);
}

} // namespace

ServiceCheck::ServiceCheck(AppSync::EventsClient *client, std::chrono::milliseconds timeout,
                           QObject *parent)
    : QObject(parent), m_client(client), m_timeout(timeout)
{
    Connection::Deadlines deadlines = client->deadlines();
    deadlines.authorizing = deadlines.opening = deadlines.handshaking = timeout;
    client->setDeadlines(deadlines);
    client->setRetryPolicy(AppSync::RetryPolicy::never());
    client->setOperationTimeout(timeout);
    connect(client->connection(), &Connection::stateChanged, this, &ServiceCheck::onStateChanged);
    connect(client, &AppSync::EventsClient::connectionFailed, this,
            &ServiceCheck::onConnectionFailed);
}

std::chrono::nanoseconds ServiceCheck::elapsed() const
{
    return std::chrono::nanoseconds(m_clock.nsecsElapsed());
}

DoctorStep ServiceCheck::failed(Operation operation, const Error &error,
                                std::chrono::nanoseconds duration,
                                const QList<DoctorStep::Fact> &facts) const
{
    AppSync::Authorizer *own = nullptr;
    switch (operation) {
    case Operation::Connect:
        own = m_client->connectAuthorizer();
        break;
    case Operation::Subscribe:
        own = m_client->subscribeAuthorizer();
        break;
    case Operation::Publish:
        own = m_client->publishAuthorizer();
        break;
    case Operation::Execute: // of GraphQL
        break;
    }
    return DoctorStep::failed(error,
                              facts
                                  + signatureFacts(own ? own : m_client->authorizer(), error,
                                                   dateOf(m_client->connection()->upgradeAnswer())),
                              duration);
}

void ServiceCheck::describeRequest()
{
    AppSync::UpgradeReply *reply = m_client->describeUpgrade();
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        if (reply->error().isError()) {
            Q_EMIT finished(DoctorStep::failed(reply->error(), {}, reply->elapsed()));
            return;
        }
        const AppSync::UpgradeRequest request = reply->request();
        Q_EMIT finished(DoctorStep::ok(tr("made, masked below"),
                                       {{u"url"_s, {request.url.toString()}},
                                        {u"headers"_s, headerLines(request.headers)},
                                        {u"subprotocols"_s, readable(request.subprotocols)},
                                        {u"authorization"_s, {request.authorization}}},
                                       reply->elapsed()));
    });
}

void ServiceCheck::upgrade()
{
    m_waiting = Waiting::Upgrade;
    m_clock.start();
    m_client->open();
}

void ServiceCheck::onStateChanged(Connection::State state)
{
    if (state == Connection::State::Handshaking && m_waiting == Waiting::Upgrade) {
        m_upgradedAfter = elapsed();
        m_waiting = Waiting::Nothing;
        Q_EMIT finished(DoctorStep::ok(tr("accepted as a WebSocket (101)"), {}, m_upgradedAfter));
    } else if (state == Connection::State::Ready && m_readyAfter == 0ns) {
        m_readyAfter = elapsed();
        if (m_waiting == Waiting::Handshake)
            shakeHands();
    }
}

void ServiceCheck::onConnectionFailed(const Error &error)
{
    m_connectionError = error;
    switch (std::exchange(m_waiting, Waiting::Nothing)) {
    case Waiting::Nothing:
        return; // the step that needs the connection tells
    case Waiting::Upgrade:
        Q_EMIT finished(failed(Operation::Connect, error, elapsed(),
                               answerFacts(m_client->connection()->upgradeAnswer())));
        return;
    case Waiting::Handshake:
        Q_EMIT finished(failed(Operation::Connect, error, elapsed() - m_upgradedAfter));
    }
}

void ServiceCheck::shakeHands()
{
    m_waiting = Waiting::Nothing;
    if (m_readyAfter > 0ns) { // perhaps lost again by now: the next step tells
        const QString timeout = seconds(m_client->connection()->keepAliveTimeout());
        Q_EMIT finished(DoctorStep::ok(
            tr("acknowledged; a keep-alive is due within %1 s").arg(timeout),
            {{u"keepAlive"_s, {tr("%1 s").arg(timeout)}}}, m_readyAfter - m_upgradedAfter));
    } else if (m_connectionError.isError()) {
        Q_EMIT finished(failed(Operation::Connect, m_connectionError, elapsed() - m_upgradedAfter));
    } else {
        m_waiting = Waiting::Handshake;
    }
}

void ServiceCheck::subscribe(const QString &channel)
{
    using AppSync::ChannelSubscription;
    if (m_connectionError.isError()) { // a subscription would connect a second time
        Q_EMIT finished(DoctorStep::failed(m_connectionError));
        return;
    }
    m_clock.start();
    auto *subscription = new ChannelSubscription(this);
    subscription->setChannel(channel);
    const auto end = [this, subscription](const DoctorStep &step) {
        subscription->disconnect(this);
        subscription->deleteLater(); // unsubscribes
        Q_EMIT finished(step);
    };
    connect(
        subscription, &ChannelSubscription::stateChanged, this,
        [this, subscription, end](ChannelSubscription::State state) {
            if (state != ChannelSubscription::State::Subscribed)
                return;
            const QDateTime requested = subscription->requestedAt();
            const QDateTime acknowledged = subscription->acknowledgedAt();
            end(DoctorStep::ok(tr("acknowledged"),
                               {{u"requested"_s, {requested.toString(Qt::ISODateWithMs)}},
                                {u"acknowledged"_s, {acknowledged.toString(Qt::ISODateWithMs)}}},
                               elapsed()));
        });
    connect(subscription, &ChannelSubscription::ended, this,
            [this, end](ChannelSubscription::EndReason, const Error &error) {
                end(failed(Operation::Subscribe, error, elapsed()));
            });
    subscription->setClient(m_client);
}

void ServiceCheck::publish(const QString &channel)
{
    AppSync::EchoOptions options;
    options.untilFirst = true;
    options.interval = kEchoInterval;
    // Half the time to publish, half to wait for the last one.
    options.timeout = m_timeout / 2;
    options.count = std::max(1, int(options.timeout / options.interval));
    AppSync::EchoReply *reply = m_client->echo(channel, options);
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        const DoctorStep step = published(*reply);
        m_delivery = delivered(*reply);
        Q_EMIT finished(step);
    });
}

void ServiceCheck::awaitDelivery()
{
    Q_EMIT finished(m_delivery);
}

DoctorStep ServiceCheck::published(const AppSync::EchoReply &reply) const
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
                     tr("No publish was answered within %1 s.").arg(seconds(m_timeout)),
                     tr("The connection is up, so the service is slow or a proxy swallows frames; "
                        "try again, or publish over HTTP.")),
        {}, reply.elapsed());
}

DoctorStep ServiceCheck::delivered(const AppSync::EchoReply &reply) const
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
