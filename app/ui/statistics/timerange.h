// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace Syncscope {

//! A stretch of time as a part of a filter: `time >= "…" && time <= "…"`, behind whatever else the filter says.
class TimeRange {
public:
    qint64 fromMs = 0; //!< since 1970-01-01 UTC; inclusive, as is the end
    qint64 toMs = 0;

    //! The one that \a filter ends with, if addedTo() wrote it, or somebody in the same way.
    [[nodiscard]] static std::optional<TimeRange> of(const QString &filter);
    //! \a filter without it.
    [[nodiscard]] static QString removedFrom(const QString &filter);
    //! The filter for what \a filter lets through in this time; a range that it has already is replaced.
    [[nodiscard]] QString addedTo(const QString &filter) const;
    //! In the time of here, with its offset, so that it means the same elsewhere.
    [[nodiscard]] static QString timeText(qint64 ms);

    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

} // namespace Syncscope
