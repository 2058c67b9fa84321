// SPDX-License-Identifier: Apache-2.0
#include "inputvalues_p.h"

#include "awsscalars_p.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

QJsonValue undefined()
{
    return QJsonValue(QJsonValue::Undefined);
}

QString kindOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"Boolean"_s;
    case QJsonValue::Double:
        return u"Number"_s;
    case QJsonValue::String:
        return u"String"_s;
    case QJsonValue::Array:
        return u"List"_s;
    case QJsonValue::Object:
        return u"Map"_s;
    default:
        return u"Null"_s;
    }
}

} // namespace

QJsonObject InputValues::variables(const OperationDefinition &operation, const QJsonObject &given,
                                   QString *problem) const
{
    QJsonObject result;
    for (const VariableDefinition &definition : operation.variables) {
        const QString name = definition.name.text;
        QJsonValue value = given.value(name);
        if (value.isUndefined() && definition.defaultValue)
            value = literal(*definition.defaultValue, {});
        if (value.isUndefined() && definition.type.kind != TypeReference::Kind::NonNull)
            continue;
        value = coerced(definition.type, value, u"Variable '%1'"_s.arg(name), problem);
        if (!problem->isEmpty())
            return {};
        result.insert(name, value);
    }
    return result;
}

QJsonObject InputValues::arguments(const QList<InputValueDefinition> &definitions,
                                   const QList<Argument> &given, const QJsonObject &variables,
                                   QString *problem) const
{
    QJsonObject result;
    for (const InputValueDefinition &definition : definitions) {
        const QString name = definition.name.text;
        const auto found = std::find_if(given.begin(), given.end(), [&](const Argument &argument) {
            return argument.name.text == name;
        });
        QJsonValue value = found == given.end() ? undefined() : literal(found->value, variables);
        if (value.isUndefined() && definition.defaultValue)
            value = literal(*definition.defaultValue, {});
        if (value.isUndefined() && definition.type.kind != TypeReference::Kind::NonNull)
            continue;
        value = coerced(definition.type, value, u"Argument '%1'"_s.arg(name), problem);
        if (!problem->isEmpty())
            return {};
        result.insert(name, value);
    }
    return result;
}

QJsonValue InputValues::literal(const Value &value, const QJsonObject &variables) const
{
    switch (value.kind) {
    case Value::Kind::Null:
        return QJsonValue(QJsonValue::Null);
    case Value::Kind::Int: {
        bool isInteger = false;
        const qint64 number = value.text.toLongLong(&isInteger);
        return isInteger ? QJsonValue(number) : QJsonValue(value.text.toDouble());
    }
    case Value::Kind::Float:
        return value.text.toDouble();
    case Value::Kind::String:
    case Value::Kind::Enum:
        return value.text;
    case Value::Kind::Boolean:
        return value.text == "true"_L1;
    case Value::Kind::Variable:
        return variables.value(value.text);
    case Value::Kind::List: {
        QJsonArray list;
        for (const Value &item : value.items) {
            const QJsonValue one = literal(item, variables);
            list.append(one.isUndefined() ? QJsonValue(QJsonValue::Null) : one);
        }
        return list;
    }
    case Value::Kind::Object: {
        QJsonObject object;
        for (const Argument &field : value.fields) {
            const QJsonValue one = literal(field.value, variables);
            if (!one.isUndefined())
                object.insert(field.name.text, one);
        }
        return object;
    }
    }
    Q_UNREACHABLE();
}

QJsonValue InputValues::coerced(const TypeReference &type, const QJsonValue &value,
                                const QString &what, QString *problem) const
{
    const bool isNull = value.isNull() || value.isUndefined();
    if (type.kind == TypeReference::Kind::NonNull) {
        if (!isNull)
            return coerced(type.wrapped(), value, what, problem);
        *problem = u"%1 has coerced Null value for NonNull type '%2'"_s.arg(what, type.toString());
        return {};
    }
    if (isNull)
        return QJsonValue(QJsonValue::Null);
    if (type.kind == TypeReference::Kind::Named)
        return coercedNamed(type, value, what, problem);
    QJsonArray list;
    // One that stands alone is a list of one.
    const QJsonArray items = value.isArray() ? value.toArray() : QJsonArray{value};
    for (const QJsonValue item : items) {
        if (problem->isEmpty())
            list.append(coerced(type.wrapped(), item, what, problem));
    }
    return list;
}

QJsonValue InputValues::coercedNamed(const TypeReference &type, const QJsonValue &value,
                                     const QString &what, QString *problem) const
{
    const TypeDefinition *definition = m_schema.type(type.name);
    if (!definition) {
        *problem = u"%1 has an unknown type '%2'"_s.arg(what, type.name);
        return {};
    }
    if (definition->kind == TypeKind::InputObject) {
        if (value.isObject())
            return coercedObject(*definition, value.toObject(), what, problem);
        *problem = u"%1 has an invalid value. Expected type 'Map' but was '%2'."_s.arg(
            what, kindOf(value));
        return {};
    }
    if (definition->kind == TypeKind::Enum) {
        const bool isKnown = value.isString()
            && std::any_of(definition->values.begin(), definition->values.end(),
                           [&](const auto &v) { return v.name.text == value.toString(); });
        if (!isKnown)
            *problem = u"%1 has an invalid value. Invalid input for Enum '%2'. No value found for "
                       "name '%3'"_s.arg(what, type.name, value.toVariant().toString());
        return value;
    }
    const QJsonValue parsed = AwsScalars::parsed(type.name, value);
    if (!parsed.isUndefined())
        return parsed;
    if (value.isString() && type.name.startsWith("AWS"_L1))
        *problem = u"%1 has an invalid value. Unable to parse `%2` as a valid %3."_s.arg(
            what, value.toString(), type.name);
    else
        *problem = u"%1 has an invalid value. Expected type '%2' but was '%3'."_s.arg(
            what, type.name, kindOf(value));
    return {};
}

QJsonValue InputValues::coercedObject(const TypeDefinition &type, const QJsonObject &value,
                                      const QString &what, QString *problem) const
{
    QJsonObject result;
    qsizetype known = 0;
    for (const InputValueDefinition &field : type.inputFields) {
        QJsonValue one = value.value(field.name.text);
        if (!one.isUndefined())
            ++known;
        else if (field.defaultValue)
            one = literal(*field.defaultValue, {});
        if (one.isUndefined() && field.type.kind != TypeReference::Kind::NonNull)
            continue;
        one = coerced(field.type, one, what, problem);
        if (!problem->isEmpty())
            return {};
        result.insert(field.name.text, one);
    }
    if (known < value.size())
        *problem = u"The variables input contains a field that is not defined for input object "
                   "type '%1' "_s.arg(type.name.text);
    return result;
}

} // namespace AppSync::Emulation
