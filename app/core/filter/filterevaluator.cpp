// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filterevaluator.h"

#include <algorithm>

namespace Syncscope {

namespace {

using Field = FilterExpression::Field;
using Operator = FilterExpression::Operator;

bool holds(Operator op, std::strong_ordering order)
{
    switch (op) {
    case Operator::Equal:
        return std::is_eq(order);
    case Operator::NotEqual:
        return std::is_neq(order);
    case Operator::Less:
        return std::is_lt(order);
    case Operator::LessEqual:
        return std::is_lteq(order);
    case Operator::Greater:
        return std::is_gt(order);
    case Operator::GreaterEqual:
        return std::is_gteq(order);
    default:
        return false;
    }
}

//! By code points, which the order of UTF-8's bytes is.
std::strong_ordering compared(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b) <=> 0;
}

bool isContinuation(char c)
{
    return (uchar(c) & 0xc0) == 0x80;
}

qsizetype characters(QByteArrayView text)
{
    return text.size() - std::count_if(text.begin(), text.end(), isContinuation);
}

bool isNumber(QByteArrayView json)
{
    return !json.isEmpty() && (json.front() == '-' || (json.front() >= '0' && json.front() <= '9'));
}

} // namespace

QByteArrayView bareChannel(QByteArrayView channel)
{
    return channel.startsWith('/') ? channel.sliced(1) : channel;
}

bool matchesGlob(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1; // behind the last * and
    qsizetype taken = 0; // behind the text that it stands for so far
    const auto next = [&](qsizetype at) { // behind the character there
        ++at;
        while (at < text.size() && isContinuation(text[at]))
            ++at;
        return at;
    };
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            taken = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t = next(t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star;
            t = taken = next(taken);
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + p, pattern.end(), [](char c) { return c == '*'; });
}

bool matchesChannel(QByteArrayView pattern, QByteArrayView channel)
{
    pattern = bareChannel(pattern);
    channel = bareChannel(channel);
    while (true) {
        const qsizetype patternEnd = pattern.indexOf('/');
        const qsizetype channelEnd = channel.indexOf('/');
        if (patternEnd < 0 && pattern == QByteArrayView("*"))
            return !channel.isEmpty();
        const QByteArrayView segment = channelEnd < 0 ? channel : channel.first(channelEnd);
        if (!matchesGlob(patternEnd < 0 ? pattern : pattern.first(patternEnd), segment))
            return false;
        if (patternEnd < 0 || channelEnd < 0)
            return patternEnd < 0 && channelEnd < 0;
        pattern = pattern.sliced(patternEnd + 1);
        channel = channel.sliced(channelEnd + 1);
    }
}

bool FilterEvaluator::isTrue(const FilterExpression &expression) const
{
    const auto isTrueOf = [this](const FilterExpression &child) { return isTrue(child); };
    const auto &children = expression.children;
    switch (expression.kind) {
    case FilterExpression::Kind::And:
        return std::all_of(children.begin(), children.end(), isTrueOf);
    case FilterExpression::Kind::Or:
        return std::any_of(children.begin(), children.end(), isTrueOf);
    case FilterExpression::Kind::Not:
        return !isTrue(children.front());
    case FilterExpression::Kind::Test:
        break;
    }
    return test(expression);
}

QByteArrayView FilterEvaluator::fieldText(Field field) const
{
    switch (field) {
    case Field::Sub:
        return m_row.sub;
    case Field::Channel:
        return m_row.channel;
    case Field::Dir:
        return m_row.dir;
    case Field::Kind:
        return m_row.kind;
    case Field::Type:
        return m_row.type;
    case Field::Result:
        return m_row.result;
    default:
        return m_row.text;
    }
}

bool FilterEvaluator::test(const FilterExpression &test) const
{
    switch (test.field) {
    case Field::Bytes:
        return test.op == Operator::Has
            || holds(test.op, Decimal(m_row.bytes) <=> std::get<Decimal>(test.value));
    case Field::Time:
        return test.op == Operator::Has || holds(test.op, m_row.timeMs <=> test.timeMs);
    case Field::Event:
    case Field::Data:
        return testJson(test);
    default:
        return testText(test, fieldText(test.field));
    }
}

bool FilterEvaluator::testText(const FilterExpression &test, QByteArrayView text) const
{
    if (text.isEmpty())
        return false; // missing
    if (test.isLength)
        return holds(test.op, Decimal(characters(text)) <=> std::get<Decimal>(test.value));
    const bool isChannel = test.field == Field::Sub || test.field == Field::Channel;
    switch (test.op) {
    case Operator::Has:
        return true;
    case Operator::Contains:
        return test.matcher.indexIn(text.data(), text.size()) >= 0;
    case Operator::Regex:
        return testRegex(test, text);
    case Operator::Pattern: {
        const auto &pattern = std::get<QByteArray>(test.value);
        return isChannel ? matchesChannel(pattern, text) : matchesGlob(pattern, text);
    }
    default:
        break;
    }
    const QByteArrayView value = std::get<QByteArray>(test.value);
    return holds(test.op,
                 isChannel ? compared(bareChannel(text), bareChannel(value))
                           : compared(text, value));
}

bool FilterEvaluator::testRegex(const FilterExpression &test, QByteArrayView text) const
{
    const QRegularExpressionMatch match = test.regex.match(QString::fromUtf8(text));
    if (!match.isValid())
        ++*m_surrenders;
    return match.hasMatch();
}

bool FilterEvaluator::testJson(const FilterExpression &test) const
{
    const QByteArrayView root = m_row.json();
    if (root.isNull())
        return false;
    return test.path.any(root,
                         [&](QByteArrayView json) { return testValue(test, json.trimmed()); });
}

bool FilterEvaluator::testValue(const FilterExpression &test, QByteArrayView json) const
{
    if (test.op == Operator::Has)
        return true; // null too
    if (json == QByteArrayView("null"))
        return false;
    const bool isText = json.startsWith('"');
    if (test.isLength) {
        const bool isContainer = json.startsWith('{') || json.startsWith('[');
        if (!isText && !isContainer)
            return false;
        const qsizetype length = isText ? characters(jsonStringText(json)) : jsonCount(json);
        return holds(test.op, Decimal(length) <=> std::get<Decimal>(test.value));
    }
    if (test.op == Operator::Pattern || test.op == Operator::Regex) {
        if (!isText)
            return false;
        const QByteArray text = jsonStringText(json);
        return test.op == Operator::Regex ? testRegex(test, text)
                                          : matchesGlob(std::get<QByteArray>(test.value), text);
    }
    if (const auto *number = std::get_if<Decimal>(&test.value); number && isNumber(json))
        return holds(test.op, Decimal(json) <=> *number);
    if (const auto *text = std::get_if<QByteArray>(&test.value); text && isText)
        return holds(test.op, compared(jsonStringText(json), *text));
    if (const auto *truth = std::get_if<bool>(&test.value);
        truth && (json == "true" || json == "false"))
        return (*truth == (json == "true")) == (test.op == Operator::Equal);
    return test.op == Operator::NotEqual; // something of another type
}

} // namespace Syncscope
