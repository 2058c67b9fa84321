// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"
#include "app/core/statistics/trafficsample.h"
#include "app/ui/traffic/framerecord.h"

namespace Syncscope {

//! What statistics need to know of a record of a session; valid as long as the record.
[[nodiscard]] TrafficSample sampleOf(const FrameRecord &record);
//! Likewise of a frame of a capture.
[[nodiscard]] TrafficSample sampleOf(const CapturedFrame &frame);

} // namespace Syncscope
