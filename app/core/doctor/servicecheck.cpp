// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/servicecheck.h"

#include "app/core/doctor/signaturefacts.h"

#include <AppSync/RetryPolicy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

using AppSync::Connection;
using AppSync::Error;

namespace {

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

} // namespace

ServiceCheck::ServiceCheck(AppSync::Client *client, std::chrono::milliseconds timeout,
                           QObject *parent)
    : QObject(parent), m_client(client), m_timeout(timeout)
{
    Connection::Deadlines deadlines = client->deadlines();
    deadlines.authorizing = deadlines.opening = deadlines.handshaking = timeout;
    client->setDeadlines(deadlines);
    client->setRetryPolicy(AppSync::RetryPolicy::never());
    client->setOperationTimeout(timeout);
    connect(client->connection(), &Connection::stateChanged, this, &ServiceCheck::onStateChanged);
    connect(client, &AppSync::Client::connectionFailed, this, &ServiceCheck::onConnectionFailed);
}

std::chrono::nanoseconds ServiceCheck::elapsed() const
{
    return std::chrono::nanoseconds(m_clock.nsecsElapsed());
}

QDateTime ServiceCheck::dateOf(const AppSync::Headers &headers)
{
    for (const auto &[name, value] : headers) {
        if (name.compare("Date", Qt::CaseInsensitive) == 0)
            return QDateTime::fromString(QString::fromLatin1(value), Qt::RFC2822Date);
    }
    return {};
}

QDateTime ServiceCheck::upgradeTime() const
{
    return dateOf(m_client->connection()->upgradeAnswer().headers);
}

QString ServiceCheck::seconds(std::chrono::milliseconds duration)
{
    return QString::number(std::chrono::duration<double>(duration).count());
}

DoctorStep ServiceCheck::failed(Operation operation, const Error &error,
                                std::chrono::nanoseconds duration,
                                const QList<DoctorStep::Fact> &facts,
                                const QDateTime &serverTime) const
{
    AppSync::Authorizer *const own = authorizerOf(operation);
    return DoctorStep::failed(
        error, facts + signatureFacts(own ? own : m_client->authorizer(), error, serverTime),
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
    // It tries at once again, with new credentials or at the other path of GraphQL.
    if (m_client->connection()->state() == Connection::State::Authorizing)
        return;
    m_connectionError = error;
    switch (std::exchange(m_waiting, Waiting::Nothing)) {
    case Waiting::Nothing:
        return; // the step that needs the connection tells
    case Waiting::Upgrade:
        Q_EMIT finished(failed(Operation::Connect, error, elapsed(),
                               answerFacts(m_client->connection()->upgradeAnswer()),
                               upgradeTime()));
        return;
    case Waiting::Handshake:
        Q_EMIT finished(
            failed(Operation::Connect, error, elapsed() - m_upgradedAfter, {}, upgradeTime()));
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
        Q_EMIT finished(failed(Operation::Connect, m_connectionError, elapsed() - m_upgradedAfter,
                               {}, upgradeTime()));
    } else {
        m_waiting = Waiting::Handshake;
    }
}

void ServiceCheck::subscribe(AppSync::Subscription *subscription,
                             const std::function<void()> &begin)
{
    using AppSync::Subscription;
    if (m_connectionError.isError()) { // a subscription would connect a second time
        subscription->deleteLater();
        Q_EMIT finished(DoctorStep::failed(m_connectionError));
        return;
    }
    m_clock.start();
    const auto end = [this, subscription](const DoctorStep &step) {
        subscription->disconnect(this);
        subscription->deleteLater(); // unsubscribes
        Q_EMIT finished(step);
    };
    connect(
        subscription, &Subscription::stateChanged, this,
        [this, subscription, end](Subscription::State state) {
            if (state != Subscription::State::Subscribed)
                return;
            const QDateTime requested = subscription->requestedAt();
            const QDateTime acknowledged = subscription->acknowledgedAt();
            end(DoctorStep::ok(tr("acknowledged"),
                               {{u"requested"_s, {requested.toString(Qt::ISODateWithMs)}},
                                {u"acknowledged"_s, {acknowledged.toString(Qt::ISODateWithMs)}}},
                               elapsed()));
        });
    connect(subscription, &Subscription::ended, this,
            [this, end](Subscription::EndReason, const Error &error) {
                end(failed(Operation::Subscribe, error, elapsed()));
            });
    begin();
}

} // namespace Syncscope
