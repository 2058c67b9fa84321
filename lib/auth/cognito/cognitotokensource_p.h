// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../sharedanswer_p.h"
#include "cognitoapi_p.h"
#include "cognitorefresh_p.h"
#include "cognitosession_p.h"
#include "cognitosignin_p.h"
#include "cognitotokensource.h"

namespace AppSync {

//! What is given to those who ask.
struct CognitoTokens {
    QString accessToken;
    QString idToken;
    QDateTime expiresAt; //!< by the server's clock
};

//! The session and whatever works on it: at most one sign-in, and at most one renewal.
class CognitoTokenSource::Private : public QObject {
    Q_OBJECT

public:
    explicit Private(CognitoTokenSource *source);
    ~Private() override;

    struct Settings {
        QString userPoolId;
        QString clientId;
        QString clientSecret;
        QString username;
        QString password;
        Flow flow = Flow::Srp;
        QUrl endpoint;
        TokenToSend tokenToSend = TokenToSend::Access;
    };

    void setClock(Clock *clock);
    void setSession(const CognitoSession &other);
    //! What is under way starts again with what is set now; a password that was refused is tried again.
    void startAgain();
    void forgiveRefusal() { m_refusal = {}; }
    //! Whether the session is one of what is set.
    [[nodiscard]] bool isOurs() const;
    [[nodiscard]] bool isSignedIn() const;
    [[nodiscard]] QString region() const;
    [[nodiscard]] QString tokenOf(const CognitoTokens &tokens) const;

    TokenReply *ask() { return m_tokens.ask(q); }
    bool invalidate();
    Reply *signOut(bool everywhere);

    CognitoTokenSource *const q;
    Settings settings;
    CognitoSession session;
    CognitoApi api;

private:
    //! The clock as the server has it, for expiry.
    class ServerClock : public Clock {
    public:
        explicit ServerClock(const CognitoApi &api) : m_api(api) { }
        [[nodiscard]] std::chrono::nanoseconds monotonic() const override
        {
            return m_api.clock()->monotonic();
        }
        [[nodiscard]] qint64 wallMs() const override { return m_api.serverNowMs(); }
        ClockTimer *createTimer(QObject *parent) override
        {
            return m_api.clock()->createTimer(parent);
        }

    private:
        const CognitoApi &m_api;
    };

    void fetch();
    void deliver(TokenReply *reply, const CognitoTokens &tokens) const;
    [[nodiscard]] Error configurationProblem() const;
    [[nodiscard]] QUrl url() const;
    void refresh();
    void onRefreshed(const CognitoGrant &grant, const Error &error);
    //! \a problem: why the session ended, if there was one.
    void signIn(const Error &problem = {});
    void onSignedIn(const CognitoGrant &grant, const Error &error);
    void takeGrant(const CognitoGrant &grant);
    void enrol(const CognitoDevice &device);
    void planRenewal();
    void renew();
    [[nodiscard]] bool hasFreshTokens() const;
    [[nodiscard]] bool hasUsablePassword() const;
    [[nodiscard]] bool isPasswordRefused() const { return m_refusal.isError(); }
    void endWork();

    ServerClock m_serverClock{api};
    SharedAnswer<TokenReply, CognitoTokens> m_tokens;
    std::unique_ptr<ClockTimer> m_renewal;
    QPointer<CognitoSignIn> m_signIn;
    QPointer<CognitoRefresh> m_refresh;
    QPointer<QObject> m_enrolment;
    Error m_refusal; //!< of the user's name and the password that are set
};

} // namespace AppSync
