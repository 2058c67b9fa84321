// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framesource.h"

#include <QTimer>

#include <deque>
#include <vector>

namespace Syncscope {

//! All frames of one session, and what happened to its connection, within a budget of memory. Frames are collected and handed on in batches,
//! so that a flood costs the views one update per screen frame. Over the budget the oldest are dropped,
//! in chunks and counted.
class FrameLog : public FrameSource {
    Q_OBJECT

public:
    explicit FrameLog(QObject *parent = nullptr);

    void append(const AppSync::Frame &frame);
    //! Returns the number that its record will have.
    qint64 append(const LinkNote &note);
    //! Writes the note with this number anew; false: it is no longer kept.
    bool amend(qint64 number, const LinkNote &note);
    //! Tells the event that the frame event.frameSeq carried. A second event of the same frame gets a
    //! record of its own.
    void attach(const AppSync::Event &event, int slot);
    //! Tells to which subscription of GraphQL the frame \a frameSeq brought a result.
    void attachResult(qint64 frameSeq, const QString &title, int slot);
    //! Tells which subscription the last control frame is about.
    void attribute(int slot, const QString &channel);
    //! The record that was appended last; null once it was handed on.
    [[nodiscard]] const FrameRecord *last() const;
    //! Hands on what is pending without waiting for the timer.
    void flush();
    void clear();

    [[nodiscard]] qint64 begin() const override { return m_begin; }
    [[nodiscard]] qint64 end() const override { return m_begin + qint64(m_records.size()); }
    [[nodiscard]] const FrameRecord &record(qint64 number) const override
    {
        return m_records[std::size_t(number - m_begin)];
    }
    [[nodiscard]] std::unique_ptr<FrameSearch> makeSearch() override;

    [[nodiscard]] qint64 byteBudget() const { return m_budget; }
    void setByteBudget(qint64 bytes);
    [[nodiscard]] qint64 bytesKept() const { return m_bytes; }
    [[nodiscard]] qint64 dropped() const { return m_dropped; } //!< since the last clear()

    static constexpr qint64 kDefaultBudget = 256'000'000;

private:
    void collect(FrameRecord &&record);
    void trim();
    FrameRecord *pendingWith(qint64 frameSeq);

    std::deque<FrameRecord> m_records;
    std::vector<FrameRecord> m_pending;
    QTimer m_flushTimer;
    qint64 m_begin = 1;
    qint64 m_budget = kDefaultBudget;
    qint64 m_bytes = 0;
    qint64 m_dropped = 0;
};

} // namespace Syncscope
