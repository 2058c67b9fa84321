// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema.h"

#include <QJsonObject>
#include <QJsonValue>

namespace AppSync::GraphQl {

//! What \a literal means where \a type is asked for: default values of input objects are filled in, a lone value
//! becomes a list of one. Nothing if it does not fit, or names a variable that is not in \a variables.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<QJsonValue>
valueFromLiteral(const Schema &schema, const Value &literal, const TypeReference &type,
                 const QJsonObject &variables = {});

//! The values of an operation's variables, or what is wrong with them.
struct CoercedVariables {
    QJsonObject values; //!< with default values; a variable without value and default is not in it
    QList<Diagnostic> errors; //!< at the definitions of the variables
};

//! Checks \a variables against the declarations of \a operation. Those that are not declared are left out.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT CoercedVariables coerceVariables(
    const Schema &schema, const OperationDefinition &operation, const QJsonObject &variables);

} // namespace AppSync::GraphQl
