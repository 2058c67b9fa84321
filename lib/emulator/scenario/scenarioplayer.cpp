// SPDX-License-Identifier: Apache-2.0
#include "scenarioplayer_p.h"

namespace AppSync::Emulation {

namespace {

//! Whoever is later than this (a suspended machine, a debugger) goes on from there, instead of publishing
//! all that was missed at once.
constexpr std::chrono::milliseconds kTolerance{1'000};

} // namespace

ScenarioPlayer::ScenarioPlayer(ScenarioRun run, Publish publish)
    : m_run(std::move(run))
    , m_publish(std::move(publish))
    , m_next(m_run.next())
    , m_start(std::chrono::steady_clock::now())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ScenarioPlayer::onTimeout);
    arm();
}

void ScenarioPlayer::arm()
{
    if (!m_next)
        return;
    const auto wait = m_start + m_next->at - std::chrono::steady_clock::now();
    m_timer.start(
        std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds(0)));
}

void ScenarioPlayer::onTimeout()
{
    const auto late = std::chrono::steady_clock::now() - (m_start + m_next->at);
    if (late > kTolerance)
        m_start += late;
    const ScenarioStep step = *m_next;
    m_next = m_run.next();
    arm(); // first, since publishing may stop and delete this player
    m_publish(step);
}

} // namespace AppSync::Emulation
