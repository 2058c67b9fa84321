// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"

#include <QStringList>
#include <QUrl>

namespace AppSync {

//! What has to be known of a provider to sign in with it.
struct OidcProvider {
    QString issuer; //!< as its tokens say it; empty: not known, and not compared
    QUrl authorization;
    QUrl token;
    QUrl revocation; //!< empty: it offers none
    QUrl deviceAuthorization; //!< likewise
    QStringList scopes; //!< that it supports; empty: it does not say
    bool takesBasic = true; //!< a client secret goes into a header, not into the form

    //! Where the discovery document of \a issuer is.
    static QUrl discoveryUrl(const QString &issuer);
    //! Reads a discovery document, which has to be that of \a issuer.
    static OidcProvider fromDiscovery(const QByteArray &json, const QString &issuer, Error *error);
    //! The hosted UI of a Cognito user pool at \a domain, with or without `https://`.
    static OidcProvider ofCognitoDomain(const QString &domain);

    friend bool operator==(const OidcProvider &, const OidcProvider &) = default;
};

//! Whether a secret may travel to \a url: https, or http on this computer.
bool isSafeForSecrets(const QUrl &url);

} // namespace AppSync
