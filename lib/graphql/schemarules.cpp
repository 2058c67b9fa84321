// SPDX-License-Identifier: Apache-2.0
#include "schemarules_p.h"

#include "builtins_p.h"
#include "suggestions_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

QString directiveLocation(TypeKind kind)
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
    return {};
}

QString inWords(TypeKind kind)
{
    return kind == TypeKind::Object     ? u"object"_s
        : kind == TypeKind::InputObject ? u"input object"_s
                                        : keyword(kind);
}

QStringList standardTypeNames()
{
    QStringList names;
    for (const Definition &definition : BuiltIns::ofGraphQl().definitions) {
        if (const auto *type = std::get_if<TypeDefinition>(&definition))
            names += type->name.text;
    }
    return names;
}

} // namespace

SchemaRules::SchemaRules(const QList<Definition> &definitions)
    : m_definitions(definitions), m_directives(m_diagnostics)
{
    for (const Definition &definition : BuiltIns::ofGraphQl().definitions) {
        if (const auto *directive = std::get_if<DirectiveDefinition>(&definition))
            m_directives.define(*directive);
    }
    for (const Definition &definition : m_definitions) {
        if (const auto *directive = std::get_if<DirectiveDefinition>(&definition))
            m_directives.define(*directive);
        const auto *type = std::get_if<TypeDefinition>(&definition);
        if (type && !type->extends) {
            m_types.insert(type->name.text, type);
            m_typeNames += type->name.text;
        }
    }
}

QList<Diagnostic> SchemaRules::check()
{
    for (const Definition &definition : m_definitions)
        std::visit([this](const auto &each) { visit(each); }, definition);
    return m_diagnostics.sorted();
}

void SchemaRules::visit(const SchemaDefinition &schema)
{
    if (!schema.extends) {
        if (m_hasSchema)
            m_diagnostics.add(u"LoneSchemaDefinition"_s,
                              u"Must provide only one schema definition."_s, {schema.position});
        m_hasSchema = true;
    }
    m_directives.check(schema.directives, u"SCHEMA"_s, m_seenAtSchema);
    for (const OperationTypeDefinition &type : schema.operationTypes) {
        checkReference(type.type);
        if (const auto first = m_operationTypes.constFind(type.kind);
            first != m_operationTypes.constEnd())
            m_diagnostics.add(u"UniqueOperationTypes"_s,
                              u"There can be only one %1 type in schema."_s.arg(keyword(type.kind)),
                              {*first, type.position});
        else
            m_operationTypes.insert(type.kind, type.position);
    }
}

void SchemaRules::visit(const TypeDefinition &type)
{
    if (type.extends)
        checkExtension(type);
    else
        checkTypeName(type);
    m_directives.check(type.directives, directiveLocation(type.kind), m_seenAtType[type.name.text]);
    for (const Name &name : type.interfaces)
        checkReference(name);
    for (const Name &name : type.members)
        checkReference(name);
    checkMembers(type);
    for (const FieldDefinition &field : type.fields) {
        checkReference(field.type);
        m_directives.check(field.directives, u"FIELD_DEFINITION"_s);
        checkArguments(type.name.text + u'.' + field.name.text, field.arguments);
    }
    for (const EnumValueDefinition &value : type.values)
        m_directives.check(value.directives, u"ENUM_VALUE"_s);
    for (const InputValueDefinition &field : type.inputFields)
        checkInput(field, u"INPUT_FIELD_DEFINITION"_s);
}

void SchemaRules::visit(const DirectiveDefinition &directive)
{
    checkOnce(m_seenDirectives, directive.name, u"UniqueDirectiveNames"_s,
              u"There can be only one directive named \"@%1\"."_s.arg(directive.name.text));
    checkArguments(u'@' + directive.name.text, directive.arguments);
}

void SchemaRules::checkTypeName(const TypeDefinition &type)
{
    checkOnce(m_seenTypes, type.name, u"UniqueTypeNames"_s,
              u"There can be only one type named \"%1\"."_s.arg(type.name.text));
}

void SchemaRules::checkExtension(const TypeDefinition &type)
{
    const TypeDefinition *extended = m_types.value(type.name.text);
    if (!extended)
        m_diagnostics.add(
            u"PossibleTypeExtensions"_s,
            u"Cannot extend type \"%1\" because it is not defined."_s.arg(type.name.text)
                + Suggestions::question(Suggestions::near(type.name.text, m_typeNames)),
            {type.name.position});
    else if (extended->kind != type.kind)
        m_diagnostics.add(
            u"PossibleTypeExtensions"_s,
            u"Cannot extend non-%1 type \"%2\"."_s.arg(inWords(type.kind), type.name.text),
            {extended->position, type.position});
}

void SchemaRules::checkMembers(const TypeDefinition &type)
{
    QHash<QString, Position> &seen = m_seenMembers[type.name.text];
    const auto check = [&](const Name &name, const QString &rule, const QString &what) {
        checkOnce(seen, name, rule,
                  u"%1 \"%2.%3\" can only be defined once."_s.arg(what, type.name.text, name.text));
    };
    for (const FieldDefinition &field : type.fields)
        check(field.name, u"UniqueFieldDefinitionNames"_s, u"Field"_s);
    for (const InputValueDefinition &field : type.inputFields)
        check(field.name, u"UniqueFieldDefinitionNames"_s, u"Field"_s);
    for (const EnumValueDefinition &value : type.values)
        check(value.name, u"UniqueEnumValueNames"_s, u"Enum value"_s);
}

void SchemaRules::checkArguments(const QString &parent,
                                 const QList<InputValueDefinition> &arguments)
{
    QStringList names; // in the order in which they come first
    QHash<QString, QList<Position>> places;
    for (const InputValueDefinition &argument : arguments) {
        checkInput(argument, u"ARGUMENT_DEFINITION"_s);
        QList<Position> &each = places[argument.name.text];
        if (each.isEmpty())
            names += argument.name.text;
        each += argument.name.position;
    }
    for (const QString &name : std::as_const(names)) {
        if (places[name].size() > 1)
            m_diagnostics.add(u"UniqueArgumentDefinitionNames"_s,
                              u"Argument \"%1(%2:)\" can only be defined once."_s.arg(parent, name),
                              places[name]);
    }
}

void SchemaRules::checkInput(const InputValueDefinition &input, const QString &location)
{
    checkReference(input.type);
    m_directives.check(input.directives, location);
    if (input.defaultValue)
        m_directives.checkUniqueFields(*input.defaultValue);
}

void SchemaRules::checkReference(const TypeReference &type)
{
    checkReference(Name{type.named().name, type.named().position});
}

void SchemaRules::checkReference(const Name &type)
{
    if (m_types.contains(type.text) || BuiltIns::isStandardType(type.text))
        return;
    m_diagnostics.add(u"KnownTypeNames"_s,
                      u"Unknown type \"%1\"."_s.arg(type.text)
                          + Suggestions::question(
                              Suggestions::near(type.text, standardTypeNames() + m_typeNames)),
                      {type.position});
}

void SchemaRules::checkOnce(QHash<QString, Position> &seen, const Name &name, const QString &rule,
                            const QString &message)
{
    if (const auto first = seen.constFind(name.text); first != seen.constEnd())
        m_diagnostics.add(rule, message, {*first, name.position});
    else
        seen.insert(name.text, name.position);
}

} // namespace AppSync::GraphQl
