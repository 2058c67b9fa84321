// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"
#include "app/core/capture/framemask.h"
#include "app/core/capture/unfinishedfile.h"

namespace Syncscope {

//! Writes what matches into a new capture \a path, with its bookmarks, or those of \a marks, instead. The
//! numbers stay. A file that is there is in the way, if nothing else is said. Of a damaged capture the copy has what
//! could be read, which is told; it never replaces a file. \a masked, if there is one, tells what the redaction did.
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
