// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/livestatistics.h"

#include "app/ui/statistics/samples.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr auto kBeat = 500ms;
constexpr qint64 kPlotSliceMs = 4; // of each turn of the event loop

} // namespace

LiveStatistics::LiveStatistics(const FrameSource *source, FrameFilter *filter,
                               const AppSync::Clock *clock, QObject *parent)
    : Statistics(filter, clock, parent), m_source(source)
{
    connect(source, &FrameSource::appended, this, &LiveStatistics::onAppended);
    connect(source, &FrameSource::amended, this, &LiveStatistics::onAmended);
    connect(source, &FrameSource::cleared, this, &LiveStatistics::onCleared);
    m_beat.setInterval(kBeat);
    connect(&m_beat, &QTimer::timeout, this, &Statistics::changed);
    connect(&m_slices, &QTimer::timeout, this, &LiveStatistics::readSlice);
}

void LiveStatistics::setWatched(bool watched)
{
    Statistics::setWatched(watched);
    if (!watched)
        return m_beat.stop();
    m_beat.start();
    Q_EMIT changed();
}

QString LiveStatistics::remark() const
{
    return isEmpty() ? tr("Rates, latencies, keep-alives and gaps of this session appear here as "
                          "soon as something passes.")
                     : QString();
}

qint64 LiveStatistics::toMs() const
{
    return std::max(countedMs(), fromMs() + kShortestMs);
}

qint64 LiveStatistics::countedMs() const
{
    // Silence is worth seeing; and what came since the clock was set back is, too.
    const qint64 lastMs = buckets().isEmpty() ? 0 : buckets().endMs() - buckets().widthMs();
    return std::max(m_clock->wallMs(), lastMs);
}

void LiveStatistics::onAppended(qint64 first, qint64 count)
{
    for (qint64 number = first; number < first + count; ++number) {
        m_ledger.apply(m_traffic->add(sampleOf(m_source->record(number))));
        if (path().isUsable())
            plotRecord(number);
    }
}

void LiveStatistics::onAmended(qint64 number)
{
    const LinkNote *note = m_source->record(number).note();
    if (note && note->kind == LinkNote::Kind::Gap)
        m_traffic->amendGap(note->from.toMSecsSinceEpoch(), note->to().toMSecsSinceEpoch());
}

//! What was published stays in the ledger: its results are still shown.
void LiveStatistics::onCleared()
{
    m_traffic->clear();
    m_first = m_source->begin();
    m_plotted = Plotted();
    m_slices.stop();
    Q_EMIT changed();
}

void LiveStatistics::readPlot()
{
    m_plotEnd = m_source->end();
    m_plotted.unread = m_source->begin() - m_first;
    if (path().isUsable())
        m_slices.start();
    else
        m_slices.stop();
}

//! The newest first.
void LiveStatistics::readSlice()
{
    QElapsedTimer since;
    since.start();
    while (m_plotEnd > m_source->begin() && since.elapsed() < kPlotSliceMs)
        plotRecord(--m_plotEnd);
    if (m_plotEnd > m_source->begin())
        return;
    m_slices.stop();
    Q_EMIT changed();
}

void LiveStatistics::plotRecord(qint64 number)
{
    const FrameRecord &record = m_source->record(number);
    if (record.note())
        return;
    for (const QString &payload : record.payloads())
        m_plotted.add(path(), payload.toUtf8(), record.isResult(),
                      record.frame.at.toMSecsSinceEpoch());
}

} // namespace Syncscope
