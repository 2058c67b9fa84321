// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostic.h"

namespace AppSync::GraphQl {

//! Collects what rules find.
class Diagnostics {
public:
    void add(const QString &rule, const QString &message, const QList<Position> &positions)
    {
        if (m_all.size() < kMost)
            m_all.append({message, positions, rule});
    }
    [[nodiscard]] qsizetype count() const { return m_all.size(); }
    //! In the order of their places in the document.
    [[nodiscard]] QList<Diagnostic> sorted() const;

private:
    static constexpr qsizetype kMost =
        10'000; // a document can break a rule more often than it is long

    QList<Diagnostic> m_all;
};

} // namespace AppSync::GraphQl
