// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cognitocaller.h"
#include "srpclient.h"

#include "lib/emulator/signin/totp_p.h"

//! A user pool with one user, whose clock a test moves.
namespace SignInFixture {

using Answer = CognitoCaller::Answer;
using Mfa = AppSync::EmulatorOptions::UserPool::Mfa;

inline const QString kPassword = QStringLiteral("Correct-Horse-9!");
inline const QString kSecret = QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

inline AppSync::EmulatorOptions::User alice()
{
    AppSync::EmulatorOptions::User user{QStringLiteral("alice"), kPassword};
    user.attributes = {{QStringLiteral("email"), QStringLiteral("alice@example.com")},
                       {QStringLiteral("phone_number"), QStringLiteral("+491701234567")}};
    return user;
}

inline AppSync::EmulatorOptions::UserPool poolOf(const AppSync::EmulatorOptions::User &user)
{
    AppSync::EmulatorOptions::UserPool pool;
    pool.users = {user};
    return pool;
}

inline QJsonObject parametersOf(const Answer &answer)
{
    return answer.body.value(QLatin1StringView("ChallengeParameters")).toObject();
}

//! Tests of it call start() from their init().
class Test : public QObject {
protected:
    void start()
    {
        m_now = QDateTime::fromString(QStringLiteral("2025-01-05T12:34:56Z"), Qt::ISODate);
        listen(poolOf(alice()));
    }
    void listen(const AppSync::EmulatorOptions::UserPool &pool)
    {
        m_emulator = std::make_unique<AppSync::Emulator>();
        AppSync::EmulatorOptions options;
        options.userPool = pool;
        options.now = [this] { return m_now; };
        QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    }
    [[nodiscard]] CognitoCaller caller() const { return CognitoCaller(*m_emulator); }
    [[nodiscard]] QString poolName() const
    {
        return m_emulator->userPoolId().section(QLatin1Char('_'), 1);
    }
    [[nodiscard]] Answer startSrp(const CognitoCaller &caller, const SrpClient &srp,
                                  const QString &username = QStringLiteral("alice"),
                                  const QString &deviceKey = {}) const
    {
        QJsonObject parameters{{QStringLiteral("USERNAME"), username},
                               {QStringLiteral("SRP_A"), srp.publicValue()}};
        if (!deviceKey.isEmpty())
            parameters.insert(QStringLiteral("DEVICE_KEY"), deviceKey);
        return caller.initiate(QStringLiteral("USER_SRP_AUTH"), parameters);
    }
    //! What an authenticator app shows.
    [[nodiscard]] QString appCode(const QString &secret, int stepsFromNow = 0) const
    {
        using namespace AppSync::Emulation;
        return Totp::code(secret, Totp::stepAt(m_now.toSecsSinceEpoch()) + stepsFromNow);
    }

    std::unique_ptr<AppSync::Emulator> m_emulator;
    QDateTime m_now;
};

} // namespace SignInFixture
