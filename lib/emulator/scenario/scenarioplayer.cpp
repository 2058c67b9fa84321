// SPDX-License-Identifier: Apache-2.0
#include "scenarioplayer_p.h"

#include <algorithm>

namespace AppSync::Emulation {

namespace {

//! Whoever is later than this (a suspended machine, a debugger) goes on from there, instead of publishing
//! all that was missed at once.
constexpr std::chrono::milliseconds kTolerance{1'000};

} // namespace

ScenarioPlayer::ScenarioPlayer(ScenarioRun run, double speed, Publish publish)
    : m_run(std::move(run)), m_speed(speed), m_publish(std::move(publish))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ScenarioPlayer::onTimeout);
    arm();
}

ScenarioPlayer::Moment ScenarioPlayer::now() const
{
    return m_from + Moment(Clock::now() - m_since) * m_speed;
}

void ScenarioPlayer::setSpeed(double speed)
{
    m_from = now();
    m_since = Clock::now();
    m_speed = speed;
    arm();
}

void ScenarioPlayer::hear(const QString &channel, const QStringList &events)
{
    for (const QString &event : events)
        m_run.hear(channel, event, std::chrono::floor<std::chrono::milliseconds>(now()));
    arm();
}

void ScenarioPlayer::arm()
{
    const auto next = m_run.nextAt();
    if (!next)
        return m_timer.stop();
    const Moment wait = (Moment(*next) - now()) / m_speed;
    m_timer.start(
        std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds(0)));
}

void ScenarioPlayer::onTimeout()
{
    const auto next = m_run.nextAt();
    if (!next)
        return;
    const Moment late = now() - Moment(*next);
    if (late / m_speed > kTolerance)
        m_from -= late;
    const std::optional<ScenarioStep> step = m_run.next();
    arm(); // first, since publishing may stop and delete this player
    if (!step->events.isEmpty())
        m_publish(*step);
}

} // namespace AppSync::Emulation
