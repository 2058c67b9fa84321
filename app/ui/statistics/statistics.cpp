// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/statistics.h"

#include "app/ui/statistics/statisticswords.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

Statistics::Statistics(FrameFilter *filter, const AppSync::Clock *clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_traffic(std::make_unique<TrafficStatistics>())
    , m_ledger(clock)
    , m_filter(filter)
{
    m_ledger.show(&m_traffic->ledger());
    connect(filter, &FrameFilter::textChanged, this, &Statistics::rangeChanged);
}

Statistics::~Statistics() = default;

void Statistics::setWatched(bool watched)
{
    if (m_isWatched == watched)
        return;
    m_isWatched = watched;
    Q_EMIT watchedChanged();
}

void Statistics::take(std::unique_ptr<TrafficStatistics> traffic)
{
    m_ledger.show(nullptr);
    m_traffic = std::move(traffic);
    m_ledger.show(&m_traffic->ledger());
    Q_EMIT changed();
}

qint64 Statistics::fromMs() const
{
    return isEmpty() ? m_clock->wallMs() : buckets().beginMs();
}

qint64 Statistics::toMs() const
{
    return isEmpty() ? m_clock->wallMs() : buckets().endMs();
}

QString Statistics::summary() const
{
    return isEmpty() ? remark() : StatisticsWords::summary(*m_traffic, countedMs());
}

QVariantMap Statistics::answers() const
{
    return StatisticsWords::latencies(m_traffic->answers());
}

QVariantMap Statistics::echoes() const
{
    return StatisticsWords::latencies(m_traffic->echoes());
}

QString Statistics::wordsFor(qint64 fromMs, qint64 toMs) const
{
    TrafficBucket traffic;
    qint64 coveredMs = 0;
    buckets().forEach(fromMs, toMs, [&](qint64 beginMs, const TrafficBucket &bucket) {
        traffic.merge(bucket);
        coveredMs +=
            std::min(beginMs + buckets().widthMs(), std::max(countedMs(), beginMs + 1)) - beginMs;
    });
    Spread plotted;
    plot().forEach(fromMs, toMs, [&](qint64, const Spread &numbers) { plotted.merge(numbers); });
    QStringList parts = StatisticsWords::moment(traffic, coveredMs);
    if (plotted.count > 0)
        parts += StatisticsWords::numbers(plotPath(), plotted);
    for (const TrafficOutage &outage : outages()) {
        if (outage.fromMs < toMs && outage.toMs.value_or(countedMs()) >= fromMs)
            parts += StatisticsWords::outage(outage, countedMs());
    }
    return StatisticsWords::span(fromMs, toMs) + u"   "_s + parts.join(u" · "_s);
}

void Statistics::setPlotPath(const QString &path)
{
    if (path.trimmed() == plotPath())
        return;
    m_path = PlotPath(path);
    m_plotted = Plotted();
    readPlot();
    Q_EMIT plotChanged();
    Q_EMIT changed();
}

QString Statistics::plotRemark() const
{
    return m_path.isUsable()
        ? StatisticsWords::plotted(m_plotted.count, m_plotted.others, m_plotted.unread)
        : QString();
}

void Statistics::Plotted::add(const PlotPath &path, QByteArrayView payload, bool isResult,
                              qint64 atMs)
{
    others += path.forEachNumber(payload, isResult, [&](double number) {
        numbers.at(atMs).add(number);
        ++count;
    });
}

std::optional<TimeRange> Statistics::range() const
{
    return m_filter ? TimeRange::of(m_filter->text()) : std::nullopt;
}

void Statistics::setRange(const TimeRange &range)
{
    if (!m_filter)
        return;
    // What is no filter cannot be combined with anything.
    const bool isFilter = m_filter->problem().isEmpty();
    setFilter(range.addedTo(isFilter ? m_filter->text() : m_filter->applied().text()));
}

void Statistics::clearRange()
{
    if (hasRange())
        setFilter(TimeRange::removedFrom(m_filter->text()));
}

void Statistics::setFilter(const QString &text)
{
    m_filter->setText(text);
    m_filter->apply();
}

} // namespace Syncscope
