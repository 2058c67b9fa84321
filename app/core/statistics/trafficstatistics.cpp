// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/trafficstatistics.h"

namespace Syncscope {

namespace {

using Kind = TrafficSample::Kind;
using std::chrono::nanoseconds;

// What was never answered must not pile up.
constexpr qsizetype kMostAsked = 10'000;

double inMs(nanoseconds latency)
{
    return double(latency.count()) / 1e6;
}

QString askedKey(const TrafficSample &sample)
{
    return QString::number(sample.connection) + QLatin1Char(' ') + sample.operation;
}

qint64 eventsIn(const TrafficSample &sample)
{
    // Of a publish it is written in the frame; a delivery of more than one is rare, and a record each.
    return sample.kind == Kind::Publish && sample.events ? sample.events().size() : 1;
}

} // namespace

void TrafficBucket::merge(const TrafficBucket &other)
{
    eventsIn += other.eventsIn;
    eventsOut += other.eventsOut;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    keepAlive.merge(other.keepAlive);
    answer.merge(other.answer);
    echo.merge(other.echo);
}

PublishLedger::Effect TrafficStatistics::add(const TrafficSample &sample)
{
    TrafficBucket added;
    count(sample, &added);
    const PublishLedger::Effect effect = m_ledger.add(sample);
    if (effect.echo) {
        added.echo.add(inMs(*effect.echo));
        m_echoes.add(*effect.echo);
    }
    m_buckets.at(sample.atMs).merge(added);
    m_total.merge(added);
    return effect;
}

void TrafficStatistics::clear()
{
    m_buckets = TimeBuckets<TrafficBucket>(m_finestMs);
    m_total = {};
    m_outages.clear();
    m_answers = {};
    m_echoes = {};
}

void TrafficStatistics::count(const TrafficSample &sample, TrafficBucket *bucket)
{
    (sample.isOut ? bucket->bytesOut : bucket->bytesIn) = sample.bytes;
    switch (sample.kind) {
    case Kind::Event:
        bucket->eventsIn = 1;
        break;
    case Kind::Publish:
    case Kind::Request:
        bucket->eventsOut = eventsIn(sample);
        if (m_asked.size() >= kMostAsked)
            m_asked.clear();
        m_asked.insert(askedKey(sample), {sample.atMs, sample.monotonicNs});
        break;
    case Kind::Answer:
        onAnswer(sample, bucket);
        break;
    case Kind::KeepAlive:
        onKeepAlive(sample, bucket);
        break;
    case Kind::Lost:
    case Kind::Closed:
    case Kind::Restored:
    case Kind::Gap:
        onOutage(sample);
        break;
    default:
        break;
    }
}

nanoseconds TrafficStatistics::since(const Moment &moment, const TrafficSample &sample)
{
    if (moment.monotonicNs > 0 && sample.monotonicNs >= moment.monotonicNs)
        return nanoseconds(sample.monotonicNs - moment.monotonicNs);
    return std::chrono::milliseconds(std::max<qint64>(0, sample.atMs - moment.atMs));
}

void TrafficStatistics::onAnswer(const TrafficSample &sample, TrafficBucket *bucket)
{
    const auto asked = m_asked.constFind(askedKey(sample));
    if (asked == m_asked.constEnd())
        return;
    const nanoseconds latency = since(*asked, sample);
    m_asked.erase(asked);
    bucket->answer.add(inMs(latency));
    m_answers.add(latency);
}

void TrafficStatistics::onKeepAlive(const TrafficSample &sample, TrafficBucket *bucket)
{
    const auto before = m_keepAlives.constFind(sample.connection);
    if (before != m_keepAlives.constEnd())
        bucket->keepAlive.add(inMs(since(*before, sample)));
    m_keepAlives.insert(sample.connection, {sample.atMs, sample.monotonicNs});
}

void TrafficStatistics::onOutage(const TrafficSample &sample)
{
    if (sample.kind == Kind::Restored) {
        for (TrafficOutage &outage : m_outages) {
            if (!outage.toMs)
                outage.toMs = std::max(outage.fromMs, sample.atMs);
        }
        return;
    }
    if (m_outages.size() >= kMostOutages)
        m_outages.erase(m_outages.begin());
    if (sample.kind == Kind::Gap) {
        m_outages.push_back({TrafficOutage::Kind::Gap, sample.fromMs, sample.atMs});
        return;
    }
    m_keepAlives.remove(sample.connection); // the next connection has intervals of its own
    m_outages.push_back(
        {sample.kind == Kind::Lost ? TrafficOutage::Kind::Lost : TrafficOutage::Kind::Closed,
         sample.atMs,
         {}});
}

void TrafficStatistics::amendGap(qint64 fromMs, qint64 toMs)
{
    for (TrafficOutage &outage : m_outages) {
        if (outage.kind == TrafficOutage::Kind::Gap && outage.fromMs == fromMs)
            outage.toMs = std::max(toMs, fromMs);
    }
}

} // namespace Syncscope
