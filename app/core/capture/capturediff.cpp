// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturediff.h"

#include <QCryptographicHash>

namespace Syncscope {

namespace {

//! How often the right one has something.
struct Count {
    qint64 all = 0;
    qint64 extra = 0; //!< without those that the left one has, too
    qint64 seen = 0;
};

QByteArray keyOf(const CapturedFrame &frame)
{
    const CaptureOrigin &origin = *frame.origin;
    QCryptographicHash hash(QCryptographicHash::Sha1);
    const QByteArray &channel = origin.channel.isEmpty() ? origin.sub : origin.channel;
    hash.addData(origin.dir + '\0' + origin.kind + '\0' + channel);
    for (const QByteArray &event : frame.events()) {
        hash.addData(QByteArray::number(event.size()) + '\0');
        hash.addData(event);
    }
    return hash.result();
}

} // namespace

bool CaptureDifference::compare(CaptureFile &left, CaptureFile &right, const Filter &filter,
                                const Visit &visit, Problem *problem)
{
    *this = {};
    QHash<QByteArray, Count> counts; // of the right one
    bool isEnded = false;
    const auto read = [&](CaptureFile &file, const auto &see) {
        const bool isRead = file.read(filter, {}, [&](const CapturedFrame &frame) {
            if (frame.origin->shape != CaptureShape::Whole)
                isEnded = !see(frame, keyOf(frame));
            return !isEnded;
        });
        if (!isRead)
            *problem = file.problem();
        return isRead && !isEnded;
    };
    const bool isCounted = read(right, [&](const CapturedFrame &, const QByteArray &key) {
        Count &count = counts[key];
        count.extra = ++count.all;
        return true;
    });
    if (!isCounted)
        return false;
    const bool isLeftShown = read(left, [&](const CapturedFrame &frame, const QByteArray &key) {
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
    return isLeftShown && read(right, [&](const CapturedFrame &frame, const QByteArray &key) {
               Count &count = counts[key];
               if (++count.seen <= count.all - count.extra)
                   return true;
               ++onlyRight;
               return visit(Side::Right, frame);
           });
}

} // namespace Syncscope
