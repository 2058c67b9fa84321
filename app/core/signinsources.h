// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/waitingsource.h"

#include <AppSync/Authorizer>
#include <AppSync/AwsEnvironment>
#include <AppSync/CredentialsChain>

#include <map>

namespace AppSync {
class CognitoTokenSource;
class OidcTokenSource;
} // namespace AppSync

namespace Syncscope {

//! A token source that has a session: what a user pool's and an OIDC provider's have in common.
class SessionSource {
public:
    WaitingTokenSource *tokens = nullptr;
    std::function<QByteArray()> session;
    std::function<bool()> isSignedIn;
    std::function<QDateTime()> expiresAt;
    std::function<AppSync::JwtClaims()> claims;
    std::function<AppSync::Reply *()> signOut;
};

//! A way to sign in, as SignInSources made it.
class SignInWay {
public:
    AppSync::Authorizer *authorizer = nullptr;
    SecretReading *reading = nullptr; //!< null: there is nothing to be read
    WaitingTokenSource *tokens = nullptr; //!< of modes with tokens, and of API keys
    WaitingCredentials *credentials = nullptr; //!< of Iam
    const SessionSource *session = nullptr; //!< of a user pool or OIDC provider
    QString what; //!< for people
    QString secretFrom; //!< likewise
};

//! Makes the authorizers of a SignIn, and the sources behind them, and owns them.
class SignInSources : public QObject {
    Q_OBJECT

public:
    SignInSources(const Profile &profile, SecretStore *secrets,
                  const AppSync::AwsEnvironment &environment, bool allowsProcesses,
                  QObject *parent);

    //! \a profile has what it needs. Made when it is first asked for.
    const SignInWay &way(AuthMode mode, const SecretReference &secret);
    //! The way whose session is kept; unset: none has one.
    [[nodiscard]] static std::optional<AuthMode> sessionMode(const Profile &profile);
    //! Empty where the chain is not asked.
    [[nodiscard]] QList<AppSync::CredentialsAttempt> report() const;
    //! From now on sources ask by interactionRequired(); before, they say that there is nobody.
    void listen();

Q_SIGNALS:
    void interactionRequired(AppSync::Interaction *interaction);
    void sessionChanged(const QByteArray &session); //!< of the one that is kept
    void secretKnown(const QString &secret);
    void awsSourceChosen(const QString &source);
    void failed(const AppSync::Error &error);
    void changed();

private:
    SignInWay makeApiKey(const SecretReference &secret);
    SignInWay makeGivenToken(AuthMode mode, const SecretReference &secret);
    SignInWay makeToken(AuthMode mode);
    SignInWay makeCommand();
    SignInWay makeIam();
    AppSync::CredentialsSource *makeStaticKeys(SignInWay *way);
    AppSync::CredentialsSource *makeIdentityPool();
    AppSync::CredentialsSource *makeProfileOrChain();
    const SessionSource &sessionSource(AuthMode mode);
    AppSync::CognitoTokenSource *makePool();
    AppSync::OidcTokenSource *makeProvider(AuthMode mode);
    template <class Source> void addSession(AuthMode mode, Source *source);
    [[nodiscard]] QUrl poolEndpoint() const;

    SecretReading *read(const QList<SecretReading::Wanted> &wanted,
                        const std::function<void(const SecretReading::Values &)> &use);
    WaitingTokenSource *wait(SecretReading *reading, AppSync::TokenSource *source,
                             bool readsAgain = false);
    void add(AppSync::InteractiveSource *source);

    const Profile m_profile;
    const QPointer<SecretStore> m_secrets;
    const AppSync::AwsEnvironment m_environment;
    const bool m_allowsProcesses;
    std::map<std::pair<AuthMode, QString>, SignInWay> m_ways;
    std::map<AuthMode, SessionSource> m_sessions;
    QList<AppSync::InteractiveSource *> m_sources; // those that may ask
    AppSync::CredentialsChain *m_chain = nullptr;
    bool m_isListening = false;
    bool m_isRestoring = false;
};

} // namespace Syncscope
