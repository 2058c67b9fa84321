// SPDX-License-Identifier: Apache-2.0
#include "fragments_p.h"

namespace AppSync::GraphQl {

Fragments::Fragments(const Document &document)
{
    const auto fragments = document.fragments();
    for (const FragmentDefinition *fragment : fragments) {
        m_byName.insert(fragment->name.text, fragment);
        m_spreads.insert(fragment, spreads(fragment->selections));
    }
}

QList<const FragmentDefinition *> Fragments::reached(const QList<Selection> &selections) const
{
    QList<const FragmentDefinition *> result;
    QSet<QString> seen;
    QList<const Selection *> open = spreads(selections);
    while (!open.isEmpty()) {
        const QString name = open.takeLast()->name.text;
        if (seen.contains(name))
            continue;
        seen.insert(name);
        if (const FragmentDefinition *fragment = find(name)) {
            result += fragment;
            open += m_spreads.value(fragment);
        }
    }
    return result;
}

// In the order of the reference implementation, so that cycles are reported at the same places.
QList<const Selection *> Fragments::spreads(const QList<Selection> &selections)
{
    QList<const Selection *> result;
    QList<const QList<Selection> *> open{&selections};
    while (!open.isEmpty()) {
        for (const Selection &selection : *open.takeLast()) {
            if (selection.kind == Selection::Kind::FragmentSpread)
                result += &selection;
            else if (!selection.selections.isEmpty())
                open += &selection.selections;
        }
    }
    return result;
}

} // namespace AppSync::GraphQl
