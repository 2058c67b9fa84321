// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <AppSync/GraphQlAst>

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>

//! The variables of an operation as people write them down, one by one.
namespace Syncscope::GraphQlVariables {

//! A name and its value as it was written.
using Given = QPair<QString, QString>;

//! `name:value`, cut at the first colon. Nothing: \a problem says what is wrong.
[[nodiscard]] std::optional<Given> parse(const QString &text, Problem *problem);

//! \a text as JSON: as it is if it is JSON, else as a string. The declared \a type wins: what a `String!` takes is
//! a string, be it `42` or `true`.
[[nodiscard]] QByteArray json(const QString &text, const AppSync::GraphQl::TypeReference &type);

//! The variables of \a operation: the members of the JSON object \a base (empty: none), and instead of those of
//! the same name what is \a given, as far as \a operation declares it. Without \a given it is \a base, byte for
//! byte.
[[nodiscard]] QByteArray of(const AppSync::GraphQl::OperationDefinition &operation,
                            const QByteArray &base, const QList<Given> &given);

//! Whether \a operation declares a variable of that name.
[[nodiscard]] bool declares(const AppSync::GraphQl::OperationDefinition &operation,
                            const QString &name);

} // namespace Syncscope::GraphQlVariables
