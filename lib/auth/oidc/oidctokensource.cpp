// SPDX-License-Identifier: Apache-2.0
#include "oidctokensource.h"

#include "oidctokensource_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

OidcTokenSource::OidcTokenSource(QObject *parent)
    : TokenSource(parent), d(std::make_unique<Private>(this))
{
}

OidcTokenSource::~OidcTokenSource() = default;

template <class T> void OidcTokenSource::change(T &member, const T &value)
{
    if (member == value)
        return;
    const QString before = d->token();
    member = value;
    d->startAgain();
    Q_EMIT settingsChanged();
    if (d->token() != before)
        Q_EMIT tokenChanged();
}

QString OidcTokenSource::issuer() const
{
    return d->settings.issuer;
}

void OidcTokenSource::setIssuer(const QString &issuer)
{
    change(d->settings.issuer, issuer);
}

QString OidcTokenSource::domain() const
{
    return d->settings.domain;
}

void OidcTokenSource::setDomain(const QString &domain)
{
    change(d->settings.domain, domain);
}

QString OidcTokenSource::clientId() const
{
    return d->settings.clientId;
}

void OidcTokenSource::setClientId(const QString &id)
{
    change(d->settings.clientId, id);
}

QString OidcTokenSource::clientSecret() const
{
    return d->settings.clientSecret;
}

void OidcTokenSource::setClientSecret(const QString &secret)
{
    change(d->settings.clientSecret, secret);
}

QStringList OidcTokenSource::scopes() const
{
    return d->settings.scopes;
}

void OidcTokenSource::setScopes(const QStringList &scopes)
{
    change(d->settings.scopes, scopes);
}

QStringList OidcTokenSource::redirectUris() const
{
    return d->settings.redirectUris;
}

void OidcTokenSource::setRedirectUris(const QStringList &uris)
{
    change(d->settings.redirectUris, uris);
}

QVariantMap OidcTokenSource::parameters() const
{
    return d->settings.parameters;
}

void OidcTokenSource::setParameters(const QVariantMap &parameters)
{
    change(d->settings.parameters, parameters);
}

OidcTokenSource::Flow OidcTokenSource::flow() const
{
    return d->settings.flow;
}

void OidcTokenSource::setFlow(Flow flow)
{
    change(d->settings.flow, flow);
}

QUrl OidcTokenSource::authorizationEndpoint() const
{
    return d->settings.authorizationEndpoint;
}

void OidcTokenSource::setAuthorizationEndpoint(const QUrl &endpoint)
{
    change(d->settings.authorizationEndpoint, endpoint);
}

QUrl OidcTokenSource::tokenEndpoint() const
{
    return d->settings.tokenEndpoint;
}

void OidcTokenSource::setTokenEndpoint(const QUrl &endpoint)
{
    change(d->settings.tokenEndpoint, endpoint);
}

QUrl OidcTokenSource::revocationEndpoint() const
{
    return d->settings.revocationEndpoint;
}

void OidcTokenSource::setRevocationEndpoint(const QUrl &endpoint)
{
    change(d->settings.revocationEndpoint, endpoint);
}

OidcTokenSource::TokenToSend OidcTokenSource::tokenToSend() const
{
    return d->tokenToSend();
}

void OidcTokenSource::setTokenToSend(TokenToSend token)
{
    const bool isOther = token != d->tokenToSend();
    d->setTokenToSend(token);
    if (isOther)
        Q_EMIT tokenChanged();
}

QByteArray OidcTokenSource::session() const
{
    return d->session.isEmpty() ? QByteArray() : d->session.toJson();
}

void OidcTokenSource::setSession(const QByteArray &session)
{
    if (session == this->session())
        return;
    d->setSession(OidcSession::fromJson(session).value_or(OidcSession()));
    Q_EMIT sessionChanged();
    Q_EMIT tokenChanged();
}

bool OidcTokenSource::isSignedIn() const
{
    return d->isSignedIn();
}

QDateTime OidcTokenSource::expiresAt() const
{
    return d->expiresAt();
}

JwtClaims OidcTokenSource::claims() const
{
    return JwtClaims::fromToken(d->token());
}

void OidcTokenSource::setNetworkSettings(const NetworkSettings &settings)
{
    d->api.setNetworkSettings(settings);
}

void OidcTokenSource::setTimeout(std::chrono::milliseconds timeout)
{
    d->api.setTimeout(timeout);
}

void OidcTokenSource::setClock(Clock *clock)
{
    d->setClock(clock);
}

TokenReply *OidcTokenSource::token(const SignableRequest & /*request*/)
{
    return d->ask();
}

bool OidcTokenSource::invalidate()
{
    return d->invalidate();
}

QString OidcTokenSource::displayName() const
{
    return tr("sign-in with %1").arg(d->providerName());
}

Reply *OidcTokenSource::signOut()
{
    return d->signOut();
}

} // namespace AppSync
