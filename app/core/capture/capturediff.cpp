// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturediff.h"

#include "app/core/capture/capturebatch.h"
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

Problem CaptureDifference::write(CaptureFile &left, CaptureFile &right, const Filter &filter,
                                 const QString &path, const CaptureFile::Progress &progress)
{
    UnfinishedFile made(path);
    if (made.problem().isProblem())
        return made.problem();
    CaptureWriter writer;
    const auto connect = [&](qint64 id, CaptureFile &side) {
        const QList<CapturedFrame> first = side.page({}, 1);
        return writer.writeConnection(id, QFileInfo(side.path()).fileName(),
                                      first.isEmpty() ? 0 : first.first().atMs);
    };
    if (!writer.open(made.workPath()) || !connect(1, left) || !connect(2, right))
        return writer.problem();
    CaptureBatch batch(writer);
    qint64 number = 0;
    Problem problem;
    const bool isCompared = compare(
        left, right, filter,
        [&](Side side, const CapturedFrame &frame) {
            CapturedFrame copy = frame;
            auto origin = std::make_shared<CaptureOrigin>(*frame.origin);
            origin->connection = side == Side::Left ? 1 : 2;
            copy.origin = std::move(origin);
            copy.number = ++number;
            copy.link = 0;
            return batch.add(copy);
        },
        &problem, progress);
    if (problem.isProblem())
        return problem;
    if (!batch.flush())
        return writer.problem();
    if (!isCompared)
        return makingEnded(path);
    writer.close();
    return made.finish();
}

} // namespace Syncscope
