// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filterparser.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Expression = FilterExpression;
using Field = Expression::Field;
using Operator = Expression::Operator;

constexpr qsizetype kLongestRegex = 4'096;
constexpr qsizetype kLongestPath = 1'000;
// PCRE counts what a match tries; what takes more would be felt.
constexpr char16_t kRegexLimits[] = u"(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=10000)";

std::optional<Field> fieldNamed(QStringView name)
{
    const qsizetype index = filterFieldNames().indexOf(name);
    return index < 0 ? std::nullopt : std::optional(Field(index));
}

std::optional<Operator> operatorOf(const FilterToken &token)
{
    static const QHash<QString, Operator> operators{
        {u"=="_s, Operator::Equal},  {u"!="_s, Operator::NotEqual},
        {u"<"_s, Operator::Less},    {u"<="_s, Operator::LessEqual},
        {u">"_s, Operator::Greater}, {u">="_s, Operator::GreaterEqual},
        {u"~"_s, Operator::Pattern}, {u"=~"_s, Operator::Regex},
    };
    const auto found = operators.constFind(token.text);
    if (token.kind != FilterToken::Kind::Sign || found == operators.constEnd())
        return std::nullopt;
    return *found;
}

bool isOrder(Operator op)
{
    return op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater
        || op == Operator::GreaterEqual;
}

//! The words that a field can have; empty: any.
QStringList wordsOf(Field field)
{
    switch (field) {
    case Field::Dir:
        return FilterRow::directions();
    case Field::Kind:
        return FilterRow::kinds();
    case Field::Result:
        return FilterRow::results();
    default:
        return {};
    }
}

QString listed(const QStringList &words)
{
    return u'"' + words.join(u"\", \""_s) + u'"';
}

class Parser {
public:
    Parser(const QList<FilterToken> &tokens, Filter::Error *error)
        : m_tokens(tokens), m_error(error)
    {
    }

    std::optional<Expression> parse()
    {
        auto result = alternatives();
        if (result && token().kind != FilterToken::Kind::End)
            return unexpected();
        return result;
    }

    //! A field with members and the way into it, alone.
    std::optional<JsonPath> parsePath()
    {
        const FilterToken first = token();
        if (first.kind != FilterToken::Kind::Name)
            return fail(first, u"A path begins with event or data, such as event.score."_s);
        Expression test;
        if (!field(&test))
            return std::nullopt;
        if (test.field != Field::Event && test.field != Field::Data)
            return fail(first,
                        u"A path begins with event or data; there is nothing inside of %1."_s.arg(
                            first.text));
        if (token().kind != FilterToken::Kind::End)
            return fail(token(),
                        u"Here the path should end, or go on with \".\" or \"[\"; other names "
                        u"stand in quotes."_s);
        return test.path;
    }

private:
    [[nodiscard]] const FilterToken &token() const { return m_tokens.at(m_at); }
    void advance() { m_at = qMin(m_at + 1, m_tokens.size() - 1); }
    bool take(QStringView sign)
    {
        if (!token().is(sign))
            return false;
        advance();
        return true;
    }

    std::nullopt_t fail(const FilterToken &where, const QString &message)
    {
        if (!m_error->isError())
            *m_error = {where.begin, where.end - where.begin, message};
        return std::nullopt;
    }

    std::nullopt_t unexpected()
    {
        const FilterToken &here = token();
        if (here.kind == FilterToken::Kind::End)
            return fail(here, u"Something is missing at the end."_s);
        static const QHash<QString, QString> words{
            {u"and"_s, u"&&"_s}, {u"or"_s, u"||"_s}, {u"not"_s, u"!"_s}};
        const QString sign = words.value(here.text.toLower());
        if (here.kind == FilterToken::Kind::Name && !sign.isEmpty())
            return fail(here, u"Write %1 instead of \"%2\"."_s.arg(sign, here.text));
        if (here.is(u")"))
            return fail(here, u"There is no \"(\" for this \")\"."_s);
        return fail(here, u"Here && or || is expected, or the end."_s);
    }

    //! One or more of \a part, joined by \a sign.
    template <typename Part>
    std::optional<Expression> joined(QStringView sign, Expression::Kind kind, Part part)
    {
        auto first = part();
        if (!first || !token().is(sign))
            return first;
        Expression result;
        result.kind = kind;
        result.children.push_back(std::move(*first));
        while (take(sign)) {
            auto next = part();
            if (!next)
                return std::nullopt;
            result.children.push_back(std::move(*next));
        }
        return result;
    }

    std::optional<Expression> alternatives()
    {
        return joined(u"||", Expression::Kind::Or, [this] {
            return joined(u"&&", Expression::Kind::And, [this] { return unary(); });
        });
    }

    std::optional<Expression> unary()
    {
        const auto leave = qScopeGuard([this] { --m_depth; });
        if (++m_depth > Filter::kDeepest)
            return fail(token(), u"This is nested too deeply."_s);
        if (take(u"!")) {
            auto child = unary();
            if (!child)
                return std::nullopt;
            Expression result;
            result.kind = Expression::Kind::Not;
            result.children.push_back(std::move(*child));
            return result;
        }
        const FilterToken open = token();
        if (take(u"(")) {
            auto inner = alternatives();
            if (inner && token().kind == FilterToken::Kind::End)
                return fail(open, u"The \")\" for this \"(\" is missing."_s);
            if (inner && !take(u")"))
                return unexpected();
            return inner;
        }
        return test();
    }

    std::optional<Expression> test()
    {
        const FilterToken first = token();
        Expression test;
        test.kind = Expression::Kind::Test;
        if (first.kind == FilterToken::Kind::String)
            return contains(std::move(test));
        if (first.kind != FilterToken::Kind::Name)
            return noTest(first);
        const bool isCall = m_at + 1 < m_tokens.size() && m_tokens.at(m_at + 1).is(u"(");
        if (!isCall)
            return field(&test) ? comparison(std::move(test)) : std::nullopt;
        if (first.text != u"has" && first.text != u"len")
            return fail(first,
                        u"There is no function \"%1\"; there are has and len."_s.arg(first.text));
        advance();
        advance();
        if (!field(&test))
            return std::nullopt;
        if (!take(u")"))
            return fail(token(), u"Here a \")\" is missing."_s);
        if (first.text == u"has") {
            test.op = Operator::Has;
            return test;
        }
        test.isLength = true;
        if (test.field == Field::Bytes || test.field == Field::Time)
            return fail(first, u"A number has no length."_s);
        return comparison(std::move(test));
    }

    std::nullopt_t noTest(const FilterToken &here)
    {
        if (here.kind == FilterToken::Kind::Number)
            return fail(here, u"The field stands on the left: bytes > %1."_s.arg(here.text));
        if (here.kind == FilterToken::Kind::End)
            return fail(here, u"Here a comparison is missing, such as event.score > 10."_s);
        return fail(here, u"Here a field is expected, such as event.score, sub or bytes."_s);
    }

    std::optional<Expression> contains(Expression test)
    {
        if (token().text.isEmpty())
            return fail(token(), u"This text is empty, and so in everything."_s);
        test.field = Field::Text;
        test.op = Operator::Contains;
        test.value = token().text.toUtf8();
        test.matcher = QByteArrayMatcher(token().text.toUtf8());
        advance();
        if (operatorOf(token()))
            return fail(token(), u"The field stands on the left, the text on the right."_s);
        return test;
    }

    bool field(Expression *test)
    {
        const FilterToken name = token();
        const auto field =
            name.kind == FilterToken::Kind::Name ? fieldNamed(name.text) : std::nullopt;
        if (!field) {
            static const QHash<QString, QString> words{{u"not"_s, u"!"_s}};
            const QString sign = words.value(name.text.toLower());
            if (name.kind != FilterToken::Kind::Name)
                (void)noTest(name);
            else if (!sign.isEmpty())
                fail(name, u"Write %1 instead of \"%2\"."_s.arg(sign, name.text));
            else
                fail(name,
                     u"There is no field \"%1\"; what is inside an event is written event.%1, text "
                     u"in "
                     "quotes."_s.arg(name.text));
            return false;
        }
        test->field = *field;
        advance();
        return path(test);
    }

    bool path(Expression *test)
    {
        const bool hasPath = test->field == Field::Event || test->field == Field::Data;
        while (token().is(u".") || token().is(u"[")) {
            const FilterToken sign = token();
            if (!hasPath) {
                fail(sign,
                     u"There is nothing below this field; only event and data have members."_s);
                return false;
            }
            advance();
            if (sign.is(u".") ? !member(test) : !element(test))
                return false;
        }
        return true;
    }

    bool member(Expression *test)
    {
        const FilterToken name = token();
        const bool isIndex = name.kind == FilterToken::Kind::Number && !name.text.contains(u'.');
        if (name.kind != FilterToken::Kind::Name && name.kind != FilterToken::Kind::String) {
            fail(name,
                 isIndex ? u"Elements of an array are written [%1]."_s.arg(name.text)
                         : u"Behind the \".\" the name of a member is missing."_s);
            return false;
        }
        test->path.append(name.text.toUtf8());
        advance();
        return true;
    }

    bool element(Expression *test)
    {
        const FilterToken token = this->token();
        JsonPath::Step step;
        bool isGood = true;
        if (token.is(u"*")) {
            step.kind = JsonPath::Step::Kind::Every;
        } else if (token.kind == FilterToken::Kind::String) {
            step.name = token.text.toUtf8();
        } else {
            step.kind = JsonPath::Step::Kind::Index;
            step.index = token.text.toInt(&isGood);
            isGood = isGood && token.kind == FilterToken::Kind::Number && step.index >= 0;
        }
        if (!isGood) {
            fail(token,
                 u"In [ ] stands an index from 0, * for every element, or a name in quotes."_s);
            return false;
        }
        test->path.steps.append(step);
        advance();
        if (take(u"]"))
            return true;
        fail(this->token(), u"Here a \"]\" is missing."_s);
        return false;
    }

    std::optional<Expression> comparison(Expression test)
    {
        const FilterToken sign = token();
        const auto op = operatorOf(sign);
        if (!op)
            return fail(sign,
                        u"Here a comparison is missing: ==, !=, <, <=, >, >=, ~ or =~; whether "
                        "something is there asks has(…)."_s);
        test.op = *op;
        advance();
        const FilterToken value = token();
        if (!literal(&test, value) || !check(&test, sign, value))
            return std::nullopt;
        advance();
        return test;
    }

    bool literal(Expression *test, const FilterToken &token)
    {
        switch (token.kind) {
        case FilterToken::Kind::String:
            test->value = token.text.toUtf8();
            return true;
        case FilterToken::Kind::Number:
            test->value = Decimal(token.text.toLatin1());
            return true;
        case FilterToken::Kind::Name:
            if (token.text == u"true" || token.text == u"false") {
                test->value = token.text == u"true";
                return true;
            }
            fail(token,
                 token.text == u"null"
                     ? u"Nothing equals null; !has(…) asks whether something is missing."_s
                     : u"Text is written in quotes: \"%1\"."_s.arg(token.text));
            return false;
        default:
            fail(token, u"Here a text in quotes, a number, true or false is missing."_s);
            return false;
        }
    }

    bool check(Expression *test, const FilterToken &sign, const FilterToken &value)
    {
        const bool isText = std::holds_alternative<QByteArray>(test->value);
        const bool isNumber = std::holds_alternative<Decimal>(test->value);
        const auto wrong = [&](const FilterToken &where, const QString &message) {
            fail(where, message);
            return false;
        };
        if (std::holds_alternative<bool>(test->value) && isOrder(test->op))
            return wrong(sign, u"true and false have no order; use == or !=."_s);
        if ((test->op == Operator::Pattern || test->op == Operator::Regex) && !isText)
            return wrong(value, u"Behind %1 stands a pattern in quotes."_s.arg(sign.text));
        if (test->isLength || test->field == Field::Bytes) {
            if (!isNumber)
                return wrong(value, u"This is compared with a number."_s);
        } else if (test->field == Field::Time) {
            return checkTime(test, sign, value);
        } else if (test->field != Field::Event && test->field != Field::Data) {
            if (!isText)
                return wrong(value, u"This is compared with a text in quotes."_s);
            const QStringList words = wordsOf(test->field);
            const bool isExact = test->op == Operator::Equal || test->op == Operator::NotEqual;
            if (!words.isEmpty() && !isExact)
                return wrong(sign, u"This is one of a few words; use == or !=."_s);
            if (!words.isEmpty() && !words.contains(value.text))
                return wrong(value, u"It is one of %1."_s.arg(listed(words)));
        }
        return test->op != Operator::Regex || checkRegex(test, value);
    }

    bool checkTime(Expression *test, const FilterToken &sign, const FilterToken &value)
    {
        if (test->op == Operator::Pattern || test->op == Operator::Regex) {
            fail(sign, u"A time is compared with ==, !=, <, <=, > or >=."_s);
            return false;
        }
        bool isGood = false;
        if (value.kind == FilterToken::Kind::Number) {
            test->timeMs = value.text.toLongLong(&isGood);
        } else if (value.kind == FilterToken::Kind::String) {
            const QDateTime time = QDateTime::fromString(value.text, Qt::ISODateWithMs);
            isGood = time.isValid();
            test->timeMs = isGood ? time.toMSecsSinceEpoch() : 0;
        }
        if (!isGood)
            fail(value,
                 u"A time is written \"2026-11-22T14:02:11Z\", without the Z for local time, or as "
                 "milliseconds since 1970."_s);
        return isGood;
    }

    bool checkRegex(Expression *test, const FilterToken &value)
    {
        if (value.text.size() > kLongestRegex) {
            fail(value, u"This regular expression is too long."_s);
            return false;
        }
        const QString limits = QString::fromUtf16(kRegexLimits);
        test->regex =
            QRegularExpression(limits + value.text, QRegularExpression::UseUnicodePropertiesOption);
        if (test->regex.isValid()) {
            test->regex.optimize();
            return true;
        }
        // Where escapes shorten the text, the place is only near.
        const qsizetype inside = qBound<qsizetype>(
            0, test->regex.patternErrorOffset() - limits.size(), value.text.size());
        FilterToken where = value;
        where.begin = qMin(value.end - 1, value.begin + 1 + inside);
        fail(where, u"This is no regular expression: %1."_s.arg(test->regex.errorString()));
        return false;
    }

    const QList<FilterToken> &m_tokens;
    Filter::Error *const m_error;
    qsizetype m_at = 0;
    int m_depth = 0;
};

} // namespace

const QStringList &filterFieldNames()
{
    // In the order of Field.
    static const QStringList names{u"sub"_s,  u"channel"_s, u"dir"_s,   u"kind"_s,
                                   u"type"_s, u"result"_s,  u"bytes"_s, u"time"_s,
                                   u"text"_s, u"event"_s,   u"data"_s};
    return names;
}

std::optional<FilterExpression> parseFilter(const QString &text, Filter::Error *error)
{
    *error = {};
    if (text.size() > Filter::kLongest) {
        *error = {Filter::kLongest, text.size() - Filter::kLongest, u"This filter is too long."_s};
        return std::nullopt;
    }
    const QList<FilterToken> tokens = filterTokens(text, error);
    if (error->isError())
        return std::nullopt;
    return Parser(tokens, error).parse();
}

std::optional<JsonPath> parseFilterPath(const QString &text, Filter::Error *error)
{
    *error = {};
    if (text.size() > kLongestPath) {
        *error = {kLongestPath, text.size() - kLongestPath, u"This path is too long."_s};
        return std::nullopt;
    }
    const QList<FilterToken> tokens = filterTokens(text, error);
    if (error->isError())
        return std::nullopt;
    return Parser(tokens, error).parsePath();
}

} // namespace Syncscope
