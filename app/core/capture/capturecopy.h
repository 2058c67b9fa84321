// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"
#include "app/core/capture/unfinishedfile.h"

namespace Syncscope {

//! What a copy leaves out.
class CaptureRedaction {
public:
    bool isOn = false;
    //! Words that names of secrets have beside those that SecretMask knows.
    QStringList moreNames;

    //! What copies for others are made with.
    [[nodiscard]] static CaptureRedaction standard() { return {true, {}}; }
};

//! What was masked in a copy.
struct MaskedCount {
    qint64 values = 0; //!< in frames
    qint64 frames = 0; //!< that had some
    qint64 allFrames = 0; //!< of the copy
    qint64 inMarks = 0; //!< values in bookmarks
};

//! Writes what matches into a new capture \a path, with its bookmarks, or those of \a marks, instead. The
//! numbers stay. A file that is there is in the way, if nothing else is said. \a masked, if there is one, tells what
//! the redaction did.
[[nodiscard]] Problem
copyCapture(CaptureFile &capture, const Filter &filter, const QString &path,
            const CaptureRedaction &redaction, const CaptureFile::Progress &progress = {},
            const std::optional<QList<CaptureMark>> &marks = {},
            UnfinishedFile::Existing existing = UnfinishedFile::Existing::Kept,
            MaskedCount *masked = nullptr);

//! Writes the frames of several captures into a new one, in the order of their times, and numbers them anew; with
//! the bookmarks.
[[nodiscard]] Problem
mergeCaptures(const QStringList &paths, const QString &path,
              const CaptureFile::Progress &progress = {},
              UnfinishedFile::Existing existing = UnfinishedFile::Existing::Kept);

} // namespace Syncscope
