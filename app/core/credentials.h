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
    QString secret; //!< the key or the token; empty where a SignIn of the profile gives it
    QString source; //!< where it was found, for people: `SYNCSCOPE_API_KEY`, a file, …
    QString prefix = {}; //!< what stands before the token
    bool isFromSignIn = false; //!< ask SignIn::authorizer() with mode and role
    SecretRole role = SecretRole::Token; //!< likewise

    //! Of one that is not from a SignIn.
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
    QString awsProfile; //!< --aws-profile
    QString region; //!< --region
};

//! What flags and environment say about signing in, beside credentials. A flag beats the environment, the
//! environment beats the profile.
class SignInFlags {
public:
    QString username;
    QString userPoolId;
    QString clientId;
    QString clientSecretVariable; //!< --client-secret-env
    QString issuer;
    QString identityPoolId;
    QString tokenPrefix;

    [[nodiscard]] bool isEmpty() const { return *this == SignInFlags(); }
    friend bool operator==(const SignInFlags &, const SignInFlags &) = default;
};

//! \a profile (empty: none was named) as it is after \a credentials, \a signIn and \a environment.
[[nodiscard]] Profile effectiveProfile(const Profile &profile, const CredentialFlags &credentials,
                                       const SignInFlags &signIn,
                                       const QProcessEnvironment &environment);

//! Finds the credential of each operation from flags, environment and profile.
class CredentialResolver {
public:
    using Operation = AppSync::SignableRequest::Operation;

    //! Gives what the keychain has, or a problem in words. Called when that is needed and not before, since
    //! the keychain may ask a person. Without one, that is left to a SignIn.
    using KeychainReader =
        std::function<std::optional<QString>(const SecretReference &, Problem *)>;

    CredentialResolver(const CredentialFlags &flags, const QProcessEnvironment &environment,
                       const std::optional<Profile> &profile, KeychainReader keychain = {});

    //! Nothing if what was chosen is not there or cannot be used; \a problem says what to set. Where nothing
    //! was chosen at all it is Iam, with what the AWS tools would use.
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
    std::optional<Credential> iam(bool isChosen, Problem *problem) const;
    std::optional<Credential> fromFlags(AuthMode mode, Problem *problem);
    std::optional<Credential> fromProfile(Operation operation, AuthMode mode,
                                          Problem *problem) const;
    std::optional<Credential> fromKeychain(AuthMode mode, const SecretReference &reference,
                                           Problem *problem) const;
    std::optional<Credential> fromVariable(AuthMode mode, const QString &variable,
                                           const QString &why, Problem *problem) const;
    [[nodiscard]] QString value(const QString &variable) const;

    const CredentialFlags m_flags;
    const QProcessEnvironment m_environment;
    const std::optional<Profile> m_profile;
    const Profile m_effective;
    const KeychainReader m_keychain;
    std::optional<Credential> m_tokenOfFile; //!< standard input can be read once
};

} // namespace Syncscope
