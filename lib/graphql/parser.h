// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostic.h"

namespace AppSync::GraphQl {

//! What a document may have at most. Reading never recurses deeper than `nesting`.
struct ParseLimits {
    int tokens = 2'000'000; //!< names, values and punctuation, comments not counted
    int nesting = 200; //!< selection sets, lists and objects inside each other
};

//! A document, or why the text is none.
struct ParsedDocument {
    Document document; //!< empty after an error
    std::optional<Diagnostic> error; //!< "Syntax Error: …", with its one position
};

//! Reads operations, fragments and type system definitions, as the grammar lets them be mixed.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT ParsedDocument parse(const QString &text,
                                                          ParseLimits limits = {});

//! A value alone, such as `{a: [1, $b]}`, or nothing if \a text is none.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<Value> parseValue(const QString &text,
                                                                     ParseLimits limits = {});

//! A type alone, such as `[ID!]!`, or nothing if \a text is none.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<TypeReference>
parseType(const QString &text, ParseLimits limits = {});

} // namespace AppSync::GraphQl
