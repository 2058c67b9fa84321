// SPDX-License-Identifier: Apache-2.0
#include "tableexpression_p.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <variant>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kDeepest = 100; // parentheses inside each other

QStringList tokensOf(const QString &text)
{
    static const QRegularExpression token(
        u"[#:]?[A-Za-z0-9_][A-Za-z0-9_-]*|[#:][A-Za-z0-9_-]+|<>|<=|>=|\\S"_s);
    QStringList list;
    for (auto it = token.globalMatch(text); it.hasNext();)
        list.append(it.next().captured());
    return list;
}

QString typeOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return u"S"_s;
    case QJsonValue::Double:
        return u"N"_s;
    case QJsonValue::Bool:
        return u"BOOL"_s;
    case QJsonValue::Array:
        return u"L"_s;
    case QJsonValue::Object:
        return u"M"_s;
    default:
        return u"NULL"_s;
    }
}

QJsonValue undefinedValue()
{
    return QJsonValue(QJsonValue::Undefined);
}

//! A path into an item: names and indexes.
using Path = QList<std::variant<QString, int>>;

QJsonValue valueAt(QJsonValue value, const Path &path)
{
    for (const auto &step : path) {
        if (const QString *name = std::get_if<QString>(&step))
            value = value.isObject() ? value.toObject().value(*name) : undefinedValue();
        else
            value = value.isArray() ? value.toArray().at(std::get<int>(step)) : undefinedValue();
    }
    return value;
}

//! \a whole with \a value at \a path; an undefined one is taken away.
QJsonValue withValueAt(const QJsonValue &whole, const Path &path, const QJsonValue &value)
{
    if (path.isEmpty())
        return value;
    const Path rest = path.sliced(1);
    if (const QString *name = std::get_if<QString>(&path.first())) {
        QJsonObject object = whole.toObject();
        const QJsonValue inner = withValueAt(object.value(*name), rest, value);
        if (inner.isUndefined())
            object.remove(*name);
        else
            object.insert(*name, inner);
        return object;
    }
    QJsonArray array = whole.toArray();
    const int index = std::min(std::get<int>(path.first()), int(array.size()));
    const QJsonValue inner =
        withValueAt(index < array.size() ? array.at(index) : undefinedValue(), rest, value);
    if (index == array.size() && !inner.isUndefined())
        array.append(inner);
    else if (inner.isUndefined() && index < array.size())
        array.removeAt(index);
    else if (index < array.size())
        array.replace(index, inner);
    return array;
}

//! Reads an expression and evaluates it on the way.
class Reader {
public:
    Reader(const QString &text, const QJsonObject &names, const QJsonObject &values,
           const QJsonObject &item)
        : m_tokens(tokensOf(text)), m_names(names), m_values(values), m_item(item)
    {
    }

    bool condition()
    {
        const bool result = anyOf();
        if (m_at < m_tokens.size())
            fail(u"Syntax error near \"%1\""_s.arg(m_tokens[m_at]));
        return result;
    }

    QJsonObject update()
    {
        QJsonValue result = m_item;
        while (m_at < m_tokens.size() && m_problem.isEmpty()) {
            const QString clause = take().toUpper();
            do {
                if (clause == "SET"_L1)
                    set(&result);
                else if (clause == "REMOVE"_L1)
                    result = withValueAt(result, path(), undefinedValue());
                else if (clause == "ADD"_L1 || clause == "DELETE"_L1)
                    change(&result, clause == "ADD"_L1);
                else
                    fail(u"Unknown clause \"%1\" of an update"_s.arg(clause));
            } while (m_problem.isEmpty() && accept(u","_s));
        }
        return result.toObject();
    }

    [[nodiscard]] QString problem() const { return m_problem; }

private:
    [[nodiscard]] QString peek() const { return m_tokens.value(m_at); }
    QString take() { return m_tokens.value(m_at++); }
    bool accept(const QString &token)
    {
        if (peek().compare(token, Qt::CaseInsensitive) != 0)
            return false;
        ++m_at;
        return true;
    }
    void expect(const QString &token)
    {
        if (!accept(token))
            fail(u"\"%1\" expected, not \"%2\""_s.arg(token, peek()));
    }
    void fail(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
        m_at = m_tokens.size();
    }

    bool anyOf()
    {
        bool result = allOf();
        while (accept(u"OR"_s))
            result = allOf() || result;
        return result;
    }
    bool allOf()
    {
        bool result = one();
        while (accept(u"AND"_s))
            result = one() && result;
        return result;
    }
    bool one()
    {
        if (++m_depth > kDeepest) {
            fail(u"The expression is nested too deeply"_s);
            return false;
        }
        bool result = false;
        if (accept(u"NOT"_s)) {
            result = !one();
        } else if (accept(u"("_s)) {
            result = anyOf();
            expect(u")"_s);
        } else if (const auto said = function()) {
            result = *said;
        } else {
            result = comparison();
        }
        --m_depth;
        return result;
    }

    std::optional<bool> function()
    {
        static const QStringList names{u"attribute_exists"_s, u"attribute_not_exists"_s,
                                       u"attribute_type"_s, u"begins_with"_s, u"contains"_s};
        const QString name = peek().toLower();
        if (!names.contains(name) || m_tokens.value(m_at + 1) != "("_L1)
            return std::nullopt;
        m_at += 2;
        const QJsonValue value = operand();
        QJsonValue second;
        if (accept(u","_s))
            second = operand();
        expect(u")"_s);
        if (name == "attribute_exists"_L1)
            return !value.isUndefined();
        if (name == "attribute_not_exists"_L1)
            return value.isUndefined();
        if (name == "attribute_type"_L1)
            return !value.isUndefined() && typeOf(value) == second.toString();
        if (name == "begins_with"_L1)
            return value.isString() && value.toString().startsWith(second.toString());
        return value.isString() ? second.isString() && value.toString().contains(second.toString())
                                : value.toArray().contains(second);
    }

    bool comparison()
    {
        const QJsonValue left = operand();
        if (accept(u"BETWEEN"_s)) {
            const QJsonValue low = operand();
            expect(u"AND"_s);
            const QJsonValue high = operand();
            return compare(left, u">="_s, low) && compare(left, u"<="_s, high);
        }
        if (accept(u"IN"_s)) {
            expect(u"("_s);
            bool isIn = false;
            do {
                isIn = operand() == left || isIn;
            } while (accept(u","_s));
            expect(u")"_s);
            return isIn && !left.isUndefined();
        }
        static const QStringList known{u"="_s, u"<>"_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
        const QString op = take();
        if (!known.contains(op)) {
            fail(u"A comparison expected, not \"%1\""_s.arg(op));
            return false;
        }
        return compare(left, op, operand());
    }

    static bool compare(const QJsonValue &left, const QString &op, const QJsonValue &right)
    {
        if (op == "<>"_L1)
            return left != right;
        if (left.isUndefined() || right.isUndefined())
            return false;
        if (op == "="_L1)
            return left == right;
        int order = 0;
        if (left.isDouble() && right.isDouble())
            order = left.toDouble() < right.toDouble() ? -1 : left.toDouble() > right.toDouble();
        else if (left.isString() && right.isString())
            order = left.toString().compare(right.toString());
        else
            return false;
        return (op.startsWith(u'<') ? order < 0 : order > 0) || (op.size() == 2 && order == 0);
    }

    QJsonValue operand()
    {
        const QString token = peek();
        if (token.startsWith(u':')) {
            ++m_at;
            if (!m_values.contains(token))
                fail(u"The expression has no value %1"_s.arg(token));
            return TableExpression::plain(m_values.value(token));
        }
        const bool isCall = m_tokens.value(m_at + 1) == "("_L1;
        if (isCall && token.compare("size"_L1, Qt::CaseInsensitive) == 0) {
            m_at += 2;
            const QJsonValue value = operand();
            expect(u")"_s);
            if (value.isString())
                return value.toString().size();
            return value.isArray() ? value.toArray().size() : value.toObject().size();
        }
        return valueAt(m_item, path());
    }

    Path path()
    {
        Path path;
        do {
            const QString token = take();
            const QString name = token.startsWith(u'#') ? m_names.value(token).toString() : token;
            if (name.isEmpty()
                || (!token.startsWith(u'#') && !name[0].isLetterOrNumber() && name[0] != u'_'))
                fail(u"The name of an attribute expected, not \"%1\""_s.arg(token));
            path.append(name);
            while (accept(u"["_s)) {
                path.append(std::max(0, take().toInt()));
                expect(u"]"_s);
            }
        } while (accept(u"."_s));
        return path;
    }

    void set(QJsonValue *result)
    {
        const Path target = path();
        expect(u"="_s);
        QJsonValue value = term();
        while (peek() == "+"_L1 || peek() == "-"_L1) {
            const bool isPlus = take() == "+"_L1;
            const QJsonValue other = term();
            if (!value.isDouble() || !other.isDouble())
                fail(u"An operand in the update expression has an incorrect data type"_s);
            value =
                isPlus ? value.toDouble() + other.toDouble() : value.toDouble() - other.toDouble();
        }
        if (value.isUndefined())
            fail(
                u"The provided expression refers to an attribute that does not exist in the item"_s);
        *result = withValueAt(*result, target, value);
    }

    QJsonValue term()
    {
        const QString name = peek().toLower();
        const bool isCall = m_tokens.value(m_at + 1) == "("_L1;
        if (!isCall || (name != "if_not_exists"_L1 && name != "list_append"_L1))
            return operand();
        m_at += 2;
        const QJsonValue first = term();
        expect(u","_s);
        const QJsonValue second = term();
        expect(u")"_s);
        if (name == "if_not_exists"_L1)
            return first.isUndefined() ? second : first;
        QJsonArray list = first.toArray();
        const QJsonArray tail = second.toArray();
        for (const QJsonValue item : tail)
            list.append(item);
        return list;
    }

    //! ADD and DELETE: numbers, and lists as sets.
    void change(QJsonValue *result, bool isAdd)
    {
        const Path target = path();
        const QJsonValue value = operand();
        const QJsonValue before = valueAt(*result, target);
        if (isAdd && value.isDouble()) {
            *result = withValueAt(*result, target, before.toDouble() + value.toDouble());
            return;
        }
        QJsonArray set = before.toArray();
        const QJsonArray members = value.toArray();
        for (const QJsonValue member : members) {
            for (qsizetype i = set.size(); i > 0; --i) {
                if (set.at(i - 1) == member)
                    set.removeAt(i - 1);
            }
            if (isAdd)
                set.append(member);
        }
        *result = withValueAt(*result, target, set);
    }

    const QStringList m_tokens;
    const QJsonObject m_names;
    const QJsonObject m_values;
    const QJsonValue m_item;
    qsizetype m_at = 0;
    int m_depth = 0;
    QString m_problem;
};

} // namespace

TableExpression::TableExpression(const QJsonObject &json)
    : m_text(json.value("expression"_L1).toString())
    , m_names(json.value("expressionNames"_L1).toObject())
    , m_values(json.value("expressionValues"_L1).toObject())
{
}

bool TableExpression::holds(const QJsonObject &item, QString *problem) const
{
    if (isEmpty())
        return true;
    Reader reader(m_text, m_names, m_values, item);
    const bool result = reader.condition();
    *problem = reader.problem();
    return result && problem->isEmpty();
}

QJsonObject TableExpression::updated(const QJsonObject &item, QString *problem) const
{
    Reader reader(m_text, m_names, m_values, item);
    const QJsonObject result = reader.update();
    *problem = reader.problem();
    return result;
}

QJsonValue TableExpression::plain(const QJsonValue &typed)
{
    const QJsonObject object = typed.toObject();
    if (object.size() != 1)
        return typed; // written without types
    const QString type = object.begin().key();
    const QJsonValue value = object.begin().value();
    if (type == "NULL"_L1)
        return QJsonValue(QJsonValue::Null);
    if (type == "N"_L1 && value.isString()) {
        bool isInteger = false;
        const qint64 number = value.toString().toLongLong(&isInteger);
        return isInteger ? QJsonValue(number) : QJsonValue(value.toString().toDouble());
    }
    if (type == "L"_L1 || type == "NS"_L1) {
        QJsonArray list;
        const QJsonArray items = value.toArray();
        for (const QJsonValue item : items)
            list.append(type == "L"_L1 || item.isDouble() ? plain(item)
                                                          : QJsonValue(item.toString().toDouble()));
        return list;
    }
    if (type == "M"_L1)
        return plainItem(value.toObject());
    static const QStringList asTheyAre{u"S"_s, u"N"_s, u"BOOL"_s, u"B"_s, u"SS"_s, u"BS"_s};
    return asTheyAre.contains(type) ? value : typed;
}

QJsonObject TableExpression::plainItem(const QJsonObject &typed)
{
    QJsonObject item;
    for (auto it = typed.begin(); it != typed.end(); ++it)
        item.insert(it.key(), plain(it.value()));
    return item;
}

} // namespace AppSync::Emulation
