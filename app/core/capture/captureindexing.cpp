// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureindexing.h"

#include "app/core/capture/captureindex.h"

#include <QFile>

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

//! The file in which an index is made, until it is whole.
class UnfinishedIndex {
public:
    explicit UnfinishedIndex(const QString &path) : m_path(path), m_work(path + u".part"_s) { }
    ~UnfinishedIndex() { QFile::remove(m_work); }
    UnfinishedIndex(const UnfinishedIndex &) = delete;
    UnfinishedIndex &operator=(const UnfinishedIndex &) = delete;

    [[nodiscard]] QString workPath() const { return m_work; }
    [[nodiscard]] Problem finish()
    {
        QFile::remove(m_path);
        return QFile::rename(m_work, m_path) ? Problem()
                                             : Problem::file(u"Cannot write %1."_s.arg(m_path));
    }

private:
    const QString m_path;
    const QString m_work;
};

} // namespace

Problem indexCapture(CaptureFile &capture, const CaptureFile::Progress &progress)
{
    const CaptureFile::Summary summary = capture.summary();
    if (capture.problem().isProblem())
        return capture.problem();
    if (summary.frames == 0)
        return Problem::file(u"%1 has no frames to index."_s.arg(capture.path()));
    UnfinishedIndex index(CaptureIndex::pathOf(capture.path()));
    CaptureIndexWriter writer;
    if (!writer.open(index.workPath()))
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
        return Problem::file(u"It was ended; %1 has no index."_s.arg(capture.path()));
    if (!isWritten || !writer.finish(summary.created, summary.first, summary.last))
        return writer.problem();
    return index.finish();
}

} // namespace Syncscope
