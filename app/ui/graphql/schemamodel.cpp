// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/schemamodel.h"

#include <AppSync/GraphQlPrinter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

namespace Graph = AppSync::GraphQl;

constexpr Graph::OperationKind kRoots[] = {Graph::OperationKind::Query,
                                           Graph::OperationKind::Mutation,
                                           Graph::OperationKind::Subscription};

QString textOf(const std::optional<Graph::Value> &description)
{
    return description ? description->text.simplified() : QString();
}

QString inputText(const Graph::InputValueDefinition &input)
{
    const QString text = u": "_s + input.type.toString();
    return input.defaultValue ? text + u" = "_s + Graph::print(*input.defaultValue) : text;
}

QString fieldText(const Graph::FieldDefinition &field)
{
    QStringList arguments;
    for (const Graph::InputValueDefinition &argument : field.arguments)
        arguments += argument.name.text + inputText(argument);
    const QString list = arguments.isEmpty() ? QString() : u'(' + arguments.join(u", "_s) + u')';
    return list + u": "_s + field.type.toString();
}

} // namespace

SchemaModel::SchemaModel(QObject *parent) : QAbstractListModel(parent)
{
}

int SchemaModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (Role(role)) {
    case KindRole:
        return row.kind;
    case NameRole:
        return row.name;
    case SignatureRole:
        return row.signature;
    case DescriptionRole:
        return row.description;
    case DeprecatedRole:
        return row.deprecated;
    case TargetRole:
        return row.target;
    case IndentRole:
        return row.indent;
    case AccessibleNameRole:
        return u"%1 %2%3. %4"_s.arg(row.kind, row.name, row.signature, row.description);
    }
    return {};
}

QHash<int, QByteArray> SchemaModel::roleNames() const
{
    return {{KindRole, "kind"},
            {NameRole, "name"},
            {SignatureRole, "signature"},
            {DescriptionRole, "description"},
            {DeprecatedRole, "deprecated"},
            {TargetRole, "target"},
            {IndentRole, "indent"},
            {AccessibleNameRole, "accessibleName"}};
}

QString SchemaModel::typeKind() const
{
    const Graph::TypeDefinition *type = m_schema.type(typeName());
    return type ? kindOf(*type) : QString();
}

QString SchemaModel::description() const
{
    const Graph::TypeDefinition *type = m_schema.type(typeName());
    return type && type->description ? type->description->text.trimmed() : QString();
}

void SchemaModel::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    rebuild();
}

QString SchemaModel::remark() const
{
    return m_isCut ? tr("The first %1 are listed. Type more to find less.").arg(kMostFound)
                   : QString();
}

void SchemaModel::setSchema(const Graph::Schema &schema)
{
    m_schema = schema;
    while (!m_path.isEmpty() && !m_schema.type(m_path.last()))
        m_path.removeLast();
    rebuild();
}

void SchemaModel::goTo(const QString &typeName)
{
    if (!m_schema.type(typeName))
        return;
    m_search.clear();
    if (m_path.isEmpty() || m_path.last() != typeName)
        m_path.append(typeName);
    rebuild();
}

void SchemaModel::follow(int row)
{
    if (row >= 0 && row < count())
        goTo(m_rows.at(row).target);
}

void SchemaModel::goBack()
{
    if (!m_search.isEmpty())
        m_search.clear();
    else if (!m_path.isEmpty())
        m_path.removeLast();
    rebuild();
}

void SchemaModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    m_isCut = false;
    const Graph::TypeDefinition *type = m_schema.type(typeName());
    if (!m_search.trimmed().isEmpty())
        listFound();
    else if (type)
        listMembers(*type);
    else
        listTypes();
    endResetModel();
    Q_EMIT changed();
}

void SchemaModel::listTypes()
{
    for (const Graph::OperationKind kind : kRoots) {
        if (const Graph::TypeDefinition *root = m_schema.rootType(kind))
            addType(*root);
    }
    for (const Graph::TypeDefinition &type : m_schema.types()) {
        const bool isRoot = std::any_of(std::begin(kRoots), std::end(kRoots), [&](auto kind) {
            return m_schema.rootType(kind) == &type;
        });
        if (!isRoot && !m_schema.isBuiltIn(type))
            addType(type);
    }
}

void SchemaModel::listMembers(const Graph::TypeDefinition &type)
{
    for (const Graph::Name &name : type.interfaces)
        addReference(tr("implements"), name.text);
    for (const Graph::FieldDefinition &field : type.fields)
        addField(field, {}, true);
    for (const Graph::InputValueDefinition &field : type.inputFields)
        addInput(field, tr("field"), {}, 0);
    for (const Graph::EnumValueDefinition &value : type.values)
        addValue(value, {});
    const bool isAbstract = Graph::isAbstract(type.kind);
    const auto possible =
        isAbstract ? m_schema.possibleTypes(type) : QList<const Graph::TypeDefinition *>();
    for (const Graph::TypeDefinition *member : possible)
        addReference(tr("may be"), member->name.text);
}

void SchemaModel::listFound()
{
    // Names that begin so come before names that contain it only by where they are in the schema: no sorting,
    // what the user knows the order of stays in it.
    for (const Graph::TypeDefinition &type : m_schema.types()) {
        if (m_rows.size() > kMostFound)
            break;
        if (!m_schema.isBuiltIn(type))
            find(type);
    }
    m_isCut = m_rows.size() > kMostFound;
    if (m_isCut)
        m_rows.resize(kMostFound);
}

void SchemaModel::find(const Graph::TypeDefinition &type)
{
    const QString wanted = m_search.trimmed();
    const QString prefix = type.name.text + u'.';
    const auto fits = [&](const Graph::Name &name) {
        return name.text.contains(wanted, Qt::CaseInsensitive);
    };
    if (fits(type.name))
        addType(type);
    for (const Graph::FieldDefinition &field : type.fields) {
        if (fits(field.name)
            || std::any_of(field.arguments.cbegin(), field.arguments.cend(),
                           [&](const auto &argument) { return fits(argument.name); }))
            addField(field, prefix, false);
    }
    for (const Graph::InputValueDefinition &field : type.inputFields) {
        if (fits(field.name))
            addInput(field, tr("field"), prefix, 0);
    }
    for (const Graph::EnumValueDefinition &value : type.values) {
        if (fits(value.name))
            addValue(value, prefix);
    }
}

void SchemaModel::addType(const Graph::TypeDefinition &type)
{
    Row row;
    row.kind = kindOf(type);
    row.name = type.name.text;
    row.description = textOf(type.description);
    row.target = row.name;
    m_rows += row;
}

void SchemaModel::addField(const Graph::FieldDefinition &field, const QString &prefix,
                           bool withArguments)
{
    Row row;
    row.kind = tr("field");
    row.name = prefix + field.name.text;
    row.signature = withArguments ? u": "_s + field.type.toString() : fieldText(field);
    row.description = textOf(field.description);
    row.deprecated = Graph::deprecationReason(field.directives).value_or(QString());
    row.target = prefix.isEmpty() ? field.type.named().name : prefix.chopped(1);
    m_rows += row;
    if (!withArguments)
        return;
    for (const Graph::InputValueDefinition &argument : field.arguments)
        addInput(argument, tr("argument"), {}, 1);
}

void SchemaModel::addInput(const Graph::InputValueDefinition &input, const QString &kind,
                           const QString &prefix, int indent)
{
    Row row;
    row.kind = kind;
    row.name = prefix + input.name.text;
    row.signature = inputText(input);
    row.description = textOf(input.description);
    row.deprecated = Graph::deprecationReason(input.directives).value_or(QString());
    row.target = prefix.isEmpty() ? input.type.named().name : prefix.chopped(1);
    row.indent = indent;
    m_rows += row;
}

void SchemaModel::addValue(const Graph::EnumValueDefinition &value, const QString &prefix)
{
    Row row;
    row.kind = tr("value");
    row.name = prefix + value.name.text;
    row.description = textOf(value.description);
    row.deprecated = Graph::deprecationReason(value.directives).value_or(QString());
    row.target = prefix.isEmpty() ? QString() : prefix.chopped(1);
    m_rows += row;
}

void SchemaModel::addReference(const QString &kind, const QString &name)
{
    Row row;
    row.kind = kind;
    row.name = name;
    row.target = name;
    m_rows += row;
}

QString SchemaModel::kindOf(const Graph::TypeDefinition &type) const
{
    for (const Graph::OperationKind kind : kRoots) {
        if (m_schema.rootType(kind) == &type)
            return tr("%1 root").arg(Graph::keyword(kind));
    }
    return Graph::keyword(type.kind);
}

} // namespace Syncscope
