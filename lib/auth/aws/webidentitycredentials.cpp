// SPDX-License-Identifier: Apache-2.0
#include "webidentitycredentials_p.h"

#include "sts_p.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qint64 kLargestToken = 64 * 1024;

WebIdentityCredentials::Settings complete(const WebIdentityCredentials::Settings &settings,
                                          Error *error)
{
    *error = {};
    if (settings.role.isEmpty())
        *error = Error::local(
            Error::Kind::InvalidInput,
            WebIdentityCredentials::tr("The %1 names a web identity token, but no role.")
                .arg(settings.origin),
            WebIdentityCredentials::tr("Set AWS_ROLE_ARN, or role_arn of the profile."));
    return settings;
}

} // namespace

WebIdentityCredentials::Settings
WebIdentityCredentials::Settings::of(const AwsEnvironment &environment, Error *error)
{
    return complete(
        {environment.value(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s), environment.value(u"AWS_ROLE_ARN"_s),
         environment.value(u"AWS_ROLE_SESSION_NAME"_s), WebIdentityCredentials::tr("environment")},
        error);
}

WebIdentityCredentials::Settings WebIdentityCredentials::Settings::of(const AwsProfile &profile,
                                                                      Error *error)
{
    return complete({profile.value(u"web_identity_token_file"_s), profile.value(u"role_arn"_s),
                     profile.value(u"role_session_name"_s),
                     WebIdentityCredentials::tr("profile %1").arg(profile.name)},
                    error);
}

WebIdentityCredentials::WebIdentityCredentials(const AwsContext &context, const Settings &settings,
                                               QObject *parent)
    : FetchedCredentials(context, parent), m_settings(settings)
{
}

QString WebIdentityCredentials::displayName() const
{
    return tr("%1 (web identity)").arg(m_settings.origin);
}

bool WebIdentityCredentials::areIn(const AwsEnvironment &environment)
{
    return !environment.value(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s).isEmpty();
}

bool WebIdentityCredentials::areIn(const AwsProfile &profile)
{
    return profile.contains(u"web_identity_token_file"_s);
}

void WebIdentityCredentials::fetch()
{
    QFile file(context().environment.expanded(m_settings.tokenFile));
    QByteArray token;
    // Anew each time: whoever writes it renews it.
    if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly) && file.size() <= kLargestToken)
        token = file.readAll().trimmed();
    if (token.isEmpty()) {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The web identity token %1 of the %2 cannot be read, or is empty.")
                              .arg(m_settings.tokenFile, m_settings.origin),
                          tr("Check AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of "
                             "the profile.")));
        return;
    }
    const QString region = context().region();
    QUrl url = context().endpoint(u"sts"_s, region.isEmpty() ? u"us-east-1"_s : region);
    url.setPath(url.path() + u'/');
    const QString name = m_settings.sessionName;
    const QByteArray body = Sts::form(
        u"AssumeRoleWithWebIdentity"_s,
        {{u"RoleArn"_s, m_settings.role},
         {u"RoleSessionName"_s, name.isEmpty() ? Sts::sessionName(context().now()) : name},
         {u"WebIdentityToken"_s, QString::fromUtf8(token)}});
    send("POST", url, Sts::headers(), body, [this](const HttpAnswer &answer) { onAnswer(answer); });
}

void WebIdentityCredentials::onAnswer(const HttpAnswer &answer)
{
    Sts::Answer result = Sts::Answer::of(
        answer, tr("The role %1 was not given for the web identity token.").arg(m_settings.role));
    if (!result.error.isError()) {
        succeed(result.credentials, clockSkew(answer, *context().clock()));
        return;
    }
    if (result.error.type.startsWith(u"ExpiredToken"))
        result.error.nextStep = tr("Have the token in %1 renewed.").arg(m_settings.tokenFile);
    else if (!result.error.isRetryable())
        result.error.nextStep =
            tr("Check the role's trust policy and the token in %1.").arg(m_settings.tokenFile);
    fail(result.error);
}

} // namespace AppSync
