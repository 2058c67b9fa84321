// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "expiring_p.h"
#include "userpool_p.h"

namespace AppSync::Emulation {

//! What users hold once they are signed in.
class PoolTokens {
public:
    PoolTokens(UserPool &pool, const Now &now) : m_pool(pool), m_now(now) { }

    //! `AuthenticationResult` of a new sign-in. \a deviceKey: where devices are tracked.
    [[nodiscard]] QJsonObject signIn(const PoolUser &user,
                                     const EmulatorOptions::PoolClient &client,
                                     const QString &deviceKey);
    //! New access and ID tokens, of a client that does not rotate.
    [[nodiscard]] CognitoAnswer refresh(const QString &token,
                                        const EmulatorOptions::PoolClient &client,
                                        const QString &deviceKey);
    //! The same, and a new refresh token from a client that rotates.
    [[nodiscard]] CognitoAnswer rotate(const QString &token,
                                       const EmulatorOptions::PoolClient &client,
                                       const QString &deviceKey);
    [[nodiscard]] CognitoAnswer revoke(const QString &token,
                                       const EmulatorOptions::PoolClient &client);
    void signOut(const PoolUser &user); //!< everywhere

    //! Whose access token it is; null: \a refusal says what is wrong with it.
    [[nodiscard]] PoolUser *userOf(const QString &accessToken, CognitoAnswer *refusal);
    //! Whose refresh token it is, good or not; null: nobody's.
    [[nodiscard]] PoolUser *ownerOf(const QString &refreshToken);

private:
    struct Refresh {
        QString username;
        QString clientId;
        QString origin; //!< `origin_jti`: the same for all tokens of a sign-in
        qint64 authTime = 0;
        QString deviceKey;
        QDateTime usedAt; //!< invalid: not yet, or it may be used again
    };

    [[nodiscard]] QJsonObject issue(const PoolUser &user, const EmulatorOptions::PoolClient &client,
                                    const Refresh &origin) const;
    [[nodiscard]] std::optional<CognitoAnswer> problemOf(const QString &token,
                                                         const EmulatorOptions::PoolClient &client,
                                                         const QString &deviceKey);

    UserPool &m_pool;
    const Now &m_now;
    Expiring<Refresh> m_refresh; //!< by token
    Expiring<bool> m_revoked; //!< by `origin_jti`
};

} // namespace AppSync::Emulation
