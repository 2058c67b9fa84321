// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/reply.h"

#include <functional>

namespace AppSync {

//! The reply to an operation that is rare enough for a timer of its own: open, subscribe, unsubscribe.
class OperationReply : public Reply {
    Q_OBJECT

public:
    //! Ends as Timeout, with \a overdue as its sentence, after \a timeout; zero or less: never.
    OperationReply(Clock *clock, std::chrono::milliseconds timeout, const QString &overdue,
                   QObject *parent);

    void succeed();
    void fail(const Error &error);

    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }

    //! Stops the work when the caller or the clock ends the reply.
    std::function<void(const Error &why)> onStopped;

protected:
    void stop(const Error &why) override;

private:
    void end(const Error &error);

    Clock *const m_clock;
    const std::chrono::nanoseconds m_startedAt;
    ClockTimer *m_timer = nullptr;
    bool m_hasEnded = false;
};

} // namespace AppSync
