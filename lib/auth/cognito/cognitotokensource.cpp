// SPDX-License-Identifier: Apache-2.0
#include "cognitotokensource.h"

#include "cognitotokensource_p.h"

namespace AppSync {

namespace {

template <class T> bool change(T &member, const T &value)
{
    if (member == value)
        return false;
    member = value;
    return true;
}

} // namespace

CognitoTokenSource::CognitoTokenSource(QObject *parent)
    : TokenSource(parent), d(std::make_unique<Private>(this))
{
}

CognitoTokenSource::~CognitoTokenSource() = default;

void CognitoTokenSource::onChanged(bool hasChanged)
{
    if (!hasChanged)
        return;
    d->startAgain();
    Q_EMIT settingsChanged();
}

QString CognitoTokenSource::userPoolId() const
{
    return d->settings.userPoolId;
}

void CognitoTokenSource::setUserPoolId(const QString &id)
{
    onChanged(change(d->settings.userPoolId, id));
}

QString CognitoTokenSource::clientId() const
{
    return d->settings.clientId;
}

void CognitoTokenSource::setClientId(const QString &id)
{
    onChanged(change(d->settings.clientId, id));
}

QString CognitoTokenSource::clientSecret() const
{
    return d->settings.clientSecret;
}

void CognitoTokenSource::setClientSecret(const QString &secret)
{
    onChanged(change(d->settings.clientSecret, secret));
}

QString CognitoTokenSource::username() const
{
    return d->settings.username;
}

void CognitoTokenSource::setUsername(const QString &name)
{
    onChanged(change(d->settings.username, name));
}

QString CognitoTokenSource::password() const
{
    return d->settings.password;
}

void CognitoTokenSource::setPassword(const QString &password)
{
    d->forgiveRefusal();
    if (password == d->settings.password)
        return;
    Srp::wipe(d->settings.password);
    onChanged(change(d->settings.password, password));
}

CognitoTokenSource::Flow CognitoTokenSource::flow() const
{
    return d->settings.flow;
}

void CognitoTokenSource::setFlow(Flow flow)
{
    onChanged(change(d->settings.flow, flow));
}

QUrl CognitoTokenSource::endpoint() const
{
    return d->settings.endpoint;
}

void CognitoTokenSource::setEndpoint(const QUrl &endpoint)
{
    onChanged(change(d->settings.endpoint, endpoint));
}

QString CognitoTokenSource::region() const
{
    return d->region();
}

CognitoTokenSource::TokenToSend CognitoTokenSource::tokenToSend() const
{
    return d->settings.tokenToSend;
}

void CognitoTokenSource::setTokenToSend(TokenToSend token)
{
    if (change(d->settings.tokenToSend, token))
        Q_EMIT tokenChanged();
}

QByteArray CognitoTokenSource::session() const
{
    const CognitoSession &session = d->session;
    const bool isEmpty = session.accessToken.isEmpty() && session.refreshToken.isEmpty()
        && session.device.key.isEmpty();
    return isEmpty ? QByteArray() : session.toJson();
}

void CognitoTokenSource::setSession(const QByteArray &session)
{
    if (session == this->session())
        return;
    d->setSession(CognitoSession::fromJson(session).value_or(CognitoSession()));
    Q_EMIT sessionChanged();
    Q_EMIT tokenChanged();
}

bool CognitoTokenSource::isSignedIn() const
{
    return d->isSignedIn();
}

QDateTime CognitoTokenSource::expiresAt() const
{
    return d->isOurs() ? d->session.expiresAt : QDateTime();
}

JwtClaims CognitoTokenSource::claims() const
{
    const CognitoSession &session = d->session;
    return d->isOurs()
        ? JwtClaims::fromToken(d->tokenOf({session.accessToken, session.idToken, {}}))
        : JwtClaims();
}

std::chrono::milliseconds CognitoTokenSource::clockOffset() const
{
    return d->api.clockOffset();
}

double CognitoTokenSource::clockOffsetSeconds() const
{
    return std::chrono::duration<double>(clockOffset()).count();
}

void CognitoTokenSource::setNetworkSettings(const NetworkSettings &settings)
{
    d->api.setNetworkSettings(settings);
}

void CognitoTokenSource::setTimeout(std::chrono::milliseconds timeout)
{
    d->api.setTimeout(timeout);
}

void CognitoTokenSource::setClock(Clock *clock)
{
    d->setClock(clock);
}

TokenReply *CognitoTokenSource::token(const SignableRequest & /*request*/)
{
    return d->ask();
}

bool CognitoTokenSource::invalidate()
{
    return d->invalidate();
}

QString CognitoTokenSource::displayName() const
{
    return tr("user pool %1").arg(d->settings.userPoolId);
}

Reply *CognitoTokenSource::signOut(bool everywhere)
{
    return d->signOut(everywhere);
}

} // namespace AppSync
