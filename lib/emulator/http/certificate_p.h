// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

#include <optional>

namespace AppSync::Emulation {

//! What a TLS server shows.
struct ServerIdentity {
    QList<QSslCertificate> chain;
    QSslKey key;

    //! A new key (EC P-256) and a certificate that it signed itself, good for a year, for `localhost`,
    //! `127.0.0.1`, `::1`, \a host and \a names.
    static std::optional<ServerIdentity> make(const QHostAddress &host,
                                              const QStringList &names = {});
    //! Reads both from PEM files; nothing with \a problem if that fails.
    static std::optional<ServerIdentity> load(const QString &certFile, const QString &keyFile,
                                              QString *problem);

    //! What a client must trust: the certificate that signed itself; empty if it is not in the chain.
    [[nodiscard]] QByteArray trustAnchor() const;
};

} // namespace AppSync::Emulation
