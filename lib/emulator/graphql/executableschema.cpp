// SPDX-License-Identifier: Apache-2.0
#include "executableschema_p.h"

#include <AppSync/GraphQlParser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

//! What every schema has.
constexpr auto kOwn = R"(
scalar Int
scalar Float
scalar String
scalar Boolean
scalar ID
scalar AWSDate
scalar AWSTime
scalar AWSDateTime
scalar AWSTimestamp
scalar AWSEmail
scalar AWSJSON
scalar AWSURL
scalar AWSPhone
scalar AWSIPAddress
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported")
  on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION | OBJECT
directive @aws_api_key on FIELD_DEFINITION | OBJECT
directive @aws_iam on FIELD_DEFINITION | OBJECT
directive @aws_oidc on FIELD_DEFINITION | OBJECT
directive @aws_lambda on FIELD_DEFINITION | OBJECT
directive @aws_cognito_user_pools(cognito_groups: [String]) on FIELD_DEFINITION | OBJECT
directive @canonical on OBJECT | FIELD_DEFINITION
directive @hidden on OBJECT | FIELD_DEFINITION
directive @renamed(from: String) on OBJECT | FIELD_DEFINITION
type __Schema {
  description: String
  types: [__Type!]!
  queryType: __Type!
  mutationType: __Type
  subscriptionType: __Type
  directives: [__Directive!]!
}
type __Type {
  kind: __TypeKind!
  name: String
  description: String
  specifiedByURL: String
  fields(includeDeprecated: Boolean = false): [__Field!]
  interfaces: [__Type!]
  possibleTypes: [__Type!]
  enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean = false): [__InputValue!]
  ofType: __Type
}
enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
type __Field {
  name: String!
  description: String
  args(includeDeprecated: Boolean = false): [__InputValue!]!
  type: __Type!
  isDeprecated: Boolean!
  deprecationReason: String
}
type __InputValue {
  name: String!
  description: String
  type: __Type!
  defaultValue: String
  isDeprecated: Boolean!
  deprecationReason: String
}
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
type __Directive {
  name: String!
  description: String
  isRepeatable: Boolean!
  locations: [__DirectiveLocation!]!
  args(includeDeprecated: Boolean = false): [__InputValue!]!
}
enum __DirectiveLocation {
  QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION
  SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT
  INPUT_FIELD_DEFINITION
}
)"_L1;

//! Fields that the specification puts on types without naming them there.
constexpr auto kMeta =
    "type M { __typename: String! __schema: __Schema! __type(name: String!): __Type }"_L1;

constexpr qsizetype kSchemaBytes = 1024 * 1024; // the service's quota

QString at(const Position &position, const QString &what)
{
    return u"%1:%2: %3"_s.arg(position.line).arg(position.column).arg(what);
}

const FieldDefinition *metaField(const QString &name)
{
    static const Document document = parse(QString(kMeta)).document;
    const auto &fields = std::get<TypeDefinition>(document.definitions.first()).fields;
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldDefinition &f) { return f.name.text == name; });
    return found == fields.end() ? nullptr : &*found;
}

QStringList stringsOf(const Value &value)
{
    QStringList list;
    if (value.kind == Value::Kind::String)
        list.append(value.text);
    for (const Value &item : value.items)
        list.append(item.text);
    return list;
}

} // namespace

QString ExecutableSchema::sampleSdl()
{
    return QStringLiteral(
        R"(type Message { id: ID! room: String! body: String! author: String createdAt: AWSDateTime! }
type Query { messages(room: String!, limit: Int): [Message!]! message(id: ID!): Message }
type Mutation { sendMessage(room: String!, body: String!, author: String): Message fail(message: String!): Message }
type Subscription { onMessage(room: String): Message @aws_subscribe(mutations: ["sendMessage"]) }
)");
}

std::shared_ptr<const ExecutableSchema> ExecutableSchema::load(const QString &sdl, QString *problem)
{
    const std::shared_ptr<ExecutableSchema> schema(new ExecutableSchema);
    *problem = schema->build(sdl);
    return problem->isEmpty() ? schema : nullptr;
}

QString ExecutableSchema::build(const QString &sdl)
{
    if (sdl.toUtf8().size() > kSchemaBytes)
        return u"The schema is larger than 1 MB"_s;
    const ParsedDocument own = parse(QString(kOwn));
    Q_ASSERT(!own.error);
    const ParsedDocument given = parse(sdl);
    if (given.error)
        return given.error->toString();
    QString problem = add(own.document, true);
    m_ownTypes = m_order.size();
    if (problem.isEmpty())
        problem = add(given.document, false);
    if (problem.isEmpty())
        problem = checkReferences();
    if (problem.isEmpty())
        index();
    return problem;
}

QString ExecutableSchema::add(const Document &document, bool isOwn)
{
    m_roots.insert(int(OperationKind::Query), u"Query"_s);
    m_roots.insert(int(OperationKind::Mutation), u"Mutation"_s);
    m_roots.insert(int(OperationKind::Subscription), u"Subscription"_s);
    for (const Definition &definition : document.definitions) {
        if (const auto *type = std::get_if<TypeDefinition>(&definition); type && !type->extends) {
            const auto known = m_types.constFind(type->name.text);
            const bool isRedeclared = known != m_types.constEnd() && !isOwn
                && type->kind == TypeKind::Scalar && (*known)->kind == TypeKind::Scalar;
            if (isRedeclared) // as exported schemas do
                continue;
            if (known != m_types.constEnd())
                return at(type->name.position,
                          u"There is a type %1 already"_s.arg(type->name.text));
            const auto copy = std::make_shared<TypeDefinition>(*type);
            m_types.insert(type->name.text, copy);
            m_order.append(copy.get());
        } else if (const auto *directive = std::get_if<DirectiveDefinition>(&definition)) {
            const auto isSame = [&](const DirectiveDefinition &other) {
                return other.name.text == directive->name.text;
            };
            if (std::none_of(m_directives.begin(), m_directives.end(), isSame))
                m_directives.append(*directive);
        } else if (const auto *schema = std::get_if<SchemaDefinition>(&definition)) {
            if (!schema->extends)
                m_roots.clear();
            for (const OperationTypeDefinition &operation : schema->operationTypes)
                m_roots.insert(int(operation.kind), operation.type.text);
            if (schema->description)
                m_description = schema->description->text;
        } else if (!std::holds_alternative<TypeDefinition>(definition)) {
            return u"A schema has no operations and fragments"_s;
        }
    }
    for (const Definition &definition : document.definitions) {
        const auto *type = std::get_if<TypeDefinition>(&definition);
        if (!type || !type->extends)
            continue;
        if (const QString problem = merge(*type); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString ExecutableSchema::merge(const TypeDefinition &extension)
{
    const auto type = m_types.value(extension.name.text);
    if (!type || type->kind != extension.kind)
        return at(
            extension.name.position,
            u"There is no %1 %2 to extend"_s.arg(keyword(extension.kind), extension.name.text));
    type->interfaces += extension.interfaces;
    type->directives += extension.directives;
    type->fields += extension.fields;
    type->members += extension.members;
    type->values += extension.values;
    type->inputFields += extension.inputFields;
    return {};
}

//! What execution relies on: names that lead somewhere, to the right kind of type.
QString ExecutableSchema::checkReferences() const
{
    const auto problemOf = [this](const TypeReference &reference, bool isInput) -> QString {
        const TypeReference &named = reference.named();
        const TypeDefinition *found = type(named.name);
        if (!found)
            return at(named.position, u"There is no type %1"_s.arg(named.name));
        const bool isComposite = found->kind == TypeKind::Object
            || found->kind == TypeKind::Interface || found->kind == TypeKind::Union;
        if (isInput ? isComposite : found->kind == TypeKind::InputObject)
            return at(named.position,
                      u"%1 cannot be the type of an %2"_s.arg(
                          named.name, isInput ? u"argument"_s : u"answer"_s));
        return {};
    };
    QString problem;
    const auto note = [&problem](const QString &found) {
        if (problem.isEmpty())
            problem = found;
    };
    for (const TypeDefinition *type : m_order) {
        for (const FieldDefinition &field : type->fields) {
            note(problemOf(field.type, false));
            for (const InputValueDefinition &argument : field.arguments)
                note(problemOf(argument.type, true));
        }
        for (const InputValueDefinition &field : type->inputFields)
            note(problemOf(field.type, true));
        for (const QList<Name> &names : {type->interfaces, type->members}) {
            for (const Name &name : names) {
                if (!this->type(name.text))
                    note(at(name.position, u"There is no type %1"_s.arg(name.text)));
            }
        }
        const bool needsFields =
            type->kind == TypeKind::Object || type->kind == TypeKind::Interface;
        if (needsFields && type->fields.isEmpty())
            note(at(type->name.position, u"%1 has no fields"_s.arg(type->name.text)));
    }
    if (!root(OperationKind::Query))
        note(u"There is no type Query"_s);
    return problem;
}

void ExecutableSchema::index()
{
    for (const TypeDefinition *type : std::as_const(m_order)) {
        auto &fields = m_fields[type];
        for (const FieldDefinition &field : type->fields)
            fields.insert(field.name.text, &field);
        if (type->kind == TypeKind::Object) {
            for (const Name &name : type->interfaces)
                m_possible[name.text].insert(type->name.text);
        }
        for (const Name &name : type->members)
            m_possible[type->name.text].insert(name.text);
    }
    const TypeDefinition *subscription = root(OperationKind::Subscription);
    if (!subscription)
        return;
    for (const FieldDefinition &field : subscription->fields) {
        for (const Directive &directive : field.directives) {
            if (directive.name.text != "aws_subscribe"_L1 || directive.arguments.isEmpty())
                continue;
            for (const QString &mutation : stringsOf(directive.arguments.first().value))
                m_subscriptions[mutation].append(field.name.text);
        }
    }
}

const TypeDefinition *ExecutableSchema::type(const QString &name) const
{
    const auto found = m_types.constFind(name);
    return found == m_types.constEnd() ? nullptr : found->get();
}

const FieldDefinition *ExecutableSchema::field(const TypeDefinition &type,
                                               const QString &name) const
{
    if (name == "__typename"_L1
        || (name.startsWith("__"_L1) && &type == root(OperationKind::Query)))
        return metaField(name);
    const auto fields = m_fields.constFind(&type);
    return fields == m_fields.constEnd() ? nullptr : fields->value(name);
}

const TypeDefinition *ExecutableSchema::root(OperationKind kind) const
{
    return type(m_roots.value(int(kind)));
}

bool ExecutableSchema::isRoot(const TypeDefinition &type) const
{
    return std::any_of(m_roots.begin(), m_roots.end(),
                       [&](const QString &name) { return name == type.name.text; });
}

QList<const TypeDefinition *> ExecutableSchema::visibleTypes() const
{
    QSet<QString> used{u"String"_s, u"Boolean"_s};
    const auto useAll = [&used](const QList<InputValueDefinition> &values) {
        for (const InputValueDefinition &value : values)
            used.insert(value.type.named().name);
    };
    for (const TypeDefinition *type : m_order.sliced(m_ownTypes)) {
        useAll(type->inputFields);
        for (const FieldDefinition &field : type->fields) {
            used.insert(field.type.named().name);
            useAll(field.arguments);
        }
    }
    for (const DirectiveDefinition *directive : visibleDirectives())
        useAll(directive->arguments);
    QList<const TypeDefinition *> list = m_order.sliced(m_ownTypes);
    for (const TypeDefinition *type : m_order.first(m_ownTypes)) {
        if (used.contains(type->name.text) || type->name.text.startsWith("__"_L1))
            list.append(type);
    }
    return list;
}

QList<const DirectiveDefinition *> ExecutableSchema::visibleDirectives() const
{
    static const QStringList hidden{u"canonical"_s, u"hidden"_s, u"renamed"_s};
    QList<const DirectiveDefinition *> list;
    for (const DirectiveDefinition &directive : m_directives) {
        if (!directive.name.text.startsWith("aws_"_L1) && !hidden.contains(directive.name.text))
            list.append(&directive);
    }
    return list;
}

bool ExecutableSchema::isOf(const QString &object, const QString &type) const
{
    return object == type || m_possible.value(type).contains(object);
}

QStringList ExecutableSchema::possibleTypes(const QString &abstractType) const
{
    QStringList names;
    const QSet<QString> possible = m_possible.value(abstractType);
    for (const TypeDefinition *type : m_order) {
        if (possible.contains(type->name.text))
            names.append(type->name.text);
    }
    return names;
}

} // namespace AppSync::Emulation
