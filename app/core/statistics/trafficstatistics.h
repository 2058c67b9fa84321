// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/latencydistribution.h"
#include "app/core/statistics/publishledger.h"
#include "app/core/statistics/timebuckets.h"

#include <optional>
#include <vector>

namespace Syncscope {

//! What passed in a stretch of time.
class TrafficBucket {
public:
    qint64 eventsIn = 0; //!< of GraphQL: results
    qint64 eventsOut = 0; //!< of GraphQL: requests
    qint64 bytesIn = 0; //!< of all frames on the wire
    qint64 bytesOut = 0;
    Spread keepAlive; //!< ms since the one before
    Spread answer; //!< ms from a publish or request to its answer
    Spread echo; //!< ms from a publish until it was seen on a subscription

    void merge(const TrafficBucket &other);
};

//! A time in which events could not come, or not all.
class TrafficOutage {
public:
    enum class Kind { Lost, Closed, Gap };

    Kind kind = Kind::Lost;
    qint64 fromMs = 0;
    std::optional<qint64> toMs; //!< none: it goes on
};

//! Counts what passes, second by second, in bounded memory: of a session as it goes, or of a capture.
class TrafficStatistics {
public:
    //! \a finestMs: length of the buckets as long as there are not too many.
    explicit TrafficStatistics(qint64 finestMs = 1000) : m_finestMs(finestMs), m_buckets(finestMs)
    {
    }

    PublishLedger::Effect add(const TrafficSample &sample);
    //! Begins anew, but for the ledger.
    void clear();
    //! A gap that was added concerns a longer time now.
    void amendGap(qint64 fromMs, qint64 toMs);

    [[nodiscard]] const TimeBuckets<TrafficBucket> &buckets() const { return m_buckets; }
    //! By begin; of more than kMostOutages the oldest are left out.
    [[nodiscard]] const std::vector<TrafficOutage> &outages() const { return m_outages; }
    [[nodiscard]] const TrafficBucket &total() const { return m_total; }
    [[nodiscard]] const LatencyDistribution &answers() const { return m_answers; }
    [[nodiscard]] const LatencyDistribution &echoes() const { return m_echoes; }
    [[nodiscard]] const PublishLedger &ledger() const { return m_ledger; }

    static constexpr std::size_t kMostOutages = 1000;

private:
    struct Moment {
        qint64 atMs = 0;
        qint64 monotonicNs = 0;
    };

    void count(const TrafficSample &sample, TrafficBucket *bucket);
    void onAnswer(const TrafficSample &sample, TrafficBucket *bucket);
    void onKeepAlive(const TrafficSample &sample, TrafficBucket *bucket);
    void onOutage(const TrafficSample &sample);
    static std::chrono::nanoseconds since(const Moment &moment, const TrafficSample &sample);

    qint64 m_finestMs;
    TimeBuckets<TrafficBucket> m_buckets;
    TrafficBucket m_total;
    std::vector<TrafficOutage> m_outages;
    LatencyDistribution m_answers;
    LatencyDistribution m_echoes;
    PublishLedger m_ledger;
    QHash<QString, Moment>
        m_asked; //!< publishes and requests without an answer yet, by connection and operation
    QHash<qint64, Moment> m_keepAlives; //!< the last of each connection
};

} // namespace Syncscope
