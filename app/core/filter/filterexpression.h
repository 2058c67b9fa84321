// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/decimal.h"
#include "app/core/filter/jsonpath.h"

#include <QByteArray>
#include <QByteArrayMatcher>
#include <QRegularExpression>

#include <variant>
#include <vector>

namespace Syncscope {

//! A parsed filter as a tree.
struct FilterExpression {
    enum class Kind { And, Or, Not, Test };
    enum class Field { Sub, Channel, Dir, Kind, Type, Result, Bytes, Time, Text, Event, Data };
    enum class Operator {
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Pattern, //!< `~`
        Regex, //!< `=~`
        Has, //!< `has(field)`
        Contains, //!< a string by itself
    };
    //! Text in UTF-8.
    using Value = std::variant<std::monostate, QByteArray, Decimal, bool>;

    Kind kind = Kind::And;
    std::vector<FilterExpression> children; //!< of And, Or (any number) and Not (one)

    // Of a test.
    Field field = Field::Text;
    JsonPath path; //!< below event or data
    bool isLength = false; //!< `len(field)`
    Operator op = Operator::Contains;
    Value value;
    qint64 timeMs = 0; //!< what a time is compared with
    QRegularExpression regex;
    QByteArrayMatcher matcher; //!< of Contains
};

} // namespace Syncscope
