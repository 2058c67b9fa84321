// SPDX-License-Identifier: Apache-2.0
#include "identities_p.h"

#include "../randomtext_p.h"
#include "../wildcard_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kTokenBytes = 258; // of a session token

bool covers(const QList<EmulatorOptions::Grant> &grants, const QString &action,
            const QString &resource)
{
    return std::any_of(grants.begin(), grants.end(), [&](const EmulatorOptions::Grant &grant) {
        const auto isAction = [&](const QString &pattern) {
            return matchesWildcards(pattern, action, Qt::CaseInsensitive);
        };
        const auto isResource = [&](const QString &pattern) {
            return matchesWildcards(pattern, resource);
        };
        return std::any_of(grant.actions.begin(), grant.actions.end(), isAction)
            && std::any_of(grant.resources.begin(), grant.resources.end(), isResource);
    });
}

Principal user(const EmulatorOptions::Identity &identity)
{
    return {u"arn:aws:iam::"_s + kAccountId + u":user/"_s + identity.name,
            u"AIDA"_s + RandomText::letters(17, RandomText::kKeyId),
            identity.accessKeyId,
            identity.secretAccessKey,
            identity.sessionToken,
            {},
            identity.allow,
            identity.deny,
            identity.mfaSerial,
            identity.mfaSecret};
}

} // namespace

bool Principal::mayDo(const QString &action, const QString &resource) const
{
    return covers(allow, action, resource) && !covers(deny, action, resource);
}

Identities::Identities()
    : m_owner(user({u"owner"_s,
                    u"AKIA"_s + RandomText::letters(16, RandomText::kKeyId),
                    RandomText::letters(40, RandomText::kSecret),
                    {},
                    {{{u"*"_s}}},
                    {}}))
{
}

QString Identities::setLasting(const QList<EmulatorOptions::Identity> &identities)
{
    QHash<QString, Principal> lasting;
    for (const EmulatorOptions::Identity &identity : identities) {
        if (identity.accessKeyId.isEmpty() || identity.secretAccessKey.isEmpty())
            return u"Identity \"%1\" needs an access key and a secret"_s.arg(identity.name);
        if (lasting.contains(identity.accessKeyId) || identity.accessKeyId == m_owner.accessKeyId)
            return u"Access key %1 belongs to two identities"_s.arg(identity.accessKeyId);
        lasting.insert(identity.accessKeyId, user(identity));
    }
    m_lasting = lasting;
    return {};
}

const Principal *Identities::find(const QString &accessKeyId) const
{
    if (accessKeyId == m_owner.accessKeyId)
        return &m_owner;
    const auto lasting = m_lasting.constFind(accessKeyId);
    return lasting == m_lasting.constEnd() ? m_temporary.find(accessKeyId) : &*lasting;
}

QString Identities::setRoles(const QList<EmulatorOptions::Role> &roles)
{
    static const QRegularExpression form(u"^[A-Za-z0-9+=,.@_-]{1,64}$"_s);
    QStringList names;
    for (const EmulatorOptions::Role &role : roles) {
        if (!form.match(role.name).hasMatch() || names.contains(role.name))
            return u"Role \"%1\" needs a name of its own, without spaces"_s.arg(role.name);
        names += role.name;
    }
    m_roles = roles;
    return {};
}

const EmulatorOptions::Role *Identities::role(const QString &arn) const
{
    const auto found =
        std::find_if(m_roles.begin(), m_roles.end(),
                     [&](const EmulatorOptions::Role &role) { return roleArn(role.name) == arn; });
    return found == m_roles.end() ? nullptr : &*found;
}

QString Identities::roleArn(const QString &name)
{
    return u"arn:aws:iam::"_s + kAccountId + u":role/"_s + name;
}

Principal Identities::issue(const EmulatorOptions::Role &role, const QString &sessionName,
                            std::chrono::seconds lifetime, const QDateTime &now,
                            const CognitoIdentity &cognito)
{
    Principal principal{
        u"arn:aws:sts::%1:assumed-role/%2/%3"_s.arg(kAccountId, role.name, sessionName),
        u"AROA"_s + RandomText::letters(17, RandomText::kKeyId) + u':' + sessionName,
        u"ASIA"_s + RandomText::letters(16, RandomText::kKeyId),
        RandomText::letters(40, RandomText::kSecret),
        QString::fromLatin1(RandomText::bytes(kTokenBytes).toBase64()),
        now.addSecs(lifetime.count()),
        role.allow,
        role.deny};
    principal.cognito = cognito;
    m_temporary.insert(principal.accessKeyId, principal, principal.expiration, now);
    return principal;
}

} // namespace AppSync::Emulation
