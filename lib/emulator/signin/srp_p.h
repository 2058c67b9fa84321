// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

//! The server's half of Secure Remote Password as Cognito does it: RFC 5054's maths with SHA-256 over the
//! 3072-bit group of RFC 3526, and a key of 16 bytes from HKDF. A device signs in like a user, with its group
//! key for the name of the pool.
namespace AppSync::Emulation::Srp {

//! What a server keeps in place of a password.
struct Verifier {
    QByteArray salt; //!< big-endian
    QByteArray value; //!< g^x mod N, big-endian
};

//! Of \a password; the salt is a new one unless given.
[[nodiscard]] Verifier makeVerifier(const QString &pool, const QString &user,
                                    const QString &password, QByteArray salt = {});

//! The proof that a client must show.
[[nodiscard]] QByteArray proof(const QByteArray &key, const QString &pool, const QString &user,
                               const QByteArray &secretBlock, const QByteArray &timestamp);

//! `Wed Jan 15 12:34:56 UTC 2025`, the only form that Cognito takes.
[[nodiscard]] std::optional<qint64> secondsSinceEpoch(const QByteArray &timestamp);

//! One attempt to sign in.
class Attempt {
public:
    //! \a secret: b, a new random one unless given.
    explicit Attempt(const Verifier &verifier, const QByteArray &secret = {});
    ~Attempt();
    Q_DISABLE_COPY_MOVE(Attempt)

    [[nodiscard]] QString salt() const; //!< as `SALT` tells it
    [[nodiscard]] QString publicValue() const; //!< as `SRP_B` tells it
    //! The key that both sides share; nothing if \a clientValue (`SRP_A`) is no number that may be used.
    [[nodiscard]] std::optional<QByteArray> key(const QString &clientValue) const;

private:
    struct Numbers;
    std::unique_ptr<Numbers> m_numbers;
};

} // namespace AppSync::Emulation::Srp
