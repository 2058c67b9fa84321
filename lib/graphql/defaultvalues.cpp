// SPDX-License-Identifier: Apache-2.0
#include "defaultvalues_p.h"

#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr int kMostValues = 1000; // of one default
constexpr int kMostNested = 100; // defaults within defaults

bool isWholeNumber(const QString &text)
{
    const QStringView digits = QStringView(text).sliced(text.startsWith(u'-') ? 1 : 0);
    return !digits.isEmpty() && (digits.size() == 1 || digits.front() != u'0')
        && std::all_of(digits.begin(), digits.end(),
                       [](QChar c) { return c >= u'0' && c <= u'9'; });
}

std::optional<Value> customLiteral(const QJsonValue &value, const TypeDefinition &type, int &room);

std::optional<Value> scalarLiteral(const QJsonValue &value, const TypeDefinition &type, int &room)
{
    if (--room < 0)
        return {};
    if (value.isNull())
        return Value{};
    if (value.isBool())
        return Value{Value::Kind::Boolean, {}, value.toBool() ? u"true"_s : u"false"_s};
    if (value.isDouble()) {
        const QString text = numberText(value.toDouble());
        return Value{isWholeNumber(text) ? Value::Kind::Int : Value::Kind::Float, {}, text};
    }
    if (value.isArray() || value.isObject())
        return customLiteral(value, type, room);
    const QString text = value.toString();
    if (type.kind == TypeKind::Enum)
        return Value{Value::Kind::Enum, {}, text};
    const bool isNumber = type.name.text == u"ID" && isWholeNumber(text);
    return Value{isNumber ? Value::Kind::Int : Value::Kind::String, {}, text};
}

//! Custom scalars take lists and objects, too.
std::optional<Value> customLiteral(const QJsonValue &value, const TypeDefinition &type, int &room)
{
    Value result{value.isArray() ? Value::Kind::List : Value::Kind::Object};
    const QJsonArray items = value.toArray();
    for (const QJsonValue item : items) {
        const auto written = scalarLiteral(item, type, room);
        if (!written)
            return {};
        result.items += *written;
    }
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto written = scalarLiteral(field.value(), type, room);
        if (!written)
            return {};
        result.fields += Argument{{field.key(), {}}, *written};
    }
    return result;
}

} // namespace

QString numberText(double number)
{
    if (number == 0)
        return u"0"_s;
    const QByteArray written = QByteArray::number(number, 'e', QLocale::FloatingPointShortest);
    const qsizetype e = written.indexOf('e');
    QByteArray digits = written.first(e).replace("-", "").replace(".", "");
    while (digits.size() > 1 && digits.endsWith('0'))
        digits.chop(1);
    const int point = written.sliced(e + 1).toInt() + 1; // digits before it
    const int count = int(digits.size());
    QByteArray text;
    if (point > 21 || point < -5) {
        text = digits.first(1) + (count > 1 ? "." + digits.sliced(1) : QByteArray()) + "e"
            + (point > 0 ? "+" : "") + QByteArray::number(point - 1);
    } else if (point <= 0) {
        text = "0." + QByteArray(-point, '0') + digits;
    } else if (point >= count) {
        text = digits + QByteArray(point - count, '0');
    } else {
        text = digits.first(point) + "." + digits.sliced(point);
    }
    return QString::fromLatin1(number < 0 ? "-" + text : text);
}

DefaultValues::DefaultValues(const Schema &schema) : m_schema(schema), m_reader(schema, {})
{
    m_reader.setDefault([this](const InputValueDefinition &input) {
        return input.defaultValue ? value(input) : Read();
    });
}

std::optional<Value> DefaultValues::fitted(const InputValueDefinition &input)
{
    const Read read = value(input);
    int room = kMostValues;
    auto written = read ? literal(*read, input.type, room) : std::nullopt;
    if (written)
        written->position = input.defaultValue->position;
    return written;
}

DefaultValues::Read DefaultValues::value(const InputValueDefinition &input)
{
    if (const auto known = m_values.constFind(&input); known != m_values.constEnd()) {
        if (m_open.contains(&input))
            m_endless.insert(&input);
        return *known;
    }
    if (m_open.size() == kMostNested)
        return {};
    m_values.insert(&input, {});
    m_open.insert(&input);
    Read read = m_reader.read(*input.defaultValue, input.type);
    m_open.remove(&input);
    if (m_endless.contains(&input))
        read = {};
    m_values.insert(&input, read);
    return read;
}

std::optional<Value> DefaultValues::literal(const QJsonValue &value, const TypeReference &type,
                                            int &room) const
{
    if (--room < 0)
        return {};
    if (type.kind == TypeReference::Kind::NonNull)
        return literal(value, type.wrapped(), room);
    if (value.isNull())
        return Value{};
    if (type.kind == TypeReference::Kind::List) {
        Value list{Value::Kind::List};
        const QJsonArray items = value.toArray();
        for (const QJsonValue item : items) {
            const auto written = literal(item, type.wrapped(), room);
            if (!written)
                return {};
            list.items += *written;
        }
        return list;
    }
    const TypeDefinition *named = m_schema.type(type.name);
    if (!named)
        return {};
    if (named->kind == TypeKind::InputObject)
        return objectLiteral(value.toObject(), *named, room);
    return scalarLiteral(value, *named, room);
}

std::optional<Value> DefaultValues::objectLiteral(const QJsonObject &object,
                                                  const TypeDefinition &type, int &room) const
{
    Value result{Value::Kind::Object};
    for (const InputValueDefinition &field : type.inputFields) {
        const auto value = object.constFind(field.name.text);
        if (value == object.constEnd())
            continue;
        const auto written = literal(*value, field.type, room);
        if (!written)
            return {};
        result.fields += Argument{field.name, *written};
    }
    return result;
}

} // namespace AppSync::GraphQl
