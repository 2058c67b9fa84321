// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

//! Text tools for JSON that never parse values: numbers, escapes, key order and duplicate keys stay as
//! they were written.
namespace Syncscope::JsonFormatter {

constexpr qsizetype kLongest = 64'000'000; //!< units

//! \a json with line breaks and an indent of two spaces: only white space between tokens changes. The
//! text is expected to be valid JSON; anything else comes out with its tokens in the same order. Null where it
//! would be longer than \a limit: deep nesting is mostly indent.
[[nodiscard]] QString indented(QStringView json, qsizetype limit = kLongest);

//! True if the first token opens an array.
[[nodiscard]] bool isArray(QStringView json);

//! The elements of a top-level array, each as it was written. Empty if \a json is no array.
[[nodiscard]] QList<QStringView> elements(QStringView json);

} // namespace Syncscope::JsonFormatter
