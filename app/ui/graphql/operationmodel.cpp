// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/operationmodel.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

int OperationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OperationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GraphQlOperationEntry &entry = m_operations.at(index.row());
    const QString kind = AppSync::GraphQl::keyword(entry.kind);
    switch (Role(role)) {
    case NameRole:
        return entry.name.isEmpty() ? entry.detail : entry.name;
    case KindRole:
        return kind;
    case DetailRole:
        return entry.detail;
    case OffsetRole:
        return entry.begin;
    case CurrentRole:
        return index.row() == m_current;
    case AccessibleNameRole:
        return tr("%1 %2, line %3").arg(kind, entry.name).arg(entry.line);
    }
    return {};
}

QHash<int, QByteArray> OperationModel::roleNames() const
{
    return {{NameRole, "name"},       {KindRole, "kind"},
            {DetailRole, "detail"},   {OffsetRole, "offset"},
            {CurrentRole, "current"}, {AccessibleNameRole, "accessibleName"}};
}

void OperationModel::setOperations(const QList<GraphQlOperationEntry> &operations, int cursor)
{
    if (m_operations == operations)
        return setCursor(cursor);
    beginResetModel();
    m_operations = operations;
    m_current = GraphQlAnalysis::operationAt(operations, cursor);
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
}

void OperationModel::setCursor(int cursor)
{
    const int current = GraphQlAnalysis::operationAt(m_operations, cursor);
    if (m_current == current)
        return;
    m_current = current;
    Q_EMIT dataChanged(index(0), index(count() - 1), {CurrentRole});
    Q_EMIT currentChanged();
}

} // namespace Syncscope
