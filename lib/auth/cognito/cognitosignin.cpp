// SPDX-License-Identifier: Apache-2.0
#include "cognitosignin_p.h"

#include "cognitoapi_p.h"
#include "cognitoerror_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Flow = CognitoTokenSource::Flow;

// A server that never comes to an end is left, before it is asked for ever.
constexpr int kMostSteps = 50;

QJsonObject object(const QMap<QString, QString> &map)
{
    QJsonObject made;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        made.insert(it.key(), it.value());
    return made;
}

QString text(const QVariantMap &answers, QLatin1StringView name)
{
    return answers.value(name).toString();
}

//! What a pool name is in the maths: the id without its region.
QString poolName(const QString &poolId)
{
    return poolId.section(u'_', 1);
}

QString asText(const QByteArray &latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

std::optional<CognitoGrant> CognitoGrant::fromAnswer(const QJsonObject &answer)
{
    const QJsonObject result = answer.value(u"AuthenticationResult").toObject();
    CognitoGrant grant;
    grant.accessToken = result.value(u"AccessToken").toString();
    if (grant.accessToken.isEmpty())
        return {};
    grant.idToken = result.value(u"IdToken").toString();
    grant.refreshToken = result.value(u"RefreshToken").toString();
    grant.lifetime = lifetimeOf(result.value(u"ExpiresIn").toInteger());
    const QJsonObject device = result.value(u"NewDeviceMetadata").toObject();
    grant.newDevice.key = device.value(u"DeviceKey").toString();
    grant.newDevice.groupKey = device.value(u"DeviceGroupKey").toString();
    return grant;
}

CognitoSignIn::CognitoSignIn(CognitoApi *api, Options options, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_options(std::move(options))
    , m_question(api->clock(), parent, nullptr)
{
    // One that cannot answer the pool's question had better not raise it.
    if (!m_options.device.canProveItself())
        m_options.device = {};
    connect(&m_question, &CognitoQuestion::asked, this, &CognitoSignIn::asked);
    connect(&m_question, &CognitoQuestion::isOpenChanged, this,
            &CognitoSignIn::isWaitingForPersonChanged);
    connect(&m_question, &CognitoQuestion::cancelled, this, [this] {
        fail(Error::local(Error::Kind::Cancelled, tr("The sign-in was cancelled.")));
    });
    connect(&m_question, &CognitoQuestion::expired, this, [this] {
        fail(Error::local(Error::Kind::Unattended,
                          tr("Nobody answered in time: the sign-in was given up."),
                          tr("Try again; there are five minutes for each answer.")));
    });
}

CognitoSignIn::~CognitoSignIn()
{
    Srp::wipe(m_options.password);
    Srp::wipe(m_newPassword);
}

void CognitoSignIn::start()
{
    if (m_options.loginName.isEmpty() || (needsPasswordFirst() && m_options.password.isEmpty()))
        askForCredentials();
    else
        initiate();
}

bool CognitoSignIn::needsPasswordFirst() const
{
    return m_options.flow == Flow::Srp || m_options.flow == Flow::Password
        || m_options.flow == Flow::CustomSrp;
}

void CognitoSignIn::askForCredentials()
{
    const bool needsPassword = needsPasswordFirst() && m_options.password.isEmpty();
    const bool asksForName = m_options.loginName.isEmpty()
        || (!m_options.problem.isEmpty() && !m_options.isLoginNameFixed);
    CognitoForm form = CognitoForms::credentials(m_options.userPoolId, m_options.loginName,
                                                 asksForName, needsPassword);
    form.problem = m_options.problem;
    ask(form, needsPassword ? tr("a password") : tr("a user name"),
        [this, asksForName, needsPassword](const Answers &answers) {
            if (asksForName) {
                const QString name = text(answers, CognitoForms::kUserName).trimmed();
                if (name != m_options.loginName)
                    m_options.device = {};
                m_options.loginName = name;
            }
            if (needsPassword)
                m_options.password = text(answers, CognitoForms::kPassword);
            initiate();
        });
}

void CognitoSignIn::withPassword(const std::function<void()> &then)
{
    if (!m_options.password.isEmpty()) {
        then();
        return;
    }
    ask(CognitoForms::credentials(m_options.userPoolId, m_options.loginName, false, true),
        tr("a password"), [this, then](const Answers &answers) {
            m_options.password = text(answers, CognitoForms::kPassword);
            then();
        });
}

//! What an app client with a secret adds to every call, and a remembered device too.
void CognitoSignIn::addClient(Responses &parameters, const QString &userName) const
{
    parameters.insert(u"USERNAME"_s, userName);
    if (!m_options.clientSecret.isEmpty()) {
        parameters.insert(
            u"SECRET_HASH"_s,
            asText(Srp::secretHash(userName, m_options.clientId, m_options.clientSecret)));
    }
    if (!m_options.device.key.isEmpty())
        parameters.insert(u"DEVICE_KEY"_s, m_options.device.key);
}

void CognitoSignIn::initiate()
{
    QString flow;
    Responses parameters;
    m_userName = m_options.loginName;
    addClient(parameters, m_userName);
    if (m_options.flow == Flow::Srp || m_options.flow == Flow::CustomSrp) {
        m_conversation = m_options.converse();
        parameters.insert(u"SRP_A"_s, asText(m_conversation->publicHex()));
    }
    switch (m_options.flow) {
    case Flow::Srp:
        flow = u"USER_SRP_AUTH"_s;
        break;
    case Flow::Password:
        flow = u"USER_PASSWORD_AUTH"_s;
        parameters.insert(u"PASSWORD"_s, m_options.password);
        break;
    case Flow::CustomSrp:
        parameters.insert(u"CHALLENGE_NAME"_s, u"SRP_A"_s);
        [[fallthrough]];
    case Flow::Custom:
        flow = u"CUSTOM_AUTH"_s;
        break;
    case Flow::Choice:
        flow = u"USER_AUTH"_s;
        break;
    }
    m_api->call(u"InitiateAuth"_s,
                {{u"AuthFlow"_s, flow},
                 {u"ClientId"_s, m_options.clientId},
                 {u"AuthParameters"_s, object(parameters)}},
                this, [this](const QJsonObject &answer, const Error &error) {
                    if (!error.isError())
                        onAnswer(answer);
                    else if (!startAgainWithoutDevice(error))
                        fail(error);
                });
}

void CognitoSignIn::onAnswer(const QJsonObject &answer)
{
    if (auto grant = CognitoGrant::fromAnswer(answer)) {
        grant->loginName = m_options.loginName;
        grant->userName = m_userName;
        finish(*grant, {});
        return;
    }
    m_challenge = CognitoChallenge::fromAnswer(answer);
    if (m_challenge.name.isEmpty()) {
        fail(CognitoError::unexpected(tr("both tokens and a challenge")));
        return;
    }
    // The name that the pool has for the user; an alias is only good for the first call.
    for (const QString &key : {u"USERNAME"_s, u"USER_ID_FOR_SRP"_s}) {
        if (const QString name = m_challenge.parameters.value(key); !name.isEmpty())
            m_userName = name;
    }
    if (++m_steps > kMostSteps)
        fail(Error::local(Error::Kind::Refused, tr("The user pool does not stop to ask."),
                          tr("Ask whoever administers the user pool.")));
    else
        handle();
}

void CognitoSignIn::handle(const QString &problem)
{
    const QString &name = m_challenge.name;
    if (name == u"PASSWORD_VERIFIER")
        proveUserPassword();
    else if (name == u"DEVICE_SRP_AUTH")
        proveDevice();
    else if (name == u"DEVICE_PASSWORD_VERIFIER")
        proveDevicePassword();
    else if (name == u"PASSWORD" || name == u"PASSWORD_SRP")
        sendPassword(name);
    else if (name == u"SELECT_CHALLENGE")
        chooseChallenge();
    else if (name == u"SELECT_MFA_TYPE")
        chooseSecondFactor();
    else if (name == u"NEW_PASSWORD_REQUIRED")
        askForNewPassword(problem);
    else if (name == u"MFA_SETUP")
        setUpSecondFactor();
    else if (!CognitoForms::responseKey(name).isEmpty())
        askForCode(problem);
    else if (name == u"WEB_AUTHN")
        fail(Error::local(Error::Kind::Refused,
                          tr("The user pool wants a passkey, which needs a browser."),
                          tr("Sign in on the pool's own page instead.")));
    else
        askTheUnknown();
}

std::optional<CognitoSignIn::Responses> CognitoSignIn::proof(const Srp::Conversation &conversation,
                                                             const Srp::Identity &who)
{
    const auto &parameters = m_challenge.parameters;
    const QString block = parameters.value(u"SECRET_BLOCK"_s);
    const Srp::Challenge challenge{parameters.value(u"SRP_B"_s).toLatin1(),
                                   parameters.value(u"SALT"_s).toLatin1(), block.toLatin1()};
    const QByteArray timestamp =
        Srp::timestamp(QDateTime::fromMSecsSinceEpoch(m_api->serverNowMs(), Qt::UTC));
    const QByteArray signature = conversation.signature(challenge, who, timestamp);
    if (signature.isEmpty())
        return {};
    return Responses{{u"PASSWORD_CLAIM_SECRET_BLOCK"_s, block},
                     {u"PASSWORD_CLAIM_SIGNATURE"_s, asText(signature)},
                     {u"TIMESTAMP"_s, asText(timestamp)}};
}

void CognitoSignIn::proveUserPassword()
{
    const QString userId = m_challenge.parameters.value(u"USER_ID_FOR_SRP"_s);
    std::optional<Responses> responses;
    if (m_conversation && !userId.isEmpty())
        responses =
            proof(*m_conversation, {poolName(m_options.userPoolId), userId, m_options.password});
    if (!responses) {
        fail(CognitoError::unexpected(tr("the numbers that a password is proved with")));
        return;
    }
    // Used once: a second challenge for the same number could be made to tell something.
    m_conversation.reset();
    respond(m_challenge.name, *responses);
}

void CognitoSignIn::proveDevice()
{
    if (!m_options.device.canProveItself()) {
        fail(Error::local(Error::Kind::Refused,
                          tr("The user pool wants this device to prove itself, which it cannot."),
                          tr("Let the user pool forget the device, then sign in again.")));
        return;
    }
    m_deviceConversation = m_options.converse();
    respond(m_challenge.name, {{u"SRP_A"_s, asText(m_deviceConversation->publicHex())}});
}

void CognitoSignIn::proveDevicePassword()
{
    const CognitoDevice &device = m_options.device;
    std::optional<Responses> responses;
    if (m_deviceConversation)
        responses = proof(*m_deviceConversation, {device.groupKey, device.key, device.password});
    if (!responses) {
        fail(CognitoError::unexpected(tr("the numbers that a device is proved with")));
        return;
    }
    m_deviceConversation.reset();
    respond(m_challenge.name, *responses);
}

//! \a challenge is PASSWORD or PASSWORD_SRP; answered as itself, or as the choice of it.
void CognitoSignIn::sendPassword(const QString &challenge)
{
    withPassword([this, challenge] {
        Responses responses;
        if (challenge == u"PASSWORD") {
            responses.insert(u"PASSWORD"_s, m_options.password);
        } else {
            m_conversation = m_options.converse();
            responses.insert(u"SRP_A"_s, asText(m_conversation->publicHex()));
        }
        if (m_challenge.name == u"SELECT_CHALLENGE")
            responses.insert(u"ANSWER"_s, challenge);
        respond(m_challenge.name, responses);
    });
}

void CognitoSignIn::chooseChallenge()
{
    const auto choose = [this](const QString &challenge) {
        if (challenge.startsWith(u"PASSWORD"))
            sendPassword(challenge);
        else
            respond(m_challenge.name, {{u"ANSWER"_s, challenge}});
    };
    QStringList choices = m_challenge.available;
    choices.removeAll(u"WEB_AUTHN"_s);
    // Who can prove the password need not send it.
    if (choices.contains(u"PASSWORD_SRP"_s))
        choices.removeAll(u"PASSWORD"_s);
    if (choices.isEmpty())
        fail(
            Error::local(Error::Kind::Refused,
                         tr("The user pool offers no way to sign in that works without a browser."),
                         tr("Sign in on the pool's own page instead.")));
    else if (!m_options.password.isEmpty() && choices.contains(u"PASSWORD_SRP"_s))
        choose(u"PASSWORD_SRP"_s);
    else if (choices.size() == 1)
        choose(choices.first());
    else
        ask(CognitoForms::choice(choices, false), tr("a choice how to sign in"),
            [choose](const Answers &answers) { choose(text(answers, CognitoForms::kAnswer)); });
}

void CognitoSignIn::chooseSecondFactor()
{
    const QStringList choices = m_challenge.list(u"MFAS_CAN_CHOOSE"_s);
    if (choices.isEmpty()) {
        fail(CognitoError::unexpected(tr("the second factors to choose from")));
        return;
    }
    ask(CognitoForms::choice(choices, true), tr("the choice of a second factor"),
        [this](const Answers &answers) {
            respond(m_challenge.name, {{u"ANSWER"_s, text(answers, CognitoForms::kAnswer)}});
        });
}

void CognitoSignIn::askForNewPassword(const QString &problem)
{
    CognitoForm form = CognitoForms::newPassword(m_challenge);
    form.problem = problem;
    ask(form, tr("a new password"), [this](const Answers &answers) {
        Responses responses;
        for (auto it = answers.cbegin(); it != answers.cend(); ++it)
            responses.insert(it.key(), it.value().toString());
        m_newPassword = responses.value(u"NEW_PASSWORD"_s);
        respond(m_challenge.name, responses);
    });
}

void CognitoSignIn::setUpSecondFactor()
{
    const QStringList possible = m_challenge.list(u"MFAS_CAN_SETUP"_s);
    if (!possible.isEmpty() && !possible.contains(u"SOFTWARE_TOKEN_MFA"_s)) {
        fail(Error::local(
            Error::Kind::Refused,
            tr("The user pool wants a second factor to be set up that cannot be set up here: %1.")
                .arg(possible.join(u", "_s)),
            tr("Sign in on the pool's own page, or let an administrator set it up.")));
        return;
    }
    m_api->call(u"AssociateSoftwareToken"_s, {{u"Session"_s, m_challenge.session}}, this,
                [this](const QJsonObject &answer, const Error &error) {
                    const QString secret = answer.value(u"SecretCode").toString();
                    m_challenge.session = answer.value(u"Session").toString(m_challenge.session);
                    if (error.isError())
                        fail(error);
                    else if (secret.isEmpty())
                        fail(CognitoError::unexpected(tr("the key for an authenticator app")));
                    else
                        askForTotp(secret, {});
                });
}

void CognitoSignIn::askForTotp(const QString &secret, const QString &problem)
{
    CognitoForm form = CognitoForms::totpSetup(
        secret, CognitoForms::totpUrl(secret, m_options.userPoolId, m_options.loginName));
    form.problem = problem;
    ask(form, tr("an authenticator app to be set up"), [this, secret](const Answers &answers) {
        QJsonObject verify{{u"Session"_s, m_challenge.session},
                           {u"UserCode"_s, text(answers, CognitoForms::kCode).trimmed()}};
        if (const QString name = text(answers, CognitoForms::kDeviceName); !name.isEmpty())
            verify.insert(u"FriendlyDeviceName"_s, name);
        m_api->call(u"VerifySoftwareToken"_s, verify, this,
                    [this, secret](const QJsonObject &answer, const Error &error) {
                        if (CognitoError::isWrongCode(error)) {
                            askForTotp(secret, error.message);
                        } else if (error.isError()) {
                            fail(error);
                        } else {
                            m_challenge.session =
                                answer.value(u"Session").toString(m_challenge.session);
                            respond(m_challenge.name, {});
                        }
                    });
    });
}

void CognitoSignIn::askForCode(const QString &problem)
{
    CognitoForm form = CognitoForms::code(m_challenge);
    form.problem = problem;
    ask(form, tr("a code"), [this](const Answers &answers) {
        respond(m_challenge.name,
                {{CognitoForms::responseKey(m_challenge.name),
                  text(answers, CognitoForms::kCode).trimmed()}});
    });
}

//! The pool's own question, and whatever will be invented.
void CognitoSignIn::askTheUnknown()
{
    const bool isCustom = m_challenge.name == u"CUSTOM_CHALLENGE";
    ask(isCustom ? CognitoForms::custom(m_challenge) : CognitoForms::unknown(m_challenge),
        tr("an answer"), [this, isCustom](const Answers &answers) {
            if (isCustom)
                respond(m_challenge.name, {{u"ANSWER"_s, text(answers, CognitoForms::kAnswer)}});
            else
                respond(m_challenge.name,
                        {{text(answers, CognitoForms::kResponseName),
                          text(answers, CognitoForms::kResponseValue)}});
        });
}

void CognitoSignIn::respond(const QString &challenge, Responses responses)
{
    addClient(responses, m_userName);
    QJsonObject parameters{{u"ClientId"_s, m_options.clientId},
                           {u"ChallengeName"_s, challenge},
                           {u"ChallengeResponses"_s, object(responses)}};
    if (!m_challenge.session.isEmpty())
        parameters.insert(u"Session"_s, m_challenge.session);
    m_api->call(u"RespondToAuthChallenge"_s, parameters, this,
                [this](const QJsonObject &answer, const Error &error) {
                    if (error.isError()) {
                        onRefused(error);
                        return;
                    }
                    if (!m_newPassword.isEmpty()) {
                        m_options.password = std::exchange(m_newPassword, {});
                        const QPointer<CognitoSignIn> alive(this);
                        Q_EMIT passwordChosen(m_options.password);
                        if (!alive)
                            return;
                    }
                    onAnswer(answer);
                });
}

void CognitoSignIn::onRefused(const Error &error)
{
    const bool isCode = !CognitoForms::responseKey(m_challenge.name).isEmpty();
    const bool isNewPassword = m_challenge.name == u"NEW_PASSWORD_REQUIRED";
    if (isCode && CognitoError::isWrongCode(error)) {
        handle(error.message);
    } else if (isNewPassword && CognitoError::isBadPassword(error)) {
        Srp::wipe(m_newPassword);
        // What the rules are stands in the server's words only.
        handle(error.serverMessage.isEmpty() ? error.message
                                             : error.message + u' ' + error.serverMessage);
    } else if (!startAgainWithoutDevice(error)) {
        fail(error);
    }
}

//! A device that the pool has forgotten, or whose password it does not accept, must not lock the user out.
bool CognitoSignIn::startAgainWithoutDevice(const Error &error)
{
    const bool isDeviceChallenge = m_challenge.name.startsWith(u"DEVICE_");
    const bool isDevice = CognitoError::isUnknownDevice(error)
        || (isDeviceChallenge && CognitoError::isWrongPassword(error));
    if (m_options.device.key.isEmpty() || !isDevice || std::exchange(m_hasStartedAgain, true))
        return false;
    m_options.device = {};
    m_challenge = {};
    initiate();
    Q_EMIT deviceForgotten();
    return true;
}

void CognitoSignIn::ask(const CognitoForm &form, const QString &what,
                        const std::function<void(const Answers &)> &then)
{
    if (const std::optional<Error> nobody = m_options.nobodyToAsk(what)) {
        fail(*nobody);
        return;
    }
    m_question.ask(form, then);
}

void CognitoSignIn::fail(const Error &error)
{
    finish({}, error);
}

void CognitoSignIn::finish(const CognitoGrant &grant, const Error &error)
{
    const QPointer<CognitoSignIn> alive(this);
    m_question.close();
    if (alive)
        Q_EMIT finished(grant, error);
}

} // namespace AppSync
