// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/database.h"

namespace Syncscope::CaptureFormat {

//! "SScp", in the header of the file.
constexpr int kApplicationId = 0x53536370;
//! What this program writes. resources/captures/format.md says what each version holds.
constexpr int kVersion = 1;

//! Writes the tables of an empty file, before it becomes one with a write-ahead log, so that whoever finds
//! nothing but the file itself knows what it is.
[[nodiscard]] bool create(Database &database);
//! True if the file is a capture that this program can read: neither anything else, nor newer, nor with parts
//! that no capture has, such as triggers. Otherwise \a problem says which.
[[nodiscard]] bool check(Database &database, const QString &path, Problem *problem);
//! Brings an older file to kVersion.
[[nodiscard]] bool migrate(Database &database);

//! The columns of a whole frame, of `frame f`, in the order in which frameOf() reads them.
[[nodiscard]] QString frameColumns();
[[nodiscard]] QString insertFrame(); //!< in the same order

} // namespace Syncscope::CaptureFormat
