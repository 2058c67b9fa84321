// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/secretstore.h"

#include <AppSync/Authorizer>
#include <AppSync/AwsEnvironment>
#include <AppSync/CredentialsChain>
#include <AppSync/CredentialsSource>
#include <AppSync/JwtClaims>
#include <AppSync/TokenSource>

namespace Syncscope {

class SignInSources;
class SignInWay;

//! The ways to sign in that one profile has, each made once: a sign-in serves all endpoints of the profile,
//! and its renewal reaches all of them. Secrets are read where the profile says they are, when they are
//! first needed.
//!
//! The session of a user pool or of an OIDC provider is kept in the SecretStore, unless the profile has it
//! from a variable or a file. If a profile has ways of both kinds, that of its main mode is kept.
class SignIn : public QObject {
    Q_OBJECT

public:
    //! What can be told of one way without signing in.
    class Description {
    public:
        QString what; //!< "API key", "user pool eu-west-1_AbCd12345, user anna", …
        QString secretFrom; //!< where its secret stands; empty: it has none there
        bool isSignedIn = false; //!< it can be used without asking a person, as far as is known
        QDateTime expiresAt; //!< UTC, of key, token or credentials; invalid: not known
        AppSync::JwtClaims claims; //!< not valid: no JWT, or none at hand
        QStringList warnings; //!< sentences
    };

    //! \a secrets is not owned. \a environment also says how to reach services.
    SignIn(const Profile &profile, SecretStore *secrets,
           const AppSync::AwsEnvironment &environment = AppSync::AwsEnvironment::system(),
           QObject *parent = nullptr);
    ~SignIn() override;

    //! Why \a profile cannot sign in in \a mode; no problem where it can. \a role as in authorizer().
    [[nodiscard]] static Problem missing(const Profile &profile, AuthMode mode,
                                         SecretRole role = SecretRole::Token);
    //! The secret that \a mode takes from \a profile: that of \a role, which may be one operation's own, else
    //! the mode's.
    [[nodiscard]] static SecretReference secretFor(const Profile &profile, AuthMode mode,
                                                   SecretRole role);
    //! Whether `credential_process` of AWS profiles runs without asking; false by default. To be called first.
    void setAllowProcesses(bool isAllowed) { m_allowsProcesses = isAllowed; }

    [[nodiscard]] const Profile &profile() const { return m_profile; }

    //! What signs in \a mode; this owns it. Null: \a problem says what the profile lacks. \a role: the
    //! operation's own token (ConnectToken, …) or key (GraphqlApiKey), used where the profile has one.
    AppSync::Authorizer *authorizer(AuthMode mode, Problem *problem = nullptr)
    {
        return authorizer(mode, SecretRole::Token, problem);
    }
    AppSync::Authorizer *authorizer(AuthMode mode, SecretRole role, Problem *problem = nullptr);

    //! The token of \a mode, which signs in if need be. Null in other modes than those with tokens, and where
    //! authorizer() would be.
    AppSync::TokenReply *token(AuthMode mode, Problem *problem = nullptr);
    //! The AWS credentials of Iam; null where authorizer() would be.
    AppSync::CredentialsReply *credentials(Problem *problem = nullptr);
    //! Reads what \a mode needs to be described, and signs in nowhere. Never null.
    AppSync::Reply *load(AuthMode mode);

    //! Has the provider end the session, and forgets it, here and in the SecretStore. Never null;
    //! Error::Kind::InvalidInput if no way of this profile has sessions.
    AppSync::Reply *signOut();

    [[nodiscard]] AppSync::JwtClaims claims(AuthMode mode); //!< of the token in use
    //! Which source of the AWS chain is used and why the others are not; empty where the chain is not asked.
    [[nodiscard]] QList<AppSync::CredentialsAttempt> credentialsReport() const;
    [[nodiscard]] Description describe(AuthMode mode);
    //! False while a session is being written; a program that ends then may lose it.
    [[nodiscard]] bool isSettled() const { return m_writes == 0; }

Q_SIGNALS:
    //! Somebody must answer. Sources fail in words if nothing is connected here.
    void interactionRequired(AppSync::Interaction *interaction);
    //! The profile's file has to say `refreshToken` is there; unset: that it has none any more. Comes with
    //! SecretReference::Place::Session where there is no keychain.
    void sessionStored(const Syncscope::SecretReference &reference);
    void sessionNotStored(const AppSync::Error &error); //!< it is kept for this run only
    void settled(); //!< isSettled() again
    //! Hide it in all output from now on.
    void secretKnown(const QString &secret);
    //! AWS credentials come from \a source, told in words for people.
    void awsSourceChosen(const QString &source);
    void failed(const AppSync::Error &error); //!< a source did, whoever asked
    void changed(); //!< another token, signed in, signed out

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    //! Null: \a problem says what the profile lacks.
    const SignInWay *way(AuthMode mode, SecretRole role, Problem *problem);
    SignInSources &sources();
    void store(const QByteArray &session);
    void onStored(SecretReply *reply);
    void setSessionReference(const SecretReference &reference);
    void endWrite();

    Profile m_profile;
    const QPointer<SecretStore> m_secrets;
    const AppSync::AwsEnvironment m_environment;
    bool m_allowsProcesses = false;
    int m_writes = 0;
    QString m_sessionKey;
    SignInSources *m_sources = nullptr;
};

} // namespace Syncscope
