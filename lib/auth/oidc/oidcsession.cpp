// SPDX-License-Identifier: Apache-2.0
#include "oidcsession_p.h"

#include "../jwtclaims.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr int kVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::OidcSession", text);
}

QDateTime at(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toUTC();
}

//! When \a token expires that was issued just now; invalid if it does not say, or is no JWT.
QDateTime expiry(const QString &token, qint64 nowMs)
{
    const JwtClaims claims = JwtClaims::fromToken(token);
    const QDateTime begin = claims.issuedAt();
    const QDateTime end = claims.expiresAt();
    if (!begin.isValid() || end <= begin)
        return end;
    return at(nowMs + begin.msecsTo(end));
}

Error wrongToken(const QString &message)
{
    return Error::local(Error::Kind::Receiving, message,
                        tr("Sign in again. If it happens again, do not trust this provider's "
                           "address, and check issuer and client id."));
}

} // namespace

QByteArray OidcSession::toJson() const
{
    QJsonObject json{{u"version"_s, kVersion},  {u"provider"_s, provider},
                     {u"clientId"_s, clientId}, {u"accessToken"_s, accessToken},
                     {u"idToken"_s, idToken},   {u"refreshToken"_s, refreshToken}};
    if (accessExpiresAt.isValid())
        json.insert(u"accessExpiresAt"_s, accessExpiresAt.toString(Qt::ISODateWithMs));
    if (idExpiresAt.isValid())
        json.insert(u"idExpiresAt"_s, idExpiresAt.toString(Qt::ISODateWithMs));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<OidcSession> OidcSession::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(u"version"_s).toInt() != kVersion)
        return {};
    const auto text = [&object](const QString &name) { return object.value(name).toString(); };
    const auto time = [&text](const QString &name) {
        return QDateTime::fromString(text(name), Qt::ISODateWithMs).toUTC();
    };
    return OidcSession{text(u"provider"_s),   text(u"clientId"_s),     text(u"accessToken"_s),
                       text(u"idToken"_s),    text(u"refreshToken"_s), time(u"accessExpiresAt"_s),
                       time(u"idExpiresAt"_s)};
}

void OidcSession::take(const OidcGrant &grant, qint64 nowMs)
{
    accessToken = grant.accessToken;
    accessExpiresAt = grant.lifetime.count() > 0
        ? at(nowMs + std::chrono::milliseconds(grant.lifetime).count())
        : expiry(grant.accessToken, nowMs);
    if (!grant.idToken.isEmpty() && grant.idToken != idToken) {
        idToken = grant.idToken;
        idExpiresAt = expiry(grant.idToken, nowMs);
    }
    if (!grant.refreshToken.isEmpty())
        refreshToken = grant.refreshToken;
}

Error ExpectedIdToken::check(const QString &idToken) const
{
    const JwtClaims claims = JwtClaims::fromToken(idToken);
    if (!claims.isValid())
        return wrongToken(tr("The provider's ID token cannot be read: %1").arg(claims.problem()));
    if (!issuer.isEmpty() && claims.issuer() != issuer)
        return wrongToken(tr("The ID token is of another issuer: %1 instead of %2.")
                              .arg(claims.issuer(), issuer));
    if (!claims.audience().contains(clientId))
        return wrongToken(tr("The ID token was issued to another client."));
    if (!nonce.isEmpty() && claims.claim(u"nonce"_s) != nonce)
        return wrongToken(tr("The ID token belongs to another sign-in: its nonce differs."));
    if (!subject.isEmpty() && claims.subject() != subject)
        return wrongToken(tr("The renewed ID token is of another user."));
    return {};
}

} // namespace AppSync
