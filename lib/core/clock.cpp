// SPDX-License-Identifier: Apache-2.0
#include "clock.h"

#include <QTimer>

namespace AppSync {

namespace {

class SystemTimer : public ClockTimer {
public:
    explicit SystemTimer(QObject *parent) : ClockTimer(parent)
    {
        m_timer.setSingleShot(true);
        // A deadline may come late, never early.
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &ClockTimer::timedOut);
    }

    void start(std::chrono::milliseconds delay) override
    {
        m_timer.start(std::max(delay, std::chrono::milliseconds::zero()));
    }
    void stop() override { m_timer.stop(); }
    bool isActive() const override { return m_timer.isActive(); }

private:
    QTimer m_timer;
};

class SystemClock : public Clock {
public:
    std::chrono::nanoseconds monotonic() const override
    {
        return std::chrono::steady_clock::now().time_since_epoch();
    }
    qint64 wallMs() const override { return QDateTime::currentMSecsSinceEpoch(); }
    ClockTimer *createTimer(QObject *parent) override { return new SystemTimer(parent); }
};

} // namespace

Clock::~Clock() = default;

Clock *Clock::system()
{
    static SystemClock clock;
    return &clock;
}

} // namespace AppSync
