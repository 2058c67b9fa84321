// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/capturejob.h"
#include "app/ui/capture/captureview.h"

//! Captures made of others, on a thread.
namespace Syncscope {

//! Of what the name of \a path says that it is. \a remarks, if there is one, tells what is not as in the file.
[[nodiscard]] Problem importCapture(const QString &path, const QString &target,
                                    const CaptureJob::Progress &progress,
                                    QStringList *remarks = nullptr);

//! What only one of two has, as far as \a filter lets it through. The counts of \a comparison are filled in.
[[nodiscard]] Problem makeDifference(const CaptureView::Source &left,
                                     const CaptureView::Source &right, const Filter &filter,
                                     const QString &target, CaptureComparison *comparison,
                                     const CaptureJob::Progress &progress);

//! All of several. A file \a target is replaced when the new one is whole.
[[nodiscard]] Problem makeMerged(const QList<CaptureView::Source> &sources, const QString &target,
                                 const CaptureJob::Progress &progress);

} // namespace Syncscope
