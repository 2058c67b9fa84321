// SPDX-License-Identifier: Apache-2.0
#include "schema.h"

#include "builtins_p.h"
#include "introspectionreader_p.h"
#include "schema_p.h"
#include "schemabuilder_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

template <typename T>
const T *memberOf(const SchemaData &data, const TypeDefinition &type, const QList<T> &members,
                  const QString &name)
{
    const qsizetype index = data.typeIndex.value(type.name.text, -1);
    if (index < 0 || &data.types[index] != &type)
        return nullptr;
    const qsizetype member = data.memberIndex[index].value(name, -1);
    return member < 0 ? nullptr : &members[member];
}

bool hasName(const QList<Name> &names, const QString &text)
{
    return std::any_of(names.begin(), names.end(),
                       [&text](const Name &name) { return name.text == text; });
}

template <typename T> bool isFrom(const QList<T> &list, qsizetype first, const T &item)
{
    return !list.isEmpty() && &item >= list.constData() + first
        && &item < list.constData() + list.size();
}

} // namespace

void SchemaData::makeIndexes()
{
    const auto indexed = [](Index &index, const auto &members) {
        for (qsizetype i = 0; i < members.size(); ++i)
            index.insert(members[i].name.text, i);
    };
    indexed(typeIndex, std::as_const(types));
    indexed(directiveIndex, std::as_const(directives));
    memberIndex.resize(types.size());
    for (qsizetype i = 0; i < types.size(); ++i) {
        const TypeDefinition &type = std::as_const(types)[i];
        indexed(memberIndex[i], type.fields);
        indexed(memberIndex[i], type.inputFields);
        indexed(memberIndex[i], type.values);
        for (const Name &name : type.interfaces)
            implementers[name.text] += i;
    }
}

Schema::Schema()
    : d([] {
        static const std::shared_ptr<const SchemaData> empty = SchemaBuilder::builtInData();
        return empty;
    }())
{
}

Schema::Schema(std::shared_ptr<const SchemaData> data) : d(std::move(data))
{
}

SchemaResult Schema::fromText(const QString &text, ParseLimits limits)
{
    const ParsedDocument parsed = parse(text, limits);
    return parsed.error ? SchemaResult{{}, {*parsed.error}} : fromDocument(parsed.document);
}

SchemaResult Schema::fromDocument(const Document &document)
{
    return SchemaBuilder().build(document);
}

SchemaResult Schema::fromIntrospection(const QJsonObject &answer)
{
    return IntrospectionReader().read(answer);
}

bool Schema::isEmpty() const
{
    return d->ownTypes == 0;
}

const QList<TypeDefinition> &Schema::types() const
{
    return d->types;
}

bool Schema::isBuiltIn(const TypeDefinition &type) const
{
    return isFrom(d->types, d->ownTypes, type);
}

const TypeDefinition *Schema::type(const QString &name) const
{
    const qsizetype index = d->typeIndex.value(name, -1);
    return index < 0 ? nullptr : &d->types[index];
}

const TypeDefinition *Schema::type(const TypeReference &type) const
{
    return this->type(type.named().name);
}

const QList<DirectiveDefinition> &Schema::directives() const
{
    return d->directives;
}

bool Schema::isBuiltIn(const DirectiveDefinition &directive) const
{
    return isFrom(d->directives, d->ownDirectives, directive);
}

const DirectiveDefinition *Schema::directive(const QString &name) const
{
    const qsizetype index = d->directiveIndex.value(name, -1);
    return index < 0 ? nullptr : &d->directives[index];
}

const TypeDefinition *Schema::rootType(OperationKind kind) const
{
    return type(d->roots[std::size_t(kind)]);
}

std::optional<QString> Schema::description() const
{
    return d->description ? std::optional(d->description->text) : std::nullopt;
}

const QList<Directive> &Schema::schemaDirectives() const
{
    return d->schemaDirectives;
}

const FieldDefinition *Schema::field(const TypeDefinition &type, const QString &name) const
{
    if (name.startsWith(u"__")) {
        if (name == u"__typename" && isComposite(type.kind))
            return &BuiltIns::typenameField();
        if (&type == rootType(OperationKind::Query) && name == u"__schema")
            return &BuiltIns::schemaField();
        if (&type == rootType(OperationKind::Query) && name == u"__type")
            return &BuiltIns::typeField();
    }
    return type.fields.isEmpty() ? nullptr : memberOf(*d, type, type.fields, name);
}

const InputValueDefinition *Schema::inputField(const TypeDefinition &type,
                                               const QString &name) const
{
    return type.inputFields.isEmpty() ? nullptr : memberOf(*d, type, type.inputFields, name);
}

const EnumValueDefinition *Schema::enumValue(const TypeDefinition &type, const QString &name) const
{
    return type.values.isEmpty() ? nullptr : memberOf(*d, type, type.values, name);
}

QList<const TypeDefinition *> Schema::possibleTypes(const TypeDefinition &type) const
{
    if (!isAbstract(type.kind))
        return {&type};
    QList<const TypeDefinition *> possible;
    if (type.kind == TypeKind::Union) {
        for (const Name &member : type.members) {
            if (const TypeDefinition *object = this->type(member.text))
                possible += object;
        }
        return possible;
    }
    const QList<qsizetype> implementers = d->implementers.value(type.name.text);
    for (const qsizetype index : implementers) {
        if (d->types[index].kind == TypeKind::Object)
            possible += &d->types[index];
    }
    return possible;
}

bool Schema::isSubType(const TypeDefinition &abstractType, const TypeDefinition &type) const
{
    return abstractType.kind == TypeKind::Union ? hasName(abstractType.members, type.name.text)
                                                : hasName(type.interfaces, abstractType.name.text);
}

bool Schema::isSubType(const TypeReference &type, const TypeReference &expected) const
{
    using Kind = TypeReference::Kind;
    if (expected.kind == Kind::NonNull)
        return type.kind == Kind::NonNull && isSubType(type.wrapped(), expected.wrapped());
    if (type.kind == Kind::NonNull)
        return isSubType(type.wrapped(), expected);
    if (type.kind == Kind::List || expected.kind == Kind::List)
        return type.kind == expected.kind && isSubType(type.wrapped(), expected.wrapped());
    if (type.name == expected.name)
        return true;
    const TypeDefinition *given = this->type(type.name);
    const TypeDefinition *wanted = this->type(expected.name);
    return given && wanted && isAbstract(wanted->kind)
        && (given->kind == TypeKind::Object || given->kind == TypeKind::Interface)
        && isSubType(*wanted, *given);
}

bool isRequired(const InputValueDefinition &input)
{
    return input.type.kind == TypeReference::Kind::NonNull && !input.defaultValue;
}

std::optional<QString> deprecationReason(const QList<Directive> &directives)
{
    for (const Directive &directive : directives) {
        if (directive.name.text != u"deprecated")
            continue;
        for (const Argument &argument : directive.arguments) {
            if (argument.name.text == u"reason")
                return argument.value.kind == Value::Kind::String
                    ? std::optional(argument.value.text)
                    : std::nullopt;
        }
        return u"No longer supported"_s;
    }
    return std::nullopt;
}

} // namespace AppSync::GraphQl
