// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Syncscope::Cli {

//! No document and no schema comes near.
inline constexpr qint64 kLargestDocument = 16 * 1024 * 1024;

//! All of the file \a path; `-` is standard input. One of more than \a most bytes is refused, so that a device that
//! never ends does not fill the memory. Nothing: \a problem says why.
[[nodiscard]] std::optional<QByteArray> readInput(const QString &path, qint64 most,
                                                  Problem *problem);

} // namespace Syncscope::Cli
