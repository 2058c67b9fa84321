// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/authmode.h"
#include "app/core/problem.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

#include <optional>

namespace Syncscope {

//! Where a secret stands; never the secret itself.
class SecretReference {
public:
    enum class Place {
        Nowhere,
        Environment, //!< {"env": "NAME"}
        File, //!< {"file": "PATH"}
        Keychain, //!< {"keychain": "KEY"}: SecretStore has it under that key
        Session, //!< {"session": "KEY"}: likewise, but only in the run that wrote this
    };

    Place place = Place::Nowhere;
    QString name; //!< of the variable or the file, or the key

    [[nodiscard]] bool isSet() const { return place != Place::Nowhere; }
    //! For people: "the variable DEV_KEY", "the file /run/key", "the keychain", …; empty for Nowhere.
    [[nodiscard]] QString toText() const;
    friend bool operator==(const SecretReference &, const SecretReference &) = default;
};

//! Every secret that a profile may refer to.
enum class SecretRole {
    ApiKey,
    GraphqlApiKey,
    Token,
    ConnectToken,
    SubscribeToken,
    PublishToken,
    ClientSecret,
    Password,
    RefreshToken,
    SecretAccessKey,
    SessionToken,
};

//! All roles, in the order in which people are shown them.
[[nodiscard]] QList<SecretRole> secretRoles();
//! The member of "secrets" in a profile's file: `apiKey`, `clientSecret`, …
[[nodiscard]] QString toText(SecretRole role);
//! For people, in the middle of a sentence: "API key", "client secret", …
[[nodiscard]] QString nameOf(SecretRole role);

//! A named endpoint and how to sign in there. Texts are empty, references and modes unset where nothing is
//! known; which of them count depends on the modes.
class Profile {
public:
    //! How the person of a user pool or OIDC client signs in.
    enum class SignIn {
        Srp, //!< `srp`: user name and password, which does not leave this machine
        Password, //!< `password`: user name and password, sent to the pool
        Browser, //!< `browser`: authorization code with PKCE
    };
    //! Which of a sign-in's tokens AppSync gets.
    enum class TokenUse { Id, Access };

    QString name;
    QString endpoint; //!< as pasted; see AppSync::Endpoint
    QString realtime; //!< unset: derived from the endpoint
    QString host; //!< that signatures name; unset: the endpoint's
    QString region;
    QString
        graphqlEndpoint; //!< a GraphQL API of the same sign-in, where `endpoint` is an Events API
    QString graphqlRealtime;

    std::optional<AuthMode> auth;
    std::optional<AuthMode> connectAuth; //!< unset: auth
    std::optional<AuthMode> subscribeAuth;
    std::optional<AuthMode> publishAuth;
    std::optional<AuthMode> graphqlAuth;
    QDateTime apiKeyExpiresAt; //!< UTC, as the user or the service told it; invalid: not known

    // User pool and OIDC
    QString userPoolId;
    QString clientId; //!< of the user pool's app or of the OIDC provider's client
    QString username;
    std::optional<SignIn> signIn;
    std::optional<TokenUse> tokenUse;
    QString domain; //!< of the hosted UI, without https://
    QString issuer; //!< of OIDC
    QStringList scopes;
    QStringList redirectUris;
    QString identityPoolId;

    // Lambda
    QString tokenPrefix;
    QStringList tokenCommand; //!< a program and its arguments, whose output is the token

    // IAM
    QString awsProfile;
    QString roleArn;
    QString accessKeyId;

    SecretReference apiKey;
    SecretReference graphqlApiKey; //!< unset: apiKey
    SecretReference token;
    SecretReference connectToken; //!< unset: token
    SecretReference subscribeToken;
    SecretReference publishToken;
    SecretReference clientSecret;
    SecretReference password;
    SecretReference refreshToken;
    SecretReference secretAccessKey;
    SecretReference sessionToken;

    [[nodiscard]] SecretReference &secret(SecretRole role);
    [[nodiscard]] const SecretReference &secret(SecretRole role) const;

    //! Why this cannot be saved: a name that --profile would take for a file, a secret where none belongs, …
    //! What is wrong is not repeated where it may be a secret.
    [[nodiscard]] Problem check() const;

    friend bool operator==(const Profile &, const Profile &) = default;
};

[[nodiscard]] QString toText(Profile::SignIn signIn);
[[nodiscard]] std::optional<Profile::SignIn> signInFromText(QStringView text);
[[nodiscard]] QString toText(Profile::TokenUse use);
[[nodiscard]] std::optional<Profile::TokenUse> tokenUseFromText(QStringView text);

//! True if \a text can be the name of an environment variable.
[[nodiscard]] bool isVariableName(const QString &text);
//! What is left of \a wanted as a profile's name when everything is gone that such a name may not have.
[[nodiscard]] QString goodName(const QString &wanted);
//! True where `--profile` takes \a text for a file.
[[nodiscard]] bool namesAFile(const QString &text);

} // namespace Syncscope
