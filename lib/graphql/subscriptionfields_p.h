// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fragments_p.h"
#include "schema.h"

namespace AppSync::GraphQl {

//! What a subscription selects at its top. Fields that `@skip` or `@include` rule out by a literal are left out.
class SubscriptionFields {
public:
    SubscriptionFields(const Schema &schema, const Fragments &fragments)
        : m_schema(schema), m_fragments(fragments)
    {
    }

    //! Fields grouped by their response name, in the order of the first of each.
    [[nodiscard]] QList<QList<const Selection *>> collect(const OperationDefinition &operation,
                                                          const TypeDefinition &root);

private:
    void collect(const QList<Selection> &selections, const TypeDefinition &root, int depth);
    [[nodiscard]] bool matches(const Name &condition, const TypeDefinition &root) const;

    const Schema m_schema;
    const Fragments &m_fragments;
    QList<QList<const Selection *>> m_groups;
    QHash<QString, qsizetype> m_index;
    QSet<QString> m_seen; //!< fragments
};

} // namespace AppSync::GraphQl
