// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"
#include "app/core/replay/replaytemplate.h"

#include <QPair>

namespace Syncscope {

//! What of a capture is published again, where, and how fast.
class ReplayPlan {
public:
    static constexpr double kSlowest = 0.1;
    static constexpr double kFastest = 1'000;
    static constexpr double kMaximum = 0; //!< a speed: as fast as it goes

    QString to; //!< with a leading slash; empty: as the map says, or where each event was
    QList<QPair<QString, QString>> map; //!< old channel or pattern, new one
    double speed = 1; //!< times as fast as it was
    Filter filter;
    std::optional<ReplayTemplate> rewrite; //!< none: events go out as they were

    //! `2x`, `2` or `max`; nothing if \a text is no speed.
    static std::optional<double> speedOf(const QString &text);
    //! Lets what was on \a from go to \a to; a pattern for all below may go to a pattern. False: that makes no sense.
    bool addMapping(const QString &from, const QString &to);
    //! Where an event of \a channel goes; empty: nothing tells, since it came under a wildcard.
    [[nodiscard]] QString target(const QString &channel) const;
};

} // namespace Syncscope
