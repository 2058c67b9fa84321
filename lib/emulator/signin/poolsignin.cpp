// SPDX-License-Identifier: Apache-2.0
#include "poolsignin_p.h"

#include "../randomtext_p.h"
#include "passwordpolicy_p.h"
#include "totp_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Status = EmulatorOptions::User::Status;

constexpr int kSecretBlockBytes = 512;
constexpr int kGroupKeyLetters = 8;
constexpr int kCodeDigits = 6;

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString jsonText(const QStringList &list)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact));
}

CognitoAnswer wrongPassword()
{
    return CognitoAnswer::notAuthorized(u"Incorrect username or password."_s);
}

CognitoAnswer wrongCode(const QString &message)
{
    return CognitoAnswer::failure(u"CodeMismatchException"_s, message);
}

//! What stands in the way of somebody whose password was right.
std::optional<CognitoAnswer> obstacle(const PoolUser &user)
{
    switch (user.data.status) {
    case Status::Disabled:
        return CognitoAnswer::notAuthorized(u"User is disabled."_s);
    case Status::Unconfirmed:
        return CognitoAnswer::failure(u"UserNotConfirmedException"_s, u"User is not confirmed."_s);
    case Status::ResetRequired:
        return CognitoAnswer::failure(u"PasswordResetRequiredException"_s,
                                      u"Password reset required for the user"_s);
    case Status::Confirmed:
    case Status::ForceChangePassword:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

//! `+49*****89` and `d***@e***`, as a client is told where a code went.
QString masked(const QString &destination)
{
    const qsizetype at = destination.indexOf(u'@');
    if (at > 0)
        return destination.left(1) + u"***@"_s + destination.mid(at + 1, 1) + u"***"_s;
    return u"+*******"_s + destination.right(4);
}

//! The device that the client showed, if it is one that this user remembers.
const Device *rememberedDevice(const AuthSession &session, const PoolUser &user)
{
    const auto device = user.devices.find(session.deviceKey);
    return device != user.devices.end() && device->second.isRemembered ? &device->second : nullptr;
}

} // namespace

PoolSignIn::PoolSignIn(UserPool &pool, PoolTokens &tokens, const Now &now)
    : m_pool(pool), m_tokens(tokens), m_now(now), m_sessions(now)
{
}

CognitoAnswer PoolSignIn::initiate(const QString &flow, const Step &step)
{
    const QString name = flow == u"REFRESH_TOKEN"_s ? u"REFRESH_TOKEN_AUTH"_s : flow;
    if (name == u"USER_PASSWORD_AUTH"_s && !step.client.flows.contains(name))
        return CognitoAnswer::invalidParameter(
            u"USER_PASSWORD_AUTH flow not enabled for this client"_s);
    if (!step.client.flows.contains(name))
        return CognitoAnswer::invalidParameter(name + u" is not enabled for the client."_s);
    if (name == u"REFRESH_TOKEN_AUTH"_s)
        return startRefresh(step);
    const QString username = step.value("USERNAME"_L1);
    if (username.isEmpty())
        return CognitoAnswer::missing(u"USERNAME"_s);
    // A name that nobody has goes on, so that it cannot be told from a wrong password.
    const PoolUser *user = m_pool.user(username);
    AuthSession session{user ? user->data.username : username, step.client.id};
    session.deviceKey = step.value("DEVICE_KEY"_L1);
    if (name == u"USER_SRP_AUTH"_s)
        return startSrp(step, session);
    if (name == u"USER_PASSWORD_AUTH"_s)
        return startPassword(step, session);
    if (name == u"CUSTOM_AUTH"_s)
        return startCustom(step, session);
    return CognitoAnswer::invalidParameter(u"Initiate Auth method not supported."_s);
}

CognitoAnswer PoolSignIn::startSrp(const Step &step, AuthSession session)
{
    const QString clientValue = step.value("SRP_A"_L1);
    if (clientValue.isEmpty())
        return CognitoAnswer::missing(u"SRP_A"_s);
    PoolUser *user = m_pool.user(session.username);
    const Srp::Verifier verifier = user
        ? user->verifier()
        : Srp::makeVerifier(m_pool.name(), session.username, QUuid::createUuid().toString());
    const Srp::Attempt attempt(verifier);
    const auto key = attempt.key(clientValue);
    if (!key)
        return CognitoAnswer::invalidParameter(u"SRP_A is no number that may be used."_s);
    session.srpKey = *key;
    return askProof(step, session, u"PASSWORD_VERIFIER"_s, attempt,
                    {{u"USERNAME"_s, session.username}, {u"USER_ID_FOR_SRP"_s, session.username}});
}

CognitoAnswer PoolSignIn::startPassword(const Step &step, const AuthSession &session)
{
    if (step.value("PASSWORD"_L1).isEmpty())
        return CognitoAnswer::missing(u"PASSWORD"_s);
    PoolUser *user = m_pool.user(session.username);
    const QDateTime now = m_now();
    if (!user)
        return wrongPassword();
    if (user->isLocked(now))
        return CognitoAnswer::notAuthorized(u"Password attempts exceeded"_s);
    const bool isRight = user->hasPassword(step.value("PASSWORD"_L1));
    user->countPassword(isRight, now);
    return isRight ? proceed(step, session) : wrongPassword();
}

CognitoAnswer PoolSignIn::startCustom(const Step &step, AuthSession session)
{
    session.isCustom = true;
    if (m_pool.settings().customQuestion.isEmpty())
        return CognitoAnswer::failure(
            u"InvalidUserPoolConfigurationException"_s,
            u"Custom auth lambda trigger is not configured for the user pool."_s);
    if (step.value("CHALLENGE_NAME"_L1) == u"SRP_A"_s)
        return startSrp(step, session);
    if (!m_pool.user(session.username))
        return wrongPassword();
    return proceed(step, session);
}

CognitoAnswer PoolSignIn::startRefresh(const Step &step)
{
    const QString token = step.value("REFRESH_TOKEN"_L1);
    if (token.isEmpty())
        return CognitoAnswer::missing(u"REFRESH_TOKEN"_s);
    return m_tokens.refresh(token, step.client, step.value("DEVICE_KEY"_L1));
}

CognitoAnswer PoolSignIn::respond(const QString &challenge, const Step &step)
{
    using Handler = CognitoAnswer (PoolSignIn::*)(const Step &, AuthSession &);
    static const QHash<QString, Handler> handlers{
        {u"NEW_PASSWORD_REQUIRED"_s, &PoolSignIn::onNewPassword},
        {u"SMS_MFA"_s, &PoolSignIn::onCode},
        {u"EMAIL_OTP"_s, &PoolSignIn::onCode},
        {u"SOFTWARE_TOKEN_MFA"_s, &PoolSignIn::onCode},
        {u"SELECT_MFA_TYPE"_s, &PoolSignIn::onSelection},
        {u"MFA_SETUP"_s, &PoolSignIn::onMfaSetup},
        {u"DEVICE_SRP_AUTH"_s, &PoolSignIn::onDevice},
        {u"CUSTOM_CHALLENGE"_s, &PoolSignIn::onAnswer},
    };
    if (step.value("USERNAME"_L1).isEmpty())
        return CognitoAnswer::missing(u"USERNAME"_s);
    // These two are recognized by their secret block: not all clients send a session along.
    if (challenge == u"PASSWORD_VERIFIER"_s)
        return onPassword(step);
    if (challenge == u"DEVICE_PASSWORD_VERIFIER"_s)
        return onDevicePassword(step);
    const auto handler = handlers.constFind(challenge);
    if (handler == handlers.constEnd())
        return CognitoAnswer::invalidParameter(
            u"\"%1\" is no challenge that this local AppSync sends."_s.arg(challenge));
    if (step.session.isEmpty())
        return CognitoAnswer::missing(u"Session"_s);
    CognitoAnswer refusal;
    AuthSession *session = find(step, step.session, challenge, &refusal);
    if (!session)
        return refusal;
    const PoolUser *user = m_pool.user(session->username);
    if (!user->answersTo(step.value("USERNAME"_L1)))
        return CognitoAnswer::notAuthorized(u"Invalid session for the user."_s);
    return (this->**handler)(step, *session);
}

CognitoAnswer PoolSignIn::onPassword(const Step &step)
{
    const QString block = step.value("PASSWORD_CLAIM_SECRET_BLOCK"_L1);
    CognitoAnswer refusal;
    const AuthSession *found = find(step, block, u"PASSWORD_VERIFIER"_s, &refusal);
    if (!found)
        return wrongPassword(); // too late, or never asked: the service does not say which
    PoolUser *user = m_pool.user(found->username);
    const QDateTime now = m_now();
    if (user && user->isLocked(now))
        return CognitoAnswer::notAuthorized(u"Password attempts exceeded"_s);
    const bool isRight = user && proves(step, *found, m_pool.name(), user->data.username);
    if (user)
        user->countPassword(isRight, now);
    const QString deviceKey = step.value("DEVICE_KEY"_L1);
    // Without an end of this session: clients then answer it again, without their device.
    if (isRight && !deviceKey.isEmpty() && !user->devices.contains(deviceKey))
        return CognitoAnswer::failure(u"ResourceNotFoundException"_s, u"Device does not exist."_s);
    AuthSession session = m_sessions.take(block);
    session.deviceKey = deviceKey;
    return isRight ? proceed(step, session) : wrongPassword();
}

CognitoAnswer PoolSignIn::onNewPassword(const Step &step, AuthSession &session)
{
    PoolUser &user = *m_pool.user(session.username);
    const QString password = step.value("NEW_PASSWORD"_L1);
    if (password.isEmpty())
        return CognitoAnswer::missing(u"NEW_PASSWORD"_s);
    if (const QString problem = PasswordPolicy::problemOf(password); !problem.isEmpty())
        return CognitoAnswer::failure(u"InvalidPasswordException"_s,
                                      u"Password did not conform with policy: "_s + problem);
    static const QString kPrefix = u"userAttributes."_s;
    QMap<QString, QString> attributes = user.data.attributes;
    for (auto it = step.values.begin(); it != step.values.end(); ++it) {
        if (it.key().startsWith(kPrefix))
            attributes.insert(it.key().sliced(kPrefix.size()), it.value().toString());
    }
    for (const QString &name : m_pool.settings().requiredAttributes) {
        if (attributes.value(name).isEmpty())
            return CognitoAnswer::invalidParameter(
                u"Attributes did not conform to the schema: %1: The attribute is required"_s.arg(
                    name));
    }
    user.data.attributes = attributes;
    user.setPassword(password);
    user.data.status = Status::Confirmed;
    return proceed(step, m_sessions.take(step.session));
}

CognitoAnswer PoolSignIn::onCode(const Step &step, AuthSession &session)
{
    PoolUser &user = *m_pool.user(session.username);
    const QString given = step.values.value(session.challenge + u"_CODE"_s).toString();
    if (given.isEmpty())
        return CognitoAnswer::missing(session.challenge + u"_CODE"_s);
    const bool isTotp = session.challenge == u"SOFTWARE_TOKEN_MFA"_s;
    const bool isUsed = isTotp && user.lastTotpStep >= 0
        && Totp::code(user.data.totpSecret, user.lastTotpStep) == given;
    if (isUsed)
        return CognitoAnswer::failure(u"ExpiredCodeException"_s,
                                      u"Your software token has already been used once."_s);
    const bool isRight =
        isTotp ? useCode(user, user.data.totpSecret, given) : given == session.code;
    if (!isRight) {
        m_sessions.countWrongAnswer(step.session);
        return wrongCode(isTotp ? u"Invalid code received for user"_s
                                : u"Invalid code or auth state for the user."_s);
    }
    AuthSession next = m_sessions.take(step.session);
    next.hasMfa = true;
    return proceed(step, next);
}

CognitoAnswer PoolSignIn::onSelection(const Step &step, AuthSession &session)
{
    PoolUser &user = *m_pool.user(session.username);
    const QString answer = step.value("ANSWER"_L1);
    if (!user.factors().contains(answer))
        return CognitoAnswer::invalidParameter(u"Invalid MFA type provided."_s);
    return askFactor(step, m_sessions.take(step.session), user, answer);
}

CognitoAnswer PoolSignIn::onMfaSetup(const Step &step, AuthSession &session)
{
    if (!session.hasNewSecret)
        return CognitoAnswer::failure(u"SoftwareTokenMFANotFoundException"_s,
                                      u"No authenticator app was verified in this session."_s);
    PoolUser &user = *m_pool.user(session.username);
    AuthSession next = m_sessions.take(step.session);
    user.data.totpSecret = next.newSecret;
    next.hasMfa = true;
    return proceed(step, next);
}

CognitoAnswer PoolSignIn::onDevice(const Step &step, AuthSession &session)
{
    const PoolUser &user = *m_pool.user(session.username);
    const Device *device = rememberedDevice(session, user);
    if (!device || step.value("DEVICE_KEY"_L1) != device->key)
        return CognitoAnswer::failure(u"ResourceNotFoundException"_s, u"Device does not exist."_s);
    const Srp::Attempt attempt(device->verifier);
    const auto key = attempt.key(step.value("SRP_A"_L1));
    if (!key)
        return CognitoAnswer::invalidParameter(u"SRP_A is no number that may be used."_s);
    AuthSession next = m_sessions.take(step.session);
    next.srpKey = *key;
    return askProof(step, next, u"DEVICE_PASSWORD_VERIFIER"_s, attempt,
                    {{u"USERNAME"_s, user.data.username}, {u"DEVICE_KEY"_s, device->key}});
}

CognitoAnswer PoolSignIn::onDevicePassword(const Step &step)
{
    const QString block = step.value("PASSWORD_CLAIM_SECRET_BLOCK"_L1);
    CognitoAnswer refusal;
    const AuthSession *found = find(step, block, u"DEVICE_PASSWORD_VERIFIER"_s, &refusal);
    if (!found)
        return wrongPassword();
    const PoolUser &user = *m_pool.user(found->username);
    const Device *device = rememberedDevice(*found, user);
    const bool isRight = device && proves(step, *found, device->groupKey, device->key);
    AuthSession session = m_sessions.take(block);
    session.hasDevice = true;
    return isRight ? proceed(step, session) : wrongPassword();
}

CognitoAnswer PoolSignIn::onAnswer(const Step &step, AuthSession &session)
{
    if (step.value("ANSWER"_L1) != m_pool.settings().customAnswer) {
        m_sessions.countWrongAnswer(step.session);
        if (session.isUsed)
            return wrongPassword();
        // Asked again, as the sample triggers of the service's documentation do.
        const int wrongAnswers = session.wrongAnswers;
        AuthSession again = m_sessions.take(step.session);
        again.wrongAnswers = wrongAnswers;
        return proceed(step, again);
    }
    AuthSession next = m_sessions.take(step.session);
    next.hasAnswered = true;
    return proceed(step, next);
}

CognitoAnswer PoolSignIn::proceed(const Step &step, const AuthSession &session)
{
    PoolUser &user = *m_pool.user(session.username);
    if (const auto reason = obstacle(user))
        return *reason;
    if (user.data.status == Status::ForceChangePassword)
        return askNewPassword(step, session, user);
    if (session.isCustom && !session.hasAnswered)
        return ask(step, session, u"CUSTOM_CHALLENGE"_s,
                   {{u"USERNAME"_s, user.data.username},
                    {u"question"_s, m_pool.settings().customQuestion}});

    using Mfa = EmulatorOptions::UserPool::Mfa;
    const EmulatorOptions::UserPool &settings = m_pool.settings();
    const bool hasFactors = !user.factors().isEmpty();
    const bool needsMfa = !session.hasMfa
        && (settings.mfa == Mfa::On || (settings.mfa == Mfa::Optional && hasFactors));
    const Device *device = rememberedDevice(session, user);
    if (device && !session.hasDevice && (settings.devicesSkipMfa || !needsMfa))
        return ask(step, session, u"DEVICE_SRP_AUTH"_s,
                   {{u"USERNAME"_s, user.data.username}, {u"DEVICE_KEY"_s, device->key}});
    if (needsMfa && !(session.hasDevice && settings.devicesSkipMfa))
        return askForMfa(step, session, user);
    return finish(step, session, user);
}

CognitoAnswer PoolSignIn::askNewPassword(const Step &step, const AuthSession &session,
                                         const PoolUser &user)
{
    QJsonObject attributes;
    for (auto it = user.data.attributes.begin(); it != user.data.attributes.end(); ++it) {
        if (it.key() != u"sub"_s)
            attributes.insert(it.key(), it.value());
    }
    QStringList missing;
    for (const QString &name : m_pool.settings().requiredAttributes) {
        if (user.data.attributes.value(name).isEmpty())
            missing += u"userAttributes."_s + name;
    }
    return ask(step, session, u"NEW_PASSWORD_REQUIRED"_s,
               {{u"USER_ID_FOR_SRP"_s, user.data.username},
                {u"userAttributes"_s, jsonText(attributes)},
                {u"requiredAttributes"_s, jsonText(missing)}});
}

CognitoAnswer PoolSignIn::askForMfa(const Step &step, const AuthSession &session, PoolUser &user)
{
    const QStringList factors = user.factors();
    if (factors.isEmpty())
        return ask(step, session, u"MFA_SETUP"_s,
                   {{u"USER_ID_FOR_SRP"_s, user.data.username},
                    {u"MFAS_CAN_SETUP"_s, jsonText(QStringList{u"SOFTWARE_TOKEN_MFA"_s})}});
    if (factors.contains(user.data.preferredMfa))
        return askFactor(step, session, user, user.data.preferredMfa);
    if (factors.size() == 1)
        return askFactor(step, session, user, factors.first());
    return ask(
        step, session, u"SELECT_MFA_TYPE"_s,
        {{u"USER_ID_FOR_SRP"_s, user.data.username}, {u"MFAS_CAN_CHOOSE"_s, jsonText(factors)}});
}

CognitoAnswer PoolSignIn::askFactor(const Step &step, AuthSession session, PoolUser &user,
                                    const QString &factor)
{
    QJsonObject parameters{{u"USER_ID_FOR_SRP"_s, user.data.username}};
    if (factor != u"SOFTWARE_TOKEN_MFA"_s) {
        const bool isSms = factor == u"SMS_MFA"_s;
        const QString destination =
            user.data.attributes.value(isSms ? u"phone_number"_s : u"email"_s);
        const QString medium = isSms ? u"SMS"_s : u"EMAIL"_s;
        session.code = RandomText::letters(kCodeDigits, RandomText::kDigits);
        user.lastCode = session.code;
        parameters.insert("CODE_DELIVERY_DELIVERY_MEDIUM"_L1, medium);
        parameters.insert("CODE_DELIVERY_DESTINATION"_L1, masked(destination));
        if (m_codeSink)
            m_codeSink(user.data.username, medium, destination, session.code);
    }
    return ask(step, session, factor, parameters);
}

CognitoAnswer PoolSignIn::finish(const Step &step, const AuthSession &session, PoolUser &user)
{
    QString deviceKey = session.deviceKey;
    QJsonObject metadata;
    const bool isKnown = user.devices.contains(deviceKey);
    if (m_pool.settings().devices == EmulatorOptions::UserPool::Devices::Off) {
        deviceKey.clear();
    } else if (!isKnown) {
        Device device;
        device.key = m_pool.region() + u'_' + QUuid::createUuid().toString(QUuid::WithoutBraces);
        device.groupKey = u'-' + RandomText::letters(kGroupKeyLetters, RandomText::kApiKey);
        deviceKey = device.key;
        metadata = {{u"DeviceKey"_s, device.key}, {u"DeviceGroupKey"_s, device.groupKey}};
        user.addDevice(device);
    }
    QJsonObject result = m_tokens.signIn(user, step.client, deviceKey);
    if (!metadata.isEmpty())
        result.insert("NewDeviceMetadata"_L1, metadata);
    return {{{u"ChallengeParameters"_s, QJsonObject()}, {u"AuthenticationResult"_s, result}}};
}

AuthSession *PoolSignIn::find(const Step &step, const QString &id, const QString &challenge,
                              CognitoAnswer *refusal)
{
    AuthSession *session = m_sessions.find(id, challenge, refusal);
    if (!session || session->clientId == step.client.id)
        return session;
    *refusal = CognitoAnswer::notAuthorized(u"Invalid session for the user."_s);
    return nullptr;
}

std::chrono::seconds PoolSignIn::lifetimeOf(const AuthSession &session) const
{
    return m_pool.client(session.clientId)->sessionLifetime;
}

CognitoAnswer PoolSignIn::ask(const Step &step, AuthSession session, const QString &challenge,
                              const QJsonObject &parameters)
{
    session.challenge = challenge;
    const QString id = m_sessions.keep(session, step.client.sessionLifetime);
    return {{{u"ChallengeName"_s, challenge},
             {u"Session"_s, id},
             {u"ChallengeParameters"_s, parameters}}};
}

//! Asks for a proof by SRP. The secret block is the session's id.
CognitoAnswer PoolSignIn::askProof(const Step &step, AuthSession session, const QString &challenge,
                                   const Srp::Attempt &attempt, QJsonObject parameters)
{
    session.challenge = challenge;
    const QString block = QString::fromLatin1(RandomText::bytes(kSecretBlockBytes).toBase64());
    m_sessions.keep(session, step.client.sessionLifetime, block);
    parameters.insert("SALT"_L1, attempt.salt());
    parameters.insert("SRP_B"_L1, attempt.publicValue());
    parameters.insert("SECRET_BLOCK"_L1, block);
    return {{{u"ChallengeName"_s, challenge}, {u"ChallengeParameters"_s, parameters}}};
}

bool PoolSignIn::proves(const Step &step, const AuthSession &session, const QString &group,
                        const QString &name) const
{
    const QByteArray timestamp = step.value("TIMESTAMP"_L1).toUtf8();
    const auto time = Srp::secondsSinceEpoch(timestamp);
    if (!time || qAbs(*time - m_now().toSecsSinceEpoch()) > m_clockWindow.count())
        return false;
    const QByteArray block =
        QByteArray::fromBase64(step.value("PASSWORD_CLAIM_SECRET_BLOCK"_L1).toLatin1());
    return Srp::proof(session.srpKey, group, name, block, timestamp)
        == step.value("PASSWORD_CLAIM_SIGNATURE"_L1).toLatin1();
}

bool PoolSignIn::useCode(PoolUser &user, const QString &secret, const QString &code) const
{
    const qint64 step = Totp::matchingStep(secret, code, m_now().toSecsSinceEpoch());
    if (step < 0 || step == user.lastTotpStep)
        return false;
    user.lastTotpStep = step;
    return true;
}

CognitoAnswer PoolSignIn::associateToken(const QString &id)
{
    CognitoAnswer refusal;
    if (!m_sessions.find(id, u"MFA_SETUP"_s, &refusal))
        return refusal;
    AuthSession session = m_sessions.take(id);
    session.newSecret = Totp::makeSecret();
    const QString next = m_sessions.keep(session, lifetimeOf(session));
    return {{{u"SecretCode"_s, session.newSecret}, {u"Session"_s, next}}};
}

CognitoAnswer PoolSignIn::verifyToken(const QString &id, const QString &code)
{
    CognitoAnswer refusal;
    const AuthSession *found = m_sessions.find(id, u"MFA_SETUP"_s, &refusal);
    if (!found)
        return refusal;
    PoolUser &user = *m_pool.user(found->username);
    if (found->newSecret.isEmpty() || !useCode(user, found->newSecret, code))
        return CognitoAnswer::failure(u"EnableSoftwareTokenMFAException"_s, u"Code mismatch"_s);
    AuthSession session = m_sessions.take(id);
    session.hasNewSecret = true;
    const QString next = m_sessions.keep(session, lifetimeOf(session));
    return {{{u"Status"_s, u"SUCCESS"_s}, {u"Session"_s, next}}};
}

} // namespace AppSync::Emulation
