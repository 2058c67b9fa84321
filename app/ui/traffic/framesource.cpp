// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framesource.h"

namespace Syncscope {

bool FrameTest::passes(const FrameRecord &record) const
{
    if (record.note())
        return true;
    return (withControl || !record.isRoutine())
        && (filter.isEmpty() || record.captured().matches(filter));
}

qint64 FrameSource::eventBefore(const FrameRecord &event, qint64 first) const
{
    const QString channel = event.channel;
    for (qint64 number = event.number - 1; number >= first; --number) {
        const FrameRecord &earlier = record(number);
        if (earlier.kind == FrameRecord::Kind::Event && earlier.channel == channel)
            return number;
    }
    return 0;
}

} // namespace Syncscope
