// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "poolsignin_p.h"

namespace AppSync::Emulation {

//! The operations of a user pool: `X-Amz-Target: AWSCognitoIdentityProviderService.…`.
class UserPoolApi {
public:
    UserPoolApi(const EmulatorOptions::UserPool &settings, const QString &region, const Now &now);

    //! By which a client's clock may differ in its proof of a password.
    void setClockWindow(std::chrono::seconds window) { m_signIn.setClockWindow(window); }
    void setCodeSink(const PoolSignIn::CodeSink &sink) { m_signIn.setCodeSink(sink); }
    [[nodiscard]] UserPool &pool() { return m_pool; }

    [[nodiscard]] CognitoAnswer handle(const QString &operation, const QJsonObject &request);
    //! `/POOL/.well-known/jwks.json`
    [[nodiscard]] static QByteArray keySet();
    //! `/POOL/.well-known/openid-configuration`, with the key set below \a base.
    [[nodiscard]] QByteArray configuration(const QString &base) const;

private:
    [[nodiscard]] CognitoAnswer initiateAuth(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer respondToAuthChallenge(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer getTokensFromRefreshToken(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer revokeToken(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer associateSoftwareToken(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer verifySoftwareToken(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer setUserMfaPreference(const QJsonObject &request, PoolUser &user);
    [[nodiscard]] CognitoAnswer confirmDevice(const QJsonObject &request, PoolUser &user);
    [[nodiscard]] static CognitoAnswer updateDeviceStatus(const QJsonObject &request,
                                                          PoolUser &user);
    [[nodiscard]] CognitoAnswer globalSignOut(const QJsonObject &request, PoolUser &user);
    [[nodiscard]] static CognitoAnswer getUser(const QJsonObject &request, PoolUser &user);

    //! The client that \a request names; null: \a refusal says that there is none.
    [[nodiscard]] const EmulatorOptions::PoolClient *clientOf(const QJsonObject &request,
                                                              CognitoAnswer *refusal) const;

    UserPool m_pool;
    PoolTokens m_tokens;
    PoolSignIn m_signIn;
};

} // namespace AppSync::Emulation
