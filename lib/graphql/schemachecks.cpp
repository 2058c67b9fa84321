// SPDX-License-Identifier: Apache-2.0
#include "schemachecks_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr qsizetype kLongestPath = 500; // of input objects, which are followed by recursion

template <typename T> const T *named(const QList<T> &items, const QString &name)
{
    const auto item = std::find_if(items.begin(), items.end(),
                                   [&name](const T &each) { return each.name.text == name; });
    return item == items.end() ? nullptr : &*item;
}

QList<Position> placesOf(const QList<Name> &names, const QString &wanted)
{
    QList<Position> places;
    for (const Name &name : names) {
        if (name.text == wanted)
            places += name.position;
    }
    return places;
}

bool includes(const QList<Name> &names, const QString &wanted)
{
    return std::any_of(names.begin(), names.end(),
                       [&wanted](const Name &name) { return name.text == wanted; });
}

} // namespace

SchemaChecks::SchemaChecks(const Schema &schema, const QList<Definition> &definitions)
    : m_schema(schema)
{
    for (const Definition &definition : definitions) {
        if (const auto *type = std::get_if<TypeDefinition>(&definition)) {
            QList<Position> &places = m_places[type->name.text];
            type->extends ? places.append(type->position) : places.prepend(type->position);
        } else if (const auto *root = std::get_if<SchemaDefinition>(&definition)) {
            if (!root->extends)
                m_schemaPlace = {root->position};
            for (const OperationTypeDefinition &each : root->operationTypes)
                m_rootPlaces.insert(each.kind, each.type.position);
        }
    }
}

QList<Diagnostic> SchemaChecks::check()
{
    checkRoots();
    for (const DirectiveDefinition &directive : m_schema.directives()) {
        if (!m_schema.isBuiltIn(directive))
            checkDirective(directive);
    }
    for (const TypeDefinition &type : m_schema.types()) {
        if (!m_schema.isBuiltIn(type))
            checkType(type);
    }
    return m_diagnostics.sorted();
}

void SchemaChecks::checkRoots()
{
    if (!m_schema.rootType(OperationKind::Query))
        report(u"Query root type must be provided."_s, m_schemaPlace);
    const auto check = [this](OperationKind kind, const QString &words) {
        const TypeDefinition *type = m_schema.rootType(kind);
        if (!type || type->kind == TypeKind::Object)
            return;
        const auto place = m_rootPlaces.constFind(kind);
        report(words.arg(type->name.text),
               {place == m_rootPlaces.constEnd() ? type->position : *place});
    };
    check(OperationKind::Query, u"Query root type must be Object type, it cannot be %1."_s);
    check(OperationKind::Mutation,
          u"Mutation root type must be Object type if provided, it cannot be %1."_s);
    check(OperationKind::Subscription,
          u"Subscription root type must be Object type if provided, it cannot be %1."_s);
}

void SchemaChecks::checkDirective(const DirectiveDefinition &directive)
{
    checkName(directive.name.text, directive.position);
    for (const InputValueDefinition &argument : directive.arguments) {
        checkName(argument.name.text, argument.position);
        const QString what = u"@%1(%2:)"_s.arg(directive.name.text, argument.name.text);
        if (!isInputType(argument.type))
            report(u"The type of %1 must be Input Type but got: %2."_s.arg(
                       what, argument.type.toString()),
                   {argument.position});
        checkDeprecation(argument, u"argument "_s + what);
    }
}

void SchemaChecks::checkType(const TypeDefinition &type)
{
    checkName(type.name.text, type.position);
    switch (type.kind) {
    case TypeKind::Scalar:
        break;
    case TypeKind::Object:
    case TypeKind::Interface:
        checkFields(type);
        checkInterfaces(type);
        break;
    case TypeKind::Union:
        checkMembers(type);
        break;
    case TypeKind::Enum:
        if (type.values.isEmpty())
            report(u"Enum type %1 must define one or more values."_s.arg(type.name.text),
                   placesOf(type));
        for (const EnumValueDefinition &value : type.values)
            checkName(value.name.text, value.position);
        break;
    case TypeKind::InputObject:
        checkInputFields(type);
        checkCycles(type);
        break;
    }
}

void SchemaChecks::checkName(const QString &name, const Position &position)
{
    if (name.startsWith(u"__"))
        report(
            u"Name \"%1\" must not begin with \"__\", which is reserved by GraphQL introspection."_s
                .arg(name),
            {position});
}

void SchemaChecks::checkFields(const TypeDefinition &type)
{
    if (type.fields.isEmpty())
        report(u"Type %1 must define one or more fields."_s.arg(type.name.text), placesOf(type));
    for (const FieldDefinition &field : type.fields) {
        checkName(field.name.text, field.position);
        const TypeDefinition *named = m_schema.type(field.type);
        if (named && !isOutput(named->kind))
            report(u"The type of %1.%2 must be Output Type but got: %3."_s.arg(
                       type.name.text, field.name.text, field.type.toString()),
                   {field.type.position});
        checkArguments(type, field);
    }
}

void SchemaChecks::checkArguments(const TypeDefinition &type, const FieldDefinition &field)
{
    for (const InputValueDefinition &argument : field.arguments) {
        checkName(argument.name.text, argument.position);
        const QString what =
            u"%1.%2(%3:)"_s.arg(type.name.text, field.name.text, argument.name.text);
        if (!isInputType(argument.type))
            report(u"The type of %1 must be Input Type but got: %2."_s.arg(
                       what, argument.type.toString()),
                   {argument.type.position});
        checkDeprecation(argument, u"argument "_s + what);
    }
}

void SchemaChecks::checkInterfaces(const TypeDefinition &type)
{
    QSet<QString> seen;
    for (const Name &name : type.interfaces) {
        const TypeDefinition *interface = m_schema.type(name.text);
        if (!interface)
            continue;
        const QList<Position> places = GraphQl::placesOf(type.interfaces, name.text);
        if (interface->kind != TypeKind::Interface) {
            report(u"Type %1 must only implement Interface types, it cannot implement %2."_s.arg(
                       type.name.text, name.text),
                   places);
        } else if (interface == &type) {
            report(
                u"Type %1 cannot implement itself because it would create a circular reference."_s
                    .arg(type.name.text),
                places);
        } else if (seen.contains(name.text)) {
            report(u"Type %1 can only implement %2 once."_s.arg(type.name.text, name.text), places);
        } else {
            seen.insert(name.text);
            checkAncestors(type, *interface);
            checkImplements(type, *interface);
        }
    }
}

void SchemaChecks::checkAncestors(const TypeDefinition &type, const TypeDefinition &interface)
{
    for (const Name &ancestor : interface.interfaces) {
        if (includes(type.interfaces, ancestor.text))
            continue;
        const QList<Position> places = GraphQl::placesOf(interface.interfaces, ancestor.text)
            + GraphQl::placesOf(type.interfaces, interface.name.text);
        if (ancestor.text == type.name.text)
            report(
                u"Type %1 cannot implement %2 because it would create a circular reference."_s.arg(
                    type.name.text, interface.name.text),
                places);
        else
            report(u"Type %1 must implement %2 because it is implemented by %3."_s.arg(
                       type.name.text, ancestor.text, interface.name.text),
                   places);
    }
}

void SchemaChecks::checkImplements(const TypeDefinition &type, const TypeDefinition &interface)
{
    for (const FieldDefinition &expected : interface.fields) {
        if (const FieldDefinition *field = m_schema.field(type, expected.name.text))
            checkImplements(type, *field, interface, expected);
        else
            report(u"Interface field %1.%2 expected but %3 does not provide it."_s.arg(
                       interface.name.text, expected.name.text, type.name.text),
                   QList<Position>{expected.position} + placesOf(type));
    }
}

void SchemaChecks::checkImplements(const TypeDefinition &type, const FieldDefinition &field,
                                   const TypeDefinition &interface, const FieldDefinition &expected)
{
    const QString ours = type.name.text + u'.' + field.name.text;
    const QString theirs = interface.name.text + u'.' + field.name.text;
    if (!m_schema.isSubType(field.type, expected.type))
        report(u"Interface field %1 expects type %2 but %3 is type %4."_s.arg(
                   theirs, expected.type.toString(), ours, field.type.toString()),
               {expected.type.position, field.type.position});
    for (const InputValueDefinition &wanted : expected.arguments) {
        const auto *argument = named(field.arguments, wanted.name.text);
        if (!argument)
            report(u"Interface field argument %1(%2:) expected but %3 does not provide it."_s.arg(
                       theirs, wanted.name.text, ours),
                   {wanted.position, field.position});
        else if (argument->type.toString() != wanted.type.toString())
            report(
                u"Interface field argument %1(%2:) expects type %3 but %4(%2:) is type %5."_s.arg(
                    theirs, wanted.name.text, wanted.type.toString(), ours,
                    argument->type.toString()),
                {wanted.type.position, argument->type.position});
    }
    for (const InputValueDefinition &argument : field.arguments) {
        if (isRequired(argument) && !named(expected.arguments, argument.name.text))
            report(
                u"Object field %1 includes required argument %2 that is missing from the Interface field %3."_s
                    .arg(ours, argument.name.text, theirs),
                {argument.position, expected.position});
    }
}

void SchemaChecks::checkMembers(const TypeDefinition &type)
{
    if (type.members.isEmpty())
        report(u"Union type %1 must define one or more member types."_s.arg(type.name.text),
               placesOf(type));
    QSet<QString> seen;
    for (const Name &member : type.members) {
        const QList<Position> places = GraphQl::placesOf(type.members, member.text);
        if (seen.contains(member.text)) {
            report(
                u"Union type %1 can only include type %2 once."_s.arg(type.name.text, member.text),
                places);
            continue;
        }
        seen.insert(member.text);
        const TypeDefinition *object = m_schema.type(member.text);
        if (object && object->kind != TypeKind::Object)
            report(u"Union type %1 can only include Object types, it cannot include %2."_s.arg(
                       type.name.text, member.text),
                   places);
    }
}

void SchemaChecks::checkInputFields(const TypeDefinition &type)
{
    if (type.inputFields.isEmpty())
        report(u"Input Object type %1 must define one or more fields."_s.arg(type.name.text),
               placesOf(type));
    for (const InputValueDefinition &field : type.inputFields) {
        checkName(field.name.text, field.position);
        const QString what = type.name.text + u'.' + field.name.text;
        if (!isInputType(field.type))
            report(u"The type of %1 must be Input Type but got: %2."_s.arg(what,
                                                                           field.type.toString()),
                   {field.type.position});
        checkDeprecation(field, u"input field "_s + what);
    }
}

// Fields that may not be null and lead back to their type: no value of it could ever be written.
void SchemaChecks::checkCycles(const TypeDefinition &type)
{
    if (m_visited.contains(type.name.text) || m_path.size() > kLongestPath)
        return;
    m_visited.insert(type.name.text);
    m_pathIndex.insert(type.name.text, m_path.size());
    for (const InputValueDefinition &field : type.inputFields) {
        if (field.type.kind != TypeReference::Kind::NonNull
            || field.type.wrapped().kind != TypeReference::Kind::Named)
            continue;
        const TypeDefinition *next = m_schema.type(field.type);
        if (!next || next->kind != TypeKind::InputObject)
            continue;
        m_path += &field;
        const qsizetype start = m_pathIndex.value(next->name.text, -1);
        if (start < 0) {
            checkCycles(*next);
        } else {
            QStringList names;
            QList<Position> places;
            for (const InputValueDefinition *step : m_path.sliced(start)) {
                names += step->name.text;
                places += step->position;
            }
            report(
                u"Cannot reference Input Object \"%1\" within itself through a series of non-null fields: \"%2\"."_s
                    .arg(next->name.text, names.join(u'.')),
                places);
        }
        m_path.removeLast();
    }
    m_pathIndex.remove(type.name.text);
}

void SchemaChecks::checkDeprecation(const InputValueDefinition &input, const QString &what)
{
    if (!isRequired(input) || !deprecationReason(input.directives))
        return;
    for (const Directive &directive : input.directives) {
        if (directive.name.text == u"deprecated") {
            report(u"Required %1 cannot be deprecated."_s.arg(what),
                   {directive.position, input.type.position});
            return;
        }
    }
}

bool SchemaChecks::isInputType(const TypeReference &type) const
{
    const TypeDefinition *named = m_schema.type(type);
    return named && isInput(named->kind);
}

QList<Position> SchemaChecks::placesOf(const TypeDefinition &type) const
{
    return m_places.value(type.name.text);
}

void SchemaChecks::report(const QString &message, const QList<Position> &positions)
{
    m_diagnostics.add(u"Schema"_s, message, positions);
}

} // namespace AppSync::GraphQl
