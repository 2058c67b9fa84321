// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace AppSync::Emulation {

//! A key of JSON Web Tokens: a public one that checks, or a whole one that also signs. RSA or a curve of
//! NIST's; a token may choose only among the algorithms that the key is for. Private parts never leave memory.
class JsonWebKey {
public:
    static JsonWebKey makeEs256();
    //! The only RSA key of this process, since making one takes a while.
    static JsonWebKey rs256();
    //! A key that signs with \a algorithm: RS, PS or ES with 256, 384 or 512. Those of RSA share the one key.
    static JsonWebKey make(const QString &algorithm);
    //! A public key of a key set; nothing if it is none, or of another kind than ours.
    static std::optional<JsonWebKey> fromJwk(const QJsonObject &jwk);
    //! The usable keys of the JSON Web Key Set \a json.
    static QList<JsonWebKey> fromSet(const QByteArray &json);

    [[nodiscard]] QString id() const { return m_id; } //!< `kid`; may be empty in a set
    //! With which it signs; of a public RSA key that names none, RS256.
    [[nodiscard]] QString algorithm() const { return m_algorithm; }
    //! Whether a token may be signed with \a algorithm by it.
    [[nodiscard]] bool isFor(const QString &algorithm) const;
    [[nodiscard]] QJsonObject toJwk() const; //!< the public part

    //! Empty if it has no private part.
    [[nodiscard]] QByteArray sign(const QByteArray &text) const;
    //! By algorithm().
    [[nodiscard]] bool verify(const QByteArray &text, const QByteArray &signature) const
    {
        return verify(text, signature, m_algorithm);
    }
    //! False as well if it is not for \a algorithm.
    [[nodiscard]] bool verify(const QByteArray &text, const QByteArray &signature,
                              const QString &algorithm) const;

private:
    class Handle; // of OpenSSL

    JsonWebKey(std::shared_ptr<const Handle> handle, const QString &algorithm, const QString &id);

    std::shared_ptr<const Handle> m_handle;
    QString m_algorithm;
    bool m_isForAnyRsa = false; //!< a published RSA key that does not name its algorithm
    QString m_id;
};

} // namespace AppSync::Emulation
