// SPDX-License-Identifier: Apache-2.0
#include "schemabuilder_p.h"

#include "builtins_p.h"
#include "defaultvalues_p.h"
#include "schemachecks_p.h"
#include "schemarules_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

QString keyOf(const Definition &definition)
{
    if (const auto *type = std::get_if<TypeDefinition>(&definition))
        return type->extends ? QString() : type->name.text;
    if (const auto *directive = std::get_if<DirectiveDefinition>(&definition))
        return u'@' + directive->name.text;
    return {};
}

bool isExecutable(const Definition &definition)
{
    return std::holds_alternative<OperationDefinition>(definition)
        || std::holds_alternative<FragmentDefinition>(definition);
}

//! Those of AppSync that \a definitions do not have themselves.
QList<Definition> missingOfAppSync(const QList<Definition> &definitions)
{
    QSet<QString> declared;
    for (const Definition &definition : definitions)
        declared += keyOf(definition);
    QList<Definition> missing;
    for (const Definition &definition : BuiltIns::ofAppSync().definitions) {
        if (!declared.contains(keyOf(definition)))
            missing += definition;
    }
    return missing;
}

} // namespace

std::shared_ptr<const SchemaData> SchemaBuilder::builtInData()
{
    SchemaBuilder builder;
    builder.collect(BuiltIns::ofAppSync().definitions, 0);
    builder.addStandard();
    builder.m_data->makeIndexes();
    return builder.m_data;
}

SchemaResult SchemaBuilder::build(const Document &document)
{
    QList<Definition> definitions = document.definitions;
    definitions.removeIf(isExecutable);
    const qsizetype own = definitions.size();
    definitions += missingOfAppSync(definitions);

    QList<Diagnostic> errors = SchemaRules(definitions).check();
    if (!errors.isEmpty())
        return {{}, errors};
    collect(definitions, own);
    addStandard();
    const bool named =
        std::any_of(definitions.begin(), definitions.end(), [](const Definition &definition) {
            const auto *schema = std::get_if<SchemaDefinition>(&definition);
            return schema && !schema->extends;
        });
    chooseRoots(named);
    const Schema schema = finish();
    errors = SchemaChecks(schema, definitions).check();
    return errors.isEmpty() ? SchemaResult{schema, {}} : SchemaResult{{}, errors};
}

Schema SchemaBuilder::complete(const SchemaData &own)
{
    *m_data = own;
    m_data->ownTypes = own.types.size();
    m_data->ownDirectives = own.directives.size();
    addStandard();
    return finish();
}

// The definitions behind the own ones are built in.
void SchemaBuilder::collect(const QList<Definition> &definitions, qsizetype own)
{
    QList<const TypeDefinition *> extensions;
    for (qsizetype i = 0; i < definitions.size(); ++i) {
        if (const auto *schema = std::get_if<SchemaDefinition>(&definitions[i])) {
            add(*schema);
        } else if (const auto *directive = std::get_if<DirectiveDefinition>(&definitions[i])) {
            m_data->directives += *directive;
            m_data->ownDirectives += i < own ? 1 : 0;
        } else if (const auto *type = std::get_if<TypeDefinition>(&definitions[i])) {
            if (type->extends) {
                extensions += type;
            } else if (!BuiltIns::isStandardType(type->name.text)) {
                m_data->typeIndex.insert(type->name.text, m_data->types.size());
                m_data->types += *type;
                m_data->ownTypes += i < own ? 1 : 0;
            }
        }
    }
    for (const TypeDefinition *extension : extensions)
        extend(*extension);
}

void SchemaBuilder::add(const SchemaDefinition &schema)
{
    if (schema.description)
        m_data->description = schema.description;
    m_data->schemaDirectives += schema.directives;
    for (const OperationTypeDefinition &type : schema.operationTypes)
        m_data->roots[std::size_t(type.kind)] = type.type.text;
}

void SchemaBuilder::extend(const TypeDefinition &extension)
{
    const qsizetype index = m_data->typeIndex.value(extension.name.text, -1);
    if (index < 0)
        return;
    TypeDefinition &type = m_data->types[index];
    type.interfaces += extension.interfaces;
    type.directives += extension.directives;
    type.fields += extension.fields;
    type.members += extension.members;
    type.values += extension.values;
    type.inputFields += extension.inputFields;
}

void SchemaBuilder::addStandard()
{
    // Of the scalars only String and Boolean are always there: introspection needs them.
    const QSet<QString> referenced = referencedTypes();
    const QSet<QString> optional{u"Int"_s, u"Float"_s, u"ID"_s};
    QSet<QString> declared;
    for (const DirectiveDefinition &directive : std::as_const(m_data->directives))
        declared += directive.name.text;
    for (const Definition &definition : BuiltIns::ofGraphQl().definitions) {
        if (const auto *type = std::get_if<TypeDefinition>(&definition)) {
            if (!optional.contains(type->name.text) || referenced.contains(type->name.text))
                m_data->types += *type;
        } else if (const auto *directive = std::get_if<DirectiveDefinition>(&definition)) {
            if (!declared.contains(directive->name.text))
                m_data->directives += *directive;
        }
    }
}

QSet<QString> SchemaBuilder::referencedTypes() const
{
    QSet<QString> names;
    const auto addInputs = [&names](const QList<InputValueDefinition> &inputs) {
        for (const InputValueDefinition &input : inputs)
            names += input.type.named().name;
    };
    for (const TypeDefinition &type : std::as_const(m_data->types)) {
        addInputs(type.inputFields);
        for (const FieldDefinition &field : type.fields) {
            names += field.type.named().name;
            addInputs(field.arguments);
        }
    }
    for (const DirectiveDefinition &directive : std::as_const(m_data->directives))
        addInputs(directive.arguments);
    return names;
}

// Without a schema definition the roots are the types of the usual names.
void SchemaBuilder::chooseRoots(bool named)
{
    if (named)
        return;
    const std::array names{u"Query"_s, u"Mutation"_s, u"Subscription"_s};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (m_data->typeIndex.contains(names[i]))
            m_data->roots[i] = names[i];
    }
}

Schema SchemaBuilder::finish()
{
    m_data->makeIndexes();
    const Schema schema(m_data);
    fitDefaults(schema);
    return schema;
}

// Default values as their types read them: complete objects, lists where one item was written. One that does not
// fit its type is as none, as for the reference implementation.
void SchemaBuilder::fitDefaults(const Schema &schema)
{
    DefaultValues defaults(schema);
    QHash<const InputValueDefinition *, std::optional<Value>> fitted;
    const auto find = [&](const QList<InputValueDefinition> &inputs) {
        for (const InputValueDefinition &input : inputs) {
            if (input.defaultValue)
                fitted.insert(&input, defaults.fitted(input));
        }
    };
    // All are found before the first is put in its place, as one may take part in another.
    for (const TypeDefinition &type : schema.types()) {
        find(type.inputFields);
        for (const FieldDefinition &field : type.fields)
            find(field.arguments);
    }
    for (const DirectiveDefinition &directive : schema.directives())
        find(directive.arguments);
    if (fitted.isEmpty())
        return;
    const auto put = [&fitted](QList<InputValueDefinition> &inputs) {
        const QList<InputValueDefinition> before = inputs;
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (before[i].defaultValue)
                inputs[i].defaultValue = fitted.value(&before[i]);
        }
    };
    for (TypeDefinition &type : m_data->types) {
        put(type.inputFields);
        for (qsizetype i = 0; i < type.fields.size(); ++i) {
            if (!std::as_const(type.fields)[i].arguments.isEmpty())
                put(type.fields[i].arguments);
        }
    }
    for (DirectiveDefinition &directive : m_data->directives)
        put(directive.arguments);
}

} // namespace AppSync::GraphQl
