// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/identities_p.h"
#include "../access/jwt_p.h"
#include "cognitoanswer_p.h"

namespace AppSync::Emulation {

//! A Cognito identity pool, which gives AWS credentials for tokens:
//! `X-Amz-Target: AWSCognitoIdentityService.…`.
class IdentityPool {
public:
    //! \a settings are complete: with an id.
    IdentityPool(const EmulatorOptions::IdentityPool &settings, Identities &identities,
                 const TokenCheck &tokens, const Now &now);

    [[nodiscard]] const EmulatorOptions::IdentityPool &settings() const { return m_settings; }
    [[nodiscard]] CognitoAnswer handle(const QString &operation, const QJsonObject &request);

private:
    [[nodiscard]] CognitoAnswer getId(const QJsonObject &request);
    [[nodiscard]] CognitoAnswer getCredentials(const QJsonObject &request);
    //! Issuer and subject of the token in `Logins`; empty: a guest. Nothing: \a refusal says why.
    [[nodiscard]] std::optional<QString> loginOf(const QJsonObject &request,
                                                 CognitoAnswer *refusal) const;

    EmulatorOptions::IdentityPool m_settings;
    Identities &m_identities;
    const TokenCheck &m_tokens;
    const Now &m_now;
    QHash<QString, QString> m_ids; //!< by login: who comes again is the same
    Expiring<QString> m_logins; //!< by id; empty: a guest
};

} // namespace AppSync::Emulation
