// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"
#include "app/core/replay/replaytemplate.h"

namespace Syncscope {

//! What there is to be replayed in a capture: the events that were delivered, or where there are none those that
//! were published.
class ReplaySurvey {
public:
    struct Channel {
        QString name; //!< a concrete one, or the pattern under which the events came
        qint64 events = 0;
    };

    QByteArray kind; //!< event or publish, as of CaptureOrigin; empty: there is nothing
    QList<Channel> channels; //!< by name
    qint64 events = 0;
    qint64 firstMs = 0; //!< since 1970-01-01 UTC
    qint64 lastMs = 0;
    std::optional<ReplayEvent> first;
    bool hasResults = false; //!< of GraphQL, which cannot be replayed
    qint64 surrenders = 0; //!< how often the filter's regular expression gave up
    Problem problem; //!< it cannot be read, or an event lacks what the template names

    //! Of what \a filter lets through. \a rewrite, which may be null, is tried on every event.
    static ReplaySurvey of(CaptureFile &capture, const Filter &filter,
                           const ReplayTemplate *rewrite,
                           const CaptureFile::Progress &progress = {});

    //! Why nothing can be replayed; none: something can.
    [[nodiscard]] Problem obstacle() const;
};

} // namespace Syncscope

Q_DECLARE_METATYPE(Syncscope::ReplaySurvey)
