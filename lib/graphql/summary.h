// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ast.h"

namespace AppSync::GraphQl {

//! A variable of an operation, as its definition says.
struct VariableSummary {
    QString name; //!< without the `$`
    QString type; //!< such as `[ID!]!`
    std::optional<QString> defaultValue; //!< as written
    Position position; //!< where it begins

    //! It has to be given: `!` and no default value.
    [[nodiscard]] bool isRequired() const { return type.endsWith(u'!') && !defaultValue; }
};

//! An operation of a document at a glance.
struct OperationSummary {
    QString name; //!< empty if anonymous
    OperationKind kind = OperationKind::Query; //!< what it is
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    QStringList fields; //!< names of what it selects at its top, fragments left out
    QList<VariableSummary> variables; //!< in their order
};

//! The operations of \a document in their order.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QList<OperationSummary> summary(const Document &document);

} // namespace AppSync::GraphQl
