// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

//! What becomes of a file that is made of a capture which cannot be read to its end.
namespace Syncscope::DamagedSource {

//! Why \a path is not written: nothing could be read, or a part would take the place of what is there. None: the
//! \a frames that could be read are worth a file. \a damage is what reading said.
[[nodiscard]] Problem refusal(const QString &path, qint64 frames, const Problem &damage);
//! That \a path was written, and is not all.
[[nodiscard]] Problem partOnly(const QString &path, qint64 frames, const Problem &damage);

} // namespace Syncscope::DamagedSource
