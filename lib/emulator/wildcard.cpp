// SPDX-License-Identifier: Apache-2.0
#include "wildcard_p.h"

#include <algorithm>

namespace AppSync::Emulation {

bool matchesWildcards(QStringView pattern, QStringView text, Qt::CaseSensitivity sensitivity)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1; // where the last * stands, and
    qsizetype behind = 0; // the text behind what it has taken so far
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            behind = t;
        } else if (p < pattern.size()
                   && (pattern[p] == u'?'
                       || pattern.sliced(p, 1).compare(text.sliced(t, 1), sensitivity) == 0)) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++behind;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + p, pattern.end(), [](QChar c) { return c == u'*'; });
}

} // namespace AppSync::Emulation
