// SPDX-License-Identifier: Apache-2.0
#include "ssologin_p.h"

#include "../interactivesource.h"
#include "awsanswer_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QDateTime secondsAfter(const QDateTime &now, const QJsonValue &seconds)
{
    return now.addSecs(seconds.toInteger());
}

//! Whether \a error means one of these, which the service names in two ways.
bool isOne(const Error &error, QStringView exception, QStringView code)
{
    return error.type == exception || error.type == code;
}

} // namespace

SsoLogin::SsoLogin(const AwsContext &context, const SsoSettings &settings, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_settings(settings)
    , m_nextPoll(context.clock()->createTimer(this))
    , m_deadline(context.clock()->createTimer(this))
{
    connect(m_nextPoll, &ClockTimer::timedOut, this, &SsoLogin::poll);
    connect(m_deadline, &ClockTimer::timedOut, this, [this] {
        fail(Error::local(Error::Kind::Unattended,
                          tr("Nobody confirmed the SSO sign-in of the AWS profile %1 in time.")
                              .arg(m_settings.profile),
                          tr("Try again, and confirm the code in the browser.")));
    });
}

void SsoLogin::start()
{
    registerClient();
}

void SsoLogin::registerClient()
{
    const QString name = m_context.environment.network.userAgent;
    QJsonObject body{{u"clientName"_s, name.isEmpty() ? u"AppSyncQt"_s : name},
                     {u"clientType"_s, u"public"_s}};
    // The old form of the configuration knows no scopes, and gets no refresh token.
    if (!m_settings.session.isEmpty())
        body[u"scopes"_s] = QJsonArray::fromStringList(m_settings.scopes);
    post(u"/client/register"_s, body, tr("The SSO service did not register this program."),
         [this](const QJsonObject &answer) {
             m_token.clientId = answer[u"clientId"_s].toString();
             m_token.clientSecret = answer[u"clientSecret"_s].toString();
             m_token.registrationExpiresAt = QDateTime::fromSecsSinceEpoch(
                 answer[u"clientSecretExpiresAt"_s].toInteger(), Qt::UTC);
             askForCode();
         });
}

void SsoLogin::askForCode()
{
    const QJsonObject body{{u"clientId"_s, m_token.clientId},
                           {u"clientSecret"_s, m_token.clientSecret},
                           {u"startUrl"_s, m_settings.startUrl}};
    post(u"/device_authorization"_s, body, tr("The SSO service gave no code to confirm."),
         [this](const QJsonObject &answer) { showCode(answer); });
}

void SsoLogin::showCode(const QJsonObject &answer)
{
    m_deviceCode = answer[u"deviceCode"_s].toString();
    const QString code = answer[u"userCode"_s].toString();
    QUrl url(answer[u"verificationUriComplete"_s].toString());
    if (!url.isValid() || url.isEmpty())
        url = QUrl(answer[u"verificationUri"_s].toString());
    // What comes from the network may be shown to a browser, but not to any other program.
    if (m_deviceCode.isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http")) {
        fail(Error::local(Error::Kind::Receiving, tr("The SSO service gave no code to confirm."),
                          m_settings.loginAdvice()));
        return;
    }
    m_interval = std::chrono::seconds(std::max<qint64>(answer[u"interval"_s].toInteger(5), 1));
    std::chrono::seconds patience = InteractiveSource::kPatience;
    if (const auto end = std::chrono::seconds(answer[u"expiresIn"_s].toInteger()); end.count() > 0)
        patience = std::min(patience, end);
    m_interaction = new Interaction(
        Interaction::Kind::OpenUrl, tr("Sign in with SSO"),
        tr("The AWS profile %1 needs a sign-in at %2. Confirm there that the code is this one.")
            .arg(m_settings.profile, m_settings.startUrl),
        this);
    m_interaction->setUrl(url);
    m_interaction->setUserCode(code);
    m_interaction->setDeadline(m_context.now().addSecs(patience.count()));
    connect(m_interaction, &Interaction::cancelled, this, [this] {
        fail(Error::local(
            Error::Kind::Cancelled,
            tr("The SSO sign-in of the AWS profile %1 was cancelled.").arg(m_settings.profile)));
    });
    m_deadline->start(patience);
    m_nextPoll->start(m_interval);
    Q_EMIT interactionRequired(m_interaction);
}

void SsoLogin::poll()
{
    const QJsonObject body{{u"clientId"_s, m_token.clientId},
                           {u"clientSecret"_s, m_token.clientSecret},
                           {u"grantType"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
                           {u"deviceCode"_s, m_deviceCode}};
    if (HttpCall *asked = call(u"/token"_s, body))
        connect(asked, &HttpCall::finished, this, &SsoLogin::onPolled);
}

void SsoLogin::onPolled(const HttpAnswer &answer, const Error &noAnswer)
{
    if (m_hasEnded)
        return;
    if (answer.status == 200) {
        const QJsonObject body = AwsAnswer::json(answer);
        m_token.accessToken = body[u"accessToken"_s].toString();
        m_token.refreshToken = body[u"refreshToken"_s].toString();
        m_token.expiresAt = secondsAfter(m_context.now(), body[u"expiresIn"_s]);
        const bool isUsable = !m_token.accessToken.isEmpty();
        end(m_token, isUsable ? Error() : AwsAnswer::unusable(tr("the SSO service")));
        return;
    }
    Error error = noAnswer.isError()
        ? noAnswer
        : AwsAnswer::error(
            answer,
            tr("The SSO sign-in of the AWS profile %1 was refused.").arg(m_settings.profile));
    const bool isTooFast = isOne(error, u"SlowDownException", u"slow_down");
    if (isTooFast)
        m_interval += std::chrono::seconds(5);
    // A failure on the way is no answer yet; the deadline holds.
    if (isTooFast || error.isRetryable()
        || isOne(error, u"AuthorizationPendingException", u"authorization_pending")) {
        m_nextPoll->start(m_interval);
        return;
    }
    error.nextStep = isOne(error, u"ExpiredTokenException", u"expired_token")
        ? tr("The code expired before it was confirmed; try again.")
        : m_settings.loginAdvice();
    fail(error);
}

void SsoLogin::end(const SsoToken &token, const Error &error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_nextPoll->stop();
    m_deadline->stop();
    if (m_interaction)
        m_interaction->close();
    deleteLater();
    Q_EMIT finished(token, error);
}

void SsoLogin::post(const QString &path, const QJsonObject &body, const QString &what,
                    const std::function<void(const QJsonObject &)> &goOn)
{
    HttpCall *asked = call(path, body);
    if (!asked)
        return;
    connect(asked, &HttpCall::finished, this,
            [this, what, goOn](const HttpAnswer &answer, const Error &noAnswer) {
                Error error = noAnswer;
                if (!error.isError() && answer.status != 200) {
                    error = AwsAnswer::error(answer, what);
                    error.nextStep = tr("Check sso_region and sso_start_url of the AWS profile %1.")
                                         .arg(m_settings.profile);
                }
                if (error.isError())
                    fail(error);
                else
                    goOn(AwsAnswer::json(answer));
            });
}

HttpCall *SsoLogin::call(const QString &path, const QJsonObject &body)
{
    Error error;
    const HttpAccess access = m_context.access(&error);
    if (error.isError()) {
        fail(error);
        return nullptr;
    }
    QUrl url = m_context.endpoint(u"sso-oidc"_s, m_settings.region);
    url.setPath(url.path() + path);
    return HttpCall::post(url, {{"Content-Type"_ba, "application/json"_ba}},
                          QJsonDocument(body).toJson(QJsonDocument::Compact), access, this);
}

} // namespace AppSync
