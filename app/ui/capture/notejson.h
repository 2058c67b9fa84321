// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/linknote.h"

namespace Syncscope {

//! The kind that a capture gives the note: gap or link.
[[nodiscard]] QByteArray noteKind(const LinkNote &note);
//! The note as a capture keeps it, but for its time.
[[nodiscard]] QByteArray noteToJson(const LinkNote &note);
//! The note that a capture keeps; what it does not tell stays empty.
[[nodiscard]] LinkNote noteFromJson(const QByteArray &kind, qint64 atMs, const QByteArray &json);

} // namespace Syncscope
