// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ast.h"

#include <QHash>
#include <QSet>

namespace AppSync::GraphQl {

//! The fragments of a document, and which ones are spread where.
class Fragments {
public:
    explicit Fragments(const Document &document);

    //! The last one of that name, or null.
    [[nodiscard]] const FragmentDefinition *find(const QString &name) const
    {
        return m_byName.value(name);
    }
    //! The fragments that \a selections spread, directly or by other fragments.
    [[nodiscard]] QList<const FragmentDefinition *>
    reached(const QList<Selection> &selections) const;
    //! The spreads inside \a selections, not those inside the fragments.
    [[nodiscard]] static QList<const Selection *> spreads(const QList<Selection> &selections);

private:
    QHash<QString, const FragmentDefinition *> m_byName;
    QHash<const FragmentDefinition *, QList<const Selection *>> m_spreads;
};

} // namespace AppSync::GraphQl
