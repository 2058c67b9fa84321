// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxclientmodel.h"
namespace Syncscope {
SandboxClientModel::SandboxClientModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
}
int SandboxClientModel::rowCount(const QModelIndex &) const
{
    return 0;
}
QVariant SandboxClientModel::data(const QModelIndex &, int) const
{
    return {};
}
QHash<int, QByteArray> SandboxClientModel::roleNames() const
{
    return {{TitleRole, "title"},
            {WhoRole, "who"},
            {TrafficRole, "traffic"},
            {SubscriptionsRole, "subscriptions"},
            {AccessibleNameRole, "accessibleName"}};
}
void SandboxClientModel::drop(int)
{
}
} // namespace Syncscope
