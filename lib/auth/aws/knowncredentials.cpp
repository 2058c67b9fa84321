// SPDX-License-Identifier: Apache-2.0
#include "knowncredentials_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

const auto kKey = u"AWS_ACCESS_KEY_ID"_s;

} // namespace

KnownCredentials::KnownCredentials(const AwsCredentials &credentials, const AwsContext &context,
                                   QObject *parent)
    : FetchedCredentials(context, parent), m_credentials(credentials)
{
}

QString KnownCredentials::displayName() const
{
    return m_credentials.source;
}

bool KnownCredentials::invalidate()
{
    return false;
}

void KnownCredentials::fetch()
{
    succeed(m_credentials);
}

bool KnownCredentials::areIn(const AwsEnvironment &environment)
{
    return !environment.value(kKey).isEmpty();
}

AwsCredentials KnownCredentials::of(const AwsEnvironment &environment, Error *error)
{
    *error = {};
    AwsCredentials credentials;
    credentials.source = tr("environment");
    credentials.accessKeyId = environment.value(kKey);
    credentials.secretAccessKey = environment.value(u"AWS_SECRET_ACCESS_KEY"_s);
    // The old name goes first, as with the AWS tools.
    credentials.sessionToken = environment.value(u"AWS_SECURITY_TOKEN"_s);
    if (credentials.sessionToken.isEmpty())
        credentials.sessionToken = environment.value(u"AWS_SESSION_TOKEN"_s);
    const QString end = environment.value(u"AWS_CREDENTIAL_EXPIRATION"_s);
    credentials.expiresAt = awsTime(end);
    if (!credentials.isValid())
        *error = Error::local(
            Error::Kind::InvalidInput,
            tr("The environment has only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
            tr("Set both, or neither."));
    else if (!end.isEmpty() && !credentials.expiresAt.isValid())
        *error = Error::local(Error::Kind::InvalidInput,
                              tr("AWS_CREDENTIAL_EXPIRATION of the environment is no time."),
                              tr("Write it like 2025-01-15T13:34:56Z, or unset it."));
    return credentials;
}

AwsCredentials KnownCredentials::of(const IniSection &section, const QString &profile, Error *error)
{
    *error = {};
    AwsCredentials credentials;
    credentials.source = tr("profile %1").arg(profile);
    credentials.accessKeyId = section.values.value(u"aws_access_key_id"_s);
    credentials.secretAccessKey = section.values.value(u"aws_secret_access_key"_s);
    credentials.sessionToken = section.values.value(u"aws_security_token"_s);
    if (credentials.sessionToken.isEmpty())
        credentials.sessionToken = section.values.value(u"aws_session_token"_s);
    if (!credentials.isValid())
        *error = Error::local(Error::Kind::InvalidInput,
                              tr("The AWS profile %1 has a key id, but aws_secret_access_key is "
                                 "missing.")
                                  .arg(profile),
                              tr("Mend it with: aws configure --profile %1").arg(profile));
    return credentials;
}

} // namespace AppSync
