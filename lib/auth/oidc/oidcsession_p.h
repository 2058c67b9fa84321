// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidcapi_p.h"

#include <QDateTime>

#include <optional>

namespace AppSync {

//! What is left of a sign-in, to be kept where secrets are kept. Times are by the clock of this computer, however
//! wrong it is: lifetimes are what the provider tells, and they begin when its answer comes.
struct OidcSession {
    QString provider; //!< its issuer or its domain
    QString clientId;
    QString accessToken;
    QString idToken;
    QString refreshToken;
    QDateTime accessExpiresAt; //!< UTC; invalid: not known
    QDateTime idExpiresAt; //!< likewise

    [[nodiscard]] bool isEmpty() const { return accessToken.isEmpty() && refreshToken.isEmpty(); }
    [[nodiscard]] QByteArray toJson() const;
    //! Nothing if \a json is no session.
    static std::optional<OidcSession> fromJson(const QByteArray &json);
    //! What came at \a nowMs takes the place of what was there; what did not come stays.
    void take(const OidcGrant &grant, qint64 nowMs);

    friend bool operator==(const OidcSession &, const OidcSession &) = default;
};

//! What an ID token has to say (OpenID Connect Core 3.1.3.7). Its signature is not looked at: it came over TLS
//! from the token endpoint itself, and AppSync verifies it.
struct ExpectedIdToken {
    QString issuer; //!< empty: any
    QString clientId;
    QString nonce; //!< empty: any
    QString subject; //!< empty: any

    //! No error where \a idToken says it.
    [[nodiscard]] Error check(const QString &idToken) const;
};

} // namespace AppSync
