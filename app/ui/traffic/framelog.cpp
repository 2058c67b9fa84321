// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framelog.h"

#include "app/ui/traffic/logsearch.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr auto kBatchInterval = 33ms;
// Dropping a tenth at once keeps the cost per frame low.
constexpr qint64 kKeepTenths = 9;

} // namespace

FrameLog::FrameLog(QObject *parent) : FrameSource(parent)
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(kBatchInterval);
    connect(&m_flushTimer, &QTimer::timeout, this, &FrameLog::flush);
}

void FrameLog::append(const AppSync::Frame &frame)
{
    collect(FrameRecord(frame));
}

qint64 FrameLog::append(const LinkNote &note)
{
    collect(FrameRecord(note));
    return end() + qint64(m_pending.size()) - 1;
}

bool FrameLog::amend(qint64 number, const LinkNote &note)
{
    if (number < m_begin)
        return false;
    const bool waits = number >= end();
    FrameRecord &record =
        waits ? m_pending[std::size_t(number - end())] : m_records[std::size_t(number - m_begin)];
    const qint64 costBefore = record.memoryCost();
    record = FrameRecord(note);
    record.number = number;
    if (waits)
        return true;
    m_bytes += record.memoryCost() - costBefore;
    Q_EMIT amended(number);
    return true;
}

void FrameLog::collect(FrameRecord &&record)
{
    m_pending.push_back(std::move(record));
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

void FrameLog::attach(const AppSync::Event &event, int slot)
{
    FrameRecord *record = pendingWith(event.frameSeq);
    if (!record)
        return;
    if (record->slot < 0) {
        record->setEvent(event, slot);
        return;
    }
    FrameRecord further(record->frame);
    further.setEvent(event, slot);
    m_pending.push_back(further);
}

void FrameLog::attachResult(qint64 frameSeq, const QString &title, int slot)
{
    if (FrameRecord *record = pendingWith(frameSeq))
        record->setResult(title, slot);
}

void FrameLog::attribute(int slot, const QString &channel)
{
    if (m_pending.empty())
        return;
    FrameRecord &record = m_pending.back();
    record.slot = slot;
    if (record.channel.isEmpty())
        record.channel = channel;
}

const FrameRecord *FrameLog::last() const
{
    return m_pending.empty() ? nullptr : &m_pending.back();
}

void FrameLog::flush()
{
    m_flushTimer.stop();
    if (m_pending.empty())
        return;
    const qint64 first = end();
    const auto count = qint64(m_pending.size());
    qint64 number = first;
    for (FrameRecord &record : m_pending) {
        record.number = number++;
        m_bytes += record.memoryCost();
        m_records.push_back(std::move(record));
    }
    m_pending.clear();
    Q_EMIT appended(first, count);
    trim();
}

std::unique_ptr<FrameSearch> FrameLog::makeSearch()
{
    return std::make_unique<LogSearch>(this);
}

void FrameLog::clear()
{
    m_begin = end() + qint64(m_pending.size());
    m_pending.clear();
    m_records.clear();
    m_bytes = 0;
    m_dropped = 0;
    Q_EMIT cleared();
}

void FrameLog::setByteBudget(qint64 bytes)
{
    m_budget = bytes;
    trim();
}

void FrameLog::trim()
{
    if (m_bytes <= m_budget)
        return;
    const qint64 target = m_budget / 10 * kKeepTenths;
    const qint64 before = m_begin;
    while (m_bytes > target && m_records.size() > 1) {
        m_bytes -= m_records.front().memoryCost();
        m_records.pop_front();
        ++m_begin;
    }
    m_dropped += m_begin - before;
    Q_EMIT trimmed(m_begin);
}

FrameRecord *FrameLog::pendingWith(qint64 frameSeq)
{
    const auto it =
        std::find_if(m_pending.rbegin(), m_pending.rend(), [frameSeq](const FrameRecord &r) {
            return !r.note() && r.frame.seq == frameSeq;
        });
    return it == m_pending.rend() ? nullptr : &*it;
}

} // namespace Syncscope
