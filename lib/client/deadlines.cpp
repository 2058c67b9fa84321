// SPDX-License-Identifier: Apache-2.0
#include "deadlines_p.h"

#include <QPointer>

namespace AppSync {

OperationDeadlines::OperationDeadlines(QObject *parent) : QObject(parent)
{
    setClock(Clock::system());
}

void OperationDeadlines::setClock(Clock *clock)
{
    delete m_timer;
    m_clock = clock;
    m_timer = clock->createTimer(this);
    connect(m_timer, &ClockTimer::timedOut, this, &OperationDeadlines::onTimer);
}

void OperationDeadlines::add(const QString &id, std::chrono::milliseconds delay)
{
    remove(id);
    if (delay <= std::chrono::milliseconds::zero())
        return;
    m_byId.insert(id, m_due.emplace(m_clock->monotonic() + delay, id));
    // Deadlines are mostly of one length, so a new one is mostly the last: the timer runs already.
    if (!m_timer->isActive() || m_due.begin()->second == id)
        arm();
}

void OperationDeadlines::remove(const QString &id)
{
    const auto entry = m_byId.constFind(id);
    if (entry == m_byId.cend())
        return;
    m_due.erase(entry.value());
    m_byId.remove(id); // erase() would look for the next one, through a sparse table
    if (m_due.empty())
        m_timer->stop();
}

void OperationDeadlines::onTimer()
{
    const QPointer<OperationDeadlines> alive(this);
    const auto now = m_clock->monotonic();
    while (alive && !m_due.empty() && m_due.begin()->first <= now) {
        const QString id = m_due.begin()->second;
        m_byId.remove(id);
        m_due.erase(m_due.begin());
        Q_EMIT expired(id);
    }
    if (alive)
        arm();
}

void OperationDeadlines::arm()
{
    if (m_due.empty())
        return;
    const auto left = m_due.begin()->first - m_clock->monotonic();
    // Rounded up: a timer that fires early would only have to be armed again.
    m_timer->start(std::chrono::ceil<std::chrono::milliseconds>(left));
}

} // namespace AppSync
