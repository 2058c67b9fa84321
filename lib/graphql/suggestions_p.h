// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

//! "Did you mean …?", for names that do not exist.
namespace AppSync::GraphQl::Suggestions {

//! Those of \a options that \a input may be a misspelling of, the nearest first.
[[nodiscard]] QStringList near(const QString &input, const QStringList &options);
//! ` Did you mean <lead> "a", "b", or "c"?`; empty without \a names. At most five are named.
[[nodiscard]] QString question(const QStringList &names, const QString &lead = {});
//! Orders texts as people do: numbers in them by their value.
[[nodiscard]] bool isBefore(const QString &left, const QString &right);

} // namespace AppSync::GraphQl::Suggestions
