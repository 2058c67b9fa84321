// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace AppSync::Emulation {

//! Whether \a pattern describes all of \a text, as IAM reads it: `*` is any text, slashes and colons too, `?`
//! any character.
[[nodiscard]] bool matchesWildcards(QStringView pattern, QStringView text,
                                    Qt::CaseSensitivity sensitivity = Qt::CaseSensitive);

} // namespace AppSync::Emulation
