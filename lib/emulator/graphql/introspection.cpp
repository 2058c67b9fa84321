// SPDX-License-Identifier: Apache-2.0
#include "introspection_p.h"

#include <AppSync/GraphQlPrinter>

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

QJsonValue null()
{
    return QJsonValue(QJsonValue::Null);
}

QJsonValue textOf(const std::optional<Value> &description)
{
    return description ? QJsonValue(description->text) : null();
}

QJsonValue textOrNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : null();
}

//! Whatever has a name, a description and may be deprecated stands for itself, as an object.
template <typename Definition> QJsonObject named(const Definition &definition)
{
    const QJsonValue reason = textOrNull(deprecationReason(definition.directives));
    return {{u"name"_s, definition.name.text},
            {u"description"_s, textOf(definition.description)},
            {u"isDeprecated"_s, reason.isString()},
            {u"deprecationReason"_s, reason}};
}

QJsonObject inputValue(const InputValueDefinition &definition)
{
    QJsonObject object = named(definition);
    object.insert(u"type"_s, definition.type.toString());
    object.insert(u"defaultValue"_s,
                  definition.defaultValue ? QJsonValue(print(*definition.defaultValue)) : null());
    return object;
}

template <typename List, typename Make>
QJsonArray all(const List &list, bool withDeprecated, const Make &make)
{
    QJsonArray result;
    for (const auto &one : list) {
        const QJsonObject object = make(one);
        if (withDeprecated || !object.value("isDeprecated"_L1).toBool())
            result.append(object);
    }
    return result;
}

QJsonArray inputValues(const QList<InputValueDefinition> &list, bool withDeprecated)
{
    return all(list, withDeprecated, inputValue);
}

QString kindName(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Scalar:
        return u"SCALAR"_s;
    case TypeKind::Object:
        return u"OBJECT"_s;
    case TypeKind::Interface:
        return u"INTERFACE"_s;
    case TypeKind::Union:
        return u"UNION"_s;
    case TypeKind::Enum:
        return u"ENUM"_s;
    case TypeKind::InputObject:
        return u"INPUT_OBJECT"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonValue Introspection::root(const QString &field, const QJsonObject &arguments) const
{
    if (field == "__schema"_L1)
        return true;
    const QString name = arguments.value("name"_L1).toString();
    return m_schema.type(name) ? QJsonValue(name) : null();
}

QJsonValue Introspection::resolve(const QString &type, const QString &field,
                                  const QJsonValue &value, const QJsonObject &arguments)
{
    if (type == "__Schema"_L1)
        return ofSchema(field);
    if (type == "__Type"_L1)
        return ofType(field, value.toString(), arguments);
    if (type == "__Directive"_L1)
        return ofDirective(field, value.toString());
    const QJsonValue found = value.toObject().value(field);
    if (field != "args"_L1 || arguments.value("includeDeprecated"_L1).toBool())
        return found;
    QJsonArray current;
    const QJsonArray args = found.toArray();
    for (const QJsonValue argument : args) {
        if (!argument.toObject().value("isDeprecated"_L1).toBool())
            current.append(argument);
    }
    return current;
}

QJsonValue Introspection::ofSchema(const QString &field) const
{
    if (field == "description"_L1)
        return textOrNull(m_schema.schema().description());
    QJsonArray list;
    if (field == "types"_L1) {
        for (const TypeDefinition *type : m_schema.visibleTypes())
            list.append(type->name.text);
        return list;
    }
    if (field == "directives"_L1) {
        for (const DirectiveDefinition *directive : m_schema.visibleDirectives())
            list.append(directive->name.text);
        return list;
    }
    const OperationKind kind = field == "queryType"_L1 ? OperationKind::Query
        : field == "mutationType"_L1                   ? OperationKind::Mutation
                                                       : OperationKind::Subscription;
    const TypeDefinition *type = m_schema.root(kind);
    return type ? QJsonValue(type->name.text) : null();
}

//! \a reference: as in a document, `[Message!]`.
QJsonValue Introspection::ofType(const QString &field, const QString &reference,
                                 const QJsonObject &arguments)
{
    const bool isNonNull = reference.endsWith(u'!');
    const bool isList = reference.startsWith(u'[') && !isNonNull;
    if (!isNonNull && !isList) {
        const TypeDefinition *type = m_schema.type(reference);
        if (!type)
            return null();
        const bool withDeprecated = arguments.value("includeDeprecated"_L1).toBool();
        const QString key = reference + u'.' + field + (withDeprecated ? u"+"_s : QString());
        if (const auto known = m_lists.constFind(key); known != m_lists.constEnd())
            return *known;
        const QJsonValue value = ofNamedType(field, *type, withDeprecated);
        if (value.isArray())
            m_lists.insert(key, value);
        return value;
    }
    if (field == "kind"_L1)
        return isNonNull ? u"NON_NULL"_s : u"LIST"_s;
    if (field == "ofType"_L1)
        return isNonNull ? reference.chopped(1) : reference.mid(1, reference.size() - 2);
    return null();
}

QJsonValue Introspection::ofNamedType(const QString &field, const TypeDefinition &type,
                                      bool withDeprecated) const
{
    const bool hasFields = type.kind == TypeKind::Object || type.kind == TypeKind::Interface;
    const bool isAbstract = type.kind == TypeKind::Union || type.kind == TypeKind::Interface;
    if (field == "kind"_L1)
        return kindName(type.kind);
    if (field == "name"_L1)
        return type.name.text;
    if (field == "description"_L1)
        return textOf(type.description);
    if (field == "specifiedByURL"_L1) {
        for (const Directive &directive : type.directives) {
            if (directive.name.text == "specifiedBy"_L1 && !directive.arguments.isEmpty())
                return directive.arguments.first().value.text;
        }
        return null();
    }
    if (field == "fields"_L1 && hasFields) {
        return all(type.fields, withDeprecated, [](const FieldDefinition &definition) {
            QJsonObject object = named(definition);
            object.insert(u"type"_s, definition.type.toString());
            object.insert(u"args"_s, inputValues(definition.arguments, true));
            return object;
        });
    }
    if (field == "interfaces"_L1 && hasFields) {
        QJsonArray list;
        for (const Name &name : type.interfaces)
            list.append(name.text);
        return list;
    }
    if (field == "possibleTypes"_L1 && isAbstract)
        return QJsonArray::fromStringList(m_schema.possibleTypes(type.name.text));
    if (field == "enumValues"_L1 && type.kind == TypeKind::Enum)
        return all(type.values, withDeprecated, named<EnumValueDefinition>);
    if (field == "inputFields"_L1 && type.kind == TypeKind::InputObject)
        return inputValues(type.inputFields, withDeprecated);
    return null();
}

QJsonValue Introspection::ofDirective(const QString &field, const QString &name) const
{
    for (const DirectiveDefinition *directive : m_schema.visibleDirectives()) {
        if (directive->name.text != name)
            continue;
        if (field == "name"_L1)
            return name;
        if (field == "description"_L1)
            return textOf(directive->description);
        if (field == "isRepeatable"_L1)
            return directive->repeatable;
        if (field == "args"_L1)
            return inputValues(directive->arguments, true);
        QJsonArray list;
        for (const Name &location : directive->locations)
            list.append(location.text);
        return list;
    }
    return null();
}

} // namespace AppSync::Emulation
