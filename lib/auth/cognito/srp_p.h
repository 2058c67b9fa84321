// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <vector>

namespace AppSync {

//! Bytes that nobody may find in memory later: overwritten when they go, never shared.
class SecretBytes {
public:
    SecretBytes() = default;
    //! \a bytes are copied; whoever made them wipes the original.
    explicit SecretBytes(QByteArrayView bytes) : m_bytes(bytes.begin(), bytes.end()) { }
    explicit SecretBytes(qsizetype size) : m_bytes(size_t(size)) { }
    SecretBytes(SecretBytes &&other) noexcept { m_bytes.swap(other.m_bytes); }
    SecretBytes &operator=(SecretBytes &&other) noexcept
    {
        m_bytes.swap(other.m_bytes);
        return *this;
    }
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    [[nodiscard]] QByteArrayView view() const
    {
        return {m_bytes.data(), qsizetype(m_bytes.size())};
    }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] char *data() { return m_bytes.data(); }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_bytes.size()); }

private:
    std::vector<char> m_bytes;
};

//! The Secure Remote Password protocol as Cognito user pools speak it: SHA-256, the 3072-bit group of RFC 3526
//! and g = 2. Numbers are passed as big-endian bytes in the form of padded(). One function for each step, so
//! that each can be held against known values.
namespace Srp {

//! What the server sends to be answered with a signature.
struct Challenge {
    QByteArray b; //!< `SRP_B`, hex
    QByteArray salt; //!< `SALT`, hex
    QByteArray secretBlock; //!< `SECRET_BLOCK`, base64
};

//! Whose password is proved: a user's, or that of a remembered device.
struct Identity {
    QString group; //!< the name of the pool (its id without the region), or the device group key
    QString name; //!< `USER_ID_FOR_SRP`, or the device key
    QString password;
};

//! The client's side of one conversation: a random exponent and the number that it makes.
class Conversation {
public:
    Conversation(); //!< with a fresh exponent of 1024 random bits
    explicit Conversation(SecretBytes exponent); //!< with a known one, big-endian

    [[nodiscard]] QByteArray publicHex() const; //!< `SRP_A`
    //! `PASSWORD_CLAIM_SIGNATURE`, base64. Empty where no honest server sends such a challenge: not hex, not
    //! base64, or numbers that would give the password away.
    [[nodiscard]] QByteArray signature(const Challenge &challenge, const Identity &who,
                                       const QByteArray &timestamp) const;

private:
    SecretBytes m_exponent;
    QByteArray m_public; //!< padded
};

//! What a server keeps of the password of a remembered device.
struct DeviceVerifier {
    QByteArray salt; //!< `Salt`, base64
    QByteArray verifier; //!< `PasswordVerifier`, base64
};
//! \a salt are 16 random bytes.
DeviceVerifier deviceVerifier(const Identity &device, const QByteArray &salt);

//! `SECRET_HASH` of an app client with a secret, base64.
QByteArray secretHash(const QString &username, const QString &clientId,
                      const QString &clientSecret);
//! \a time as Cognito wants it signed: `Wed Jan 5 12:34:56 UTC 2025`.
QByteArray timestamp(const QDateTime &time);
QByteArray randomBytes(int count); //!< fit for keys
void wipe(QString &text); //!< overwrites it, if nobody shares it, and leaves it empty

//! The number \a hex as bytes: as few as it needs, with a zero before a set top bit. Empty if it is no hex.
QByteArray padded(QByteArrayView hex);
//! A = g^a mod N. Empty for an exponent that would make it 0 or 1.
QByteArray publicNumber(const SecretBytes &exponent);
//! u = H(A | B). Empty if u is 0 or B is a multiple of N, which no honest server sends: it would take its own
//! secret out of the shared number.
QByteArray scrambler(const QByteArray &a, const QByteArray &b);
SecretBytes identityHash(const Identity &who); //!< H(group | name | ":" | password)
SecretBytes privateNumber(const QByteArray &salt, const SecretBytes &identityHash); //!< x
//! S = (B - k * g^x) ^ (a + u * x) mod N.
SecretBytes sharedNumber(const SecretBytes &exponent, const QByteArray &b, const QByteArray &u,
                         const SecretBytes &x);
SecretBytes signingKey(const SecretBytes &shared, const QByteArray &u); //!< HKDF, 16 bytes

} // namespace Srp

} // namespace AppSync
