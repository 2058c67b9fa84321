// SPDX-License-Identifier: Apache-2.0
#include "oidcprovider_p.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::OidcProvider", text);
}

//! Some write their issuer with a slash at its end and some without, and people mix them up.
QString withoutSlash(const QString &issuer)
{
    return issuer.endsWith(u'/') ? issuer.chopped(1) : issuer;
}

QStringList texts(const QJsonValue &list)
{
    QStringList found;
    for (const QJsonValue &item : list.toArray())
        found.append(item.toString());
    return found;
}

//! The address \a name of \a document; empty if it is missing. One that is no place for secrets is a
//! \a problem.
QUrl address(const QJsonObject &document, const QString &name, QString *problem)
{
    const QString text = document.value(name).toString();
    const QUrl url(text, QUrl::StrictMode);
    if (!text.isEmpty() && !isSafeForSecrets(url)) {
        *problem = name;
        return {};
    }
    return url;
}

Error unusable(const QString &message)
{
    return Error::local(Error::Kind::Receiving, message,
                        tr("Check the issuer with whoever runs the provider."));
}

} // namespace

bool isSafeForSecrets(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1
        || (url.scheme() == "http"_L1
            && (url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback()));
}

QUrl OidcProvider::discoveryUrl(const QString &issuer)
{
    return QUrl(withoutSlash(issuer) + "/.well-known/openid-configuration"_L1, QUrl::StrictMode);
}

OidcProvider OidcProvider::fromDiscovery(const QByteArray &json, const QString &issuer,
                                         Error *error)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonObject object = document.object();
    OidcProvider provider;
    if (!document.isObject()) {
        *error = unusable(
            tr("What is at the address of %1's configuration is no JSON object.").arg(issuer));
        return provider;
    }
    provider.issuer = object.value(u"issuer"_s).toString();
    if (withoutSlash(provider.issuer) != withoutSlash(issuer)) {
        *error = unusable(tr("The configuration at %1 is that of another issuer: \"%2\".")
                              .arg(issuer, provider.issuer));
        return provider;
    }
    QString problem;
    provider.authorization = address(object, u"authorization_endpoint"_s, &problem);
    provider.token = address(object, u"token_endpoint"_s, &problem);
    provider.revocation = address(object, u"revocation_endpoint"_s, &problem);
    provider.deviceAuthorization = address(object, u"device_authorization_endpoint"_s, &problem);
    provider.scopes = texts(object.value(u"scopes_supported"_s));
    const QStringList methods = texts(object.value(u"token_endpoint_auth_methods_supported"_s));
    provider.takesBasic =
        !methods.contains(u"client_secret_post"_s) || methods.contains(u"client_secret_basic"_s);
    if (!problem.isEmpty())
        *error = unusable(tr("The %1 of %2 is not https.").arg(problem, issuer));
    else if (provider.token.isEmpty())
        *error = unusable(tr("The configuration of %1 names no token_endpoint.").arg(issuer));
    return provider;
}

OidcProvider OidcProvider::ofCognitoDomain(const QString &domain)
{
    const QUrl base(domain.contains("://"_L1) ? domain : "https://"_L1 + domain, QUrl::StrictMode);
    const auto at = [&base](const QString &path) {
        QUrl url = base;
        url.setPath(path);
        return url;
    };
    OidcProvider provider;
    provider.authorization = at(u"/oauth2/authorize"_s);
    provider.token = at(u"/oauth2/token"_s);
    provider.revocation = at(u"/oauth2/revoke"_s);
    return provider;
}

} // namespace AppSync
