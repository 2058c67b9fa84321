// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

//! What the printers of documents and of schemas have in common.
namespace AppSync::GraphQl::Printing {

//! \a text as a string literal.
[[nodiscard]] QString quoted(const QString &text);
//! The texts that are not empty.
[[nodiscard]] QString joined(const QStringList &texts, const QString &separator);
//! \a text with two spaces more before each line.
[[nodiscard]] QString indented(const QString &text);
//! `{`, one item a line, `}`; empty without items.
[[nodiscard]] QString block(const QStringList &items);

} // namespace AppSync::GraphQl::Printing
