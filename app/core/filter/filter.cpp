// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filter.h"

#include "app/core/filter/filterevaluator.h"
#include "app/core/filter/filterparser.h"
#include "app/core/filter/jsonpath.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

QByteArrayView FilterRow::json() const
{
    if (payload == Payload::None || !isJson)
        return {};
    if (payload == Payload::Event)
        return text;
    JsonPath data;
    data.append("data");
    return data.first(text);
}

const QStringList &FilterRow::directions()
{
    static const QStringList words{u"in"_s, u"out"_s};
    return words;
}

const QStringList &FilterRow::kinds()
{
    static const QStringList words{u"event"_s,   u"data"_s,   u"publish"_s,
                                   u"request"_s, u"answer"_s, u"control"_s,
                                   u"error"_s,   u"gap"_s,    u"link"_s};
    return words;
}

const QStringList &FilterRow::results()
{
    static const QStringList words{u"accepted"_s, u"refused"_s};
    return words;
}

qsizetype Filter::Error::character(QStringView text) const
{
    const QStringView before = text.first(qBound(qsizetype(0), offset, text.size()));
    return 1 + before.size()
        - std::count_if(before.begin(), before.end(), [](QChar c) { return c.isLowSurrogate(); });
}

Filter::Filter(const QString &text) : m_text(text)
{
    if (text.trimmed().isEmpty())
        return;
    auto expression = parseFilter(text, &m_error);
    if (expression)
        m_expression = std::make_shared<const FilterExpression>(std::move(*expression));
}

bool Filter::matches(const FilterRow &row) const
{
    if (!m_expression)
        return isValid();
    return FilterEvaluator(row, &m_surrenders).isTrue(*m_expression);
}

} // namespace Syncscope
