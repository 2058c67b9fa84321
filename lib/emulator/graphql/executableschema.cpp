// SPDX-License-Identifier: Apache-2.0
#include "executableschema_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

constexpr qsizetype kSchemaBytes = 1024 * 1024; // the service's quota

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
    if (sdl.toUtf8().size() > kSchemaBytes) {
        *problem = u"The schema is larger than 1 MB"_s;
        return nullptr;
    }
    const SchemaResult result = Schema::fromText(sdl);
    if (!result.errors.isEmpty())
        *problem = result.errors.first().toString();
    else if (!result.schema.rootType(OperationKind::Query))
        *problem = u"The schema has no type Query"_s;
    else
        return std::shared_ptr<const ExecutableSchema>(new ExecutableSchema(result.schema));
    return nullptr;
}

ExecutableSchema::ExecutableSchema(const Schema &schema) : m_schema(schema)
{
    for (const TypeDefinition &type : m_schema.types()) {
        if (!isAbstract(type.kind))
            continue;
        for (const TypeDefinition *object : m_schema.possibleTypes(type))
            m_possible[type.name.text].insert(object->name.text);
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

bool ExecutableSchema::isRoot(const TypeDefinition &type) const
{
    return &type == root(OperationKind::Query) || &type == root(OperationKind::Mutation)
        || &type == root(OperationKind::Subscription);
}

bool ExecutableSchema::isOf(const QString &object, const QString &type) const
{
    return object == type || m_possible.value(type).contains(object);
}

QStringList ExecutableSchema::possibleTypes(const QString &abstractType) const
{
    QStringList names;
    const TypeDefinition *type = m_schema.type(abstractType);
    const auto possible = type ? m_schema.possibleTypes(*type) : QList<const TypeDefinition *>();
    for (const TypeDefinition *object : possible)
        names.append(object->name.text);
    return names;
}

QList<const TypeDefinition *> ExecutableSchema::visibleTypes() const
{
    QSet<QString> used{u"String"_s, u"Boolean"_s};
    const auto useAll = [&used](const QList<InputValueDefinition> &values) {
        for (const InputValueDefinition &value : values)
            used.insert(value.type.named().name);
    };
    for (const TypeDefinition &type : m_schema.types()) {
        if (m_schema.isBuiltIn(type))
            continue;
        useAll(type.inputFields);
        for (const FieldDefinition &field : type.fields) {
            used.insert(field.type.named().name);
            useAll(field.arguments);
        }
    }
    for (const DirectiveDefinition *directive : visibleDirectives())
        useAll(directive->arguments);
    QList<const TypeDefinition *> list;
    for (const TypeDefinition &type : m_schema.types()) {
        const bool isOfIntrospection = type.name.text.startsWith("__"_L1);
        if (!m_schema.isBuiltIn(type) || isOfIntrospection || used.contains(type.name.text))
            list.append(&type);
    }
    return list;
}

QList<const DirectiveDefinition *> ExecutableSchema::visibleDirectives() const
{
    QList<const DirectiveDefinition *> list;
    for (const DirectiveDefinition &directive : m_schema.directives()) {
        if (!directive.name.text.startsWith("aws_"_L1))
            list.append(&directive);
    }
    return list;
}

} // namespace AppSync::Emulation
