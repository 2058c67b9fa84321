// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "../../core/networksettings.h"
#include "../jwtclaims.h"
#include "../tokensource.h"

#include <QUrl>

#include <chrono>
#include <memory>

namespace AppSync {

//! The tokens of a user in a Cognito user pool. It signs in when the first token is asked for, answers all
//! challenges or has a person answer them (interactionRequired()), and renews the tokens some minutes before they
//! expire, without anybody asking. Those who ask while it signs in wait for the same sign-in. A password that was
//! refused is not sent a second time: it has to be set again, or entered by a person.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT CognitoTokenSource : public AppSync::TokenSource {
    Q_OBJECT
    Q_PROPERTY(QString userPoolId READ userPoolId WRITE setUserPoolId NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString clientId READ clientId WRITE setClientId NOTIFY settingsChanged FINAL)
    Q_PROPERTY(
        QString clientSecret READ clientSecret WRITE setClientSecret NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString username READ username WRITE setUsername NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString password READ password WRITE setPassword NOTIFY settingsChanged FINAL)
    Q_PROPERTY(
        AppSync::CognitoTokenSource::Flow flow READ flow WRITE setFlow NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QUrl endpoint READ endpoint WRITE setEndpoint NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString region READ region NOTIFY settingsChanged FINAL)
    Q_PROPERTY(AppSync::CognitoTokenSource::TokenToSend tokenToSend READ tokenToSend WRITE
                   setTokenToSend NOTIFY tokenChanged FINAL)
    Q_PROPERTY(QByteArray session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool isSignedIn READ isSignedIn NOTIFY tokenChanged FINAL)
    Q_PROPERTY(QDateTime expiresAt READ expiresAt NOTIFY tokenChanged FINAL)
    Q_PROPERTY(AppSync::JwtClaims claims READ claims NOTIFY tokenChanged FINAL)
    Q_PROPERTY(double clockOffset READ clockOffsetSeconds NOTIFY clockOffsetChanged FINAL)

public:
    //! How a user is known. The app client has to allow it.
    enum class Flow {
        Srp, //!< `USER_SRP_AUTH`: the password is proved and does not leave this computer
        Password, //!< `USER_PASSWORD_AUTH`: the password is sent
        Custom, //!< `CUSTOM_AUTH`: what functions of the pool's owner ask
        CustomSrp, //!< `CUSTOM_AUTH` after the password has been proved
        Choice, //!< `USER_AUTH`: the pool tells what is possible, and a person chooses
    };
    Q_ENUM(Flow)

    //! Which of its tokens AppSync gets. It accepts both; claims such as e-mail addresses are in the ID token
    //! only, scopes in the access token only.
    enum class TokenToSend { Access, Id };
    Q_ENUM(TokenToSend)

    explicit CognitoTokenSource(QObject *parent = nullptr);
    ~CognitoTokenSource() override; //!< what is under way ends without an answer

    [[nodiscard]] QString userPoolId() const; //!< `eu-west-1_AbCd12345`; empty by default
    void setUserPoolId(const QString &id); //!< a session() of another pool is not used any more
    [[nodiscard]] QString clientId() const; //!< of the app client; empty by default
    void setClientId(const QString &id); //!< a session() of another client is not used any more
    [[nodiscard]] QString
    clientSecret() const; //!< of the app client, if it has one; empty by default
    void setClientSecret(const QString &secret); //!< used from the next sign-in or renewal on
    //! Whom to sign in: a name, or what the pool takes for it (e-mail address, …). Empty, the default: ask.
    [[nodiscard]] QString username() const;
    void setUsername(const QString &name); //!< a session() of another user is not used any more
    //! Empty, the default: a person is asked, and what is entered is forgotten once it was used. One that is set
    //! stays in memory; a new one that a person had to choose takes its place.
    [[nodiscard]] QString password() const;
    void setPassword(const QString &password); //!< also: try one that was refused once more
    [[nodiscard]] Flow flow() const; //!< Flow::Srp by default
    void setFlow(Flow flow); //!< used from the next sign-in on
    //! Where the user pool is, if not at AWS: `https`, or `http` on this computer. Empty, the default: at the
    //! address of region().
    [[nodiscard]] QUrl endpoint() const;
    void setEndpoint(const QUrl &endpoint); //!< used from the next request on
    [[nodiscard]] QString region() const; //!< the part of userPoolId() that names it
    [[nodiscard]] TokenToSend tokenToSend() const; //!< TokenToSend::Access by default
    void setTokenToSend(TokenToSend token); //!< used from the next request on

    //! A secret text for a keychain: tokens, the user's name, the remembered device. Given back to setSession(),
    //! in another run of the program, it saves the sign-in. Empty if there is nothing worth keeping.
    [[nodiscard]] QByteArray session() const;
    //! Takes what session() gave; anything else, or nothing, leaves it signed out. The session is used where user
    //! pool, app client and user are those that are set.
    void setSession(const QByteArray &session);
    [[nodiscard]] bool isSignedIn() const; //!< a token can be had without a password
    [[nodiscard]] QDateTime
    expiresAt() const; //!< of the tokens at hand, UTC; invalid: there are none
    [[nodiscard]] JwtClaims claims() const; //!< of the token that is sent; not valid: there is none
    //! What the servers' time is ahead of this computer's, as far as answers told; zero until then. Expiry and
    //! signatures allow for it.
    [[nodiscard]] std::chrono::milliseconds clockOffset() const;
    [[nodiscard]] double clockOffsetSeconds() const; //!< clockOffset() in seconds, for QML

    //! How to reach the user pool.
    void setNetworkSettings(const NetworkSettings &settings);
    //! How long each request may take; 15 s by default.
    void setTimeout(std::chrono::milliseconds timeout);
    //! Decides what has expired; not owned. The system's by default. To be set before anything is asked for.
    void setClock(Clock *clock);

    TokenReply *token(const SignableRequest &request) override;
    //! The next token is a renewed one. True if it can be had: by a refresh token, a password, or a person.
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

    //! Ends the session: revokes its refresh token, or with \a everywhere all sessions of the user, on all
    //! devices. What is kept here is forgotten at once, whatever the server answers; those who wait for a token
    //! are told that it was cancelled.
    Q_INVOKABLE AppSync::Reply *signOut(bool everywhere = false);

Q_SIGNALS:
    void settingsChanged(); //!< of what has to be known to sign in
    void sessionChanged(); //!< keep session() now, or forget it where it is empty
    void clockOffsetChanged();

private:
    void onChanged(bool hasChanged);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync
