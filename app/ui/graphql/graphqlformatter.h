// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

//! Lays out GraphQL as people write it: a field a line, two spaces a level.
namespace Syncscope::GraphQlFormatter {

//! \a text with other white space and commas; all else, comments included, stays as it is and in its order. The text
//! is expected to be grammatical.
[[nodiscard]] QString indented(const QString &text);

//! Arguments are broken into lines where they would reach farther than this.
inline constexpr qsizetype kWidth = 80;

} // namespace Syncscope::GraphQlFormatter
