// SPDX-License-Identifier: Apache-2.0
#include "app/ui/profilelist.h"

#include "app/core/profilestore.h"
#include "app/ui/connectionform.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString authText(const Profile &profile)
{
    using Operation = ProfileDraft::Operation;
    const ProfileDraft draft(profile);
    const QString main = FormFields::nameOf(draft.mode(Operation::Connect));
    if (draft.modes().size() < 2)
        return main;
    return ProfileList::tr("connect %1, subscribe %2, publish %3")
        .arg(main, FormFields::nameOf(draft.mode(Operation::Subscribe)),
             FormFields::nameOf(draft.mode(Operation::Publish)));
}

QString secretsText(const Profile &profile)
{
    QStringList places;
    for (const SecretRole role : secretRoles()) {
        const SecretReference &reference = profile.secret(role);
        if (!reference.isSet())
            continue;
        const QString text = ProfileList::tr("%1: %2").arg(nameOf(role), reference.toText());
        if (!places.contains(text))
            places.append(text);
    }
    return places.join(u" · "_s);
}

QString servicesText(const Profile &profile, const AppSync::Endpoint &endpoint)
{
    if (!endpoint.isValid())
        return {};
    if (!profile.graphqlEndpoint.trimmed().isEmpty())
        return ProfileList::tr("Events, GraphQL");
    return endpoint.service() == AppSync::Endpoint::Service::GraphQl ? ProfileList::tr("GraphQL")
                                                                     : ProfileList::tr("Events");
}

} // namespace

ProfileList::ProfileList(const QString &path, QObject *parent)
    : QAbstractListModel(parent), m_path(path)
{
    reload();
}

int ProfileList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ProfileList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Profile &profile = m_profiles.at(index.row());
    const AppSync::Endpoint endpoint = ConnectionForm::endpointOf(profile);
    switch (role) {
    case NameRole:
        return profile.name;
    case AddressRole:
        return endpoint.isValid() ? endpoint.host() : profile.endpoint;
    case AuthRole:
        return authText(profile);
    case SecretsRole:
        return secretsText(profile);
    case ServiceRole:
        return servicesText(profile, endpoint);
    default:
        return {};
    }
}

QHash<int, QByteArray> ProfileList::roleNames() const
{
    return {{NameRole, "name"},
            {AddressRole, "address"},
            {AuthRole, "auth"},
            {SecretsRole, "secrets"},
            {ServiceRole, "service"}};
}

int ProfileList::rowOf(const QString &name) const
{
    for (int row = 0; row < count(); ++row) {
        if (m_profiles.at(row).name == name)
            return row;
    }
    return -1;
}

QString ProfileList::freeName(const QString &wanted) const
{
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    return store ? store->freeName(wanted) : wanted;
}

void ProfileList::reload()
{
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    beginResetModel();
    m_profiles = store ? store->profiles() : QList<Profile>();
    m_problem = Notice::fromError(problem.toError());
    endResetModel();
    Q_EMIT changed();
}

} // namespace Syncscope
