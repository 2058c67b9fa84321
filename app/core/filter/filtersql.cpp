// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filtersql.h"

#include "app/core/filter/filterevaluator.h"

#include <QtAlgorithms>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Field = FilterExpression::Field;
using Operator = FilterExpression::Operator;

QString signOf(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return u"="_s;
    case Operator::NotEqual:
        return u"<>"_s;
    case Operator::Less:
        return u"<"_s;
    case Operator::LessEqual:
        return u"<="_s;
    case Operator::Greater:
        return u">"_s;
    case Operator::GreaterEqual:
        return u">="_s;
    default:
        return {};
    }
}

//! Columns of origins that hold a text; empty: the field is somewhere else.
QString columnOf(Field field)
{
    switch (field) {
    case Field::Sub:
        return u"o.sub"_s;
    case Field::Channel:
        return u"o.channel"_s;
    case Field::Dir:
        return u"o.dir"_s;
    case Field::Kind:
        return u"o.kind"_s;
    case Field::Type:
        return u"o.type"_s;
    case Field::Result:
        return u"o.result"_s;
    default:
        return {};
    }
}

//! Writes the condition of an expression. "Not" is pushed down to the tests, so that a test which SQL cannot
//! decide may be replaced by "true" in both cases.
class Writer {
public:
    explicit Writer(FilterSql *sql) : m_sql(sql) { }

    //! \a levels: how many of brackets there may be.
    QString condition(const FilterExpression &expression, bool isNegated, int levels = kDeepest)
    {
        using Kind = FilterExpression::Kind;
        switch (expression.kind) {
        case Kind::Not:
            return condition(expression.children.front(), !isNegated, levels);
        case Kind::And:
        case Kind::Or:
            return joined(expression, isNegated, levels);
        case Kind::Test:
            break;
        }
        const qsizetype before = m_sql->values.size();
        const QString test = exact(expression);
        if (!test.isEmpty())
            return isNegated ? u"NOT coalesce("_s + test + u",0)"_s
                             : u"coalesce("_s + test + u",0)"_s;
        m_sql->values.resize(before);
        return undecided();
    }

private:
    QString undecided()
    {
        m_sql->isExact = false;
        return u"1"_s;
    }

    // SQLite's parser keeps 100 things at most, three for each bracket that is open.
    static constexpr int kDeepest = 16;

    QString joined(const FilterExpression &expression, bool isNegated, int levels)
    {
        const auto parts = quint64(expression.children.size());
        const int needed = qMax(1, 64 - int(qCountLeadingZeroBits(parts - 1)));
        if (needed > levels)
            return undecided();
        const bool isAnd = (expression.kind == FilterExpression::Kind::And) != isNegated;
        QStringList conditions;
        for (const FilterExpression &child : expression.children)
            conditions.append(condition(child, isNegated, levels - needed));
        return balanced(conditions, isAnd ? u" AND "_s : u" OR "_s);
    }

    //! A chain would be as deep as it is long, and SQLite takes 1000 levels at most.
    static QString balanced(const QStringList &parts, const QString &sign)
    {
        if (parts.size() <= 2)
            return u'(' + parts.join(sign) + u')';
        const qsizetype half = parts.size() / 2;
        return u'(' + balanced(parts.first(half), sign) + sign + balanced(parts.sliced(half), sign)
            + u')';
    }

    //! Empty: SQL cannot decide it.
    QString exact(const FilterExpression &test)
    {
        if (test.field == Field::Bytes || test.field == Field::Time)
            return number(test);
        const QString column = columnOf(test.field);
        if (column.isEmpty() || test.isLength)
            return {};
        if (test.op == Operator::Has)
            return column + u" IS NOT NULL"_s;
        const bool isChannel = test.field == Field::Sub || test.field == Field::Channel;
        if (test.op == Operator::Pattern)
            return isChannel ? below(column, std::get<QByteArray>(test.value)) : QString();
        const QString sign = signOf(test.op);
        if (sign.isEmpty())
            return {};
        QByteArrayView value = std::get<QByteArray>(test.value);
        QString operand = column;
        if (isChannel) {
            value = bareChannel(value);
            operand = u"CASE WHEN substr(%1,1,1)='/' THEN substr(%1,2) ELSE %1 END"_s.arg(column);
        }
        m_sql->values.append(QString::fromUtf8(value));
        return u"(%1) %2 ?"_s.arg(operand, sign);
    }

    QString number(const FilterExpression &test)
    {
        const bool isTime = test.field == Field::Time;
        if (test.op == Operator::Has)
            return u"1"_s;
        if (isTime) {
            m_sql->values.append(test.timeMs);
            return u"f.at "_s + signOf(test.op) + u" ?"_s;
        }
        const auto &value = std::get<Decimal>(test.value);
        const auto small = value.toInteger();
        if (!small)
            return {};
        m_sql->values.append(*small);
        return u"f.bytes "_s + signOf(test.op) + u" ?"_s;
    }

    //! Patterns `a/b/*`, the ones that the protocol has, and patterns without a wildcard.
    QString below(const QString &column, const QByteArray &pattern)
    {
        QByteArrayView bare = bareChannel(pattern);
        const bool isBelow = bare.endsWith("/*");
        if (isBelow)
            bare.chop(1);
        if (bare.contains('*') || bare.contains('?'))
            return {};
        const QString text = QString::fromUtf8(bare);
        const QString operand =
            u"CASE WHEN substr(%1,1,1)='/' THEN substr(%1,2) ELSE %1 END"_s.arg(column);
        m_sql->values.append(text);
        if (!isBelow)
            return u"(%1) = ?"_s.arg(operand);
        m_sql->values.append(text);
        m_sql->values.append(text);
        // The column is compared as text; its length counts characters as substr() does.
        return u"(substr(%1,1,length(?)) = ? AND length(%1) > length(?))"_s.arg(operand);
    }

    FilterSql *const m_sql;
};

} // namespace

FilterSql::FilterSql(const Filter &filter)
{
    if (!filter.isValid())
        where = u"0"_s;
    else if (filter.isEmpty())
        where = u"1"_s;
    else
        where = Writer(this).condition(*filter.expression(), false);
}

} // namespace Syncscope
