// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/database.h"

#include <optional>

namespace Syncscope {

//! A bookmark of a frame, with words that may be empty.
class CaptureMark {
public:
    qint64 number = 0; //!< of the frame
    QString title;
    QString note;

    friend bool operator==(const CaptureMark &, const CaptureMark &) = default;
};

//! A bookmark that was set or written anew; without one, the frame has none any more.
class CaptureMarkChange {
public:
    qint64 number = 0;
    std::optional<CaptureMark> mark;
};

namespace CaptureMarks {

[[nodiscard]] bool write(Database &database, const CaptureMark &mark);
[[nodiscard]] bool remove(Database &database, qint64 number);

//! Writes them into the capture \a path, all or none. The file stays one file; a program that records into it
//! goes on.
[[nodiscard]] Problem change(const QString &path, const QList<CaptureMarkChange> &changes);

} // namespace CaptureMarks

} // namespace Syncscope
