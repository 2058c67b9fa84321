// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <numeric>

namespace Syncscope {

//! Events per second, averaged over the last five seconds. tick() is called once a second.
class RateMeter {
public:
    void count(int events = 1) { m_buckets[m_current] += events; }

    //! Closes the running second; returns the rate of the seconds before it.
    double tick()
    {
        m_perSecond = double(std::accumulate(m_buckets.begin(), m_buckets.end(), 0)) / kSeconds;
        m_current = (m_current + 1) % kSeconds;
        m_buckets[m_current] = 0;
        return m_perSecond;
    }

    [[nodiscard]] double perSecond() const { return m_perSecond; }

private:
    static constexpr std::size_t kSeconds = 5;
    std::array<int, kSeconds> m_buckets{};
    std::size_t m_current = 0;
    double m_perSecond = 0;
};

} // namespace Syncscope
