// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profilestore.h"

#include <AppSync/Authorizer>

#include <QProcessEnvironment>

#include <functional>
#include <memory>

namespace Syncscope {

//! What signs one operation.
class Credential {
public:
    AuthMode mode = AuthMode::None;
    QString secret; //!< the key or the token
    QString source; //!< where it was found, for people: `SYNCSCOPE_API_KEY`, a file, …

    [[nodiscard]] std::unique_ptr<AppSync::Authorizer> makeAuthorizer() const;
    friend bool operator==(const Credential &, const Credential &) = default;
};

//! What the flags say about credentials. A flag beats the environment, the environment beats the profile.
class CredentialFlags {
public:
    std::optional<AuthMode> auth;
    std::optional<AuthMode> connectAuth;
    std::optional<AuthMode> subscribeAuth;
    std::optional<AuthMode> publishAuth;
    QString apiKeyVariable; //!< --api-key-env
    QString tokenVariable; //!< --token-env
    QString tokenFile; //!< --token-file; `-` is standard input
};

//! Finds the credential of each operation from flags, environment and profile.
class CredentialResolver {
public:
    using Operation = AppSync::SignableRequest::Operation;

    //! Gives what the keychain has, or a problem in words. Called when that is needed and not before, since
    //! the keychain may ask a person.
    using KeychainReader =
        std::function<std::optional<QString>(const SecretReference &, Problem *)>;

    CredentialResolver(const CredentialFlags &flags, const QProcessEnvironment &environment,
                       const std::optional<Profile> &profile, KeychainReader keychain = {});

    //! Nothing if there is none or it cannot be used; \a problem says what to set.
    std::optional<Credential> resolve(Operation operation, Problem *problem);

private:
    [[nodiscard]] std::optional<AuthMode> mode(Operation operation) const;
    [[nodiscard]] std::optional<AuthMode> modeOfFlags(Operation operation) const;
    [[nodiscard]] std::optional<AuthMode> modeOfEnvironment(Operation operation) const;
    [[nodiscard]] std::optional<AuthMode> modeOfProfile(Operation operation) const;
    //! The mode in which the profile's tokens are used, for a token found elsewhere.
    [[nodiscard]] AuthMode tokenMode(Operation operation) const;
    std::optional<Credential> apiKey(Problem *problem);
    std::optional<Credential> token(Operation operation, AuthMode mode, Problem *problem);
    std::optional<Credential> fromFlags(AuthMode mode, Problem *problem);
    std::optional<Credential> fromReference(AuthMode mode, const SecretReference &reference,
                                            Problem *problem) const;
    std::optional<Credential> fromKeychain(AuthMode mode, const SecretReference &reference,
                                           Problem *problem) const;
    std::optional<Credential> fromVariable(AuthMode mode, const QString &variable,
                                           const QString &why, Problem *problem) const;
    [[nodiscard]] QString value(const QString &variable) const;

    const CredentialFlags m_flags;
    const QProcessEnvironment m_environment;
    const std::optional<Profile> m_profile;
    const KeychainReader m_keychain;
    std::optional<Credential> m_tokenOfFile; //!< standard input can be read once
};

} // namespace Syncscope
