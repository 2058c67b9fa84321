// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturediff.h"

#include "app/core/capture/capturebatch.h"
#include "app/core/capture/capturecopy.h"
#include "app/core/capture/unfinishedfile.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! How often the right one has something.
struct Count {
    quint32 all = 0;
    quint32 extra = 0; //!< without those that the left one has, too
    quint32 seen = 0;
};

//! What stands for the events of a frame; of a million there are none by chance with the same.
struct DifferenceKey {
    quint64 high = 0;
    quint64 low = 0;

    friend bool operator==(const DifferenceKey &, const DifferenceKey &) = default;
    friend size_t qHash(const DifferenceKey &key, size_t seed) { return size_t(key.low) ^ seed; }
};

DifferenceKey keyOf(const CapturedFrame &frame)
{
    const CaptureOrigin &origin = *frame.origin;
    QCryptographicHash hash(QCryptographicHash::Sha1);
    const QByteArray &channel = origin.channel.isEmpty() ? origin.sub : origin.channel;
    hash.addData(origin.dir + '\0' + origin.kind + '\0' + channel);
    for (const QByteArray &event : frame.events()) {
        hash.addData(QByteArray::number(event.size()) + '\0');
        hash.addData(event);
    }
    DifferenceKey key;
    std::memcpy(&key, hash.result().constData(), sizeof key);
    return key;
}

} // namespace

bool CaptureDifference::compare(CaptureFile &left, CaptureFile &right, const Filter &filter,
                                const Visit &visit, Problem *problem,
                                const CaptureFile::Progress &progress)
{
    *this = {};
    QHash<DifferenceKey, Count> counts; // of the right one
    bool isEnded = false;
    qint64 behind = 0; // numbers of the passes that are done
    const qint64 all = left.lastNumber() + 2 * right.lastNumber();
    const auto read = [&](CaptureFile &file, const auto &see) {
        const bool isRead = file.read(
            filter, {},
            [&](const CapturedFrame &frame) {
                if (frame.origin->shape != CaptureShape::Whole)
                    isEnded = !see(frame, keyOf(frame));
                return !isEnded;
            },
            [&](qint64 done, qint64) {
                isEnded = isEnded || (progress && !progress(behind + done, all));
                return !isEnded;
            });
        behind += file.lastNumber();
        if (!isRead)
            *problem = file.problem();
        return isRead && !isEnded;
    };
    const bool isCounted = read(right, [&](const CapturedFrame &, const DifferenceKey &key) {
        Count &count = counts[key];
        count.extra = ++count.all;
        return true;
    });
    if (!isCounted)
        return false;
    const bool isLeftShown = read(left, [&](const CapturedFrame &frame, const DifferenceKey &key) {
        const auto count = counts.find(key);
        if (count != counts.end() && count->extra > 0) {
            --count->extra;
            ++both;
            return true;
        }
        ++onlyLeft;
        return visit(Side::Left, frame);
    });
    // Of equal ones the first are in both.
    return isLeftShown && read(right, [&](const CapturedFrame &frame, const DifferenceKey &key) {
               Count &count = counts[key];
               if (++count.seen <= count.all - count.extra)
                   return true;
               ++onlyRight;
               return visit(Side::Right, frame);
           });
}

namespace {

//! The frames that one side alone has, in a file that does not stay.
class SideFile {
public:
    //! Beside \a target, which is what errors speak of.
    SideFile(const QString &target, const QString &ending, CaptureFile &source)
        : m_file(target + ending), m_batch(m_writer)
    {
        const QList<CapturedFrame> first = source.page({}, 1);
        m_isGood = m_writer.open(m_file.workPath(), target)
            && m_writer.writeConnection(1, QFileInfo(source.path()).fileName(),
                                        first.isEmpty() ? 0 : first.first().atMs);
    }

    bool add(CapturedFrame frame)
    {
        auto origin = std::make_shared<CaptureOrigin>(*frame.origin);
        origin->connection = 1;
        frame.origin = std::move(origin);
        frame.number = ++m_number;
        frame.link = 0;
        m_isGood = m_isGood && m_batch.add(frame);
        return m_isGood;
    }
    [[nodiscard]] bool finish()
    {
        m_isGood = m_isGood && m_batch.flush();
        if (m_isGood)
            m_writer.close();
        return m_isGood;
    }
    [[nodiscard]] Problem problem() const { return m_isGood ? Problem() : m_writer.problem(); }
    [[nodiscard]] QString path() const { return m_file.workPath(); }

private:
    UnfinishedFile m_file;
    CaptureWriter m_writer;
    CaptureBatch m_batch;
    qint64 m_number = 0;
    bool m_isGood = false;
};

} // namespace

Problem CaptureDifference::write(CaptureFile &left, CaptureFile &right, const Filter &filter,
                                 const QString &path, const CaptureFile::Progress &progress)
{
    if (const UnfinishedFile target(path); target.problem().isProblem())
        return target.problem();
    SideFile onlyInLeft(path, u".left"_s, left);
    SideFile onlyInRight(path, u".right"_s, right);
    Problem problem;
    const bool isCompared = compare(
        left, right, filter,
        [&](Side side, const CapturedFrame &frame) {
            return (side == Side::Left ? onlyInLeft : onlyInRight).add(frame);
        },
        &problem, progress);
    if (problem.isProblem())
        return problem;
    for (SideFile *side : {&onlyInLeft, &onlyInRight}) {
        if (!side->finish())
            return side->problem();
    }
    if (!isCompared)
        return makingEnded(path);
    return mergeCaptures({onlyInLeft.path(), onlyInRight.path()}, path,
                         [&](qint64, qint64) { return !progress || progress(1, 1); });
}

} // namespace Syncscope
