// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ast.h"

namespace AppSync::GraphQl {

//! What is wrong with a document, a schema or the values of variables.
struct Diagnostic {
    QString message; //!< in the words of graphql-js, which most servers and tools use
    QList<Position> positions; //!< the nodes that take part, the first one first; may be empty
    //! The rule that was broken, such as `FieldsOnCorrectType`; empty for a syntax error.
    QString rule;

    //! `line:column: message`, or the message alone where there is no position.
    [[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString toString() const;
};

} // namespace AppSync::GraphQl
