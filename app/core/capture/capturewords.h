// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"

namespace Syncscope {

//! A frame of a capture as members of a JSON object, without braces: the kind, the direction, what it belongs to,
//! and its events. On one line, since line breaks between JSON tokens become spaces.
[[nodiscard]] QByteArray captureMembers(const CapturedFrame &frame);
//! Members that together with those make the frame whole again: `type`, `operation`, `connection`, `monotonicNs`,
//! `link` and `raw`, its text.
[[nodiscard]] QByteArray captureDetails(const CapturedFrame &frame);
//! What `capture cat` prints of it, if it is the only one: an object on one line.
[[nodiscard]] QByteArray captureLine(const CapturedFrame &frame);
//! `2026-11-22T14:02:11.240Z`
[[nodiscard]] QByteArray captureTime(qint64 ms);

//! The files that captures are converted to and from.
enum class CaptureFileType { Capture, NdJson, Csv, Har };
//! By the ending: .ssc, .ndjson or .jsonl, .csv, .har.
[[nodiscard]] std::optional<CaptureFileType> captureFileType(const QString &path);

} // namespace Syncscope
