// SPDX-License-Identifier: Apache-2.0
#include "app/ui/completion.h"

namespace Syncscope {

int CompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CompletionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CompletionProposal &proposal = m_completion.proposals.at(index.row());
    switch (Role(role)) {
    case TextRole:
        return proposal.text;
    case DetailRole:
        return proposal.detail;
    case DescriptionRole:
        return proposal.description;
    case DeprecatedRole:
        return proposal.isDeprecated;
    }
    return {};
}

QHash<int, QByteArray> CompletionModel::roleNames() const
{
    return {{TextRole, "proposal"},
            {DetailRole, "detail"},
            {DescriptionRole, "description"},
            {DeprecatedRole, "deprecated"}};
}

void CompletionModel::setCompletion(const Completion &completion)
{
    beginResetModel();
    m_completion = completion;
    endResetModel();
    Q_EMIT changed();
}

QString CompletionModel::textOf(int row) const
{
    return m_completion.proposals.value(row).text;
}

} // namespace Syncscope
