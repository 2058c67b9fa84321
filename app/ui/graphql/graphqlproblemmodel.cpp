// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlproblemmodel.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

int GraphQlProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant GraphQlProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GraphQlProblem &problem = m_problems.at(index.row());
    switch (Role(role)) {
    case MessageRole:
        return problem.message;
    case PlaceRole:
        return problem.line > 0 ? u"%1:%2"_s.arg(problem.line).arg(problem.column) : QString();
    case OffsetRole:
        return problem.offset;
    }
    return {};
}

QHash<int, QByteArray> GraphQlProblemModel::roleNames() const
{
    return {{MessageRole, "message"}, {PlaceRole, "place"}, {OffsetRole, "offset"}};
}

QVariantList GraphQlProblemModel::lines() const
{
    QVariantList lines;
    for (const GraphQlProblem &problem : m_problems) {
        if (problem.line > 0 && !lines.contains(problem.line))
            lines += problem.line;
    }
    return lines;
}

void GraphQlProblemModel::setProblems(const QList<GraphQlProblem> &problems)
{
    if (m_problems == problems)
        return;
    beginResetModel();
    m_problems = problems;
    endResetModel();
    Q_EMIT changed();
}

} // namespace Syncscope
