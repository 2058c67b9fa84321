// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "authsessions_p.h"
#include "pooltokens_p.h"

namespace AppSync::Emulation {

//! The conversations by which users of a pool become signed in: one challenge after the other until there are
//! tokens.
class PoolSignIn {
public:
    //! Told of each code by SMS or e-mail: user, medium, destination, code.
    using CodeSink =
        std::function<void(const QString &, const QString &, const QString &, const QString &)>;

    //! What a step of the conversation is about.
    struct Step {
        const EmulatorOptions::PoolClient &client;
        QString session; //!< as sent; may be empty
        QJsonObject values; //!< AuthParameters or ChallengeResponses

        [[nodiscard]] QString value(QLatin1StringView name) const
        {
            return values.value(name).toString();
        }
    };

    PoolSignIn(UserPool &pool, PoolTokens &tokens, const Now &now);

    //! By which a client's clock may differ in its proof of a password.
    void setClockWindow(std::chrono::seconds window) { m_clockWindow = window; }
    void setCodeSink(const CodeSink &sink) { m_codeSink = sink; }

    [[nodiscard]] CognitoAnswer initiate(const QString &flow, const Step &step);
    [[nodiscard]] CognitoAnswer respond(const QString &challenge, const Step &step);
    //! The steps of MFA_SETUP, by the session of that challenge.
    [[nodiscard]] CognitoAnswer associateToken(const QString &id);
    [[nodiscard]] CognitoAnswer verifyToken(const QString &id, const QString &code);
    //! Whether \a code is one of \a secret that \a user has not used yet; it is used then.
    [[nodiscard]] bool useCode(PoolUser &user, const QString &secret, const QString &code) const;

private:
    [[nodiscard]] CognitoAnswer startSrp(const Step &step, AuthSession session);
    [[nodiscard]] CognitoAnswer startPassword(const Step &step, const AuthSession &session);
    [[nodiscard]] CognitoAnswer startCustom(const Step &step, AuthSession session);
    [[nodiscard]] CognitoAnswer startRefresh(const Step &step);

    [[nodiscard]] CognitoAnswer onPassword(const Step &step);
    [[nodiscard]] CognitoAnswer onNewPassword(const Step &step, AuthSession &session);
    [[nodiscard]] CognitoAnswer onCode(const Step &step, AuthSession &session);
    [[nodiscard]] CognitoAnswer onSelection(const Step &step, AuthSession &session);
    [[nodiscard]] CognitoAnswer onMfaSetup(const Step &step, AuthSession &session);
    [[nodiscard]] CognitoAnswer onDevice(const Step &step, AuthSession &session);
    [[nodiscard]] CognitoAnswer onDevicePassword(const Step &step);
    [[nodiscard]] CognitoAnswer onAnswer(const Step &step, AuthSession &session);

    //! What comes next for a user whose last answer was right.
    [[nodiscard]] CognitoAnswer proceed(const Step &step, const AuthSession &session);
    [[nodiscard]] CognitoAnswer askForMfa(const Step &step, const AuthSession &session,
                                          PoolUser &user);
    [[nodiscard]] CognitoAnswer askFactor(const Step &step, AuthSession session, PoolUser &user,
                                          const QString &factor);
    [[nodiscard]] CognitoAnswer askNewPassword(const Step &step, const AuthSession &session,
                                               const PoolUser &user);
    [[nodiscard]] CognitoAnswer finish(const Step &step, const AuthSession &session,
                                       PoolUser &user);
    [[nodiscard]] CognitoAnswer ask(const Step &step, AuthSession session, const QString &challenge,
                                    const QJsonObject &parameters);
    [[nodiscard]] CognitoAnswer askProof(const Step &step, AuthSession session,
                                         const QString &challenge, const Srp::Attempt &attempt,
                                         QJsonObject parameters);
    [[nodiscard]] AuthSession *find(const Step &step, const QString &id, const QString &challenge,
                                    CognitoAnswer *refusal);

    [[nodiscard]] std::chrono::seconds lifetimeOf(const AuthSession &session) const;
    [[nodiscard]] bool proves(const Step &step, const AuthSession &session, const QString &group,
                              const QString &name) const;

    UserPool &m_pool;
    PoolTokens &m_tokens;
    const Now &m_now;
    std::chrono::seconds m_clockWindow{300};
    CodeSink m_codeSink;
    AuthSessions m_sessions;
};

} // namespace AppSync::Emulation
