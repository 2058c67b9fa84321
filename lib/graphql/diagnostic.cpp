// SPDX-License-Identifier: Apache-2.0
#include "diagnostic.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

QString Diagnostic::toString() const
{
    if (positions.isEmpty())
        return message;
    const Position &at = positions.first();
    return u"%1:%2: "_s.arg(at.line).arg(at.column) + message;
}

} // namespace AppSync::GraphQl
