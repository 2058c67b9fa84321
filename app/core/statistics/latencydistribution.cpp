// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/latencydistribution.h"

#include <algorithm>
#include <cmath>

namespace Syncscope {

namespace {

constexpr double kFinestNs = 1000;

} // namespace

int LatencyDistribution::binOf(Duration latency)
{
    const double times = std::max(1.0, double(latency.count()) / kFinestNs);
    return std::clamp(int(std::log2(times) * kPerDoubling), 0, kBins - 1);
}

LatencyDistribution::Duration LatencyDistribution::edge(int bin)
{
    return Duration(qint64(std::exp2(double(bin) / kPerDoubling) * kFinestNs));
}

void LatencyDistribution::add(Duration latency)
{
    latency = std::max(latency, Duration::zero());
    ++m_bins[std::size_t(binOf(latency))];
    m_least = m_count == 0 ? latency : std::min(m_least, latency);
    m_greatest = std::max(m_greatest, latency);
    ++m_count;
}

LatencyDistribution::Duration LatencyDistribution::percentile(double percent) const
{
    if (m_count == 0)
        return {};
    const auto rank =
        std::clamp(qint64(std::ceil(percent / 100 * double(m_count))), qint64(1), m_count);
    if (rank == m_count)
        return m_greatest;
    if (rank == 1)
        return m_least;
    qint64 seen = 0;
    int bin = 0;
    while (bin < kBins - 1 && (seen += m_bins[std::size_t(bin)]) < rank)
        ++bin;
    return std::clamp((edge(bin) + edge(bin + 1)) / 2, m_least, m_greatest);
}

QList<LatencyDistribution::Bar> LatencyDistribution::bars(int most) const
{
    QList<Bar> result;
    if (m_count == 0)
        return result;
    const int first = binOf(m_least);
    const int last = binOf(m_greatest);
    int together = 1;
    while ((last - first) / together >= most)
        together *= 2;
    for (int bin = first; bin <= last; bin += together) {
        const int end = std::min(bin + together, kBins);
        Bar bar{edge(bin), edge(bin + together), 0};
        for (int i = bin; i < end; ++i)
            bar.count += m_bins[std::size_t(i)];
        result += bar;
    }
    return result;
}

} // namespace Syncscope
