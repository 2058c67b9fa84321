// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framecolumns.h"
#include "app/ui/traffic/framesource.h"

#include <QPointer>

#include <deque>
#include <optional>

namespace Syncscope {

//! What the cells of a table say about time, in the form that its columns choose.
class FrameTimes {
public:
    //! Numbers of the records that are rows, ascending.
    using Rows = std::deque<qint64>;

    //! All three outlive it, the source perhaps not.
    FrameTimes(FrameSource *source, const FrameColumns *columns, const Rows *rows);

    //! The session or the capture begins with this record; later calls change nothing.
    void startWith(const FrameRecord &record);

    [[nodiscard]] QString time(const FrameRecord &record) const;
    //! Seconds since an earlier row; empty: there is none. "…": none among the nearest, and no more were looked at.
    [[nodiscard]] QString delta(int row) const;

    //! How many records in front of a row are looked at for one of its channel: in captures they come from the disk.
    static constexpr qint64 kReach = 1'000;

private:
    [[nodiscard]] QString deltaOfChannel(int row) const;
    [[nodiscard]] QString between(qint64 earlier, qint64 later) const;

    const QPointer<FrameSource> m_source;
    const FrameColumns *const m_columns;
    const Rows *const m_rows;
    std::optional<qint64> m_startMs; //!< since 1970 UTC
};

} // namespace Syncscope
