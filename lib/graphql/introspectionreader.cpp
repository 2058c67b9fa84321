// SPDX-License-Identifier: Apache-2.0
#include "introspectionreader_p.h"

#include "builtins_p.h"
#include "schemabuilder_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

std::optional<TypeKind> kindNamed(const QString &name)
{
    static const QHash<QString, TypeKind> kinds{
        {u"SCALAR"_s, TypeKind::Scalar},       {u"OBJECT"_s, TypeKind::Object},
        {u"INTERFACE"_s, TypeKind::Interface}, {u"UNION"_s, TypeKind::Union},
        {u"ENUM"_s, TypeKind::Enum},           {u"INPUT_OBJECT"_s, TypeKind::InputObject},
    };
    const auto kind = kinds.constFind(name);
    return kind == kinds.constEnd() ? std::nullopt : std::optional(*kind);
}

Name nameOf(const QJsonObject &object)
{
    return {object.value("name"_L1).toString(), {}};
}

std::optional<Value> descriptionOf(const QJsonObject &object)
{
    const QJsonValue text = object.value("description"_L1);
    return text.isString() ? std::optional(Value{Value::Kind::String, {}, text.toString()})
                           : std::nullopt;
}

//! `@name(argument: "text")` for a \a text, else nothing.
QList<Directive> directiveOf(const QString &name, const QString &argument, const QJsonValue &text)
{
    if (!text.isString())
        return {};
    return {{{}, {name, {}}, {{{argument, {}}, {Value::Kind::String, {}, text.toString()}}}}};
}

QList<Directive> deprecationOf(const QJsonObject &object)
{
    return directiveOf(u"deprecated"_s, u"reason"_s, object.value("deprecationReason"_L1));
}

bool isValidName(const QString &name)
{
    const auto isLetter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
    };
    return !name.isEmpty() && isLetter(name.front())
        && std::all_of(name.begin(), name.end(),
                       [&isLetter](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9'); });
}

} // namespace

SchemaResult IntrospectionReader::read(const QJsonObject &answer)
{
    QJsonObject root = answer;
    if (root.value("data"_L1).isObject())
        root = root.value("data"_L1).toObject();
    if (root.value("__schema"_L1).isObject())
        root = root.value("__schema"_L1).toObject();
    if (!root.value("types"_L1).isArray()) {
        fail(
            u"This is no answer to an introspection query: it has no \"__schema\" with \"types\"."_s);
        return {{}, m_errors};
    }
    m_data.description = descriptionOf(root);
    readTypes(root.value("types"_L1).toArray());
    readDirectives(root.value("directives"_L1).toArray());
    readRoots(root);
    if (!m_errors.isEmpty())
        return {{}, m_errors};
    return {SchemaBuilder().complete(m_data), {}};
}

void IntrospectionReader::readTypes(const QJsonArray &types)
{
    for (const QJsonValue type : types) {
        const auto kind = kindNamed(type["kind"_L1].toString());
        const QString name = type["name"_L1].toString();
        if (!kind || !isValidName(name))
            fail(u"A type of the introspection result has no valid name and kind: \"%1\"."_s.arg(
                name));
        else
            m_kinds.insert(name, *kind);
    }
    for (const QJsonValue type : types) {
        if (BuiltIns::isStandardType(type["name"_L1].toString()))
            continue;
        if (const auto read = readType(type.toObject()))
            m_data.types += *read;
    }
}

void IntrospectionReader::readDirectives(const QJsonArray &directives)
{
    for (const QJsonValue each : directives) {
        const QJsonObject object = each.toObject();
        DirectiveDefinition directive;
        directive.name = nameOf(object);
        const QString place = u'@' + directive.name.text;
        if (!isValidName(directive.name.text))
            fail(u"A directive of the introspection result has no valid name."_s);
        directive.description = descriptionOf(object);
        directive.arguments = readInputs(array(object, u"args"_s, place), place);
        directive.repeatable = object.value("isRepeatable"_L1).toBool();
        for (const QJsonValue location : array(object, u"locations"_s, place))
            directive.locations += Name{location.toString(), {}};
        m_data.directives += directive;
    }
}

void IntrospectionReader::readRoots(const QJsonObject &schema)
{
    for (const auto kind :
         {OperationKind::Query, OperationKind::Mutation, OperationKind::Subscription}) {
        const QJsonValue type = schema.value(keyword(kind) + u"Type"_s);
        if (!type.isObject())
            continue;
        const QString name = type["name"_L1].toString();
        if (m_kinds.value(name, TypeKind::Scalar) != TypeKind::Object)
            fail(u"The %1 type \"%2\" is no object type of the introspection result."_s.arg(
                keyword(kind), name));
        m_data.roots[std::size_t(kind)] = name;
    }
}

std::optional<TypeDefinition> IntrospectionReader::readType(const QJsonObject &type)
{
    const auto kind = kindNamed(type.value("kind"_L1).toString());
    if (!kind)
        return {};
    TypeDefinition read;
    read.kind = *kind;
    read.name = nameOf(type);
    read.description = descriptionOf(type);
    switch (read.kind) {
    case TypeKind::Scalar:
        read.directives = directiveOf(u"specifiedBy"_s, u"url"_s, type.value("specifiedByURL"_L1));
        break;
    case TypeKind::Interface:
    case TypeKind::Object:
        // Older servers have no interfaces of interfaces.
        if (read.kind == TypeKind::Object || !type.value("interfaces"_L1).isNull())
            read.interfaces = readNames(type, u"interfaces"_s, TypeKind::Interface);
        read.fields = readFields(type);
        break;
    case TypeKind::Union:
        read.members = readNames(type, u"possibleTypes"_s, TypeKind::Object);
        break;
    case TypeKind::Enum:
        read.values = readValues(type);
        break;
    case TypeKind::InputObject:
        read.inputFields =
            readInputs(array(type, u"inputFields"_s, read.name.text), read.name.text);
        break;
    }
    return read;
}

QList<Name> IntrospectionReader::readNames(const QJsonObject &type, const QString &key,
                                           TypeKind kind)
{
    QList<Name> names;
    const QString owner = nameOf(type).text;
    for (const QJsonValue each : array(type, key, owner)) {
        const Name name = nameOf(each.toObject());
        const auto known = m_kinds.constFind(name.text);
        if (known == m_kinds.constEnd() || *known != kind)
            fail(u"\"%1\" in %2 of \"%3\" is no such type of the introspection result."_s.arg(
                name.text, key, owner));
        names += name;
    }
    return names;
}

QList<FieldDefinition> IntrospectionReader::readFields(const QJsonObject &type)
{
    QList<FieldDefinition> fields;
    const QString owner = nameOf(type).text;
    for (const QJsonValue each : array(type, u"fields"_s, owner)) {
        const QJsonObject object = each.toObject();
        FieldDefinition field;
        field.name = nameOf(object);
        const QString place = owner + u'.' + field.name.text;
        if (!isValidName(field.name.text))
            fail(u"A field of \"%1\" has no valid name."_s.arg(owner));
        field.description = descriptionOf(object);
        field.arguments = readInputs(array(object, u"args"_s, place), place);
        field.type = readReference(
            object.value("type"_L1).toObject(), [](TypeKind kind) { return isOutput(kind); },
            place);
        field.directives = deprecationOf(object);
        fields += field;
    }
    return fields;
}

QList<EnumValueDefinition> IntrospectionReader::readValues(const QJsonObject &type)
{
    QList<EnumValueDefinition> values;
    const QString owner = nameOf(type).text;
    for (const QJsonValue each : array(type, u"enumValues"_s, owner)) {
        const QJsonObject object = each.toObject();
        if (!isValidName(nameOf(object).text))
            fail(u"A value of \"%1\" has no valid name."_s.arg(owner));
        values +=
            EnumValueDefinition{{}, descriptionOf(object), nameOf(object), deprecationOf(object)};
    }
    return values;
}

QList<InputValueDefinition> IntrospectionReader::readInputs(const QJsonArray &inputs,
                                                            const QString &place)
{
    QList<InputValueDefinition> read;
    for (const QJsonValue each : inputs) {
        const QJsonObject object = each.toObject();
        InputValueDefinition input;
        input.name = nameOf(object);
        const QString own = u"%1(%2:)"_s.arg(place, input.name.text);
        if (!isValidName(input.name.text))
            fail(u"An argument or input field of \"%1\" has no valid name."_s.arg(place));
        input.description = descriptionOf(object);
        input.type = readReference(
            object.value("type"_L1).toObject(), [](TypeKind kind) { return isInput(kind); }, own);
        if (const QJsonValue written = object.value("defaultValue"_L1); written.isString()) {
            input.defaultValue = parseValue(written.toString());
            if (!input.defaultValue)
                fail(u"The default value of %1 is no value: %2"_s.arg(own, written.toString()));
        }
        input.directives = deprecationOf(object);
        read += input;
    }
    return read;
}

TypeReference IntrospectionReader::readReference(const QJsonObject &type,
                                                 bool (*isFitting)(TypeKind), const QString &place)
{
    QStringList layers;
    QJsonObject inner = type;
    for (QString kind = inner.value("kind"_L1).toString(); kind == u"LIST" || kind == u"NON_NULL";
         kind = inner.value("kind"_L1).toString()) {
        if (kind == u"NON_NULL" && !layers.isEmpty() && layers.last() == kind)
            fail(u"The type of %1 is non-null twice."_s.arg(place));
        layers += kind;
        inner = inner.value("ofType"_L1).toObject();
    }
    TypeReference reference;
    reference.name = nameOf(inner).text;
    const auto known = m_kinds.constFind(reference.name);
    if (known == m_kinds.constEnd())
        fail(
            u"The type \"%1\" of %2 is not in the introspection result: it takes the full introspection query."_s
                .arg(reference.name, place));
    else if (!isFitting(*known))
        fail(u"The type \"%1\" of %2 may not stand there."_s.arg(reference.name, place));
    while (!layers.isEmpty()) {
        const bool isList = layers.takeLast() == u"LIST";
        reference = {
            isList ? TypeReference::Kind::List : TypeReference::Kind::NonNull, {}, {}, {reference}};
    }
    return reference;
}

QJsonArray IntrospectionReader::array(const QJsonObject &object, const QString &key,
                                      const QString &place)
{
    const QJsonValue value = object.value(key);
    if (!value.isArray())
        fail(u"The introspection result has no %1 of \"%2\"."_s.arg(key, place));
    return value.toArray();
}

void IntrospectionReader::fail(const QString &message)
{
    if (m_errors.size() < 100) // the first ones say what is the matter
        m_errors.append({message, {}, u"Introspection"_s});
}

} // namespace AppSync::GraphQl
