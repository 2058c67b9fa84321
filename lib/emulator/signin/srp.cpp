// SPDX-License-Identifier: Apache-2.0
#include "srp_p.h"

#include "../freed_p.h"
#include "../randomtext_p.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QLocale>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

#include <openssl/bn.h>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::Srp {

namespace {

constexpr int kSaltBytes = 16;
constexpr int kSecretBytes = 32;
constexpr qsizetype kKeyBytes = 16;
constexpr int kGenerator = 2;
constexpr char kKeyInfo[] = "Caldera Derived Key\x01"; // HKDF's info, and its counter

using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Freed<BN_CTX_free>>;

Number make(const QByteArray &bigEndian = {})
{
    return Number(BN_bin2bn(reinterpret_cast<const unsigned char *>(bigEndian.constData()),
                            int(bigEndian.size()), nullptr));
}

QByteArray bytesOf(const Number &number)
{
    QByteArray data(BN_num_bytes(number.get()), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char *>(data.data()));
    return data;
}

//! As Java's BigInteger spells a positive number: at least one byte, and one of zeros where the first bit
//! would otherwise be set.
QByteArray padded(const Number &number)
{
    const QByteArray data = bytesOf(number);
    return data.isEmpty() || uchar(data[0]) >= 0x80 ? '\0' + data : data;
}

QString hexOf(const Number &number)
{
    QString text = QString::fromLatin1(bytesOf(number).toHex());
    while (text.startsWith(u'0')) // as JavaScript writes a number
        text.remove(0, 1);
    return text;
}

QByteArray hash(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
}

QByteArray hmac(const QByteArray &key, const QByteArray &data)
{
    return QMessageAuthenticationCode::hash(data, key, QCryptographicHash::Sha256);
}

//! base^exponent mod N, in a time that does not tell the exponent.
Number power(const Number &base, const Number &exponent, const Number &modulus)
{
    const Scratch scratch(BN_CTX_new());
    Number result = make();
    BN_set_flags(exponent.get(), BN_FLG_CONSTTIME);
    BN_mod_exp(result.get(), base.get(), exponent.get(), modulus.get(), scratch.get());
    return result;
}

Number product(const Number &a, const Number &b, const Number &modulus)
{
    const Scratch scratch(BN_CTX_new());
    Number result = make();
    BN_mod_mul(result.get(), a.get(), b.get(), modulus.get(), scratch.get());
    return result;
}

Number prime()
{
    return Number(BN_get_rfc3526_prime_3072(nullptr));
}

Number generator()
{
    return make(QByteArray(1, char(kGenerator)));
}

} // namespace

Verifier makeVerifier(const QString &pool, const QString &user, const QString &password,
                      QByteArray salt)
{
    if (salt.isEmpty()) {
        salt = RandomText::bytes(kSaltBytes);
        salt[0] = char(uchar(salt[0]) | 0x10); // clients differ where its first digit is a zero
    }
    const QByteArray inner = hash(QString(pool + user + u':' + password).toUtf8());
    const Number x = make(hash(padded(make(salt)) + inner));
    return {salt, bytesOf(power(generator(), x, prime()))};
}

QByteArray proof(const QByteArray &key, const QString &pool, const QString &user,
                 const QByteArray &secretBlock, const QByteArray &timestamp)
{
    return hmac(key, pool.toUtf8() + user.toUtf8() + secretBlock + timestamp).toBase64();
}

std::optional<qint64> secondsSinceEpoch(const QByteArray &timestamp)
{
    static const QRegularExpression form(
        u"^([A-Z][a-z]{2} [A-Z][a-z]{2} [1-9][0-9]?) ([0-9]{2}:[0-9]{2}:[0-9]{2}) UTC "
        "([0-9]{4})$"_s);
    const auto match = form.match(QString::fromLatin1(timestamp));
    const QDate date =
        QLocale::c().toDate(match.captured(1) + u' ' + match.captured(3), u"ddd MMM d yyyy"_s);
    const QTime time = QTime::fromString(match.captured(2), u"HH:mm:ss"_s);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const QString iso = date.toString(Qt::ISODate) + u'T' + time.toString(Qt::ISODate) + u'Z';
    return QDateTime::fromString(iso, Qt::ISODate).toSecsSinceEpoch();
}

struct Attempt::Numbers {
    QByteArray salt;
    Number n = prime();
    Number v;
    Number b;
    Number publicB;
};

Attempt::Attempt(const Verifier &verifier, const QByteArray &secret)
    : m_numbers(std::make_unique<Numbers>())
{
    Numbers &it = *m_numbers;
    it.salt = verifier.salt;
    it.v = make(verifier.value);
    it.b = make(secret.isEmpty() ? RandomText::bytes(kSecretBytes) : secret);
    // B = k·v + g^b
    const Number k = make(hash(padded(it.n) + padded(generator())));
    const Scratch scratch(BN_CTX_new());
    it.publicB = make();
    BN_mod_add(it.publicB.get(), product(k, it.v, it.n).get(), power(generator(), it.b, it.n).get(),
               it.n.get(), scratch.get());
}

Attempt::~Attempt() = default;

QString Attempt::salt() const
{
    return hexOf(make(m_numbers->salt));
}

QString Attempt::publicValue() const
{
    return hexOf(m_numbers->publicB);
}

std::optional<QByteArray> Attempt::key(const QString &clientValue) const
{
    static const QRegularExpression hex(u"^[0-9a-fA-F]{1,1024}$"_s);
    if (!hex.match(clientValue).hasMatch())
        return std::nullopt;
    const Numbers &it = *m_numbers;
    const Number a = make(QByteArray::fromHex(clientValue.toLatin1()));
    const Scratch scratch(BN_CTX_new());
    const Number rest = make();
    BN_nnmod(rest.get(), a.get(), it.n.get(), scratch.get());
    if (BN_is_zero(rest.get())) // its sender would know S without the password
        return std::nullopt;
    const Number u = make(hash(padded(a) + padded(it.publicB)));
    // S = (A·v^u)^b
    const Number s = power(product(a, power(it.v, u, it.n), it.n), it.b, it.n);
    return hmac(hmac(padded(u), padded(s)), QByteArray(kKeyInfo)).first(kKeyBytes);
}

} // namespace AppSync::Emulation::Srp
