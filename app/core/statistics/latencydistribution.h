// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

#include <array>
#include <chrono>

namespace Syncscope {

//! Any number of durations in little memory: the greatest and the least are exact, what lies between is known to
//! about one per cent. (Latencies keeps each of a few.)
class LatencyDistribution {
public:
    using Duration = std::chrono::nanoseconds;
    struct Bar {
        Duration from;
        Duration to;
        qint64 count = 0;
    };

    void add(Duration latency);
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] Duration least() const { return m_least; }
    [[nodiscard]] Duration greatest() const { return m_greatest; }
    //! By nearest rank, \a percent from 0 to 100; 0 ns if there are none.
    [[nodiscard]] Duration percentile(double percent) const;
    //! From the least to the greatest at most \a most bars, each as many times longer than the one before as any
    //! other is.
    [[nodiscard]] QList<Bar> bars(int most) const;

private:
    static constexpr int kPerDoubling = 64;
    static constexpr int kDoublings = 36; //!< from a microsecond to nineteen hours
    static constexpr int kBins = kPerDoubling * kDoublings;
    [[nodiscard]] static int binOf(Duration latency);
    [[nodiscard]] static Duration edge(int bin);

    std::array<qint64, kBins> m_bins{};
    qint64 m_count = 0;
    Duration m_least{0};
    Duration m_greatest{0};
};

} // namespace Syncscope
