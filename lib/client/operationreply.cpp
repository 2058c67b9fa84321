// SPDX-License-Identifier: Apache-2.0
#include "operationreply_p.h"

namespace AppSync {

OperationReply::OperationReply(Clock *clock, std::chrono::milliseconds timeout,
                               const QString &overdue, QObject *parent)
    : Reply(parent), m_clock(clock), m_startedAt(clock->monotonic())
{
    if (timeout <= std::chrono::milliseconds::zero())
        return;
    m_timer = clock->createTimer(this);
    connect(m_timer, &ClockTimer::timedOut, this,
            [this, overdue] { stop(Error::local(Error::Kind::Timeout, overdue)); });
    m_timer->start(timeout);
}

void OperationReply::succeed()
{
    end({});
}

void OperationReply::fail(const Error &error)
{
    end(error);
}

void OperationReply::stop(const Error &why)
{
    end(why);
    if (const auto stopWork = std::exchange(onStopped, {}))
        stopWork(why);
}

void OperationReply::end(const Error &error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    if (m_timer)
        m_timer->stop();
    setElapsed(m_clock->monotonic() - m_startedAt);
    finish(error);
}

} // namespace AppSync
