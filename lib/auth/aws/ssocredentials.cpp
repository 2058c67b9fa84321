// SPDX-License-Identifier: Apache-2.0
#include "ssocredentials_p.h"

#include "../../core/logging_p.h"
#include "awsanswer_p.h"
#include "ssologin_p.h"

#include <QJsonDocument>
#include <QLocale>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! As the AWS tools do: with less than this left, the sign-in is renewed.
constexpr std::chrono::minutes kRefreshEarly{15};

} // namespace

SsoCredentials::SsoCredentials(const AwsContext &context, const SsoSettings &settings,
                               QObject *parent)
    : FetchedCredentials(context, parent), m_settings(settings)
{
}

QString SsoCredentials::displayName() const
{
    return tr("profile %1 (SSO)").arg(m_settings.profile);
}

void SsoCredentials::fetch()
{
    m_hasSignedIn = false;
    const std::optional<SsoToken> token = newestToken();
    const QDateTime now = context().now();
    if (!token)
        signIn(tr("nobody has signed in yet"));
    else if (now >= token->expiresAt.addSecs(-std::chrono::seconds(kRefreshEarly).count())
             && token->canRefresh(now))
        refresh(*token);
    else if (now < token->expiresAt)
        askForRole(*token);
    else
        signIn(tr("the sign-in ended at %1 UTC")
                   .arg(QLocale::c().toString(token->expiresAt, u"yyyy-MM-dd hh:mm"_s)));
}

std::optional<SsoToken> SsoCredentials::newestToken() const
{
    const std::optional<SsoToken> stored =
        SsoToken::load(m_settings.tokenFile(context().environment));
    if (!stored || (m_token && m_token->expiresAt > stored->expiresAt))
        return m_token;
    return stored;
}

void SsoCredentials::refresh(const SsoToken &token)
{
    QUrl url = context().endpoint(u"sso-oidc"_s, m_settings.region);
    url.setPath(url.path() + u"/token"_s);
    const QJsonObject body{{u"clientId"_s, token.clientId},
                           {u"clientSecret"_s, token.clientSecret},
                           {u"grantType"_s, u"refresh_token"_s},
                           {u"refreshToken"_s, token.refreshToken}};
    send("POST", url, {{"Content-Type"_ba, "application/json"_ba}},
         QJsonDocument(body).toJson(QJsonDocument::Compact),
         [this, token](const HttpAnswer &answer) { onRefreshed(token, answer); });
}

void SsoCredentials::onRefreshed(SsoToken token, const HttpAnswer &answer)
{
    const QJsonObject body = AwsAnswer::json(answer);
    const QString renewed = body[u"accessToken"_s].toString();
    const QDateTime now = context().now();
    if (answer.status == 200 && !renewed.isEmpty()) {
        token.accessToken = renewed;
        token.expiresAt = now.addSecs(body[u"expiresIn"_s].toInteger());
        if (const QString next = body[u"refreshToken"_s].toString(); !next.isEmpty())
            token.refreshToken = next;
        keep(token);
        askForRole(token);
        return;
    }
    // Another program may have renewed it in the same moment, which ends what we had.
    const std::optional<SsoToken> other = newestToken();
    if (other && other->accessToken != token.accessToken && other->expiresAt > now)
        askForRole(*other);
    else if (token.expiresAt > now)
        askForRole(token);
    else if (answer.status >= 500)
        fail(AwsAnswer::error(answer,
                              tr("The SSO sign-in of the AWS profile %1 could not be "
                                 "renewed.")
                                  .arg(m_settings.profile)));
    else
        signIn(tr("the sign-in has ended and cannot be renewed"));
}

void SsoCredentials::signIn(const QString &reason)
{
    if (m_hasSignedIn || !hasAudience()) {
        fail(Error::local(
            Error::Kind::Unauthorized,
            tr("The AWS profile %1 has no valid SSO sign-in: %2.").arg(m_settings.profile, reason),
            m_settings.loginAdvice()));
        return;
    }
    m_hasSignedIn = true;
    auto *login = new SsoLogin(context(), m_settings, this);
    connect(login, &SsoLogin::interactionRequired, this, [this](Interaction *interaction) {
        setWaitingForPerson(true);
        show(interaction);
    });
    connect(login, &SsoLogin::finished, this, [this](const SsoToken &token, const Error &error) {
        setWaitingForPerson(false);
        if (error.isError()) {
            fail(error);
        } else {
            keep(token);
            askForRole(token);
        }
    });
    login->start();
}

void SsoCredentials::keep(const SsoToken &token)
{
    m_token = token;
    const QString path = m_settings.tokenFile(context().environment);
    if (!token.save(path, m_settings))
        qCWarning(lcAuth) << "The SSO sign-in cannot be kept in" << path;
}

void SsoCredentials::askForRole(const SsoToken &token)
{
    QUrl url = context().endpoint(u"sso"_s, m_settings.region);
    url.setPath(url.path() + u"/federation/credentials"_s);
    QUrlQuery query;
    query.addQueryItem(u"account_id"_s, m_settings.accountId);
    query.addQueryItem(u"role_name"_s,
                       QString::fromLatin1(QUrl::toPercentEncoding(m_settings.roleName)));
    url.setQuery(query);
    send("GET", url, {{"x-amz-sso_bearer_token"_ba, token.accessToken.toUtf8()}}, {},
         [this](const HttpAnswer &answer) { onRole(answer); });
}

void SsoCredentials::onRole(const HttpAnswer &answer)
{
    if (answer.status == 401) {
        m_token.reset();
        signIn(tr("the SSO service refused it"));
        return;
    }
    if (answer.status != 200) {
        Error error = AwsAnswer::error(answer,
                                       tr("The SSO service gave no credentials for role "
                                          "%1 in account %2.")
                                           .arg(m_settings.roleName, m_settings.accountId));
        if (!error.isRetryable())
            error.nextStep = tr("Check sso_account_id and sso_role_name of the AWS profile %1, and "
                                "that you are assigned to them.")
                                 .arg(m_settings.profile);
        fail(error);
        return;
    }
    const QJsonObject role = AwsAnswer::json(answer)[u"roleCredentials"_s].toObject();
    AwsCredentials credentials;
    credentials.accessKeyId = role[u"accessKeyId"_s].toString();
    credentials.secretAccessKey = role[u"secretAccessKey"_s].toString();
    credentials.sessionToken = role[u"sessionToken"_s].toString();
    if (const qint64 end = role[u"expiration"_s].toInteger(); end > 0)
        credentials.expiresAt = QDateTime::fromMSecsSinceEpoch(end, Qt::UTC);
    if (credentials.isValid())
        succeed(credentials, clockSkew(answer, *context().clock()));
    else
        fail(AwsAnswer::unusable(tr("the SSO service")));
}

} // namespace AppSync
