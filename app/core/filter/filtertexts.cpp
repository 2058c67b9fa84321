// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filtertexts.h"

#include "app/core/filter/filterexpression.h"

namespace Syncscope {

namespace {

void collectTexts(const FilterExpression &expression, QByteArrayList *texts)
{
    if (expression.kind == FilterExpression::Kind::And) {
        for (const FilterExpression &child : expression.children)
            collectTexts(child, texts);
    }
    const bool isText = expression.kind == FilterExpression::Kind::Test
        && expression.op == FilterExpression::Operator::Contains;
    if (isText)
        texts->append(std::get<QByteArray>(expression.value));
}

} // namespace

QByteArrayList textsInEveryMatch(const Filter &filter)
{
    QByteArrayList texts;
    if (filter.expression())
        collectTexts(*filter.expression(), &texts);
    return texts;
}

} // namespace Syncscope
