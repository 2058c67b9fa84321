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

} // namespace Syncscope
