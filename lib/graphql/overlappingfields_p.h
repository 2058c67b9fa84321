// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostics_p.h"
#include "fragments_p.h"
#include "schema.h"

#include <memory>

namespace AppSync::GraphQl {

//! The rule that fields of one response name can be merged. Compares each pair of selection sets and of fragments
//! once at most, since documents can name the same ones over and over.
class OverlappingFields {
public:
    OverlappingFields(const Schema &schema, const Fragments &fragments, Diagnostics &diagnostics);

    //! Checks \a selections, made from \a parent (null if unknown); not what is inside of fields.
    void check(const QList<Selection> &selections, const TypeDefinition *parent);

private:
    struct Field {
        const TypeDefinition *parent = nullptr;
        const Selection *node = nullptr;
        const FieldDefinition *definition = nullptr;
    };
    //! What a selection set selects: fields by response name, and the names of fragments.
    struct Set {
        QList<std::pair<QString, QList<Field>>> fields; //!< in their order
        QHash<QString, qsizetype> index;
        QStringList fragments;
    };
    struct Conflict {
        QString name;
        QString reason;
        QList<Position> left;
        QList<Position> right;
    };
    using Conflicts = QList<Conflict>;

    const Set &setOf(const QList<Selection> &selections, const TypeDefinition *parent);
    const Set &setOf(const FragmentDefinition &fragment);
    void collect(Set &set, const QList<Selection> &selections, const TypeDefinition *parent);
    void within(Conflicts &conflicts, const Set &set);
    void between(Conflicts &conflicts, const Set &left, const Set &right, bool exclusive);
    void withFragment(Conflicts &conflicts, const Set &set, const QString &name, bool exclusive);
    void fragments(Conflicts &conflicts, const QString &left, const QString &right, bool exclusive);
    Conflicts subselections(const Field &left, const Field &right, bool exclusive);
    std::optional<Conflict> compare(const QString &name, const Field &left, const Field &right,
                                    bool exclusive);
    [[nodiscard]] bool typesConflict(const TypeReference &left, const TypeReference &right) const;
    [[nodiscard]] bool goDeeper();
    [[nodiscard]] bool mayCompare();

    const Schema m_schema;
    const Fragments &m_fragments;
    Diagnostics &m_diagnostics;
    QHash<const void *, std::shared_ptr<const Set>> m_sets;
    QHash<std::pair<const void *, QString>, bool> m_comparedFragments; //!< value: only as exclusive
    QHash<std::pair<QString, QString>, bool> m_comparedPairs; //!< likewise
    QSet<std::pair<std::pair<const void *, const void *>, bool>>
        m_harmless; //!< sets without conflict
    int m_depth = 0;
    bool m_isTooDeep = false;
    int m_comparisons = 0;
};

} // namespace AppSync::GraphQl
