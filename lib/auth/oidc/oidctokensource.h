// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "../../core/networksettings.h"
#include "../jwtclaims.h"
#include "../tokensource.h"

#include <QUrl>
#include <QVariantMap>

#include <chrono>
#include <memory>

namespace AppSync {

//! The tokens of a user who signs in on a page of a provider: any OpenID Connect provider by its issuer(), or the
//! hosted UI of a Cognito user pool by its domain(). When the first token is asked for, it has a person open the
//! page (interactionRequired()), waits on a port of this computer for the browser to come back, and takes the
//! tokens: authorization code with PKCE (RFC 6749, 7636, 8252). It renews them some minutes before they expire,
//! without anybody asking. Those who ask while it signs in wait for the same sign-in.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT OidcTokenSource : public AppSync::TokenSource {
    Q_OBJECT
    Q_PROPERTY(QString issuer READ issuer WRITE setIssuer NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString domain READ domain WRITE setDomain NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString clientId READ clientId WRITE setClientId NOTIFY settingsChanged FINAL)
    Q_PROPERTY(
        QString clientSecret READ clientSecret WRITE setClientSecret NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QStringList scopes READ scopes WRITE setScopes NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QStringList redirectUris READ redirectUris WRITE setRedirectUris NOTIFY
                   settingsChanged FINAL)
    Q_PROPERTY(
        QVariantMap parameters READ parameters WRITE setParameters NOTIFY settingsChanged FINAL)
    Q_PROPERTY(
        AppSync::OidcTokenSource::Flow flow READ flow WRITE setFlow NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QUrl authorizationEndpoint READ authorizationEndpoint WRITE setAuthorizationEndpoint
                   NOTIFY settingsChanged FINAL)
    Q_PROPERTY(
        QUrl tokenEndpoint READ tokenEndpoint WRITE setTokenEndpoint NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QUrl revocationEndpoint READ revocationEndpoint WRITE setRevocationEndpoint NOTIFY
                   settingsChanged FINAL)
    Q_PROPERTY(AppSync::OidcTokenSource::TokenToSend tokenToSend READ tokenToSend WRITE
                   setTokenToSend NOTIFY tokenChanged FINAL)
    Q_PROPERTY(QByteArray session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool isSignedIn READ isSignedIn NOTIFY tokenChanged FINAL)
    Q_PROPERTY(QDateTime expiresAt READ expiresAt NOTIFY tokenChanged FINAL)
    Q_PROPERTY(AppSync::JwtClaims claims READ claims NOTIFY tokenChanged FINAL)

public:
    //! Where the person signs in.
    enum class Flow {
        Browser, //!< in a browser of this computer, which comes back to one of redirectUris()
        Device, //!< in any browser, with a code to confirm (RFC 8628), if the provider offers it
    };
    Q_ENUM(Flow)

    //! Which of its tokens AppSync gets. An ID token says who the user is, and its audience is the client; an
    //! access token has scopes, and with many providers another audience or no JWT at all.
    enum class TokenToSend { Access, Id };
    Q_ENUM(TokenToSend)

    explicit OidcTokenSource(QObject *parent = nullptr);
    ~OidcTokenSource()
        override; //!< what is under way ends without an answer; nothing is left listening

    //! Of the provider, `https://…`, as AppSync is configured with it; its configuration is read from there.
    //! Empty by default.
    [[nodiscard]] QString issuer() const;
    void setIssuer(const QString &issuer); //!< a session() of another provider is not used any more
    //! Of a Cognito user pool's hosted UI, `….auth.eu-west-1.amazoncognito.com` or one of the pool's own, with or
    //! without `https://`. Nothing has to be read then; an issuer() only says what tokens have to name. Empty by
    //! default.
    [[nodiscard]] QString domain() const;
    void setDomain(const QString &domain); //!< likewise
    //! The client that is registered with the provider; empty by default.
    [[nodiscard]] QString clientId() const;
    void setClientId(const QString &id); //!< a session() of another client is not used any more
    //! Of a confidential client. Empty, the default, for a public client, as programs for users should be.
    [[nodiscard]] QString clientSecret() const;
    void setClientSecret(const QString &secret); //!< used from the next request to the provider on
    //! What to ask for. Empty, the default: `openid`, and of `profile`, `email` and `offline_access` those that
    //! the provider lists; at a domain() nothing, which means all that the app client may have. An ID token
    //! needs `openid`, renewing mostly `offline_access`, for which some want the parameter `prompt=consent`.
    [[nodiscard]] QStringList scopes() const;
    void setScopes(const QStringList &scopes); //!< used from the next sign-in on
    //! Where the browser comes back to, as registered with the provider, to the letter: `http://` and
    //! `localhost`, `127.0.0.1` or `[::1]`, port and path. The first whose port is free is used. Port 0 is any
    //! port, for providers that follow RFC 8252; Cognito does not. `http://localhost:53682/callback` by default.
    [[nodiscard]] QStringList redirectUris() const;
    void setRedirectUris(const QStringList &uris); //!< used from the next sign-in on
    //! Added to the request for a sign-in: `audience`, `prompt`, `login_hint`, `identity_provider`, … What the
    //! flow itself needs goes before them. Empty by default.
    [[nodiscard]] QVariantMap parameters() const;
    void setParameters(const QVariantMap &parameters); //!< used from the next sign-in on
    [[nodiscard]] Flow flow() const; //!< Flow::Browser by default
    void setFlow(Flow flow); //!< used from the next sign-in on

    //! Instead of what the configuration of the provider says; with tokenEndpoint() it need not have one.
    //! Empty by default, as the next two.
    [[nodiscard]] QUrl authorizationEndpoint() const;
    void setAuthorizationEndpoint(const QUrl &endpoint); //!< used from the next sign-in on
    [[nodiscard]] QUrl tokenEndpoint() const; //!< likewise
    void setTokenEndpoint(const QUrl &endpoint); //!< used from the next request on
    [[nodiscard]] QUrl revocationEndpoint() const; //!< likewise
    void setRevocationEndpoint(const QUrl &endpoint); //!< used from the next signOut() on

    //! TokenToSend::Id by default; with a domain() TokenToSend::Access.
    [[nodiscard]] TokenToSend tokenToSend() const;
    void setTokenToSend(TokenToSend token); //!< used from the next request on

    //! A secret text for a keychain. Given back to setSession(), in another run of the program, it saves the
    //! sign-in. Empty if there is nothing worth keeping.
    [[nodiscard]] QByteArray session() const;
    //! Takes what session() gave; anything else, or nothing, leaves it signed out. The session is used where
    //! provider and client are those that are set.
    void setSession(const QByteArray &session);
    [[nodiscard]] bool isSignedIn() const; //!< a token can be had without a person
    //! Of the token that is sent, UTC, by the clock of this computer; invalid: there is none, or it does not say.
    [[nodiscard]] QDateTime expiresAt() const;
    [[nodiscard]] JwtClaims claims() const; //!< of the token that is sent; not valid: there is none

    //! How to reach the provider.
    void setNetworkSettings(const NetworkSettings &settings);
    //! How long each request may take; 15 s by default.
    void setTimeout(std::chrono::milliseconds timeout);
    //! Decides what has expired; not owned. The system's by default. To be set before anything is asked for.
    void setClock(Clock *clock);

    TokenReply *token(const SignableRequest &request) override;
    //! The next token is a renewed one. True if it can be had: by a refresh token, or by a person.
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

    //! Ends the session: has the provider revoke its refresh token, if it offers that (RFC 7009). What is kept
    //! here is forgotten at once, whatever the provider answers; those who wait for a token are told that it was
    //! cancelled. The browser may stay signed in with the provider.
    Q_INVOKABLE AppSync::Reply *signOut();

Q_SIGNALS:
    void settingsChanged(); //!< of what has to be known to sign in
    void sessionChanged(); //!< keep session() now, or forget it where it is empty

private:
    template <class T> void change(T &member, const T &value);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync
