// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/jwt_p.h"
#include "../http/httpresponse_p.h"

namespace AppSync::Emulation {

struct HttpRequest;

//! An OIDC provider of the emulator's own: its discovery document, its keys, and tokens for its clients by the
//! grant `client_credentials` (RFC 6749, 4.4).
class IssuerApi {
public:
    IssuerApi(const EmulatorOptions::Issuer &settings, const JsonWebKey &key, const Now &now);

    //! Empty, or what is wrong with \a issuers.
    [[nodiscard]] static QString problemOf(const QList<EmulatorOptions::Issuer> &issuers);

    [[nodiscard]] TokenCheck::Provider provider() const;
    //! \a path: of \a request, below this issuer's folder, whose address is \a base. Nothing: there is
    //! nothing there. \a refusal: why no token was given, for the log.
    [[nodiscard]] std::optional<HttpResponse> handle(const HttpRequest &request,
                                                     const QByteArray &path, const QString &base,
                                                     QString *refusal) const;

private:
    [[nodiscard]] HttpResponse token(const HttpRequest &request, QString *refusal) const;
    [[nodiscard]] QString tokenFor(const EmulatorOptions::IssuerClient &client) const;

    const EmulatorOptions::Issuer m_settings;
    const JsonWebKey m_key;
    const Now &m_now;
};

} // namespace AppSync::Emulation
