// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <algorithm>
#include <chrono>
#include <optional>

namespace AppSync {

//! A lifetime as somebody else wrote it, within what can be reckoned with.
inline std::chrono::seconds lifetimeOf(qint64 seconds)
{
    return std::chrono::seconds(std::clamp<qint64>(seconds, 0, 366 * 86'400));
}

//! A device that a user pool remembers: with it a sign-in needs no second factor.
struct CognitoDevice {
    QString key; //!< refreshing needs it too
    QString groupKey;
    QString password; //!< made here; empty until the pool knows its verifier

    [[nodiscard]] bool canProveItself() const
    {
        return !key.isEmpty() && !groupKey.isEmpty() && !password.isEmpty();
    }
    friend bool operator==(const CognitoDevice &, const CognitoDevice &) = default;
};

//! What is left of a sign-in, to be kept where secrets are kept.
struct CognitoSession {
    QString userPoolId;
    QString clientId;
    QString loginName; //!< what the user signs in with: a name, an e-mail address, …
    QString userName; //!< the pool's own name of the user, which the hash of a client secret wants
    QString accessToken;
    QString idToken;
    QString refreshToken;
    QDateTime expiresAt; //!< of the tokens, by the server's clock
    std::chrono::seconds lifetime{0}; //!< that they had when they were issued
    CognitoDevice device; //!< of loginName

    [[nodiscard]] QByteArray toJson() const;
    //! Nothing if \a json is no session.
    static std::optional<CognitoSession> fromJson(const QByteArray &json);
    //! Signed out: the user's name and the device stay.
    void forgetTokens();

    friend bool operator==(const CognitoSession &, const CognitoSession &) = default;
};

} // namespace AppSync
