// SPDX-License-Identifier: Apache-2.0
#include "app/ui/linkstatus.h"

#include "app/ui/wording.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

using State = AppSync::Connection::State;

namespace {

constexpr int kReadyStage = 3;

//! -1: no stage on the way to a connection.
int stageOf(State state)
{
    switch (state) {
    case State::Authorizing:
        return 0;
    case State::Opening:
        return 1;
    case State::Handshaking:
        return 2;
    case State::Ready:
        return kReadyStage;
    case State::Disconnected:
    case State::Backoff:
        break;
    }
    return -1;
}

std::chrono::milliseconds since(const QDateTime &moment)
{
    return std::chrono::milliseconds(moment.msecsTo(QDateTime::currentDateTimeUtc()));
}

QString requestText(const AppSync::UpgradeRequest &request)
{
    QString text = u"GET "_s + request.url.toString(QUrl::FullyEncoded) + u'\n';
    for (const auto &[name, value] : request.headers)
        text += QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value) + u'\n';
    text += u"Sec-WebSocket-Protocol: "_s + request.subprotocols.join(u", "_s) + u"\n\n"_s;
    return text + LinkStatus::tr("The second sub-protocol holds, in base64url:") + u'\n'
        + request.authorization;
}

} // namespace

LinkStatus::LinkStatus(AppSync::Client *client, QObject *parent) : QObject(parent), m_client(client)
{
    connect(client->connection(), &AppSync::Connection::stateChanged, this,
            &LinkStatus::onStateChanged);
}

QVariantList LinkStatus::stages() const
{
    const QStringList names{tr("Credentials"), tr("WebSocket"), tr("Acknowledgement"), tr("Live")};
    QVariantList list;
    for (int stage = 0; stage < kStages; ++stage)
        list += QVariantMap{{u"name"_s, names.at(stage)},
                            {u"mark"_s, markOf(stage)},
                            {u"text"_s, stageText(stage)}};
    return list;
}

LinkStatus::Mark LinkStatus::markOf(int stage) const
{
    const int present = stageOf(m_client->connection()->state());
    if (stage > m_reached)
        return Ahead;
    if (stage < m_reached)
        return Done;
    if (present == stage)
        return stage == kReadyStage ? Done : Current;
    return m_client->connection()->error().isError() ? Failed : Ahead;
}

QString LinkStatus::stageText(int stage) const
{
    const Mark mark = markOf(stage);
    if (mark == Ahead)
        return {};
    const auto took = m_took[std::size_t(stage)];
    return Wording::span(took ? std::chrono::milliseconds(*took)
                              : since(m_client->connection()->stateSince()));
}

QString LinkStatus::sentence() const
{
    const AppSync::Connection *connection = m_client->connection();
    const AppSync::Connection::Deadlines deadlines = m_client->deadlines();
    const QString lasts = Wording::span(since(connection->stateSince()));
    switch (connection->state()) {
    case State::Disconnected:
        if (connection->error().isError())
            return tr("Gave up %1 ago, at %2.").arg(lasts, Wording::time(connection->stateSince()));
        return tr("Not connected.");
    case State::Authorizing:
        return tr("Asking for credentials for %1, at most %2.")
            .arg(lasts, Wording::span(deadlines.authorizing));
    case State::Opening:
        return tr("Opening the WebSocket to %1 (DNS, TCP, TLS, upgrade) for %2, at most %3.")
            .arg(m_client->endpoint().realtime().host(), lasts, Wording::span(deadlines.opening));
    case State::Handshaking:
        return tr("The WebSocket is open. Waiting for the service's acknowledgement for %1, at "
                  "most "
                  "%2.")
            .arg(lasts, Wording::span(deadlines.handshaking));
    case State::Ready:
        return tr("Live for %1, since %2. A silence of %3 would end it.")
            .arg(lasts, Wording::time(connection->stateSince()),
                 Wording::span(connection->keepAliveTimeout()));
    case State::Backoff:
        break;
    }
    return tr("Waiting for the next attempt for %1, since %2.")
        .arg(lasts, Wording::time(connection->stateSince()));
}

QString LinkStatus::nextText() const
{
    const AppSync::Connection *connection = m_client->connection();
    const int attempt = connection->attempt();
    if (connection->state() == State::Backoff) {
        const qint64 ms = QDateTime::currentDateTimeUtc().msecsTo(connection->nextAttemptAt());
        return tr("Attempt %1 in %2 s").arg(attempt).arg(std::max<qint64>(0, (ms + 999) / 1000));
    }
    const bool trying = stageOf(connection->state()) >= 0 && connection->state() != State::Ready;
    return trying && attempt > 0 ? tr("Attempt %1").arg(attempt) : QString();
}

bool LinkStatus::canTryNow() const
{
    return stageOf(m_client->connection()->state()) < 0;
}

Notice LinkStatus::cause() const
{
    const AppSync::Connection *connection = m_client->connection();
    if (connection->cause() == connection->error())
        return {};
    return Notice::fromError(connection->cause());
}

Notice LinkStatus::latest() const
{
    const AppSync::Connection *connection = m_client->connection();
    const AppSync::Error error = connection->error();
    Evidence evidence{m_failureFrame, {}};
    if (error.kind == AppSync::Error::Kind::UpgradeRefused)
        evidence.answer = connection->upgradeAnswer();
    return Notice::fromError(error, evidence);
}

void LinkStatus::tick()
{
    Q_EMIT changed();
}

void LinkStatus::describe()
{
    Q_EMIT changed(); // what depends on the time
    AppSync::UpgradeReply *reply = m_client->describeUpgrade();
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        m_request =
            reply->error().isError() ? reply->error().toString() : requestText(reply->request());
        Q_EMIT requestChanged();
    });
}

void LinkStatus::onStateChanged(State state)
{
    const qint64 now = m_client->connection()->stateSince().toMSecsSinceEpoch();
    if (m_reached >= 0 && !m_took[std::size_t(m_reached)])
        m_took[std::size_t(m_reached)] = now - m_enteredMs[std::size_t(m_reached)];
    const int stage = stageOf(state);
    if (stage == 0)
        m_took = {};
    if (stage >= 0) {
        m_reached = stage;
        m_enteredMs[std::size_t(stage)] = now;
        m_took[std::size_t(stage)].reset();
        m_failureFrame.reset();
    }
    Q_EMIT changed();
}

} // namespace Syncscope
