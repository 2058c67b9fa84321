// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"

namespace Syncscope {

//! One event of a capture, to be published again.
struct ReplayEvent {
    qint64 number = 0; //!< of the frame that it was in
    qint64 atMs = 0; //!< since 1970-01-01 UTC
    QByteArray channel; //!< where it was: the concrete one, or the pattern that brought it
    QByteArray text;
};

//! Shows the events of \a frame for which \a filter holds. It is a frame that matches().
template <typename Visit>
void forEachReplayEvent(const CapturedFrame &frame, const Filter &filter, Visit visit)
{
    const CaptureOrigin &origin = *frame.origin;
    const QByteArray &channel = origin.channel.isEmpty() ? origin.sub : origin.channel;
    frame.forEachRow([&](const FilterRow &row) {
        const bool isWanted =
            origin.shape == CaptureShape::String || filter.isEmpty() || filter.matches(row);
        if (row.payload == FilterRow::Payload::Event && isWanted)
            visit(ReplayEvent{frame.number, frame.atMs, channel, row.text.toByteArray()});
        return true;
    });
}

} // namespace Syncscope
