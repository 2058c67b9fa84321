// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

namespace AppSync::Emulation {

//! A bucket of tokens that holds one second's worth and refills evenly; with 0 per second it is never empty.
class RateLimit {
public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimit(int perSecond, Clock::time_point now = Clock::now())
        : m_perSecond(perSecond), m_tokens(perSecond), m_at(now)
    {
    }

    //! Takes \a count tokens, or none if there are too few.
    bool take(int count = 1, Clock::time_point now = Clock::now())
    {
        if (m_perSecond == 0)
            return true;
        const double passed = std::chrono::duration<double>(now - m_at).count();
        m_tokens = std::min(double(m_perSecond), m_tokens + passed * m_perSecond);
        m_at = now;
        if (m_tokens < count)
            return false;
        m_tokens -= count;
        return true;
    }

private:
    int m_perSecond;
    double m_tokens;
    Clock::time_point m_at;
};

} // namespace AppSync::Emulation
