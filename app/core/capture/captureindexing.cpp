// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureindexing.h"

#include "app/core/capture/captureindex.h"
#include "app/core/capture/unfinishedfile.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Between the events of a frame, so that no three characters reach from one into the next.
constexpr QByteArrayView kBetweenTexts("\1\1\1");

//! All texts in which filters look for one.
QByteArray textsOf(const CapturedFrame &frame)
{
    QByteArray texts;
    frame.forEachRow([&](const FilterRow &row) {
        if (!texts.isEmpty())
            texts += kBetweenTexts;
        texts += row.text;
        return true;
    });
    return texts;
}

} // namespace

Problem indexCapture(CaptureFile &capture, const CaptureFile::Progress &progress)
{
    const CaptureFile::Summary summary = capture.summary();
    if (capture.problem().isProblem())
        return capture.problem();
    if (summary.frames == 0)
        return Problem::file(u"%1 has no frames to index."_s.arg(capture.path()));
    const QString path = CaptureIndex::pathOf(capture.path());
    UnfinishedFile index(path, UnfinishedFile::Existing::Replaced);
    CaptureIndexWriter writer;
    if (!writer.open(index.workPath(), path))
        return writer.problem();
    bool isWritten = true;
    bool isEnded = false;
    const bool isRead = capture.read(
        Filter(), {summary.first, summary.last},
        [&](const CapturedFrame &frame) {
            isWritten = writer.add(frame.number, textsOf(frame));
            return isWritten;
        },
        [&](qint64 done, qint64 all) {
            isEnded = progress && !progress(done, all);
            return !isEnded;
        });
    if (!isRead)
        return capture.problem();
    if (isEnded)
        return makingEnded(path);
    if (!isWritten || !writer.finish(summary.created, summary.first, summary.last))
        return writer.problem();
    return index.finish();
}

} // namespace Syncscope
