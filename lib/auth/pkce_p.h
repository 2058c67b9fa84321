// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace AppSync {

//! Proof Key for Code Exchange, RFC 7636: whoever redeems a code shows that they asked for it. Method S256.
struct Pkce {
    QString verifier; //!< secret until the code is redeemed
    QString challenge; //!< goes with the request for a code

    static Pkce create();
    static QString challengeOf(const QString &verifier);
};

//! \a bytes bytes from the system's source of randomness, as base64url: a state, a nonce, a verifier.
QString randomText(qsizetype bytes = 32);

} // namespace AppSync
