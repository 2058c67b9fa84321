// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ast.h"

namespace AppSync::GraphQl {

//! \a document formatted as graphql-js does it: two spaces, lines of at most 80 characters where arguments can be
//! broken. Comments are not part of a document and get lost.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString print(const Document &document);
//! One definition, likewise.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString print(const Definition &definition);
//! One value, on one line if it has no block string.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString print(const Value &value);

} // namespace AppSync::GraphQl
