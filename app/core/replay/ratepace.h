// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace Syncscope {

//! Finds out how fast a service takes events: after a refusal the gaps between them double, and shrink a little with
//! each one that is taken. Times are milliseconds of one clock.
class RatePace {
public:
    //! How long the next one has to wait; 0 or less: not at all.
    [[nodiscard]] double untilNextMs(qint64 nowMs) const
    {
        return m_gapMs > 0 ? double(m_sentMs) + m_gapMs - double(nowMs) : 0;
    }
    void onSent(qint64 nowMs) { m_sentMs = nowMs; }
    //! What was sent at \a sentMs was refused, since too much came.
    void onRefused(qint64 sentMs, qint64 nowMs)
    {
        // Others were on their way when the first was refused: they tell nothing new.
        if (sentMs <= m_slowedMs)
            return;
        m_slowedMs = nowMs;
        m_gapMs = std::clamp(m_gapMs * 2, kShortestMs, kLongestMs);
    }
    void onTaken() { m_gapMs = m_gapMs < kShortestMs / 8 ? 0 : m_gapMs * kShrinkage; }

    static constexpr double kShortestMs = 20; //!< after a first refusal
    static constexpr double kLongestMs = 4'000;

private:
    static constexpr double kShrinkage = 0.97;

    double m_gapMs = 0;
    qint64 m_sentMs = 0;
    qint64 m_slowedMs = -1;
};

} // namespace Syncscope
