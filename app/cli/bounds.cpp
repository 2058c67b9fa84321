// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bounds.h"

namespace Syncscope::Cli {

Bounds::Bounds(const Limits &limits, QObject *parent) : QObject(parent), m_limits(limits)
{
    m_duration.setSingleShot(true);
    m_duration.setTimerType(Qt::PreciseTimer);
    m_idle.setSingleShot(true);
    m_idle.setTimerType(Qt::PreciseTimer);
    connect(&m_duration, &QTimer::timeout, this, &Bounds::reach);
    connect(&m_idle, &QTimer::timeout, this, &Bounds::checkIdle);
}

void Bounds::start()
{
    if (m_started)
        return;
    m_started = true;
    m_sinceLast.start();
    if (m_limits.duration)
        m_duration.start(*m_limits.duration);
    if (m_limits.idle)
        m_idle.start(*m_limits.idle);
}

void Bounds::note()
{
    if (m_limits.idle)
        m_sinceLast.start(); // the timer looks at this when it fires: cheaper than restarting it
    if (m_limits.count && ++m_count >= *m_limits.count)
        reach();
}

void Bounds::checkIdle()
{
    const auto left = *m_limits.idle - std::chrono::milliseconds(m_sinceLast.elapsed());
    if (left.count() <= 0)
        reach();
    else
        m_idle.start(left);
}

void Bounds::reach()
{
    if (m_reached)
        return;
    m_reached = true;
    m_duration.stop();
    m_idle.stop();
    Q_EMIT reached();
}

} // namespace Syncscope::Cli
