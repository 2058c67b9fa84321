// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

#include <chrono>

namespace Syncscope {

//! Durations, and what people ask of them. Percentiles are by nearest rank: each is one of the durations.
class Latencies {
public:
    void add(std::chrono::nanoseconds latency);
    [[nodiscard]] bool isEmpty() const { return m_sorted.isEmpty(); }

    //! \a percent from 0 (the least) to 100 (the greatest); 0 ns if there are none.
    [[nodiscard]] std::chrono::nanoseconds percentile(double percent) const;

private:
    QList<std::chrono::nanoseconds> m_sorted;
};

} // namespace Syncscope
