// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/plotpath.h"

#include "app/core/filter/filter.h"
#include "app/core/filter/filterexpression.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

PlotPath::PlotPath(const QString &text) : m_text(text.trimmed())
{
    if (m_text.isEmpty())
        return;
    const Filter filter(filterText());
    const FilterExpression *test = filter.expression();
    const bool isPath = filter.isValid() && test && test->kind == FilterExpression::Kind::Test
        && (test->field == FilterExpression::Field::Event
            || test->field == FilterExpression::Field::Data);
    if (isPath)
        m_path = test->path;
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
        JsonPath data;
        data.append("data");
        root = data.first(payload);
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
