// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

//! Strings between `"""` as the specification reads them, and as graphql-js writes them.
namespace AppSync::GraphQl::BlockString {

//! The content of a block string, given its lines as written: without the indentation that all lines but the
//! first have in common, and without blank lines around it.
[[nodiscard]] QString value(const QStringList &lines);
//! \a value between `"""`, on lines of its own where that reads better or a single line would change it.
[[nodiscard]] QString printed(const QString &value);
//! A block string keeps \a value: no control characters, no blank first or last line, no common indentation.
[[nodiscard]] bool isPrintable(const QString &value);

} // namespace AppSync::GraphQl::BlockString
