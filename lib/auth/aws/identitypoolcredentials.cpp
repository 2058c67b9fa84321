// SPDX-License-Identifier: Apache-2.0
#include "identitypoolcredentials.h"

#include "identitypoolfetch_p.h"

namespace AppSync {

class IdentityPoolCredentials::Private {
public:
    IdentityPoolSettings settings;
    AwsContext context{AwsEnvironment::system(), {}, {}};
    IdentityPoolFetch *fetch = nullptr; //!< made when it is asked
};

IdentityPoolCredentials::IdentityPoolCredentials(QObject *parent)
    : CredentialsSource(parent), d(std::make_unique<Private>())
{
}

IdentityPoolCredentials::IdentityPoolCredentials(const QString &identityPoolId, QObject *parent)
    : IdentityPoolCredentials(parent)
{
    d->settings.poolId = identityPoolId;
}

IdentityPoolCredentials::~IdentityPoolCredentials() = default;

QString IdentityPoolCredentials::identityPoolId() const
{
    return d->settings.poolId;
}

void IdentityPoolCredentials::setIdentityPoolId(const QString &id)
{
    if (d->settings.poolId == id)
        return;
    d->settings.poolId = id;
    restart();
    Q_EMIT identityPoolIdChanged();
}

TokenSource *IdentityPoolCredentials::tokenSource() const
{
    return d->settings.tokens;
}

void IdentityPoolCredentials::setTokenSource(TokenSource *source)
{
    if (d->settings.tokens == source && d->settings.isGuest == !source)
        return;
    d->settings.tokens = source;
    d->settings.isGuest = !source;
    restart();
    Q_EMIT tokenSourceChanged();
}

QString IdentityPoolCredentials::loginProvider() const
{
    return d->settings.loginProvider;
}

void IdentityPoolCredentials::setLoginProvider(const QString &provider)
{
    if (d->settings.loginProvider == provider)
        return;
    d->settings.loginProvider = provider;
    restart();
    Q_EMIT loginProviderChanged();
}

QString IdentityPoolCredentials::roleArn() const
{
    return d->settings.roleArn;
}

void IdentityPoolCredentials::setRoleArn(const QString &arn)
{
    if (d->settings.roleArn == arn)
        return;
    d->settings.roleArn = arn;
    restart();
    Q_EMIT roleArnChanged();
}

QUrl IdentityPoolCredentials::endpoint() const
{
    return d->settings.endpoint;
}

void IdentityPoolCredentials::setEndpoint(const QUrl &endpoint)
{
    if (d->settings.endpoint == endpoint)
        return;
    d->settings.endpoint = endpoint;
    restart();
    Q_EMIT endpointChanged();
}

void IdentityPoolCredentials::setEnvironment(const AwsEnvironment &environment)
{
    d->context.environment = environment;
    restart();
}

QString IdentityPoolCredentials::identityId() const
{
    return d->fetch ? d->fetch->identityId() : QString();
}

CredentialsReply *IdentityPoolCredentials::credentials()
{
    if (!d->fetch) {
        d->fetch = new IdentityPoolFetch(d->context, d->settings, this);
        d->fetch->setOuter(this);
        connect(d->fetch, &IdentityPoolFetch::identityIdChanged, this,
                &IdentityPoolCredentials::identityIdChanged);
    }
    return d->fetch->credentials();
}

bool IdentityPoolCredentials::invalidate()
{
    return d->fetch && d->fetch->invalidate();
}

QString IdentityPoolCredentials::displayName() const
{
    return d->settings.displayName();
}

QString IdentityPoolCredentials::region() const
{
    return d->settings.poolId.contains(u':') ? d->settings.region() : QString();
}

void IdentityPoolCredentials::restart()
{
    if (!d->fetch)
        return;
    const bool hadIdentity = !d->fetch->identityId().isEmpty();
    d->fetch->disconnect(this);
    d->fetch->retire();
    d->fetch = nullptr;
    if (hadIdentity)
        Q_EMIT identityIdChanged();
}

} // namespace AppSync
