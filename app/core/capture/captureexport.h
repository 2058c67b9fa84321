// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturecopy.h"
#include "app/core/capture/capturewords.h"

namespace Syncscope {

//! Writes what matches \a filter into \a path, which is there as a whole or, if it fails or \a progress ends it,
//! as it was before. NDJSON and CSV hold the frames whole and can be imported again; HAR is what browsers write,
//! with the messages of WebSockets as Chrome has them. Of a damaged capture it is as of copyCapture().
[[nodiscard]] Problem exportCapture(CaptureFile &capture, const Filter &filter, const QString &path,
                                    CaptureFileType type, const CaptureRedaction &redaction = {},
                                    const CaptureFile::Progress &progress = {});

//! A field of CSV, in quotes where it needs some.
[[nodiscard]] QByteArray csvField(const QByteArray &text);

} // namespace Syncscope
