// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema.h"

namespace AppSync::GraphQl {

//! Checks operations and fragments against \a schema by the rules of the specification. `Diagnostic::rule` has the
//! names of graphql-js, without "Rule". Sorted by place; of more than \a most the first ones, and one that says so.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QList<Diagnostic>
validate(const Schema &schema, const Document &document, int most = 100);

} // namespace AppSync::GraphQl
