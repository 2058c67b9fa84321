// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filterexpression.h"
#include "app/core/filter/filterrow.h"

#include <optional>

namespace Syncscope {

//! Applies expressions to one row.
class FilterEvaluator {
public:
    //! \a surrenders counts regular expressions that gave up.
    FilterEvaluator(const FilterRow &row, qint64 *surrenders) : m_row(row), m_surrenders(surrenders)
    {
    }

    [[nodiscard]] bool isTrue(const FilterExpression &expression) const;

private:
    [[nodiscard]] bool test(const FilterExpression &test) const;
    [[nodiscard]] bool testText(const FilterExpression &test, QByteArrayView text) const;
    [[nodiscard]] bool testJson(const FilterExpression &test) const;
    [[nodiscard]] bool testValue(const FilterExpression &test, QByteArrayView json) const;
    [[nodiscard]] bool testRegex(const FilterExpression &test, QByteArrayView text) const;
    [[nodiscard]] QByteArrayView fieldText(FilterExpression::Field field) const;

    const FilterRow &m_row;
    qint64 *const m_surrenders;
};

//! Whether \a pattern of channels describes \a channel, as the protocol's wildcards do: a `*` at the end stands
//! for everything below, at any depth; elsewhere for any text within one segment. A leading slash is optional.
[[nodiscard]] bool matchesChannel(QByteArrayView pattern, QByteArrayView channel);

//! `*` is any text, `?` any one character.
[[nodiscard]] bool matchesGlob(QByteArrayView pattern, QByteArrayView text);

//! \a channel without its leading slash.
[[nodiscard]] QByteArrayView bareChannel(QByteArrayView channel);

} // namespace Syncscope
