// SPDX-License-Identifier: Apache-2.0
#include "literalreader_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

std::optional<QJsonValue> valueFromLiteral(const Schema &schema, const Value &literal,
                                           const TypeReference &type, const QJsonObject &variables)
{
    return LiteralReader(schema, variables).read(literal, type);
}

static QJsonValue numberOf(const QString &text)
{
    bool isWhole = false;
    const qint64 whole = text.toLongLong(&isWhole);
    return isWhole ? QJsonValue(whole) : QJsonValue(text.toDouble());
}

LiteralReader::LiteralReader(const Schema &schema, const QJsonObject &variables)
    : m_schema(schema)
    , m_variables(variables)
    , m_default([this](const InputValueDefinition &input) {
        return input.defaultValue ? read(*input.defaultValue, input.type) : Read();
    })
{
}

LiteralReader::Read LiteralReader::read(const Value &literal, const TypeReference &type)
{
    if (literal.kind == Value::Kind::Variable)
        return readVariable(literal, type);
    if (type.kind == TypeReference::Kind::NonNull)
        return literal.kind == Value::Kind::Null ? Read() : read(literal, type.wrapped());
    if (literal.kind == Value::Kind::Null)
        return QJsonValue(QJsonValue::Null);
    if (type.kind == TypeReference::Kind::List)
        return readList(literal, type.wrapped());
    const TypeDefinition *named = m_schema.type(type.name);
    if (!named || !isInput(named->kind))
        return {};
    if (named->kind == TypeKind::InputObject)
        return readObject(literal, *named);
    return readScalar(literal, *named);
}

LiteralReader::Read LiteralReader::readVariable(const Value &literal, const TypeReference &type)
{
    if (isMissing(literal))
        return {};
    const QJsonValue value = m_variables.value(literal.text);
    return value.isNull() && type.kind == TypeReference::Kind::NonNull ? Read() : Read(value);
}

LiteralReader::Read LiteralReader::readList(const Value &literal, const TypeReference &item)
{
    if (literal.kind != Value::Kind::List) {
        const Read only = read(literal, item);
        return only ? Read(QJsonArray{*only}) : Read();
    }
    QJsonArray array;
    for (const Value &each : literal.items) {
        // A variable without value is null here.
        const bool isNull = isMissing(each) && item.kind != TypeReference::Kind::NonNull;
        const Read value = isNull ? QJsonValue(QJsonValue::Null) : read(each, item);
        if (!value)
            return {};
        array.append(*value);
    }
    return array;
}

LiteralReader::Read LiteralReader::readObject(const Value &literal, const TypeDefinition &type)
{
    if (literal.kind != Value::Kind::Object)
        return {};
    QHash<QString, const Value *> given;
    for (const Argument &field : literal.fields)
        given.insert(field.name.text, &field.value);
    QJsonObject object;
    for (const InputValueDefinition &field : type.inputFields) {
        const Value *written = given.value(field.name.text);
        const bool isThere = written && !isMissing(*written);
        const Read value = isThere ? read(*written, field.type) : m_default(field);
        if (value)
            object.insert(field.name.text, *value);
        else if (isThere || field.type.kind == TypeReference::Kind::NonNull)
            return {};
    }
    return object;
}

LiteralReader::Read LiteralReader::readScalar(const Value &literal, const TypeDefinition &type)
{
    if (type.kind == TypeKind::Enum)
        return literal.kind == Value::Kind::Enum && m_schema.enumValue(type, literal.text)
            ? Read(literal.text)
            : Read();
    if (!fitsScalar(literal, type.name.text))
        return {};
    if (type.name.text == u"ID")
        return QJsonValue(literal.text);
    if (type.name.text == u"Float")
        return QJsonValue(literal.text.toDouble());
    return untyped(literal, m_variables);
}

bool LiteralReader::isMissing(const Value &literal) const
{
    return literal.kind == Value::Kind::Variable && !m_variables.contains(literal.text);
}

QJsonValue LiteralReader::untyped(const Value &literal, const QJsonObject &variables)
{
    switch (literal.kind) {
    case Value::Kind::Null:
        return QJsonValue::Null;
    case Value::Kind::Int:
        return numberOf(literal.text);
    case Value::Kind::Float:
        return literal.text.toDouble();
    case Value::Kind::Boolean:
        return literal.text == u"true";
    case Value::Kind::String:
    case Value::Kind::Enum:
        return literal.text;
    case Value::Kind::Variable:
        return variables.value(literal.text);
    case Value::Kind::List: {
        QJsonArray array;
        for (const Value &item : literal.items)
            array.append(untyped(item, variables));
        return array;
    }
    case Value::Kind::Object: {
        QJsonObject object;
        for (const Argument &field : literal.fields)
            object.insert(field.name.text, untyped(field.value, variables));
        return object;
    }
    }
    return {};
}

bool LiteralReader::fitsScalar(const Value &literal, const QString &name)
{
    using Kind = Value::Kind;
    if (name == u"Int") {
        bool fits = false;
        literal.text.toInt(&fits);
        return literal.kind == Kind::Int && fits;
    }
    if (name == u"Float")
        return literal.kind == Kind::Int || literal.kind == Kind::Float;
    if (name == u"String")
        return literal.kind == Kind::String;
    if (name == u"Boolean")
        return literal.kind == Kind::Boolean;
    if (name == u"ID")
        return literal.kind == Kind::String || literal.kind == Kind::Int;
    return true;
}

} // namespace AppSync::GraphQl
