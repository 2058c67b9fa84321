// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awshome.h"

#include "lib/auth/aws/ssocredentials_p.h"
#include "tests/shared/httpserver.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

//! What the tests of SSO share.
namespace SsoCenter {

using namespace Qt::StringLiterals;

inline constexpr auto kConfig = "[profile dev]\n"
                                "sso_session = corp\n"
                                "sso_account_id = 123456789012\n"
                                "sso_role_name = Dev+Ops\n"
                                "[profile old]\n"
                                "sso_start_url = https://old.awsapps.com/start\n"
                                "sso_region = eu-west-1\n"
                                "sso_account_id = 1\n"
                                "sso_role_name = R\n"
                                "[sso-session corp]\n"
                                "sso_start_url = https://corp.awsapps.com/start\n"
                                "sso_region = eu-central-1\n"
                                "sso_registration_scopes = sso:account:access, other:scope\n";

// SHA-1 of `corp` and of the start URL of the old form.
inline const auto kFile = u".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"_s;

inline QString fileOf(const QByteArray &name)
{
    return u".aws/sso/cache/"_s
        + QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex())
        + u".json"_s;
}

//! IAM Identity Center, both halves of it.
class Center {
public:
    explicit Center(AwsHome &home) : m_home(home)
    {
        home.writeConfig(kConfig);
        home.set(u"AWS_ENDPOINT_URL_SSO"_s, server.url(u"/portal"_s).toString());
        home.set(u"AWS_ENDPOINT_URL_SSO_OIDC"_s, server.url(u"/oidc/"_s).toString());
        server.setAnswer([this](const HttpServer::Request &request) { return answer(request); });
    }

    [[nodiscard]] QList<HttpServer::Request> to(const QString &path) const
    {
        QList<HttpServer::Request> found;
        std::copy_if(
            server.requests.cbegin(), server.requests.cend(), std::back_inserter(found),
            [&path](const HttpServer::Request &request) { return request.path() == path; });
        return found;
    }
    [[nodiscard]] QByteArray bearer(qsizetype n = 0) const
    {
        return to(kPortal).value(n).headers.value("x-amz-sso_bearer_token");
    }
    [[nodiscard]] QJsonObject body(const QString &path, qsizetype n = 0) const
    {
        return QJsonDocument::fromJson(to(path).value(n).body).object();
    }

    inline static const QString kPortal = u"/portal/federation/credentials"_s;
    inline static const QString kToken = u"/oidc/token"_s;
    inline static const QString kRegister = u"/oidc/client/register"_s;
    inline static const QString kDevice = u"/oidc/device_authorization"_s;

    HttpServer server;
    HttpServer::Answer role; //!< of the portal, unless it is the usual one
    QByteArray acceptedToken; //!< the portal refuses others; empty: accepts all
    QList<HttpServer::Answer> tokens; //!< the next answers of /token
    QByteArray verificationUri = "https://device.sso.eu-central-1.amazonaws.com/";

private:
    HttpServer::Answer answer(const HttpServer::Request &request)
    {
        const auto now = m_home.clock.wallMs();
        if (request.path() == kRegister)
            return {200,
                    R"({"clientId":"client","clientSecret":"CLIENTSECRET","clientSecretExpiresAt":)"
                        + QByteArray::number(now / 1000 + 86400) + "}"};
        if (request.path() == kDevice)
            return {200,
                    R"({"deviceCode":"DEVICECODE","userCode":"ABCD-EFGH","verificationUri":")"
                        + verificationUri + R"(","verificationUriComplete":")" + verificationUri
                        + R"(?user_code=ABCD-EFGH","expiresIn":600,"interval":1})"};
        if (request.path() == kToken)
            return tokens.isEmpty() ? HttpServer::Answer{500, "{}"} : tokens.takeFirst();
        if (request.path() != kPortal)
            return {404, "{}"};
        if (!acceptedToken.isEmpty()
            && request.headers.value("x-amz-sso_bearer_token") != acceptedToken)
            return {401,
                    R"({"message":"Session token not found or invalid"})",
                    "application/json",
                    {{"x-amzn-ErrorType", "UnauthorizedException"}}};
        if (!role.body.isEmpty() || role.status != 200)
            return role;
        return {200,
                R"({"roleCredentials":{"accessKeyId":"ASIAROLE","secretAccessKey":"ROLESECRET",)"
                R"("sessionToken":"ROLETOKEN","expiration":)"
                    + QByteArray::number(now + 3'600'000) + "}}"};
    }

    AwsHome &m_home;
};

inline QByteArray signIn(const QByteArray &expiresAt, const QByteArray &more = {})
{
    return R"({"startUrl":"x","region":"y","accessToken":"ACCESSTOKEN","expiresAt":")" + expiresAt
        + '"' + more + '}';
}

//! Members that let a sign-in be renewed until \a until.
inline QByteArray renewable(const QByteArray &until)
{
    return R"(,"clientId":"client","clientSecret":"CLIENTSECRET","refreshToken":"REFRESHTOKEN",)"
           R"("kept":"as it was","registrationExpiresAt":")"
        + until + '"';
}

inline const HttpServer::Answer kNewToken{
    200,
    R"({"accessToken":"NEWTOKEN","expiresIn":3600,"refreshToken":"NEWREFRESH","tokenType":"Bearer"})"};

inline HttpServer::Answer refusal(const QByteArray &error, const QByteArray &type = {})
{
    return {400, R"({"error":")" + error + R"(","error_description":"words of the service"})",
            "application/json",
            type.isEmpty() ? QList<QPair<QByteArray, QByteArray>>()
                           : QList<QPair<QByteArray, QByteArray>>{{"x-amzn-ErrorType", type}}};
}

inline std::unique_ptr<AppSync::SsoCredentials> source(const AwsHome &home,
                                                       const QString &profile = u"dev"_s)
{
    const AppSync::AwsContext context = home.context(profile);
    AppSync::Error error;
    const AppSync::SsoSettings settings = AppSync::SsoSettings::of(context, &error);
    if (error.isError())
        qFatal("%s", qPrintable(error.toString()));
    return std::make_unique<AppSync::SsoCredentials>(context, settings, nullptr);
}

} // namespace SsoCenter
