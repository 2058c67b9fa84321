// SPDX-License-Identifier: Apache-2.0
#include "execution_p.h"

#include "awsscalars_p.h"

#include "inputvalues_p.h"

#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

constexpr qint64 kSliceMs = 8;
constexpr int kTasksPerLook = 64; // at the clock
constexpr qsizetype kMostNodes = 1'000'000;
constexpr qsizetype kMostErrors = 1'000;

} // namespace

//! A field as it was selected, by one or more nodes of the document with the same response name.
struct Execution::Group {
    QString name; //!< in the response
    QByteArray key; //!< the same as JSON, with a colon
    const FieldDefinition *field = nullptr;
    const TypeDefinition *type = nullptr; //!< that it is of
    QList<const Selection *> nodes;
    QJsonObject arguments = {};
    QString argumentProblem = {};
    bool isAllowed = true;
};

//! A value of the response.
struct Execution::Node {
    enum class Kind { Null, Leaf, List, Object };

    Node *parent = nullptr;
    const Group *group = nullptr; //!< the field, of list items that of the list
    const TypeReference *reference = nullptr; //!< its type
    const TypeDefinition *object = nullptr; //!< of an Object
    Kind kind = Kind::Null;
    bool isItem = false;
    int index = 0; //!< of an item
    bool hasError = false; //!< of a root field: it or something in it
    QJsonValue leaf = {};
    std::vector<Node> children = {};
};

Execution::Execution(const std::shared_ptr<const PreparedOperation> &prepared, Settings settings,
                     QObject *parent)
    : QObject(parent)
    , m_prepared(prepared)
    , m_schema(*prepared->schema)
    , m_settings(std::move(settings))
    , m_introspection(m_schema)
{
    m_deadline.setSingleShot(true);
    m_next.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { abort(u"Execution timed out."_s, u"ExecutionTimeout"_s); });
    connect(&m_next, &QTimer::timeout, this, &Execution::work);
}

Execution::~Execution() = default;

void Execution::start(const std::function<void(const Result &)> &done)
{
    m_done = done;
    m_deadline.start(m_settings.deadline);
    const OperationDefinition &operation = *m_prepared->operation;
    const TypeDefinition &type = *m_schema.root(operation.kind);
    m_rootGroup = std::make_unique<Group>();
    m_root = std::make_unique<Node>();
    m_root->group = m_rootGroup.get();
    Collected collected;
    collect(operation.selections, type, &collected);
    m_groups[{m_rootGroup.get(), &type}] = std::move(collected.groups);
    completeObject(m_root.get(), type, m_settings.rootValue);
    if (operation.kind == OperationKind::Mutation)
        m_mutations = std::exchange(m_tasks, {});
    work();
}

void Execution::work()
{
    if (m_isFinished || m_isWorking)
        return;
    m_isWorking = true;
    QElapsedTimer age;
    age.start();
    int count = 0;
    while (!m_isFinished) {
        if (m_tasks.empty() && m_waiting == 0 && !m_mutations.empty()) {
            m_tasks.push_back(m_mutations.front());
            m_mutations.pop_front();
        }
        if (m_tasks.empty())
            break;
        if (m_settings.isSliced && ++count % kTasksPerLook == 0 && age.elapsed() >= kSliceMs) {
            m_next.start(0);
            break;
        }
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        run(task);
    }
    m_isWorking = false;
    if (m_tasks.empty() && m_mutations.empty() && m_waiting == 0 && !m_isFinished)
        finish();
}

void Execution::run(const Task &task)
{
    Node *node = task.node;
    const Group &group = *node->group;
    const QString &name = group.field->name.text;
    if (!group.isAllowed) {
        fail(node,
             {GraphQlError::Kind::Field,
              u"Not Authorized to access %1 on type %2"_s.arg(name, group.type->name.text),
              {},
              {},
              u"Unauthorized"_s});
        return propagate(node);
    }
    if (!group.argumentProblem.isEmpty()) {
        fail(node, {GraphQlError::Kind::Request, group.argumentProblem});
        return propagate(node);
    }
    const TypeReference &type = group.field->type;
    if (name == "__typename"_L1)
        return complete(node, type, group.type->name.text);
    if (name.startsWith("__"_L1))
        return complete(node, type, m_introspection.root(name, group.arguments));
    if (group.type->name.text.startsWith("__"_L1))
        return complete(
            node, type,
            m_introspection.resolve(group.type->name.text, name, task.source, group.arguments));
    if (m_settings.resolve) {
        ++m_waiting;
        const QJsonValue source = node->parent == m_root.get() ? QJsonValue() : task.source;
        const Call call{group.type, group.field,  group.arguments,
                        source,     &group.nodes, m_prepared->document.get()};
        const auto isAnswered = std::make_shared<bool>(false);
        const bool isResolved = m_settings.resolve(
            call, [this, guard = QPointer(this), node, isAnswered](const FieldAnswer &answer) {
                if (guard && !m_isFinished && !std::exchange(*isAnswered, true))
                    onAnswer(node, answer);
            });
        if (isResolved) {
            if (++m_resolvers > m_settings.resolverLimit)
                abort(u"The request runs more than %1 resolvers."_s.arg(m_settings.resolverLimit),
                      u"ResolverCountLimitExceeded"_s);
            return;
        }
        --m_waiting;
    }
    complete(node, type, task.source.toObject().value(name));
}

void Execution::onAnswer(Node *node, const FieldAnswer &answer)
{
    --m_waiting;
    for (const GraphQlError &error : answer.appended)
        fail(node, error);
    if (answer.error) {
        fail(node, *answer.error);
        propagate(node);
    } else {
        complete(node, node->group->field->type, answer.value);
    }
    work();
}

void Execution::complete(Node *node, const TypeReference &type, const QJsonValue &value)
{
    if (!node->reference)
        node->reference = &type;
    const bool isNonNull = type.kind == TypeReference::Kind::NonNull;
    const TypeReference &nullable = isNonNull ? type.wrapped() : type;
    if (value.isNull() || value.isUndefined())
        return setNull(node, type, value);
    if (nullable.kind == TypeReference::Kind::List)
        completeList(node, nullable, value);
    else
        completeNamed(node, nullable, value);
}

void Execution::setNull(Node *node, const TypeReference &type, const QJsonValue &)
{
    if (type.kind != TypeReference::Kind::NonNull)
        return; // it is what it was from the beginning
    const QJsonArray path = pathOf(node);
    fail(node,
         {GraphQlError::Kind::Value,
          u"Cannot return null for non-nullable type: '%1' within parent '%2' (%3)"_s.arg(
              type.wrapped().toString(), node->group->type->name.text,
              GraphQlError::pathText(path))});
    propagate(node);
}

//! \a node is null: so is what must not hold a null.
void Execution::propagate(Node *node)
{
    node->kind = Node::Kind::Null;
    const TypeReference *type = node->reference ? node->reference
        : node->group->field                    ? &node->group->field->type
                                                : nullptr;
    if (type && type->kind == TypeReference::Kind::NonNull && node->parent)
        propagate(node->parent);
}

void Execution::completeList(Node *node, const TypeReference &type, const QJsonValue &value)
{
    if (!value.isArray())
        return failValue(node,
                         u"Can't resolve value (%1) : type mismatch error, expected type LIST"_s);
    const QJsonArray items = value.toArray();
    if (!takeNodes(items.size()))
        return;
    node->kind = Node::Kind::List;
    node->children.resize(size_t(items.size()));
    int index = 0;
    for (const QJsonValue item : items) {
        Node &child = node->children[size_t(index)];
        child.parent = node;
        child.group = node->group;
        child.isItem = true;
        child.index = index++;
        complete(&child, type.wrapped(), item);
    }
}

void Execution::completeNamed(Node *node, const TypeReference &type, const QJsonValue &value)
{
    const TypeDefinition &definition = *m_schema.type(type.name);
    if (definition.kind == TypeKind::Enum) {
        const bool isKnown =
            std::any_of(definition.values.begin(), definition.values.end(),
                        [&](const auto &one) { return one.name.text == value.toString(); });
        if (!isKnown)
            return failValue(node,
                             u"Can't serialize value (%1) : Invalid input for Enum '%2'."_s.arg(
                                 u"%1"_s, type.name));
        node->leaf = value;
    } else if (definition.kind == TypeKind::Scalar) {
        node->leaf = AwsScalars::serialized(type.name, value);
        if (node->leaf.isUndefined()) {
            QByteArray text;
            appendJson(text, value);
            const QString shown =
                value.isString() ? value.toString() : QString::fromUtf8(text).left(200);
            return failValue(node,
                             u"Can't serialize value (%1) : Unable to serialize `%2` as a valid "
                             "%3 Object."_s.arg(u"%1"_s, shown, type.name));
        }
    } else {
        const TypeDefinition *object = concreteType(definition, value);
        if (!object)
            return failValue(node,
                             u"Could not determine the exact type of '%2' (%1): its value needs "
                             "__typename."_s.arg(u"%1"_s, type.name));
        const bool isHandle = object->name.text.startsWith("__"_L1); // of introspection
        if (!value.isObject() && !isHandle)
            return failValue(
                node, u"Can't resolve value (%1) : type mismatch error, expected type MAP"_s);
        return completeObject(node, *object, value);
    }
    node->kind = Node::Kind::Leaf;
}

const TypeDefinition *Execution::concreteType(const TypeDefinition &type,
                                              const QJsonValue &value) const
{
    if (type.kind == TypeKind::Object)
        return &type;
    const QString name = value.toObject().value("__typename"_L1).toString();
    if (!name.isEmpty())
        return m_schema.isOf(name, type.name.text) ? m_schema.type(name) : nullptr;
    const QStringList possible = m_schema.possibleTypes(type.name.text);
    return possible.size() == 1 ? m_schema.type(possible.first()) : nullptr;
}

void Execution::completeObject(Node *node, const TypeDefinition &type, const QJsonValue &value)
{
    const Groups &groups = groupsOf(*node->group, type);
    if (!takeNodes(qsizetype(groups.size())))
        return;
    node->kind = Node::Kind::Object;
    node->object = &type;
    node->children.resize(groups.size());
    for (size_t i = 0; i < groups.size(); ++i) {
        Node &child = node->children[i];
        child.parent = node;
        child.group = groups[i].get();
        m_tasks.push_back({&child, value});
    }
}

bool Execution::takeNodes(qsizetype count)
{
    m_nodes += count;
    if (m_nodes <= kMostNodes)
        return true;
    if (!m_isFinished)
        abort(u"The answer has more than %1 values."_s.arg(kMostNodes), u"ResponseTooLarge"_s);
    return false;
}

const Execution::Groups &Execution::groupsOf(const Group &group, const TypeDefinition &type)
{
    const auto key = std::pair(&group, &type);
    if (const auto found = m_groups.find(key); found != m_groups.end())
        return found->second;
    Collected collected;
    for (const Selection *node : group.nodes)
        collect(node->selections, type, &collected);
    return m_groups[key] = std::move(collected.groups);
}

void Execution::collect(const QList<Selection> &selections, const TypeDefinition &type,
                        Collected *collected)
{
    for (const Selection &selection : selections) {
        if (!isIncluded(selection.directives))
            continue;
        if (selection.kind == Selection::Kind::Field) {
            addField(selection, type, collected);
        } else if (selection.kind == Selection::Kind::InlineFragment) {
            if (selection.typeCondition.isEmpty() || applies(selection.typeCondition.text, type))
                collect(selection.selections, type, collected);
        } else if (!collected->fragments.contains(selection.name.text)) {
            collected->fragments.insert(selection.name.text);
            const FragmentDefinition *fragment =
                m_prepared->document->fragment(selection.name.text);
            if (fragment && applies(fragment->typeCondition.text, type))
                collect(fragment->selections, type, collected);
        }
    }
}

void Execution::addField(const Selection &selection, const TypeDefinition &type,
                         Collected *collected)
{
    const QString name = selection.responseName().text;
    if (Group *known = collected->byName.value(name)) {
        known->nodes.append(&selection);
        return;
    }
    const FieldDefinition *field = m_schema.field(type, selection.name.text);
    if (!field)
        return; // validation found it good, so this is none
    auto group = std::make_unique<Group>();
    group->name = name;
    appendJson(group->key, name);
    group->key += ':';
    group->field = field;
    group->type = &type;
    group->nodes.append(&selection);
    group->arguments = InputValues(m_schema).arguments(
        field->arguments, selection.arguments, m_prepared->variables, &group->argumentProblem);
    group->isAllowed = !m_settings.access || m_settings.access->allows(type, *field);
    collected->byName.insert(name, group.get());
    collected->groups.push_back(std::move(group));
}

bool Execution::isIncluded(const QList<Directive> &directives) const
{
    for (const Directive &directive : directives) {
        const bool isSkip = directive.name.text == "skip"_L1;
        if ((!isSkip && directive.name.text != "include"_L1) || directive.arguments.isEmpty())
            continue;
        const Value &value = directive.arguments.first().value;
        const bool condition = value.kind == Value::Kind::Variable
            ? m_prepared->variables.value(value.text).toBool()
            : value.text == "true"_L1;
        if (condition == isSkip)
            return false;
    }
    return true;
}

bool Execution::applies(const QString &condition, const TypeDefinition &type) const
{
    return m_schema.isOf(type.name.text, condition);
}

void Execution::fail(const Node *node, GraphQlError error)
{
    for (const Node *up = node; up; up = up->parent) {
        if (up->parent == m_root.get())
            const_cast<Node *>(up)->hasError = true;
    }
    if (m_errors.size() >= kMostErrors)
        return;
    error.path = pathOf(node);
    for (const Selection *selection : node->group->nodes)
        error.locations.append(selection->position);
    m_errors.append(error);
}

//! \a message: with `%1` for the path.
void Execution::failValue(Node *node, const QString &message)
{
    fail(node, {GraphQlError::Kind::Value, message.arg(GraphQlError::pathText(pathOf(node)))});
    propagate(node);
}

QJsonArray Execution::pathOf(const Node *node) const
{
    QJsonArray path;
    for (; node != m_root.get(); node = node->parent)
        path.prepend(node->isItem ? QJsonValue(node->index) : QJsonValue(node->group->name));
    return path;
}

void Execution::abort(const QString &message, const QString &type)
{
    m_isFinished = true;
    m_deadline.stop();
    GraphQlError error{GraphQlError::Kind::Field, message};
    error.type = type;
    m_done({"null", {error}});
}

void Execution::finish()
{
    m_isFinished = true;
    m_deadline.stop();
    Result result{{}, m_errors};
    write(result.data, *m_root);
    if (m_prepared->operation->kind == OperationKind::Mutation
        && m_root->kind == Node::Kind::Object) {
        for (const Node &child : m_root->children) {
            if (!child.hasError && child.kind != Node::Kind::Null)
                result.published.append({child.group->field->name.text, published(child)});
        }
    }
    m_done(result);
}

void Execution::write(QByteArray &out, const Node &node) const
{
    switch (node.kind) {
    case Node::Kind::Null:
        out += "null";
        return;
    case Node::Kind::Leaf:
        return appendJson(out, node.leaf);
    case Node::Kind::List:
    case Node::Kind::Object:
        break;
    }
    const bool isList = node.kind == Node::Kind::List;
    out += isList ? '[' : '{';
    for (const Node &child : node.children) {
        if (!isList)
            out += child.group->key;
        write(out, child);
        out += ',';
    }
    if (!node.children.empty())
        out.chop(1);
    out += isList ? ']' : '}';
}

QJsonValue Execution::published(const Node &node) const
{
    if (node.kind == Node::Kind::List) {
        QJsonArray list;
        for (const Node &child : node.children)
            list.append(published(child));
        return list;
    }
    if (node.kind != Node::Kind::Object)
        return node.leaf; // null unless it is a Leaf
    QJsonObject object{{u"__typename"_s, node.object->name.text}};
    for (const Node &child : node.children)
        object.insert(child.group->field->name.text, published(child));
    return object;
}

namespace {

//! Measures how deep selections are, each fragment once.
class Depth {
public:
    explicit Depth(const Document &document) : m_document(document) { }

    //! \a level: of recursion, which must end.
    int of(const QList<Selection> &selections, int level)
    {
        int most = 0;
        for (const Selection &selection : selections) {
            if (level > Execution::kDeepest)
                return Execution::kDeepest + 1;
            int depth = 0;
            if (selection.kind == Selection::Kind::Field)
                depth = 1 + of(selection.selections, level + 1);
            else if (selection.kind == Selection::Kind::InlineFragment)
                depth = of(selection.selections, level + 1);
            else
                depth = ofFragment(selection.name.text, level);
            most = std::max(most, depth);
        }
        return most;
    }

private:
    int ofFragment(const QString &name, int level)
    {
        if (const auto known = m_known.constFind(name); known != m_known.constEnd())
            return *known;
        const FragmentDefinition *fragment = m_document.fragment(name);
        const int depth = fragment ? of(fragment->selections, level + 1) : 0;
        m_known.insert(name, depth);
        return depth;
    }

    const Document &m_document;
    QHash<QString, int> m_known; //!< of fragments
};

} // namespace

int Execution::depth(const Document &document, const QList<Selection> &selections)
{
    return Depth(document).of(selections, 0);
}

} // namespace AppSync::Emulation
