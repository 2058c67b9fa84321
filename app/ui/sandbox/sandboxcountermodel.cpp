// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxcountermodel.h"
namespace Syncscope {
SandboxCounterModel::SandboxCounterModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
}
int SandboxCounterModel::rowCount(const QModelIndex &) const
{
    return 0;
}
QVariant SandboxCounterModel::data(const QModelIndex &, int) const
{
    return {};
}
QHash<int, QByteArray> SandboxCounterModel::roleNames() const
{
    return {{NameRole, "name"}, {ValueRole, "value"}, {HelpRole, "help"}};
}
} // namespace Syncscope
