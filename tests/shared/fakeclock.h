// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Clock>

#include <QPointer>

#include <optional>

//! A clock that stands still until a test moves it: hours pass in no time, and nothing fires by itself.
class FakeClock : public AppSync::Clock {
public:
    ~FakeClock() override
    {
        for (const QPointer<Timer> &timer : std::as_const(m_timers)) {
            if (timer)
                timer->clock = nullptr;
        }
    }

    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return m_now; }
    [[nodiscard]] qint64 wallMs() const override
    {
        return kEpochMs + std::chrono::duration_cast<std::chrono::milliseconds>(m_now).count();
    }

    AppSync::ClockTimer *createTimer(QObject *parent) override
    {
        auto *timer = new Timer(this, parent);
        m_timers.append(timer);
        return timer;
    }

    //! Lets \a duration pass, firing what becomes due on the way, in order.
    void advance(std::chrono::milliseconds duration)
    {
        const auto end = m_now + duration;
        while (Timer *due = nextDue(end)) {
            m_now = std::max(m_now, *due->at);
            due->at.reset();
            Q_EMIT due->timedOut();
        }
        m_now = end;
    }

    //! How long until the next timer fires; nothing if none runs.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNext() const
    {
        std::optional<std::chrono::nanoseconds> first;
        for (const QPointer<Timer> &timer : m_timers) {
            if (timer && timer->at && (!first || *timer->at < *first))
                first = *timer->at;
        }
        if (!first)
            return {};
        return std::chrono::duration_cast<std::chrono::milliseconds>(*first - m_now);
    }

private:
    static constexpr qint64 kEpochMs = 1'700'000'000'000;

    class Timer : public AppSync::ClockTimer {
    public:
        Timer(FakeClock *owner, QObject *parent) : ClockTimer(parent), clock(owner) { }
        void start(std::chrono::milliseconds delay) override { at = clock->m_now + delay; }
        void stop() override { at.reset(); }
        [[nodiscard]] bool isActive() const override { return at.has_value(); }

        FakeClock *clock;
        std::optional<std::chrono::nanoseconds> at;
    };

    [[nodiscard]] Timer *nextDue(std::chrono::nanoseconds end) const
    {
        Timer *next = nullptr;
        for (const QPointer<Timer> &timer : m_timers) {
            if (timer && timer->at && *timer->at <= end && (!next || *timer->at < *next->at))
                next = timer;
        }
        return next;
    }

    std::chrono::nanoseconds m_now{std::chrono::hours(1)};
    QList<QPointer<Timer>> m_timers;
};
