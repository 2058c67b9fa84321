// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/plotpath.h"

#include "app/core/filter/filterparser.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

PlotPath::PlotPath(const QString &text) : m_text(text.trimmed())
{
    if (m_text.isEmpty())
        return;
    Filter::Error error;
    if (const auto path = parseFilterPath(m_text, &error))
        m_path = *path;
    else
        m_problem = u"Write a place in events as filters do, such as event.score or "
                    "event.items[0].price."_s;
}

QString PlotPath::filterText() const
{
    return u"has(%1)"_s.arg(m_text);
}

int PlotPath::forEachNumber(QByteArrayView payload, bool isResult,
                            const std::function<void(double)> &visit) const
{
    QByteArrayView root = payload;
    if (isResult) {
        root = jsonMember(payload, {"data"});
        if (root.isNull())
            return 0;
    }
    int others = 0;
    (void)m_path.any(root, [&](QByteArrayView json) {
        bool isNumber = false;
        const double number = json.trimmed().toDouble(&isNumber);
        if (isNumber && std::isfinite(number))
            visit(number);
        else
            ++others;
        return false; // all of them
    });
    return others;
}

} // namespace Syncscope
