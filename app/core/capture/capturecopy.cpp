// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturecopy.h"

#include "app/core/capture/capturebatch.h"
#include "app/core/capture/captureredactor.h"
#include "app/core/capture/damagedsource.h"

#include <algorithm>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kMergePage = 1'000;

//! The bookmarks of the frames that a copy has.
class MarkCopy {
public:
    explicit MarkCopy(const QList<CaptureMark> &marks)
    {
        for (const CaptureMark &mark : marks)
            m_unmet.insert(mark.number, mark);
    }

    void meet(qint64 number)
    {
        const auto found = m_unmet.constFind(number);
        if (found == m_unmet.constEnd())
            return;
        m_met.append(*found);
        m_unmet.erase(found);
    }
    bool write(CaptureWriter &writer, FrameMask &mask) const
    {
        return std::all_of(m_met.begin(), m_met.end(), [&](const CaptureMark &mark) {
            return writer.writeMark(mark.number, mask.wordsOf(mark.title), mask.wordsOf(mark.note));
        });
    }

private:
    QHash<qint64, CaptureMark> m_unmet;
    QList<CaptureMark> m_met;
};

//! Whoever wrote the capture: what the format promises of URLs holds for its copies.
QString copiedUrl(const QString &url)
{
    return url.contains("://"_L1) ? CaptureRedactor::url(url) : url; // a file that was compared
}

//! One of the captures to be merged, read page by page.
struct Source {
    CaptureFile file;
    QList<CapturedFrame> page;
    qsizetype at = 0;
    bool isAtEnd = false;
    qint64 connectionBase = 0;
    std::map<qint64, qint64> unanswered; //!< old numbers to new ones
    std::map<qint64, CaptureMark> marks; //!< by old numbers

    //! False at the end.
    bool fill()
    {
        if (at < page.size())
            return true;
        if (isAtEnd)
            return false;
        const qint64 from = page.isEmpty() ? 1 : page.last().number + 1;
        page = file.page({from}, kMergePage);
        at = 0;
        isAtEnd = page.isEmpty();
        return !isAtEnd;
    }
    [[nodiscard]] const CapturedFrame &next() const { return page.at(at); }
};

//! Of \a source, as a frame of the merged capture.
CapturedFrame moved(Source &source, qint64 number)
{
    CapturedFrame frame = source.page.at(source.at++);
    constexpr std::size_t kMostUnanswered = 20'000;
    if (source.unanswered.size() > kMostUnanswered)
        source.unanswered.erase(source.unanswered.begin());
    if (frame.origin->dir == "out")
        source.unanswered.insert({frame.number, number});
    const auto asked = source.unanswered.find(frame.link);
    frame.link = asked == source.unanswered.end() ? 0 : asked->second;
    auto origin = std::make_shared<CaptureOrigin>(*frame.origin);
    origin->connection += source.connectionBase;
    frame.origin = std::move(origin);
    frame.number = number;
    return frame;
}

} // namespace

Problem copyCapture(CaptureFile &capture, const Filter &filter, const QString &path,
                    const CaptureRedaction &redaction, const CaptureFile::Progress &progress,
                    const std::optional<QList<CaptureMark>> &marks,
                    UnfinishedFile::Existing existing, MaskedCount *masked)
{
    UnfinishedFile copy(path, existing);
    if (copy.problem().isProblem())
        return copy.problem();
    CaptureWriter writer;
    if (!writer.open(copy.workPath(), path))
        return writer.problem();
    for (const CaptureFile::Connection &connection : capture.connections()) {
        if (!writer.writeConnection(connection.id, copiedUrl(connection.url), connection.startedMs))
            return writer.problem();
    }
    Problem damage = capture.problem();
    const QList<CaptureMark> all = marks ? *marks : capture.marks();
    if (capture.problem().isProblem())
        damage = capture.problem();
    bool isEnded = false;
    MarkCopy markCopy(all);
    FrameMask mask(redaction);
    CaptureBatch batch(writer);
    const bool isRead = capture.read(
        filter, {},
        [&](const CapturedFrame &frame) {
            markCopy.meet(frame.number);
            return batch.add(mask.copyOf(frame));
        },
        [&](qint64 done, qint64 total) {
            isEnded = progress && !progress(done, total);
            return !isEnded;
        });
    if (!isRead)
        damage = capture.problem();
    if (isEnded)
        return makingEnded(path);
    const qint64 frames = mask.counted().allFrames;
    if (damage.isProblem()) {
        const Problem refusal = DamagedSource::refusal(path, frames, damage);
        if (refusal.isProblem())
            return refusal;
    }
    if (!batch.flush() || !markCopy.write(writer, mask))
        return writer.problem();
    if (masked)
        *masked = mask.counted();
    writer.close();
    const Problem problem = copy.finish();
    return problem.isProblem() || !damage.isProblem()
        ? problem
        : DamagedSource::partOnly(path, frames, damage);
}

Problem mergeCaptures(const QStringList &paths, const QString &path,
                      const CaptureFile::Progress &progress, UnfinishedFile::Existing existing)
{
    UnfinishedFile merged(path, existing);
    if (merged.problem().isProblem())
        return merged.problem();
    CaptureWriter writer;
    if (!writer.open(merged.workPath(), path))
        return writer.problem();
    std::vector<std::unique_ptr<Source>> sources;
    qint64 connections = 0;
    qint64 all = 0;
    for (const QString &each : paths) {
        auto source = std::make_unique<Source>();
        if (!source->file.open(each))
            return source->file.problem();
        source->connectionBase = connections;
        for (const CaptureMark &mark : source->file.marks())
            source->marks.insert({mark.number, mark});
        if (source->file.problem().isProblem())
            return source->file.problem();
        all += source->file.summary().frames;
        if (source->file.problem().isProblem())
            return source->file.problem();
        for (const CaptureFile::Connection &connection : source->file.connections()) {
            connections = qMax(connections, source->connectionBase + connection.id);
            if (!writer.writeConnection(source->connectionBase + connection.id,
                                        copiedUrl(connection.url), connection.startedMs))
                return writer.problem();
        }
        sources.push_back(std::move(source));
    }
    CaptureBatch batch(writer);
    QList<CaptureMark> marks;
    for (qint64 number = 1;; ++number) {
        Source *oldest = nullptr;
        for (const auto &source : sources) {
            if (source->fill() && (!oldest || source->next().atMs < oldest->next().atMs))
                oldest = source.get();
            if (source->file.problem().isProblem())
                return source->file.problem();
        }
        if (!oldest)
            break;
        const auto mark = oldest->marks.find(oldest->next().number);
        if (mark != oldest->marks.end())
            marks.append({number, mark->second.title, mark->second.note});
        if (!batch.add(moved(*oldest, number)))
            return writer.problem();
        if (number % kMergePage == 0 && progress && !progress(number, all))
            return makingEnded(path);
    }
    bool isWritten = batch.flush();
    for (const CaptureMark &mark : std::as_const(marks))
        isWritten = isWritten && writer.writeMark(mark.number, mark.title, mark.note);
    if (!isWritten)
        return writer.problem();
    writer.close();
    return merged.finish();
}

} // namespace Syncscope
