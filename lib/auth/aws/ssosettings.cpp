// SPDX-License-Identifier: Apache-2.0
#include "ssosettings_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qint64 kLargestFile = 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::SsoSettings", text);
}

Error unusable(const QString &profile, const QString &reason)
{
    return Error::local(Error::Kind::InvalidInput,
                        tr("The AWS profile %1 signs in with SSO, but %2.").arg(profile, reason),
                        tr("Mend it with: aws configure sso --profile %1").arg(profile));
}

QStringList scopesOf(const QString &text)
{
    QStringList scopes;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (const QString scope = part.trimmed(); !scope.isEmpty())
            scopes << scope;
    }
    return scopes.isEmpty() ? QStringList{u"sso:account:access"_s} : scopes;
}

} // namespace

bool SsoSettings::isIn(const AwsProfile &profile)
{
    return profile.contains(u"sso_account_id"_s) || profile.contains(u"sso_role_name"_s);
}

SsoSettings SsoSettings::of(const AwsContext &context, Error *error)
{
    *error = {};
    const AwsProfile &profile = context.profile;
    QHash<QString, QString> values{};
    const QStringList keys{u"sso_start_url"_s, u"sso_region"_s, u"sso_account_id"_s,
                           u"sso_role_name"_s, u"sso_registration_scopes"_s};
    for (const QString &key : keys)
        values.insert(key, profile.value(key));
    const QString session = profile.value(u"sso_session"_s);
    if (!session.isEmpty()) {
        const IniSection *section = context.config.ssoSession(session);
        if (!section) {
            *error = unusable(profile.name, tr("there is no [sso-session %1]").arg(session));
            return {};
        }
        for (const QString &key : keys) {
            const QString value = section->values.value(key);
            if (!value.isEmpty() && !values[key].isEmpty() && values[key] != value)
                *error =
                    unusable(profile.name,
                             tr("its %1 differs from that of [sso-session %2]").arg(key, session));
            else if (!value.isEmpty())
                values[key] = value;
        }
    }
    for (const QString &key : keys.first(4)) {
        if (values[key].isEmpty() && !error->isError())
            *error = unusable(profile.name, tr("%1 is missing").arg(key));
    }
    return {profile.name,    session,         values[keys[0]],          values[keys[1]],
            values[keys[2]], values[keys[3]], scopesOf(values[keys[4]])};
}

QString SsoSettings::tokenFile(const AwsEnvironment &environment) const
{
    const QByteArray name = (session.isEmpty() ? startUrl : session).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex();
    return environment.home + u"/.aws/sso/cache/"_s + QString::fromLatin1(hash) + u".json"_s;
}

QString SsoSettings::loginAdvice() const
{
    return tr("Sign in with: aws sso login --profile %1").arg(profile);
}

std::optional<SsoToken> SsoToken::load(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return {};
    SsoToken token;
    token.file = QJsonDocument::fromJson(file.readAll()).object();
    token.accessToken = token.file[u"accessToken"_s].toString();
    token.expiresAt = awsTime(token.file[u"expiresAt"_s].toString());
    token.refreshToken = token.file[u"refreshToken"_s].toString();
    token.clientId = token.file[u"clientId"_s].toString();
    token.clientSecret = token.file[u"clientSecret"_s].toString();
    token.registrationExpiresAt = awsTime(token.file[u"registrationExpiresAt"_s].toString());
    if (token.accessToken.isEmpty() || !token.expiresAt.isValid())
        return {};
    return token;
}

bool SsoToken::save(const QString &path, const SsoSettings &settings) const
{
    QJsonObject object = file;
    const auto set = [&object](const QString &name, const QString &value) {
        if (value.isEmpty())
            object.remove(name);
        else
            object[name] = value;
    };
    set(u"startUrl"_s, settings.startUrl);
    set(u"region"_s, settings.region);
    set(u"accessToken"_s, accessToken);
    set(u"expiresAt"_s, expiresAt.toUTC().toString(Qt::ISODate));
    set(u"refreshToken"_s, refreshToken);
    set(u"clientId"_s, clientId);
    set(u"clientSecret"_s, clientSecret);
    set(u"registrationExpiresAt"_s, registrationExpiresAt.toUTC().toString(Qt::ISODate));
    if (!QDir().mkpath(QFileInfo(path).path()))
        return false;
    QSaveFile out(path);
    // Before there is anything in it that others might read.
    return out.open(QIODevice::WriteOnly)
        && out.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && out.write(QJsonDocument(object).toJson()) > 0 && out.commit();
}

bool SsoToken::canRefresh(const QDateTime &now) const
{
    return !refreshToken.isEmpty() && !clientId.isEmpty() && !clientSecret.isEmpty()
        && registrationExpiresAt > now;
}

} // namespace AppSync
