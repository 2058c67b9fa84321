// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"

namespace Syncscope {

//! Makes the full-text index of \a capture anew, beside it (CaptureIndex::pathOf()): from then on texts are found
//! without reading the frames.
[[nodiscard]] Problem indexCapture(CaptureFile &capture,
                                   const CaptureFile::Progress &progress = {});

} // namespace Syncscope
