// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replayer.h"

#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qint64 kMostUnansweredReplays = 64;
// The rest is read while these go out.
constexpr qsizetype kFewReplays = 250;
constexpr int kMostRefusals = 20; // of one event; by then a minute has passed

} // namespace

Replayer::Replayer(AppSync::Clock *clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_pace(clock->createTimer(this))
{
    connect(m_pace, &AppSync::ClockTimer::timedOut, this, &Replayer::pump);
}

Replayer::~Replayer() = default;

qint64 Replayer::nowMs() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock->monotonic()).count();
}

void Replayer::setState(State state)
{
    if (m_state == state)
        return;
    const auto isHeld = [](State one) { return one == State::Paused || one == State::Waiting; };
    if (isHeld(state) && !isHeld(m_state))
        m_heldMs = nowMs();
    else if (isHeld(m_state) && state == State::Running)
        m_startMs += nowMs() - m_heldMs;
    m_state = state;
    if (state != State::Running)
        m_pace->stop();
    Q_EMIT stateChanged();
}

void Replayer::check(const QString &path, const ReplayPlan &plan)
{
    ++m_run;
    m_plan = plan;
    m_survey = {};
    m_counts = {};
    m_rate = {};
    m_held.clear();
    m_events.clear();
    m_at = 0;
    m_isReading = m_isRead = false;
    m_lateMs = 0;
    m_reader = std::make_unique<ReplayReader>(path, plan.filter);
    connect(m_reader.get(), &ReplayReader::progressed, this, &Replayer::checkProgressed);
    connect(m_reader.get(), &ReplayReader::came, this, &Replayer::onCame);
    connect(m_reader.get(), &ReplayReader::surveyed, this, [this](const ReplaySurvey &survey) {
        if (m_state != State::Checking)
            return;
        m_survey = survey;
        m_counts.all = survey.events;
        setState(State::Checked);
        Q_EMIT countsChanged();
        Q_EMIT checked();
    });
    setState(State::Checking);
    m_reader->survey(plan.rewrite);
}

void Replayer::start(AppSync::EventsClient *client)
{
    if (m_state != State::Checked || m_survey.obstacle().isProblem())
        return;
    if (m_client)
        m_client->connection()->disconnect(this);
    m_client = client;
    AppSync::Connection *connection = client->connection();
    const auto follow = [this, connection] {
        setLinkReady(connection->state() == AppSync::Connection::State::Ready);
    };
    connect(connection, &AppSync::Connection::stateChanged, this, follow);
    connect(client, &QObject::destroyed, this, [this] {
        if (isUnderWay() && !m_client)
            end(Problem::refused(u"The connection that it went over was given up."_s));
    });
    m_isLinkReady = connection->state() == AppSync::Connection::State::Ready;
    m_firstMs = m_survey.firstMs;
    m_startMs = nowMs();
    if (m_isLinkReady) {
        setState(State::Running);
        return pump();
    }
    setState(State::Waiting);
    client->open();
}

void Replayer::setLinkReady(bool isReady)
{
    m_isLinkReady = isReady;
    if (m_state == State::Running && !isReady)
        setState(State::Waiting);
    else if (m_state == State::Waiting && isReady)
        resume();
}

void Replayer::pause()
{
    if (m_state == State::Running || m_state == State::Waiting)
        setState(State::Paused);
}

void Replayer::resume()
{
    if (m_state != State::Paused && m_state != State::Waiting)
        return;
    setState(m_isLinkReady ? State::Running : State::Waiting);
    pump();
}

void Replayer::stop()
{
    if (m_state == State::Checking || m_state == State::Checked) {
        m_reader.reset();
        setState(State::Idle);
    } else if (isUnderWay()) {
        end({});
    }
}

void Replayer::end(const Problem &problem)
{
    setState(State::Ended);
    Q_EMIT finished(problem);
}

void Replayer::onCame(const QList<ReplayEvent> &events, const Problem &problem)
{
    m_isReading = false;
    if (!isUnderWay())
        return;
    m_isRead = events.isEmpty();
    m_events = m_events.mid(m_at) + events;
    m_at = 0;
    if (problem.isProblem())
        return end(problem);
    pump();
}

bool Replayer::hasNext()
{
    if (m_events.size() - m_at < kFewReplays && !m_isRead && !m_isReading) {
        m_isReading = true;
        m_reader->read(m_survey.kind);
    }
    return m_at < m_events.size();
}

double Replayer::dueMs(const ReplayEvent &event) const
{
    if (m_plan.speed == ReplayPlan::kMaximum)
        return 0;
    return double(m_startMs) + double(event.atMs - m_firstMs) / m_plan.speed;
}

double Replayer::untilNextMs() const
{
    const qint64 now = nowMs();
    const double paced = m_rate.untilNextMs(now);
    return m_held.isEmpty() ? qMax(paced, dueMs(m_events.at(m_at)) - double(now)) : paced;
}

void Replayer::pump()
{
    while (m_state == State::Running && m_counts.unanswered() < kMostUnansweredReplays
           && (!m_held.isEmpty() || hasNext())) {
        if (const double wait = untilNextMs(); wait > 0) {
            constexpr double kLongestWait = 1e8; // what a timer holds; then it is looked at again
            return m_pace->start(
                std::chrono::milliseconds(qint64(std::ceil(qMin(wait, kLongestWait)))));
        }
        if (!m_held.isEmpty()) {
            --m_counts.held;
            send(m_held.takeFirst());
        } else if (!sendNext()) {
            return;
        }
    }
    const bool isAllSent = m_isRead && m_at >= m_events.size() && m_held.isEmpty();
    if (m_state == State::Running && isAllSent && m_counts.unanswered() == 0)
        end({});
}

bool Replayer::sendNext()
{
    const ReplayEvent event = m_events.at(m_at++);
    m_lateMs = m_plan.speed == ReplayPlan::kMaximum ? 0 : qint64(double(nowMs()) - dueMs(event));
    Problem problem;
    const auto text = m_plan.rewrite ? m_plan.rewrite->rewrite(event, m_counts.sent + 1, &problem)
                                     : std::optional(event.text);
    if (!text) {
        end(problem);
        return false;
    }
    ++m_counts.sent;
    send({m_plan.target(QString::fromUtf8(event.channel)), *text});
    return true;
}

void Replayer::send(Attempt attempt)
{
    attempt.sentMs = nowMs();
    m_rate.onSent(attempt.sentMs);
    AppSync::PublishReply *reply = m_client->publish(attempt.channel, attempt.text);
    connect(reply, &AppSync::Reply::finished, this, [this, reply, attempt, run = m_run] {
        if (run == m_run)
            onAnswered(reply, attempt);
    });
    Q_EMIT countsChanged();
}

void Replayer::onAnswered(AppSync::PublishReply *reply, const Attempt &attempt)
{
    if (reply->error().kind == AppSync::Error::Kind::LimitExceeded
        && attempt.refusals < kMostRefusals) {
        holdBack(attempt);
    } else {
        count(*reply);
        Q_EMIT answered(reply);
    }
    Q_EMIT countsChanged();
    pump();
}

void Replayer::holdBack(Attempt attempt)
{
    m_rate.onRefused(attempt.sentMs, nowMs());
    ++attempt.refusals;
    ++m_counts.limited;
    ++m_counts.held;
    m_held.append(attempt);
}

void Replayer::count(const AppSync::PublishReply &reply)
{
    if (reply.error().kind == AppSync::Error::Kind::ConnectionLost) {
        ++m_counts.unknown;
    } else if (reply.error().isError() || !reply.failed().isEmpty()) {
        ++m_counts.failed;
    } else {
        ++m_counts.published;
        m_rate.onTaken();
    }
}

const ReplayEvent *Replayer::next() const
{
    return isUnderWay() && m_at < m_events.size() ? &m_events.at(m_at) : nullptr;
}

qint64 Replayer::nextInMs() const
{
    const ReplayEvent *event = next();
    if (!event)
        return 0;
    const qint64 now = m_state == State::Running ? nowMs() : m_heldMs;
    return qMax<qint64>(0, qint64(dueMs(*event)) - now);
}

} // namespace Syncscope
