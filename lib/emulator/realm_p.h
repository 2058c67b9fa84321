// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/identities_p.h"
#include "access/jwt_p.h"
#include "access/lambdacheck_p.h"
#include "signin/identitypool_p.h"
#include "signin/issuerapi_p.h"
#include "signin/sts_p.h"
#include "signin/userpoolapi_p.h"

#include <map>

namespace AppSync::Emulation {

//! Who is who: keys, identities, users and issuers of tokens. It lives as long as the emulator and not only
//! while that listens, so that a client is still known after a restart.
class Realm {
public:
    explicit Realm(const QString &apiKey);
    Q_DISABLE_COPY_MOVE(Realm)

    //! Takes over what the options of a new start say. Empty, or what is wrong with them.
    [[nodiscard]] QString configure(const EmulatorOptions &options);

    [[nodiscard]] QDateTime now() const { return m_now(); }
    [[nodiscard]] const Now &clock() const { return m_now; }
    [[nodiscard]] QByteArray httpDate() const; //!< as the header `Date` says it
    [[nodiscard]] QString apiKey() const { return m_apiKeys.first().id; }
    [[nodiscard]] const QList<EmulatorOptions::ApiKey> &apiKeys() const { return m_apiKeys; }
    [[nodiscard]] QString apiArn() const { return apiArn(apiId()); } //!< of the first API
    [[nodiscard]] QString apiArn(const QString &ofApi) const;
    [[nodiscard]] QString region() const { return m_region; }
    [[nodiscard]] const Identities &identities() const { return m_identities; }
    [[nodiscard]] const TokenIssuer &issuer() const { return m_issuer; }
    [[nodiscard]] const TokenCheck &tokens() const { return m_tokens; }
    [[nodiscard]] UserPoolApi &userPool() { return *m_userPool; }
    [[nodiscard]] EmulatorOptions::UserPool userPoolSettings() const { return m_poolSettings; }
    [[nodiscard]] IdentityPool &identityPool() { return *m_identityPool; }
    [[nodiscard]] Sts &sts() { return m_sts; }
    [[nodiscard]] QString apiId() const;
    [[nodiscard]] LambdaCheck &lambda() const { return *m_lambda; }
    //! The one of the options' issuers that is called \a name; null: there is none.
    [[nodiscard]] const IssuerApi *issuerApi(const QString &name) const;
    //! Told of every code that the user pool "sends".
    void setCodeSink(const PoolSignIn::CodeSink &sink);

private:
    [[nodiscard]] QString configureApiKeys(const EmulatorOptions &options);
    [[nodiscard]] QString configureRoles(const EmulatorOptions &options);
    [[nodiscard]] QString configureUserPool(const EmulatorOptions &options);
    [[nodiscard]] QString configureIssuers(const EmulatorOptions &options);
    [[nodiscard]] QString configureTokens(const EmulatorOptions &options);
    void configureIdentityPool(const EmulatorOptions &options);

    // Made once, beside what the options say.
    const EmulatorOptions::ApiKey m_madeKey;
    const QString m_poolName;
    const QString m_poolClientId;
    const QString m_password;
    const QString m_identityPoolName;

    Now m_now = QDateTime::currentDateTimeUtc;
    QString m_region = EmulatorOptions().region;
    QList<EmulatorOptions::ApiKey> m_apiKeys; //!< never empty
    Identities m_identities;
    TokenIssuer m_issuer;
    std::map<QString, JsonWebKey> m_issuerKeys; //!< by name; they outlive a restart
    std::map<QString, IssuerApi> m_issuers; //!< by name
    TokenCheck m_tokens{m_now};
    EmulatorOptions::UserPool m_poolSettings; //!< complete
    std::unique_ptr<UserPoolApi> m_userPool;
    std::unique_ptr<IdentityPool> m_identityPool;
    Sts m_sts{m_identities, m_tokens, m_now};
    std::unique_ptr<LambdaCheck> m_lambda = std::make_unique<LambdaCheck>(m_now);
    PoolSignIn::CodeSink m_codeSink;
};

} // namespace AppSync::Emulation
