// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../sharedanswer_p.h"
#include "oidcapi_p.h"
#include "oidcsession_p.h"
#include "oidcsignin_p.h"
#include "oidctokensource.h"

#include <optional>

namespace AppSync {

//! The session and whatever works on it: at most one of discovery, sign-in and renewal at a time.
class OidcTokenSource::Private : public QObject {
    Q_OBJECT

public:
    explicit Private(OidcTokenSource *source);
    ~Private() override;

    struct Settings {
        QString issuer;
        QString domain;
        QString clientId;
        QString clientSecret;
        QStringList scopes;
        QStringList redirectUris{QStringLiteral("http://localhost:53682/callback")};
        QVariantMap parameters;
        Flow flow = Flow::Browser;
        QUrl authorizationEndpoint;
        QUrl tokenEndpoint;
        QUrl revocationEndpoint;
        std::optional<TokenToSend> tokenToSend;
    };

    void setClock(Clock *clock);
    void setSession(const OidcSession &other);
    void setTokenToSend(TokenToSend token);
    //! What is under way starts again with what is set now.
    void startAgain();
    //! Whether the session is one of what is set.
    [[nodiscard]] bool isOurs() const;
    [[nodiscard]] bool isSignedIn() const;
    [[nodiscard]] TokenToSend tokenToSend() const;
    [[nodiscard]] QString token() const;
    [[nodiscard]] QDateTime expiresAt() const;
    //! The provider for people.
    [[nodiscard]] QString providerName() const;

    TokenReply *ask() { return m_answer.ask(q); }
    bool invalidate();
    Reply *signOut();

    OidcTokenSource *const q;
    Settings settings;
    OidcSession session;
    OidcApi api;

private:
    //! What is given to those who ask.
    struct Given {
        QString token;
        QString idToken;
        QDateTime expiresAt;
    };

    void fetch();
    [[nodiscard]] Error configurationProblem() const;
    //! What identifies the provider in a session.
    [[nodiscard]] QString providerId() const;
    //! Goes on with \a then once the provider's addresses are known, or with \a otherwise.
    void withProvider(QObject *context, const std::function<void()> &then,
                      const std::function<void(const Error &)> &otherwise);
    void refresh();
    void onRefreshed(const OidcGrant &grant, const Error &problem);
    void onSessionEnded(const Error &error);
    void signIn(const Error &reason = {});
    [[nodiscard]] OidcSignIn::Options signInOptions() const;
    void onSignedIn(const OidcGrant &grant, const Error &error);
    void take(const OidcGrant &grant);
    void give();
    [[nodiscard]] Error noTokenToSend() const;
    [[nodiscard]] bool isUsable(std::chrono::milliseconds left) const;
    void planRenewal();
    void renew();
    void endWork();

    SharedAnswer<TokenReply, Given> m_answer;
    std::unique_ptr<ClockTimer> m_renewal;
    bool m_isProviderKnown = false;
    bool m_isRefused = false; //!< AppSync refused the token at hand
    qint64 m_issuedMs = 0; //!< when the token at hand came
    QPointer<QObject> m_work; //!< discovery or renewal, as long as it is under way
    QPointer<OidcSignIn> m_signIn;
};

} // namespace AppSync
