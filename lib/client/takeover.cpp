// SPDX-License-Identifier: Apache-2.0
#include "takeover_p.h"

#include "clientlog_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace AppSync {

namespace {

constexpr auto kDrain = 5s; // for events and answers that are on their way
constexpr auto kAgain = 60s; // after a takeover that failed

} // namespace

Takeover::Takeover(Connection &current, Multiplexer &multiplexer, const Protocol &protocol,
                   const ClientSettings &settings, FrameTap &tap, QObject *parent)
    : QObject(parent)
    , m_current(current)
    , m_multiplexer(multiplexer)
    , m_protocol(protocol)
    , m_settings(settings)
    , m_tap(tap)
{
    setClock(settings.clock);
}

Takeover::~Takeover() = default;

void Takeover::setClock(Clock *clock)
{
    delete m_timer;
    m_timer = clock->createTimer(this);
    connect(m_timer, &ClockTimer::timedOut, this, &Takeover::onTimer);
}

void Takeover::onReady()
{
    end(m_settings.deadlines.takeoverAfter);
}

void Takeover::onLost()
{
    end(0ms);
}

void Takeover::onTimer()
{
    switch (m_phase) {
    case Phase::Waiting:
        begin();
        break;
    case Phase::Requesting:
        end(kAgain);
        break;
    case Phase::Draining:
        end(m_settings.deadlines.takeoverAfter);
        break;
    }
}

void Takeover::begin()
{
    m_phase = Phase::Requesting;
    m_second = new Connection(m_protocol, m_settings, m_tap, this);
    Connection::Private &second = *m_second->d;
    // One that was given up is on its way to be deleted, and says nothing any more.
    const auto isCurrent = [this, made = m_second] { return made == m_second; };
    second.onReady = [=, this] {
        if (isCurrent())
            onSecondReady();
    };
    second.onMessage = [=, this](const Incoming &message, const QString &text, qint64 seq) {
        if (isCurrent())
            onSecondMessage(message, text, seq);
    };
    second.onProblem = onProblem;
    second.onLost = [=, this](const Error &, bool) {
        if (isCurrent())
            end(m_phase == Phase::Draining ? m_settings.deadlines.takeoverAfter : kAgain);
    };
    m_timer->start(m_settings.operationTimeout);
    second.open();
}

void Takeover::onSecondReady()
{
    m_requested.clear();
    m_acknowledged.clear();
    const QList<QString> ids = m_multiplexer.subscriptions.activeIds();
    for (const QString &id : ids)
        m_requested.insert(id);
    for (const QString &id : ids)
        m_multiplexer.subscriptions.requestOn(*m_second->d, id);
    if (ids.isEmpty())
        scheduleCompletion();
}

void Takeover::onSecondMessage(const Incoming &message, const QString &text, qint64 seq)
{
    const QString id = message.id.toString();
    if (message.kind == Incoming::Kind::SubscribeSuccess && m_requested.contains(id)) {
        m_acknowledged.insert(id);
        settle(id);
        return;
    }
    const bool isRefusal = message.kind == Incoming::Kind::SubscribeError
        || message.kind == Incoming::Kind::OperationError;
    if (isRefusal && m_requested.contains(id)) {
        const QPointer<Takeover> alive(this);
        (void)m_multiplexer.subscriptions.refuse(id, message.errors.first());
        if (alive)
            settle(id);
        return;
    }
    if (message.kind == Incoming::Kind::Data && !admits(false, message, text))
        return;
    m_multiplexer.onMessage(message, text, seq);
}

void Takeover::settle(const QString &id)
{
    m_requested.remove(id);
    if (!m_multiplexer.subscriptions.contains(id)) { // unsubscribed meanwhile
        const QByteArray frame = m_protocol.stop(id.toLatin1());
        m_second->d->send(frame, m_protocol.stopType, id, frame);
        m_acknowledged.remove(id);
    }
    if (m_requested.isEmpty() && m_phase == Phase::Requesting)
        scheduleCompletion();
}

//! Not inside a signal of the socket that is about to change hands.
void Takeover::scheduleCompletion()
{
    QMetaObject::invokeMethod(
        this,
        [this, second = m_second] {
            if (second && second == m_second && m_phase == Phase::Requesting)
                complete();
        },
        Qt::QueuedConnection);
}

void Takeover::complete()
{
    if (!m_current.d->adopt(*m_second->d))
        return end(kAgain);
    m_phase = Phase::Draining;
    m_timer->start(kDrain);
    const QPointer<Takeover> alive(this);
    m_settings.log->info(
        LogEntry::Area::Connection,
        u"A second connection took over from the first, which is %1 min old."_s.arg(
            std::chrono::floor<std::chrono::minutes>(m_settings.deadlines.takeoverAfter).count()));
    if (alive)
        m_multiplexer.subscriptions.onTakenOver(m_acknowledged);
    if (alive)
        Q_EMIT m_current.renewed();
}

void Takeover::end(std::chrono::milliseconds untilNext)
{
    m_phase = Phase::Waiting;
    m_surplus.clear();
    m_timer->stop();
    if (untilNext > 0ms)
        m_timer->start(untilNext);
    if (Connection *second = std::exchange(m_second, nullptr)) {
        second->deleteLater();
        second->d->close();
    }
}

bool Takeover::admits(bool isCurrent, const Incoming &message, const QString &text)
{
    QString key = message.id.toString();
    for (const Incoming::Payload &payload : message.events)
        key.append(u'\n').append(
            QStringView(text).sliced(payload.begin, payload.end - payload.begin));
    const bool isOld = isCurrent == (m_phase == Phase::Requesting);
    int &surplus = m_surplus[key];
    const bool isSecond = isOld ? surplus < 0 : surplus > 0;
    surplus += isOld ? 1 : -1;
    if (surplus == 0)
        m_surplus.remove(key);
    return !isSecond;
}

} // namespace AppSync
