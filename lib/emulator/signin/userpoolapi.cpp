// SPDX-License-Identifier: Apache-2.0
#include "userpoolapi_p.h"

#include "totp_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

QString text(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString();
}

//! What a client with a secret shows with each request for \a username.
QString secretHash(const EmulatorOptions::PoolClient &client, const QString &username)
{
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(QString(username + client.id).toUtf8(),
                                         client.secret.toUtf8(), QCryptographicHash::Sha256)
            .toBase64());
}

//! A client without a secret must show none. \a wrong: how a wrong one is told.
std::optional<CognitoAnswer>
hashProblem(const EmulatorOptions::PoolClient &client, const QJsonObject &parameters,
            const QString &username,
            const QString &wrong = u"Unable to verify secret hash for client %1"_s)
{
    const QString shown = text(parameters, "SECRET_HASH"_L1);
    if (!client.secret.isEmpty() && shown.isEmpty())
        return CognitoAnswer::notAuthorized(
            u"Client %1 is configured with secret but SECRET_HASH was not received"_s.arg(
                client.id));
    const QString expected = client.secret.isEmpty() ? QString() : secretHash(client, username);
    if (shown == expected)
        return std::nullopt;
    return CognitoAnswer::notAuthorized(wrong.arg(client.id));
}

//! The newer operations take the secret itself.
std::optional<CognitoAnswer> secretProblem(const EmulatorOptions::PoolClient &client,
                                           const QJsonObject &request)
{
    if (text(request, "ClientSecret"_L1) == client.secret)
        return std::nullopt;
    return CognitoAnswer::notAuthorized(u"Unable to verify secret for client %1"_s.arg(client.id));
}

CognitoAnswer noDevice()
{
    return CognitoAnswer::failure(u"ResourceNotFoundException"_s, u"Device does not exist."_s);
}

QJsonArray attributeList(const PoolUser &user)
{
    QJsonArray list;
    const QMap<QString, QString> &attributes = user.data.attributes;
    for (auto it = attributes.begin(); it != attributes.end(); ++it)
        list.append(QJsonObject{{u"Name"_s, it.key()}, {u"Value"_s, it.value()}});
    return list;
}

} // namespace

UserPoolApi::UserPoolApi(const EmulatorOptions::UserPool &settings, const QString &region,
                         const Now &now)
    : m_pool(settings, region), m_tokens(m_pool, now), m_signIn(m_pool, m_tokens, now)
{
}

CognitoAnswer UserPoolApi::handle(const QString &operation, const QJsonObject &request)
{
    using Open = CognitoAnswer (UserPoolApi::*)(const QJsonObject &);
    using Signed = std::function<CognitoAnswer(const QJsonObject &, PoolUser &)>;
    static const QHash<QString, Open> open{
        {u"InitiateAuth"_s, &UserPoolApi::initiateAuth},
        {u"RespondToAuthChallenge"_s, &UserPoolApi::respondToAuthChallenge},
        {u"GetTokensFromRefreshToken"_s, &UserPoolApi::getTokensFromRefreshToken},
        {u"RevokeToken"_s, &UserPoolApi::revokeToken},
        {u"AssociateSoftwareToken"_s, &UserPoolApi::associateSoftwareToken},
        {u"VerifySoftwareToken"_s, &UserPoolApi::verifySoftwareToken},
    };
    if (const auto found = open.constFind(operation); found != open.constEnd())
        return (this->**found)(request);

    const QHash<QString, Signed> forUsers{
        {u"ConfirmDevice"_s, std::bind_front(&UserPoolApi::confirmDevice, this)},
        {u"UpdateDeviceStatus"_s, &UserPoolApi::updateDeviceStatus},
        {u"SetUserMFAPreference"_s, std::bind_front(&UserPoolApi::setUserMfaPreference, this)},
        {u"GlobalSignOut"_s, std::bind_front(&UserPoolApi::globalSignOut, this)},
        {u"GetUser"_s, &UserPoolApi::getUser},
    };
    const auto found = forUsers.constFind(operation);
    if (found == forUsers.constEnd())
        return CognitoAnswer::failure(u"UnknownOperationException"_s,
                                      u"This local AppSync does not play \"%1\"."_s.arg(operation));
    CognitoAnswer refusal;
    PoolUser *user = m_tokens.userOf(text(request, "AccessToken"_L1), &refusal);
    return user ? (*found)(request, *user) : refusal;
}

const EmulatorOptions::PoolClient *UserPoolApi::clientOf(const QJsonObject &request,
                                                         CognitoAnswer *refusal) const
{
    const QString id = text(request, "ClientId"_L1);
    const EmulatorOptions::PoolClient *client = m_pool.client(id);
    if (!client)
        *refusal = CognitoAnswer::failure(u"ResourceNotFoundException"_s,
                                          u"User pool client %1 does not exist."_s.arg(id));
    return client;
}

CognitoAnswer UserPoolApi::initiateAuth(const QJsonObject &request)
{
    CognitoAnswer refusal;
    const EmulatorOptions::PoolClient *client = clientOf(request, &refusal);
    if (!client)
        return refusal;
    const QJsonObject parameters = request.value("AuthParameters"_L1).toObject();
    const QString flow = text(request, "AuthFlow"_L1);
    if (flow == u"REFRESH_TOKEN_AUTH"_s || flow == u"REFRESH_TOKEN"_s) {
        if (client->rotatesRefreshTokens)
            return CognitoAnswer::invalidParameter(flow + u" is not enabled for the client."_s);
        // There is no name in the request: it is the user's own, and not what he may have typed.
        const PoolUser *user = m_tokens.ownerOf(text(parameters, "REFRESH_TOKEN"_L1));
        if (const auto problem =
                hashProblem(*client, parameters, user ? user->data.username : QString(),
                            u"SecretHash does not match for the client: %1"_s))
            return *problem;
    } else if (const auto problem =
                   hashProblem(*client, parameters, text(parameters, "USERNAME"_L1))) {
        return *problem;
    }
    return m_signIn.initiate(flow, {*client, text(request, "Session"_L1), parameters});
}

CognitoAnswer UserPoolApi::respondToAuthChallenge(const QJsonObject &request)
{
    CognitoAnswer refusal;
    const EmulatorOptions::PoolClient *client = clientOf(request, &refusal);
    if (!client)
        return refusal;
    const QJsonObject responses = request.value("ChallengeResponses"_L1).toObject();
    if (const auto problem = hashProblem(*client, responses, text(responses, "USERNAME"_L1)))
        return *problem;
    return m_signIn.respond(text(request, "ChallengeName"_L1),
                            {*client, text(request, "Session"_L1), responses});
}

CognitoAnswer UserPoolApi::getTokensFromRefreshToken(const QJsonObject &request)
{
    CognitoAnswer refusal;
    const EmulatorOptions::PoolClient *client = clientOf(request, &refusal);
    if (!client)
        return refusal;
    if (const auto problem = secretProblem(*client, request))
        return *problem;
    return m_tokens.rotate(text(request, "RefreshToken"_L1), *client,
                           text(request, "DeviceKey"_L1));
}

CognitoAnswer UserPoolApi::revokeToken(const QJsonObject &request)
{
    CognitoAnswer refusal;
    const EmulatorOptions::PoolClient *client = clientOf(request, &refusal);
    if (!client)
        return refusal;
    if (const auto problem = secretProblem(*client, request))
        return *problem;
    return m_tokens.revoke(text(request, "Token"_L1), *client);
}

CognitoAnswer UserPoolApi::associateSoftwareToken(const QJsonObject &request)
{
    if (!request.contains("AccessToken"_L1))
        return m_signIn.associateToken(text(request, "Session"_L1));
    CognitoAnswer refusal;
    PoolUser *user = m_tokens.userOf(text(request, "AccessToken"_L1), &refusal);
    if (!user)
        return refusal;
    user->newTotpSecret = Totp::makeSecret();
    user->hasProvenTotp = false;
    return {{{u"SecretCode"_s, user->newTotpSecret}}};
}

CognitoAnswer UserPoolApi::verifySoftwareToken(const QJsonObject &request)
{
    const QString code = text(request, "UserCode"_L1);
    if (!request.contains("AccessToken"_L1))
        return m_signIn.verifyToken(text(request, "Session"_L1), code);
    CognitoAnswer refusal;
    PoolUser *user = m_tokens.userOf(text(request, "AccessToken"_L1), &refusal);
    if (!user)
        return refusal;
    if (user->newTotpSecret.isEmpty() || !m_signIn.useCode(*user, user->newTotpSecret, code))
        return CognitoAnswer::failure(u"EnableSoftwareTokenMFAException"_s, u"Code mismatch"_s);
    user->hasProvenTotp = true;
    return {{{u"Status"_s, u"SUCCESS"_s}}};
}

CognitoAnswer UserPoolApi::setUserMfaPreference(const QJsonObject &request, PoolUser &user)
{
    const QJsonObject software = request.value("SoftwareTokenMfaSettings"_L1).toObject();
    const QJsonObject sms = request.value("SMSMfaSettings"_L1).toObject();
    const QJsonObject email = request.value("EmailMfaSettings"_L1).toObject();
    const auto wants = [](const QJsonObject &settings, QLatin1StringView what) {
        return settings.value(what).toBool();
    };
    if (wants(software, "Enabled"_L1) && user.data.totpSecret.isEmpty() && !user.hasProvenTotp)
        return CognitoAnswer::invalidParameter(u"User has not verified software token mfa"_s);
    EmulatorOptions::User &data = user.data;
    if (!software.isEmpty()) {
        if (!wants(software, "Enabled"_L1))
            data.totpSecret.clear();
        else if (user.hasProvenTotp)
            data.totpSecret = user.newTotpSecret;
    }
    if (!sms.isEmpty())
        data.hasSmsMfa = wants(sms, "Enabled"_L1) && data.attributes.contains(u"phone_number"_s);
    if (!email.isEmpty())
        data.hasEmailMfa = wants(email, "Enabled"_L1) && data.attributes.contains(u"email"_s);
    data.preferredMfa = wants(software, "PreferredMfa"_L1) ? u"SOFTWARE_TOKEN_MFA"_s
        : wants(sms, "PreferredMfa"_L1)                    ? u"SMS_MFA"_s
        : wants(email, "PreferredMfa"_L1)                  ? u"EMAIL_OTP"_s
                                                           : QString();
    return {};
}

CognitoAnswer UserPoolApi::confirmDevice(const QJsonObject &request, PoolUser &user)
{
    const auto found = user.devices.find(text(request, "DeviceKey"_L1));
    if (found == user.devices.end())
        return noDevice();
    const QJsonObject config = request.value("DeviceSecretVerifierConfig"_L1).toObject();
    const auto decoded = [&](QLatin1StringView name) {
        return QByteArray::fromBase64(text(config, name).toLatin1());
    };
    const Srp::Verifier verifier{decoded("Salt"_L1), decoded("PasswordVerifier"_L1)};
    if (verifier.salt.isEmpty() || verifier.value.isEmpty())
        return CognitoAnswer::invalidParameter(
            u"DeviceSecretVerifierConfig needs Salt and PasswordVerifier in base64."_s);
    const bool isUsersChoice =
        m_pool.settings().devices == EmulatorOptions::UserPool::Devices::OptIn;
    found->second.verifier = verifier;
    found->second.isRemembered = !isUsersChoice;
    return {{{u"UserConfirmationNecessary"_s, isUsersChoice}}};
}

CognitoAnswer UserPoolApi::updateDeviceStatus(const QJsonObject &request, PoolUser &user)
{
    const auto found = user.devices.find(text(request, "DeviceKey"_L1));
    if (found == user.devices.end() || found->second.verifier.salt.isEmpty())
        return noDevice();
    found->second.isRemembered = text(request, "DeviceRememberedStatus"_L1) == u"remembered"_s;
    return {};
}

CognitoAnswer UserPoolApi::globalSignOut(const QJsonObject &, PoolUser &user)
{
    m_tokens.signOut(user);
    return {};
}

CognitoAnswer UserPoolApi::getUser(const QJsonObject &, PoolUser &user)
{
    QJsonObject body{{u"Username"_s, user.data.username},
                     {u"UserAttributes"_s, attributeList(user)}};
    const QStringList factors = user.factors();
    if (!factors.isEmpty())
        body.insert("UserMFASettingList"_L1, QJsonArray::fromStringList(factors));
    if (!user.data.preferredMfa.isEmpty())
        body.insert("PreferredMfaSetting"_L1, user.data.preferredMfa);
    return {body};
}

QByteArray UserPoolApi::keySet()
{
    const QJsonObject set{{u"keys"_s, QJsonArray{JsonWebKey::rs256().toJwk()}}};
    return QJsonDocument(set).toJson(QJsonDocument::Compact);
}

QByteArray UserPoolApi::configuration(const QString &base) const
{
    const QJsonObject configuration{
        {u"issuer"_s, m_pool.issuer()},
        {u"jwks_uri"_s, QString(base + m_pool.settings().id + u"/.well-known/jwks.json"_s)},
        {u"id_token_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s}},
        {u"subject_types_supported"_s, QJsonArray{u"public"_s}},
    };
    return QJsonDocument(configuration).toJson(QJsonDocument::Compact);
}

} // namespace AppSync::Emulation
