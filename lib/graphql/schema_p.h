// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema.h"

#include <QHash>

#include <array>

namespace AppSync::GraphQl {

//! What a Schema's copies share.
struct SchemaData {
    using Index = QHash<QString, qsizetype>;

    QList<TypeDefinition> types;
    qsizetype ownTypes = 0; //!< the first ones; the others are built in
    QList<DirectiveDefinition> directives;
    qsizetype ownDirectives = 0; //!< likewise
    std::optional<Value> description;
    QList<Directive> schemaDirectives;
    std::array<QString, 3> roots; //!< names by OperationKind; may be empty

    // Made of the above
    Index typeIndex;
    Index directiveIndex;
    QList<Index> memberIndex; //!< for each type its fields, input fields or values
    QHash<QString, QList<qsizetype>> implementers; //!< of each interface, objects and interfaces

    //! After types and directives are complete.
    void makeIndexes();
};

} // namespace AppSync::GraphQl
