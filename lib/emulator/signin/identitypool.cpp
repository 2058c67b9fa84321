// SPDX-License-Identifier: Apache-2.0
#include "identitypool_p.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr std::chrono::seconds kLifetime{3600}; // of credentials
constexpr int kDaysOfAnId = 365;

//! Issuers are written without their scheme here.
QString withoutScheme(const QString &issuer)
{
    return issuer.startsWith(u"https://"_s) ? issuer.sliced(8) : issuer;
}

//! As policies and handlers see it: the user pool or issuer, and whom it signed in.
QString providerOf(const QString &login)
{
    if (login.isEmpty())
        return {};
    const QString issuer = withoutScheme(login.section(u' ', 0, 0));
    return u"\"%1\",\"%1:CognitoSignIn:%2\""_s.arg(issuer, login.section(u' ', 1));
}

} // namespace

IdentityPool::IdentityPool(const EmulatorOptions::IdentityPool &settings, Identities &identities,
                           const TokenCheck &tokens, const Now &now)
    : m_settings(settings), m_identities(identities), m_tokens(tokens), m_now(now)
{
}

CognitoAnswer IdentityPool::handle(const QString &operation, const QJsonObject &request)
{
    if (operation == u"GetId"_s)
        return getId(request);
    if (operation == u"GetCredentialsForIdentity"_s)
        return getCredentials(request);
    return CognitoAnswer::failure(u"UnknownOperationException"_s,
                                  u"This local AppSync does not play \"%1\"."_s.arg(operation));
}

std::optional<QString> IdentityPool::loginOf(const QJsonObject &request,
                                             CognitoAnswer *refusal) const
{
    const auto refuse = [&](const QString &message) {
        *refusal = CognitoAnswer::notAuthorized(message);
        return std::nullopt;
    };
    const QJsonObject logins = request.value("Logins"_L1).toObject();
    if (logins.isEmpty()) {
        if (!m_settings.allowsGuests)
            return refuse(u"Unauthenticated access is not supported for this identity pool."_s);
        return QString();
    }
    const auto token = WebToken::parse(logins.begin().value().toString());
    const TokenCheck::Provider *provider = token ? m_tokens.providerOf(*token) : nullptr;
    if (!provider || withoutScheme(provider->issuer) != logins.begin().key())
        return refuse(u"Token is not from a supported provider of this identity pool."_s);
    const bool isOfUserPool = provider->kind == EmulatorOptions::AuthMode::UserPool;
    if (isOfUserPool && token->claims.value("token_use"_L1).toString() != "id"_L1)
        return refuse(u"Invalid login token. Not an ID token."_s);
    const TokenCheck::Verdict verdict = m_tokens.verify(*token, *provider);
    if (verdict.hasExpired)
        return refuse(
            u"Invalid login token. Token expired: %1 >= %2"_s.arg(m_now().toSecsSinceEpoch())
                .arg(token->claims.value("exp"_L1).toInteger()));
    if (!verdict.isGood())
        return refuse(u"Invalid login token. "_s + verdict.problem);
    return QString(provider->issuer + u' ' + verdict.subject());
}

CognitoAnswer IdentityPool::getId(const QJsonObject &request)
{
    const QString pool = request.value("IdentityPoolId"_L1).toString();
    if (pool != m_settings.id)
        return CognitoAnswer::failure(u"ResourceNotFoundException"_s,
                                      u"IdentityPool '%1' not found."_s.arg(pool));
    CognitoAnswer refusal;
    const auto login = loginOf(request, &refusal);
    if (!login)
        return refusal;
    QString id = login->isEmpty() ? QString() : m_ids.value(*login);
    if (id.isEmpty()) {
        id = m_settings.id.section(u':', 0, 0) + u':'
            + QUuid::createUuid().toString(QUuid::WithoutBraces);
        const QDateTime now = m_now();
        m_logins.insert(id, *login, now.addDays(kDaysOfAnId), now);
        if (!login->isEmpty())
            m_ids.insert(*login, id);
    }
    return {{{u"IdentityId"_s, id}}};
}

CognitoAnswer IdentityPool::getCredentials(const QJsonObject &request)
{
    const QString id = request.value("IdentityId"_L1).toString();
    QString *const owner = m_logins.find(id);
    if (!owner)
        return CognitoAnswer::failure(u"ResourceNotFoundException"_s,
                                      u"Identity '%1' not found."_s.arg(id));
    CognitoAnswer refusal;
    const auto login = loginOf(request, &refusal);
    if (!login)
        return refusal;
    // Whoever was a guest and signs in keeps the identity, unless another one is theirs already.
    if (owner->isEmpty() && !login->isEmpty() && !m_ids.contains(*login)) {
        *owner = *login;
        m_ids.insert(*login, id);
    }
    if (*login != *owner)
        return CognitoAnswer::notAuthorized(u"Access to Identity '%1' is forbidden."_s.arg(id));
    const QString arn =
        Identities::roleArn(login->isEmpty() ? m_settings.guestRole : m_settings.userRole);
    if (const QString wanted = request.value("CustomRoleArn"_L1).toString();
        !wanted.isEmpty() && wanted != arn)
        return CognitoAnswer::invalidParameter(u"This identity may become %1 only."_s.arg(arn));
    const Principal principal =
        m_identities.issue(*m_identities.role(arn), u"CognitoIdentityCredentials"_s, kLifetime,
                           m_now(), CognitoIdentity{m_settings.id, id, providerOf(*login)});
    const QJsonObject credentials{
        {u"AccessKeyId"_s, principal.accessKeyId},
        {u"SecretKey"_s, principal.secretAccessKey},
        {u"SessionToken"_s, principal.sessionToken},
        {u"Expiration"_s, principal.expiration.toSecsSinceEpoch()},
    };
    return {{{u"IdentityId"_s, id}, {u"Credentials"_s, credentials}}};
}

} // namespace AppSync::Emulation
