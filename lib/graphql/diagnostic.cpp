// SPDX-License-Identifier: Apache-2.0
#include "diagnostic.h"

#include "diagnostics_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

QString Diagnostic::toString() const
{
    if (positions.isEmpty())
        return message;
    const Position &at = positions.first();
    return u"%1:%2: "_s.arg(at.line).arg(at.column) + message;
}

QList<Diagnostic> Diagnostics::sorted() const
{
    const auto offset = [](const Diagnostic &each) {
        return each.positions.isEmpty() ? -1 : each.positions.first().offset;
    };
    QList<Diagnostic> result = m_all;
    std::stable_sort(result.begin(), result.end(), [&offset](const auto &left, const auto &right) {
        return offset(left) < offset(right);
    });
    return result;
}

} // namespace AppSync::GraphQl
