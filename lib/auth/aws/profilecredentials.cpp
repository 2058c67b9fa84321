// SPDX-License-Identifier: Apache-2.0
#include "profilecredentials.h"

#include "chosencredentials_p.h"
#include "profilesource_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

class ProfileCredentials::Private {
public:
    explicit Private(ProfileCredentials *owner)
        : chosen([this](const AwsContext &context, QObject *parent,
                        Error *error) { return choose(context, parent, error); },
                 owner)
    {
    }

    [[nodiscard]] QString name()
    {
        return profile.isEmpty() ? usualProfile(chosen.context().environment) : profile;
    }

    FetchedCredentials *choose(AwsContext context, QObject *parent, Error *error)
    {
        const AwsProfile *found = context.config.profile(name());
        if (!found) {
            *error = profileMissing(name(), context.environment);
            return nullptr;
        }
        context.profile = *found;
        FetchedCredentials *source = makeProfileSource(context, parent, error);
        if (!source && !error->isError())
            *error = Error::local(Error::Kind::InvalidInput,
                                  tr("The AWS profile %1 has no credentials.").arg(name()),
                                  tr("Set them up with: aws configure --profile %1").arg(name()));
        return source;
    }

    QString profile;
    ChosenCredentials chosen;
};

ProfileCredentials::ProfileCredentials(QObject *parent)
    : CredentialsSource(parent), d(std::make_unique<Private>(this))
{
}

ProfileCredentials::ProfileCredentials(const QString &profile, QObject *parent)
    : ProfileCredentials(parent)
{
    d->profile = profile;
}

ProfileCredentials::~ProfileCredentials() = default;

QString ProfileCredentials::profile() const
{
    return d->profile;
}

void ProfileCredentials::setProfile(const QString &profile)
{
    if (d->profile == profile)
        return;
    d->profile = profile;
    d->chosen.restart();
    Q_EMIT profileChanged();
}

bool ProfileCredentials::allowsProcesses() const
{
    return d->chosen.context().areProcessesAllowed;
}

void ProfileCredentials::setAllowProcesses(bool isAllowed)
{
    if (allowsProcesses() == isAllowed)
        return;
    d->chosen.context().areProcessesAllowed = isAllowed;
    d->chosen.restart();
    Q_EMIT allowProcessesChanged();
}

void ProfileCredentials::setEnvironment(const AwsEnvironment &environment)
{
    d->chosen.context().environment = environment;
    d->chosen.restart();
    Q_EMIT profileChanged();
}

QStringList ProfileCredentials::profileNames(const AwsEnvironment &environment, Error *error)
{
    Error problem;
    const AwsConfig config = AwsConfig::load(environment, &problem);
    if (error)
        *error = problem;
    return config.profileNames();
}

CredentialsReply *ProfileCredentials::credentials()
{
    return d->chosen.credentials();
}

bool ProfileCredentials::invalidate()
{
    return d->chosen.invalidate();
}

QString ProfileCredentials::displayName() const
{
    const FetchedCredentials *source = d->chosen.source();
    return source ? source->displayName() : tr("profile %1").arg(d->name());
}

QString ProfileCredentials::region() const
{
    const AwsProfile *found = d->chosen.config().profile(d->name());
    return found ? found->value(u"region"_s) : QString();
}

} // namespace AppSync
