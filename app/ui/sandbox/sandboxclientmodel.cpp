// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxclientmodel.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Client = AppSync::EmulatorConnection;

constexpr std::chrono::milliseconds kSoon{100};
constexpr std::chrono::milliseconds kRegularly{1000};

const Client *find(const QList<Client> &clients, const QString &id)
{
    const auto found = std::find_if(clients.begin(), clients.end(),
                                    [&](const Client &client) { return client.id == id; });
    return found == clients.end() ? nullptr : &*found;
}

QString channelsOf(const Client &client)
{
    QStringList channels;
    for (const Client::Subscription &subscription : client.subscriptions)
        channels.append(subscription.channel);
    return channels.join(u'\n');
}

} // namespace

SandboxClientModel::SandboxClientModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &SandboxClientModel::refresh);
    const auto soon = [this] {
        if (!m_refresh.isActive() || m_refresh.remainingTimeAsDuration() > kSoon)
            m_refresh.start(kSoon);
    };
    connect(emulator, &AppSync::Emulator::connectionCountChanged, this, soon);
    connect(emulator, &AppSync::Emulator::connectionChanged, this, soon);
}

int SandboxClientModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SandboxClientModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Client &client = m_clients[index.row()];
    switch (role) {
    case TitleRole:
        return client.userAgent.isEmpty() ? client.peer
                                          : tr("%1  %2").arg(client.peer, client.userAgent);
    case WhoRole:
        return whoText(client);
    case TrafficRole:
        return trafficText(client);
    case SubscriptionsRole:
        return channelsOf(client);
    case AccessibleNameRole:
        return tr("client %1, %2, %3")
            .arg(client.peer, whoText(client), channelsOf(client).replace(u'\n', u", "_s));
    default:
        return {};
    }
}

QHash<int, QByteArray> SandboxClientModel::roleNames() const
{
    return {{TitleRole, "title"},
            {WhoRole, "who"},
            {TrafficRole, "traffic"},
            {SubscriptionsRole, "subscriptions"},
            {AccessibleNameRole, "accessibleName"}};
}

QString SandboxClientModel::whoText(const Client &client)
{
    const QString since = client.since.toLocalTime().toString(u"HH:mm:ss"_s);
    return client.user.isEmpty() ? tr("%1 since %2").arg(client.authType, since)
                                 : tr("%1, %2, since %3").arg(client.user, client.authType, since);
}

QString SandboxClientModel::trafficText(const Client &client)
{
    const QLocale locale;
    return tr("%1 frames to it, %2; %3 from it")
        .arg(locale.toString(client.framesSent), locale.formattedDataSize(client.bytesSent),
             locale.toString(client.framesReceived));
}

void SandboxClientModel::drop(int row)
{
    if (row >= 0 && row < count())
        m_emulator->dropConnection(m_clients[row].id);
}

void SandboxClientModel::refresh()
{
    const QList<Client> now = m_emulator->connections();
    const int before = count();
    for (int row = count() - 1; row >= 0; --row) {
        if (find(now, m_clients[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_clients.removeAt(row);
        endRemoveRows();
    }
    for (Client &client : m_clients)
        client = *find(now, client.id);
    if (!m_clients.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    for (const Client &client : now) {
        if (find(m_clients, client.id))
            continue;
        beginInsertRows({}, count(), count());
        m_clients.append(client);
        endInsertRows();
    }
    if (!m_clients.isEmpty())
        m_refresh.start(kRegularly);
    if (count() != before)
        Q_EMIT countChanged();
}

} // namespace Syncscope
