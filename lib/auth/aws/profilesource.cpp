// SPDX-License-Identifier: Apache-2.0
#include "profilesource_p.h"

#include "assumerolecredentials_p.h"
#include "containercredentials_p.h"
#include "instancecredentials_p.h"
#include "knowncredentials_p.h"
#include "processcredentials_p.h"
#include "ssocredentials_p.h"
#include "webidentitycredentials_p.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Source = std::unique_ptr<FetchedCredentials>;

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::ProfileCredentials", text);
}

Error wrong(const QString &profile, const QString &reason)
{
    return Error::local(Error::Kind::InvalidInput,
                        tr("The AWS profile %1 is wrong: %2.").arg(profile, reason),
                        tr("Mend it in the AWS configuration file."));
}

bool hasKeys(const AwsProfile &profile)
{
    return profile.contains(u"aws_access_key_id"_s) || profile.contains(u"aws_secret_access_key"_s);
}

bool isRole(const AwsProfile &profile)
{
    return profile.contains(u"role_arn"_s) && !WebIdentityCredentials::areIn(profile);
}

bool hasKeyId(const IniSection &section)
{
    return !section.values.value(u"aws_access_key_id"_s).isEmpty();
}

//! What \a profile has besides a role.
ProfileKind kindBesidesRole(const AwsProfile &profile)
{
    if (WebIdentityCredentials::areIn(profile))
        return ProfileKind::WebIdentity;
    if (SsoSettings::isIn(profile))
        return ProfileKind::Sso;
    if (hasKeyId(profile.credentials))
        return ProfileKind::Keys;
    if (profile.contains(u"login_session"_s))
        return ProfileKind::Login;
    if (profile.contains(u"credential_process"_s))
        return ProfileKind::Process;
    return hasKeyId(profile.config) ? ProfileKind::Keys : ProfileKind::None;
}

//! Builds sources that build upon each other.
class Builder {
public:
    Builder(const AwsContext &context, Error *error)
        : m_error(error), m_visited{context.profile.name}
    {
        *m_error = {};
    }

    Source build(const AwsContext &context, ProfileKind kind)
    {
        switch (kind) {
        case ProfileKind::Role:
            return role(context);
        case ProfileKind::WebIdentity: {
            const auto settings = WebIdentityCredentials::Settings::of(context.profile, m_error);
            return make<WebIdentityCredentials>(context, settings);
        }
        case ProfileKind::Sso: {
            const SsoSettings settings = SsoSettings::of(context, m_error);
            return make<SsoCredentials>(context, settings);
        }
        case ProfileKind::Keys:
            return keys(context);
        case ProfileKind::Process:
            return std::make_unique<ProcessCredentials>(context, nullptr);
        case ProfileKind::Login:
            return refuse(Error::local(
                Error::Kind::InvalidInput,
                tr("The AWS profile %1 signs in with aws login, which only the AWS tools can "
                   "read.")
                    .arg(context.profile.name),
                tr("Make a profile with this line: credential_process = aws configure "
                   "export-credentials --profile %1")
                    .arg(context.profile.name)));
        case ProfileKind::None:
            break;
        }
        return {};
    }

private:
    Source refuse(const Error &error)
    {
        *m_error = error;
        return {};
    }

    template <class Kind, class Settings>
    Source make(const AwsContext &context, const Settings &settings)
    {
        return m_error->isError() ? Source() : std::make_unique<Kind>(context, settings, nullptr);
    }

    Source keys(const AwsContext &context)
    {
        const AwsProfile &profile = context.profile;
        const IniSection &section =
            hasKeyId(profile.credentials) ? profile.credentials : profile.config;
        const AwsCredentials found = KnownCredentials::of(section, profile.name, m_error);
        return m_error->isError() ? Source()
                                  : std::make_unique<KnownCredentials>(found, context, nullptr);
    }

    Source role(const AwsContext &context)
    {
        const AwsProfile &profile = context.profile;
        const QString origin = profile.value(u"credential_source"_s);
        const QString sourceName = profile.value(u"source_profile"_s);
        if (!origin.isEmpty() && !sourceName.isEmpty())
            return refuse(
                wrong(profile.name, tr("it has both source_profile and credential_source")));
        if (origin.isEmpty() && sourceName.isEmpty())
            return refuse(wrong(profile.name,
                                tr("it has role_arn, but neither source_profile nor "
                                   "credential_source")));
        Source source =
            origin.isEmpty() ? fromProfile(context, sourceName) : fromOrigin(context, origin);
        if (!source)
            return {};
        return std::make_unique<AssumeRoleCredentials>(context, source.release(), nullptr);
    }

    Source fromProfile(const AwsContext &context, const QString &name)
    {
        const QString &parent = context.profile.name;
        const AwsProfile *profile = context.config.profile(name);
        if (!profile)
            return refuse(wrong(parent, tr("its source_profile %1 does not exist").arg(name)));
        // A profile may take its role with keys of its own.
        const bool isItself = name == parent && hasKeys(*profile);
        if (m_visited.contains(name) && !isItself)
            return refuse(wrong(parent,
                                tr("the source_profiles go round in a circle: %1")
                                    .arg((m_visited + QStringList{name}).join(u" → "_s))));
        m_visited << name;
        const ProfileKind kind =
            hasKeys(*profile) || !isRole(*profile) ? kindBesidesRole(*profile) : ProfileKind::Role;
        if (kind == ProfileKind::None)
            return refuse(wrong(parent, tr("its source_profile %1 has no credentials").arg(name)));
        return build(context.with(*profile), kind);
    }

    Source fromOrigin(const AwsContext &context, const QString &origin)
    {
        const auto is = [&origin](QStringView name) {
            return origin.compare(name, Qt::CaseInsensitive) == 0;
        };
        const auto nothing = [&] {
            return refuse(
                wrong(context.profile.name,
                      tr("its credential_source %1 has no credentials here").arg(origin)));
        };
        if (is(u"Environment")) {
            if (!KnownCredentials::areIn(context.environment))
                return nothing();
            const AwsCredentials found = KnownCredentials::of(context.environment, m_error);
            return m_error->isError() ? Source()
                                      : std::make_unique<KnownCredentials>(found, context, nullptr);
        }
        if (is(u"EcsContainer")) {
            if (!ContainerCredentials::areIn(context.environment))
                return nothing();
            return std::make_unique<ContainerCredentials>(context, nullptr);
        }
        if (is(u"Ec2InstanceMetadata"))
            return std::make_unique<InstanceCredentials>(context, nullptr);
        return refuse(
            wrong(context.profile.name, tr("there is no credential_source %1").arg(origin)));
    }

    Error *m_error;
    QStringList m_visited; //!< names of profiles, from the first on
};

} // namespace

ProfileKind kindOf(const AwsProfile &profile)
{
    return isRole(profile) ? ProfileKind::Role : kindBesidesRole(profile);
}

FetchedCredentials *makeProfileSource(const AwsContext &context, QObject *parent, Error *error)
{
    Source source = Builder(context, error).build(context, kindOf(context.profile));
    if (!source)
        return nullptr;
    source->setParent(parent);
    return source.release();
}

QString usualProfile(const AwsEnvironment &environment)
{
    for (const QString &name : {u"AWS_PROFILE"_s, u"AWS_DEFAULT_PROFILE"_s}) {
        if (const QString profile = environment.value(name); !profile.isEmpty())
            return profile;
    }
    return u"default"_s;
}

bool isProfileNamed(const AwsEnvironment &environment)
{
    return !environment.value(u"AWS_PROFILE"_s).isEmpty()
        || !environment.value(u"AWS_DEFAULT_PROFILE"_s).isEmpty();
}

Error profileMissing(const QString &name, const AwsEnvironment &environment)
{
    return Error::local(Error::Kind::InvalidInput, tr("There is no AWS profile %1.").arg(name),
                        tr("Look into %1 and %2, or make it with: aws configure --profile %3")
                            .arg(environment.configFile(), environment.credentialsFile(), name));
}

} // namespace AppSync
