// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>

namespace AppSync::Emulation {

//! Issues and checks JSON Web Tokens (ES256) with a key of its own that never leaves memory.
class TokenIssuer {
public:
    struct Verdict {
        QString subject; //!< of a good token
        QString problem; //!< of a bad one, for the log

        [[nodiscard]] bool isGood() const { return problem.isEmpty(); }
    };

    TokenIssuer();
    ~TokenIssuer();
    Q_DISABLE_COPY_MOVE(TokenIssuer)

    [[nodiscard]] QString issuer() const { return m_issuer; }
    //! A token of this issuer that ends \a lifetime from now, which may lie in the past.
    [[nodiscard]] QString issue(const QString &subject, std::chrono::seconds lifetime) const;
    //! Checks form, algorithm, signature, issuer and times.
    [[nodiscard]] Verdict verify(const QString &token) const;

private:
    class Key;
    std::unique_ptr<Key> m_key;
    QString m_keyId;
    QString m_issuer;
};

} // namespace AppSync::Emulation
