// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ast.h"

//! What every schema has without saying so.
namespace AppSync::GraphQl::BuiltIns {

//! Scalars, introspection types and directives of the specification.
[[nodiscard]] const Document &ofGraphQl();
//! Scalars and directives of AppSync. An API may declare them itself, as editors ask for it.
[[nodiscard]] const Document &ofAppSync();

//! A type of the specification: no API can have another one of its name.
[[nodiscard]] bool isStandardType(const QString &name);
//! A directive of the specification, which a printed schema leaves out.
[[nodiscard]] bool isStandardDirective(const QString &name);

[[nodiscard]] const FieldDefinition &typenameField(); //!< `__typename: String!`
[[nodiscard]] const FieldDefinition &schemaField(); //!< `__schema: __Schema!`
[[nodiscard]] const FieldDefinition &typeField(); //!< `__type(name: String!): __Type`

} // namespace AppSync::GraphQl::BuiltIns
