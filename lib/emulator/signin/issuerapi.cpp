// SPDX-License-Identifier: Apache-2.0
#include "issuerapi_p.h"

#include "../http/httprequest_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

struct ClientLogin {
    QString id;
    QString secret;
    bool isByHeader = false;
};

HttpResponse jsonResponse(int status, const QJsonObject &body)
{
    HttpResponse response{status, QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
    response.addHeader("Cache-Control", "no-store");
    return response;
}

QUrlQuery formIn(const HttpRequest &request)
{
    QByteArray text = request.body;
    return QUrlQuery(QString::fromUtf8(text.replace('+', "%20")));
}

//! In the header or in the form, as RFC 6749, 2.3.1 has it.
ClientLogin loginOf(const HttpRequest &request, const QUrlQuery &form)
{
    const auto decoded = [](const QByteArray &text) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
    };
    const QByteArray header = request.header("authorization");
    if (header.first(std::min(header.size(), qsizetype(6))).toLower() == "basic ") {
        const QByteArray pair = QByteArray::fromBase64(header.sliced(6));
        const qsizetype colon = pair.indexOf(':');
        return colon < 0
            ? ClientLogin{{}, {}, true}
            : ClientLogin{decoded(pair.first(colon)), decoded(pair.sliced(colon + 1)), true};
    }
    return {form.queryItemValue(u"client_id"_s, QUrl::FullyDecoded),
            form.queryItemValue(u"client_secret"_s, QUrl::FullyDecoded), false};
}

} // namespace

IssuerApi::IssuerApi(const EmulatorOptions::Issuer &settings, const JsonWebKey &key, const Now &now)
    : m_settings(settings), m_key(key), m_now(now)
{
}

QString IssuerApi::problemOf(const QList<EmulatorOptions::Issuer> &issuers)
{
    static const QRegularExpression form(u"^[A-Za-z0-9-]{1,50}$"_s);
    QStringList names;
    for (const EmulatorOptions::Issuer &issuer : issuers) {
        const auto wrong = [&](const QString &what) {
            return u"Issuer \"%1\" %2"_s.arg(issuer.name, what);
        };
        if (!form.match(issuer.name).hasMatch() || names.contains(issuer.name))
            return wrong(u"needs a name of its own, of letters, digits and dashes"_s);
        if (issuer.issuer.isEmpty())
            return wrong(u"needs an issuer, for the claim iss"_s);
        const QRegularExpression clientId(issuer.clientIdPattern);
        if (!clientId.isValid())
            return wrong(u"has a wrong client id pattern: "_s + clientId.errorString());
        QStringList clients;
        for (const EmulatorOptions::IssuerClient &client : issuer.clients) {
            if (client.id.isEmpty() || clients.contains(client.id))
                return wrong(u"has a client \"%1\" that needs an id of its own"_s.arg(client.id));
            clients += client.id;
        }
        names += issuer.name;
    }
    return {};
}

TokenCheck::Provider IssuerApi::provider() const
{
    const QRegularExpression clientId(
        m_settings.clientIdPattern.isEmpty()
            ? QString()
            : QRegularExpression::anchoredPattern(m_settings.clientIdPattern));
    return {EmulatorOptions::AuthMode::Oidc,
            m_settings.issuer,
            [key = m_key] { return QList{key}; },
            clientId,
            m_settings.iatTtl,
            m_settings.authTtl};
}

std::optional<HttpResponse> IssuerApi::handle(const HttpRequest &request, const QByteArray &path,
                                              const QString &base, QString *refusal) const
{
    const bool isGet = request.method == "GET" || request.method == "HEAD";
    if (path == "token" && request.method == "POST")
        return token(request, refusal);
    if (path == ".well-known/jwks.json" && isGet)
        return jsonResponse(200, {{u"keys"_s, QJsonArray{m_key.toJwk()}}});
    if (path != ".well-known/openid-configuration" || !isGet)
        return std::nullopt;
    return jsonResponse(
        200,
        {{u"issuer"_s, m_settings.issuer},
         {u"jwks_uri"_s, QString(base + u".well-known/jwks.json"_s)},
         {u"token_endpoint"_s, QString(base + u"token"_s)},
         {u"grant_types_supported"_s, QJsonArray{u"client_credentials"_s}},
         {u"token_endpoint_auth_methods_supported"_s,
          QJsonArray{u"client_secret_basic"_s, u"client_secret_post"_s, u"none"_s}},
         {u"response_types_supported"_s, QJsonArray{}},
         {u"subject_types_supported"_s, QJsonArray{u"public"_s}},
         {u"id_token_signing_alg_values_supported"_s, QJsonArray{m_key.algorithm()}}});
}

HttpResponse IssuerApi::token(const HttpRequest &request, QString *refusal) const
{
    const auto refuse = [&](int status, const QString &error, const QString &why) {
        *refusal = error + u": "_s + why;
        return jsonResponse(status, {{u"error"_s, error}, {u"error_description"_s, why}});
    };
    const QUrlQuery form = formIn(request);
    const ClientLogin login = loginOf(request, form);
    const auto client =
        std::find_if(m_settings.clients.begin(), m_settings.clients.end(),
                     [&](const EmulatorOptions::IssuerClient &one) { return one.id == login.id; });
    if (client == m_settings.clients.end() || client->secret != login.secret) {
        HttpResponse response =
            refuse(401, u"invalid_client"_s,
                   u"there is no client \"%1\" with that secret"_s.arg(login.id));
        if (login.isByHeader)
            response.addHeader("WWW-Authenticate", "Basic realm=\"token\"");
        return response;
    }
    if (form.queryItemValue(u"grant_type"_s) != u"client_credentials")
        return refuse(400, u"unsupported_grant_type"_s,
                      u"tokens are given for client_credentials only"_s);
    return jsonResponse(200,
                        {{u"access_token"_s, tokenFor(*client)},
                         {u"token_type"_s, u"Bearer"_s},
                         {u"expires_in"_s, qint64(client->lifetime.count())}});
}

QString IssuerApi::tokenFor(const EmulatorOptions::IssuerClient &client) const
{
    const qint64 now = m_now().toSecsSinceEpoch();
    QJsonObject claims{{u"sub"_s, client.id}, {u"client_id"_s, client.id}, {u"azp"_s, client.id}};
    for (auto it = client.claims.begin(); it != client.claims.end(); ++it)
        claims.insert(it.key(), it.value());
    claims.insert(u"iss"_s, m_settings.issuer);
    claims.insert(u"iat"_s, now);
    claims.insert(u"auth_time"_s, now);
    claims.insert(u"exp"_s, now + qint64(client.lifetime.count()));
    claims.insert(u"jti"_s, QUuid::createUuid().toString(QUuid::WithoutBraces));
    return WebToken::make(m_key, claims);
}

} // namespace AppSync::Emulation
