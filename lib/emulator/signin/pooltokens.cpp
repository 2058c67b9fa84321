// SPDX-License-Identifier: Apache-2.0
#include "pooltokens_p.h"

#include "../randomtext_p.h"

#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kTokenBytes = 192; // of a refresh token, which is opaque

QString uuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString newToken()
{
    return QString::fromLatin1(
        RandomText::bytes(kTokenBytes)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

void addGroups(QJsonObject &claims, const PoolUser &user)
{
    if (!user.data.groups.isEmpty())
        claims.insert("cognito:groups"_L1, QJsonArray::fromStringList(user.data.groups));
}

void addAttributes(QJsonObject &claims, const PoolUser &user)
{
    const QMap<QString, QString> &attributes = user.data.attributes;
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const bool isFlag = it.key().endsWith(u"_verified"_s);
        claims.insert(it.key(), isFlag ? QJsonValue(it.value() == u"true"_s) : it.value());
    }
}

} // namespace

QJsonObject PoolTokens::signIn(const PoolUser &user, const EmulatorOptions::PoolClient &client,
                               const QString &deviceKey)
{
    const QDateTime now = m_now();
    const Refresh refresh{user.data.username,     client.id, uuid(),
                          now.toSecsSinceEpoch(), deviceKey, {}};
    const QString token = newToken();
    m_refresh.insert(token, refresh, now.addSecs(client.refreshLifetime.count()), now);
    QJsonObject result = issue(user, client, refresh);
    result.insert("RefreshToken"_L1, token);
    return result;
}

QJsonObject PoolTokens::issue(const PoolUser &user, const EmulatorOptions::PoolClient &client,
                              const Refresh &origin) const
{
    const qint64 now = m_now().toSecsSinceEpoch();
    QJsonObject common{{u"iss"_s, m_pool.issuer()},
                       {u"sub"_s, user.sub()},
                       {u"origin_jti"_s, origin.origin},
                       {u"event_id"_s, uuid()},
                       {u"auth_time"_s, origin.authTime},
                       {u"iat"_s, now},
                       {u"exp"_s, now + qint64(client.tokenLifetime.count())}};
    addGroups(common, user);

    QJsonObject access = common;
    access.insert("token_use"_L1, u"access"_s);
    access.insert("client_id"_L1, client.id);
    access.insert("username"_L1, user.data.username);
    access.insert("scope"_L1, u"aws.cognito.signin.user.admin"_s);
    access.insert("jti"_L1, uuid());
    if (!origin.deviceKey.isEmpty())
        access.insert("device_key"_L1, origin.deviceKey);

    QJsonObject id = common;
    addAttributes(id, user);
    id.insert("token_use"_L1, u"id"_s);
    id.insert("aud"_L1, client.id);
    id.insert("cognito:username"_L1, user.data.username);
    id.insert("jti"_L1, uuid());

    const JsonWebKey key = JsonWebKey::rs256();
    return {{u"AccessToken"_s, WebToken::make(key, access)},
            {u"IdToken"_s, WebToken::make(key, id)},
            {u"ExpiresIn"_s, qint64(client.tokenLifetime.count())},
            {u"TokenType"_s, u"Bearer"_s}};
}

std::optional<CognitoAnswer> PoolTokens::problemOf(const QString &token,
                                                   const EmulatorOptions::PoolClient &client,
                                                   const QString &deviceKey)
{
    const Refresh *refresh = m_refresh.find(token);
    if (!refresh || refresh->clientId != client.id)
        return CognitoAnswer::notAuthorized(u"Invalid Refresh Token"_s);
    const PoolUser *user = m_pool.user(refresh->username);
    if (m_revoked.find(refresh->origin))
        return CognitoAnswer::notAuthorized(u"Refresh Token has been revoked"_s);
    if (m_refresh.hasEnded(token, m_now()))
        return CognitoAnswer::notAuthorized(u"Refresh Token has expired"_s);
    // A remembered device must show itself again.
    const auto device = user->devices.find(refresh->deviceKey);
    if (device != user->devices.end() && device->second.isRemembered
        && deviceKey != refresh->deviceKey)
        return CognitoAnswer::notAuthorized(u"Invalid Refresh Token"_s);
    if (user->data.status == EmulatorOptions::User::Status::Disabled)
        return CognitoAnswer::notAuthorized(u"User is disabled."_s);
    return std::nullopt;
}

CognitoAnswer PoolTokens::refresh(const QString &token, const EmulatorOptions::PoolClient &client,
                                  const QString &deviceKey)
{
    if (const auto problem = problemOf(token, client, deviceKey))
        return *problem;
    const Refresh &refresh = *m_refresh.find(token);
    return {{{u"ChallengeParameters"_s, QJsonObject()},
             {u"AuthenticationResult"_s, issue(*m_pool.user(refresh.username), client, refresh)}}};
}

CognitoAnswer PoolTokens::rotate(const QString &token, const EmulatorOptions::PoolClient &client,
                                 const QString &deviceKey)
{
    if (const auto problem = problemOf(token, client, deviceKey))
        return *problem;
    Refresh &used = *m_refresh.find(token);
    const QDateTime now = m_now();
    if (used.usedAt.isValid() && now >= used.usedAt.addSecs(client.rotationGrace.count())) {
        return CognitoAnswer::failure(
            u"RefreshTokenReuseException"_s,
            u"The refresh token was replaced by another one and cannot be used again."_s);
    }
    QJsonObject result = issue(*m_pool.user(used.username), client, used);
    if (client.rotatesRefreshTokens) {
        if (!used.usedAt.isValid())
            used.usedAt = now;
        Refresh next = used;
        next.usedAt = {};
        const QString nextToken = newToken();
        // It ends when the first one would have: rotation makes no sign-in longer.
        m_refresh.insert(nextToken, next, m_refresh.endOf(token), now);
        result.insert("RefreshToken"_L1, nextToken);
    }
    return {{{u"AuthenticationResult"_s, result}}};
}

CognitoAnswer PoolTokens::revoke(const QString &token, const EmulatorOptions::PoolClient &client)
{
    if (WebToken::parse(token))
        return CognitoAnswer::failure(u"UnsupportedTokenTypeException"_s,
                                      u"Only refresh tokens can be revoked."_s);
    const Refresh *refresh = m_refresh.find(token);
    if (!refresh)
        return {}; // as RFC 7009 wants it
    if (refresh->clientId != client.id)
        return CognitoAnswer::failure(u"UnauthorizedException"_s,
                                      u"The token was issued to another client."_s);
    m_revoked.insert(refresh->origin, true, m_refresh.endOf(token), m_now());
    return {};
}

void PoolTokens::signOut(const PoolUser &user)
{
    const QDateTime now = m_now();
    for (const Refresh &refresh : m_refresh.values()) {
        if (refresh.username == user.data.username)
            m_revoked.insert(refresh.origin, true, now.addDays(1), now);
    }
}

PoolUser *PoolTokens::userOf(const QString &accessToken, CognitoAnswer *refusal)
{
    const auto refuse = [&](const QString &message) {
        *refusal = CognitoAnswer::notAuthorized(message);
        return nullptr;
    };
    const TokenCheck::Provider provider = m_pool.provider();
    const auto token = WebToken::parse(accessToken);
    if (!token || token->claims.value("iss"_L1).toString() != provider.issuer
        || token->claims.value("token_use"_L1).toString() != "access"_L1)
        return refuse(u"Invalid Access Token"_s);
    const TokenCheck::Verdict verdict = TokenCheck(m_now).verify(*token, provider);
    if (!verdict.isGood())
        return refuse(verdict.hasExpired ? u"Access Token has expired"_s
                                         : u"Invalid Access Token"_s);
    PoolUser *user = m_pool.user(verdict.claims.value("username"_L1).toString());
    if (!user)
        return refuse(u"Invalid Access Token"_s);
    if (m_revoked.find(verdict.claims.value("origin_jti"_L1).toString()))
        return refuse(u"Access Token has been revoked"_s);
    return user;
}

PoolUser *PoolTokens::ownerOf(const QString &refreshToken)
{
    const Refresh *refresh = m_refresh.find(refreshToken);
    return refresh ? m_pool.user(refresh->username) : nullptr;
}

} // namespace AppSync::Emulation
