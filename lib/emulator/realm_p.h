// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identities_p.h"
#include "jwt_p.h"

namespace AppSync::Emulation {

//! Who is who: keys, identities and issuers of tokens. It lives as long as the emulator and not only while
//! that listens, so that a client is still known after a restart.
class Realm {
public:
    explicit Realm(const QString &apiKey);
    Q_DISABLE_COPY_MOVE(Realm)

    //! Takes over what the options of a new start say. Empty, or what is wrong with them.
    [[nodiscard]] QString configure(const Emulator::Options &options);

    [[nodiscard]] QDateTime now() const { return m_now(); }
    [[nodiscard]] const Now &clock() const { return m_now; }
    [[nodiscard]] QString apiKey() const { return m_apiKey; }
    [[nodiscard]] QString apiArn() const;
    [[nodiscard]] const Identities &identities() const { return m_identities; }
    [[nodiscard]] const TokenIssuer &issuer() const { return m_issuer; }
    [[nodiscard]] const TokenCheck &tokens() const { return m_tokens; }
    [[nodiscard]] const Emulator::LambdaAuthorizer &lambda() const { return m_lambda; }
    void setLambda(const Emulator::LambdaAuthorizer &authorizer) { m_lambda = authorizer; }

private:
    QString m_apiKey;
    Now m_now = QDateTime::currentDateTimeUtc;
    QString m_region;
    Identities m_identities;
    TokenIssuer m_issuer;
    TokenCheck m_tokens{m_now};
    Emulator::LambdaAuthorizer m_lambda;
};

} // namespace AppSync::Emulation
