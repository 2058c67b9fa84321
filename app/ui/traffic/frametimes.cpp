// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/frametimes.h"

#include "app/ui/wording.h"

#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Clocks of different computers, or of one that slept, have nothing to do with each other.
constexpr double kClocksDiffer = 1;

double secondsBetween(const FrameRecord &earlier, const FrameRecord &later)
{
    const double byWall = double(earlier.at().msecsTo(later.at())) / 1e3;
    if (earlier.note() || later.note())
        return byWall; // notes know the wall clock only
    const double bySteady = double(later.frame.monotonicNs - earlier.frame.monotonicNs) / 1e9;
    return std::abs(bySteady - byWall) < kClocksDiffer ? bySteady : byWall;
}

} // namespace

FrameTimes::FrameTimes(FrameSource *source, const FrameColumns *columns, const Rows *rows)
    : m_source(source), m_columns(columns), m_rows(rows)
{
}

void FrameTimes::startWith(const FrameRecord &record)
{
    if (!m_startMs && record.at().isValid())
        m_startMs = record.at().toMSecsSinceEpoch();
}

QString FrameTimes::time(const FrameRecord &record) const
{
    const QDateTime at = record.at();
    const auto form = m_columns->timeForm();
    if (form == FrameColumns::TimeForm::SinceStart) {
        if (!m_startMs || !at.isValid())
            return {};
        return Wording::sinceStart(std::chrono::milliseconds(at.toMSecsSinceEpoch() - *m_startMs));
    }
    const QDateTime told = form == FrameColumns::TimeForm::Utc ? at.toUTC() : at.toLocalTime();
    return told.toString(m_columns->isWithDate() ? u"yyyy-MM-dd HH:mm:ss.zzz"_s
                                                 : u"HH:mm:ss.zzz"_s);
}

QString FrameTimes::delta(int row) const
{
    if (row == 0)
        return {};
    if (m_columns->deltaForm() == FrameColumns::DeltaForm::PreviousOfChannel)
        return deltaOfChannel(row);
    return between((*m_rows)[std::size_t(row - 1)], (*m_rows)[std::size_t(row)]);
}

QString FrameTimes::deltaOfChannel(int row) const
{
    const qint64 number = (*m_rows)[std::size_t(row)];
    const FrameRecord &record = m_source->record(number);
    if (record.note() || record.channel.isEmpty())
        return {};
    const QString channel = record.channel;
    for (int other = row - 1; other >= 0; --other) {
        const qint64 earlier = (*m_rows)[std::size_t(other)];
        if (earlier < number - kReach)
            return u"…"_s;
        if (!m_source->contains(earlier))
            return {};
        const FrameRecord &candidate = m_source->record(earlier);
        if (!candidate.note() && candidate.channel == channel)
            return between(earlier, number);
    }
    return {};
}

QString FrameTimes::between(qint64 earlier, qint64 later) const
{
    if (!m_source->contains(earlier))
        return {};
    const double seconds = secondsBetween(m_source->record(earlier), m_source->record(later));
    return (seconds < 0 ? QString() : u"+"_s) + QString::number(seconds, 'f', 3);
}

} // namespace Syncscope
