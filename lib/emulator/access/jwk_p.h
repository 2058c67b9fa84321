// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace AppSync::Emulation {

//! A key of JSON Web Tokens: a public one that checks, or a whole one that also signs. P-256 means ES256,
//! RSA means RS256; a token cannot choose. Private parts never leave memory.
class JsonWebKey {
public:
    static JsonWebKey makeEs256();
    //! The only RSA key of this process, since making one takes a while.
    static JsonWebKey rs256();
    //! A public key of a key set; nothing if it is none, or of another kind than ours.
    static std::optional<JsonWebKey> fromJwk(const QJsonObject &jwk);
    //! The usable keys of the JSON Web Key Set \a json.
    static QList<JsonWebKey> fromSet(const QByteArray &json);

    [[nodiscard]] QString id() const { return m_id; } //!< `kid`; may be empty in a set
    [[nodiscard]] QString algorithm() const
    {
        return m_isRsa ? QStringLiteral("RS256") : QStringLiteral("ES256");
    }
    [[nodiscard]] QJsonObject toJwk() const; //!< the public part

    //! Empty if it has no private part.
    [[nodiscard]] QByteArray sign(const QByteArray &text) const;
    [[nodiscard]] bool verify(const QByteArray &text, const QByteArray &signature) const;

private:
    class Handle; // of OpenSSL

    JsonWebKey(std::shared_ptr<const Handle> handle, bool isRsa, const QString &id);

    std::shared_ptr<const Handle> m_handle;
    bool m_isRsa;
    QString m_id;
};

} // namespace AppSync::Emulation
