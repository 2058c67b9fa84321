// SPDX-License-Identifier: Apache-2.0
#include "app/core/latencies.h"

#include <algorithm>
#include <cmath>

namespace Syncscope {

void Latencies::add(std::chrono::nanoseconds latency)
{
    m_sorted.insert(std::upper_bound(m_sorted.begin(), m_sorted.end(), latency), latency);
}

std::chrono::nanoseconds Latencies::percentile(double percent) const
{
    if (m_sorted.isEmpty())
        return {};
    const double rank = std::ceil(percent / 100 * double(m_sorted.size()));
    return m_sorted.at(std::clamp<qsizetype>(qsizetype(rank) - 1, 0, m_sorted.size() - 1));
}

} // namespace Syncscope
