// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"

namespace Syncscope {

//! What two captures have in common. Events are compared by direction, kind, channel and text; their order and
//! times do not matter, how often each is there does.
class CaptureDifference {
public:
    enum class Side { Left, Right };
    using Visit = std::function<bool(Side side, const CapturedFrame &frame)>;

    qint64 both = 0; //!< frames that are in both
    qint64 onlyLeft = 0;
    qint64 onlyRight = 0;

    //! Shows every frame with events that only one of them has, first those of the left one. Frames without
    //! events are not compared. False: \a problem says why, or \a visit or \a progress ended it. It keeps some
    //! 50 bytes for each different event of the right one.
    bool compare(CaptureFile &left, CaptureFile &right, const Filter &filter, const Visit &visit,
                 Problem *problem, const CaptureFile::Progress &progress = {});
    //! Writes these frames into a new capture \a path in the order of their times: those of the left one as
    //! connection 1, those of the right one as connection 2.
    [[nodiscard]] Problem write(CaptureFile &left, CaptureFile &right, const Filter &filter,
                                const QString &path, const CaptureFile::Progress &progress = {});
};

} // namespace Syncscope
