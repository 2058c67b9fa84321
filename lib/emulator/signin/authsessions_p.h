// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../now_p.h"
#include "expiring_p.h"
#include "userpool_p.h"

namespace AppSync::Emulation {

//! Where a user stands between his first word and his tokens.
struct AuthSession {
    QString username;
    QString clientId;
    QString challenge = {}; //!< that is to be answered
    QString deviceKey = {}; //!< that the client showed
    QString code = {}; //!< that was sent
    QString newSecret = {}; //!< of the authenticator app that is being set up
    QByteArray srpKey = {}; //!< that a proof is made with
    bool isCustom = false; //!< by CUSTOM_AUTH
    bool hasAnswered = false; //!< the custom question
    bool hasMfa = false; //!< showed a second factor
    bool hasDevice = false; //!< proved a remembered device
    bool hasNewSecret = false; //!< proved the authenticator app
    int wrongAnswers = 0;
    bool isUsed = false;
};

//! The sessions of a pool. Each is good for one right answer, by the id that its client got.
class AuthSessions {
public:
    explicit AuthSessions(const Now &now) : m_now(now) { }

    //! Keeps \a session; the answer is its id, which may be given.
    QString keep(const AuthSession &session, std::chrono::seconds lifetime, QString id = {});
    //! The session \a id if it waits for an answer to \a challenge; null: \a refusal says why not.
    [[nodiscard]] AuthSession *find(const QString &id, const QString &challenge,
                                    CognitoAnswer *refusal);
    //! Ends the session \a id and returns what it held.
    [[nodiscard]] AuthSession take(const QString &id);
    //! Counts a wrong answer to the session \a id, which ends with the last that is allowed.
    void countWrongAnswer(const QString &id);

private:
    const Now &m_now;
    Expiring<AuthSession> m_sessions;
};

} // namespace AppSync::Emulation
