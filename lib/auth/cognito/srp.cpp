// SPDX-License-Identifier: Apache-2.0
#include "srp_p.h"

#include <QLocale>

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <initializer_list>
#include <memory>

using namespace Qt::StringLiterals;

namespace AppSync {

SecretBytes::~SecretBytes()
{
    OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
}

namespace Srp {

namespace {

constexpr int kExponentBytes = 128;
constexpr qsizetype kLongestHex = 2048; // a number of the group has 768 digits
constexpr qsizetype kDigest = 32;
constexpr qsizetype kKey = 16;

// The prime of RFC 3526, group 15.
constexpr auto kPrime = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
                        "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
                        "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
                        "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
                        "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
                        "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
                        "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
                        "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
                        "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
                        "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

template <auto release> struct Released {
    template <class T> void operator()(T *pointer) const { release(pointer); }
};
// Every number is wiped, secret or not: then no secret one can be forgotten.
using Number = std::unique_ptr<BIGNUM, Released<BN_clear_free>>;
using Workspace = std::unique_ptr<BN_CTX, Released<BN_CTX_free>>;
using Montgomery = std::unique_ptr<BN_MONT_CTX, Released<BN_MONT_CTX_free>>;

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *bytes(char *data)
{
    return reinterpret_cast<unsigned char *>(data);
}

Number number()
{
    Number made(BN_secure_new());
    Q_CHECK_PTR(made);
    return made;
}

Number number(QByteArrayView bigEndian)
{
    Number made = number();
    BN_bin2bn(bytes(bigEndian), int(bigEndian.size()), made.get());
    return made;
}

Number secretNumber(const SecretBytes &bigEndian)
{
    Number made = number(bigEndian.view());
    BN_set_flags(made.get(), BN_FLG_CONSTTIME);
    return made;
}

//! As few bytes as \a value needs, and a zero in front where the top bit is set, as in two's complement.
SecretBytes padded(const BIGNUM *value)
{
    const int needed = std::max(BN_num_bytes(value), 1);
    const int size = BN_num_bits(value) == needed * 8 ? needed + 1 : needed;
    SecretBytes out(size);
    BN_bn2binpad(value, bytes(out.data()), size);
    return out;
}

SecretBytes joined(std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const QByteArrayView part : parts)
        size += part.size();
    SecretBytes all(size);
    char *at = all.data();
    for (const QByteArrayView part : parts)
        at = std::copy(part.begin(), part.end(), at);
    return all;
}

SecretBytes hash(std::initializer_list<QByteArrayView> parts)
{
    const SecretBytes all = joined(parts);
    SecretBytes digest(kDigest);
    EVP_Digest(all.view().data(), size_t(all.size()), bytes(digest.data()), nullptr, EVP_sha256(),
               nullptr);
    return digest;
}

SecretBytes hmac(QByteArrayView key, QByteArrayView data)
{
    SecretBytes digest(kDigest);
    HMAC(EVP_sha256(), key.data(), int(key.size()), bytes(data), size_t(data.size()),
         bytes(digest.data()), nullptr);
    return digest;
}

//! The numbers that all conversations share, and arithmetic modulo N.
class Group {
public:
    static const Group &shared()
    {
        static const Group group;
        return group;
    }

    [[nodiscard]] const BIGNUM *prime() const { return m_prime.get(); }
    [[nodiscard]] const BIGNUM *multiplier() const { return m_multiplier.get(); }

    //! In the same time for all exponents of one length.
    [[nodiscard]] Number power(const BIGNUM *base, const BIGNUM *exponent) const
    {
        Number result = number();
        const Workspace workspace(BN_CTX_secure_new());
        BN_mod_exp_mont_consttime(result.get(), base, exponent, m_prime.get(), workspace.get(),
                                  m_montgomery.get());
        return result;
    }
    [[nodiscard]] Number powerOfGenerator(const BIGNUM *exponent) const
    {
        return power(m_generator.get(), exponent);
    }

private:
    Group() : m_prime(number()), m_generator(number()), m_montgomery(BN_MONT_CTX_new())
    {
        BIGNUM *prime = m_prime.get();
        BN_hex2bn(&prime, kPrime);
        BN_set_word(m_generator.get(), 2);
        const Workspace workspace(BN_CTX_new());
        BN_MONT_CTX_set(m_montgomery.get(), prime, workspace.get());
        // k = H(N | g)
        m_multiplier =
            number(hash({padded(prime).view(), padded(m_generator.get()).view()}).view());
    }

    Number m_prime;
    Number m_generator;
    Number m_multiplier;
    Montgomery m_montgomery;
};

QByteArray plain(const SecretBytes &bytes)
{
    return bytes.view().toByteArray();
}

SecretBytes utf8(const QString &text)
{
    QByteArray encoded = text.toUtf8();
    SecretBytes kept(encoded);
    OPENSSL_cleanse(encoded.data(), size_t(encoded.size()));
    return kept;
}

//! As JavaScript writes a number: no leading zeros.
QByteArray shortestHex(const QByteArray &padded)
{
    const QByteArray hex = padded.toHex();
    qsizetype zeros = 0;
    while (zeros < hex.size() - 1 && hex.at(zeros) == '0')
        ++zeros;
    return hex.sliced(zeros);
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

Conversation::Conversation()
{
    while (m_public.isEmpty()) {
        QByteArray random = randomBytes(kExponentBytes);
        m_exponent = SecretBytes(random);
        OPENSSL_cleanse(random.data(), size_t(random.size()));
        m_public = publicNumber(m_exponent);
    }
}

Conversation::Conversation(SecretBytes exponent)
    : m_exponent(std::move(exponent)), m_public(publicNumber(m_exponent))
{
}

QByteArray Conversation::publicHex() const
{
    return shortestHex(m_public);
}

QByteArray Conversation::signature(const Challenge &challenge, const Identity &who,
                                   const QByteArray &timestamp) const
{
    const QByteArray b = Srp::padded(challenge.b);
    const QByteArray salt = Srp::padded(challenge.salt);
    const auto block = QByteArray::fromBase64Encoding(challenge.secretBlock,
                                                      QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray u = b.isEmpty() ? QByteArray() : scrambler(m_public, b);
    if (u.isEmpty() || salt.isEmpty() || !block || block.decoded.isEmpty())
        return {};
    const SecretBytes x = privateNumber(salt, identityHash(who));
    const SecretBytes key = signingKey(sharedNumber(m_exponent, b, u, x), u);
    const QByteArray message = who.group.toUtf8() + who.name.toUtf8() + block.decoded + timestamp;
    return plain(hmac(key.view(), message)).toBase64();
}

DeviceVerifier deviceVerifier(const Identity &device, const QByteArray &salt)
{
    const QByteArray paddedSalt = plain(padded(number(salt).get()));
    const SecretBytes x = privateNumber(paddedSalt, identityHash(device));
    const Number verifier = Group::shared().powerOfGenerator(secretNumber(x).get());
    return {paddedSalt.toBase64(), plain(padded(verifier.get())).toBase64()};
}

QByteArray secretHash(const QString &username, const QString &clientId, const QString &clientSecret)
{
    const QByteArray data = username.toUtf8() + clientId.toUtf8();
    return plain(hmac(utf8(clientSecret).view(), data)).toBase64();
}

QByteArray timestamp(const QDateTime &time)
{
    // Never the system's locale: the server reads English.
    return QLocale::c().toString(time.toUTC(), u"ddd MMM d HH:mm:ss 'UTC' yyyy"_s).toLatin1();
}

QByteArray randomBytes(int count)
{
    QByteArray random(count, Qt::Uninitialized);
    if (RAND_priv_bytes(bytes(random.data()), count) != 1)
        qFatal("no random numbers");
    return random;
}

void wipe(QString &text)
{
    if (text.isDetached())
        OPENSSL_cleanse(text.data(), size_t(text.size()) * sizeof(QChar));
    text.clear();
}

QByteArray padded(QByteArrayView hex)
{
    if (hex.isEmpty() || hex.size() > kLongestHex || !std::all_of(hex.begin(), hex.end(), isHex))
        return {};
    Number value = number();
    BIGNUM *into = value.get();
    BN_hex2bn(&into, hex.toByteArray().constData());
    return plain(padded(into));
}

QByteArray publicNumber(const SecretBytes &exponent)
{
    const Number a = Group::shared().powerOfGenerator(secretNumber(exponent).get());
    if (BN_is_zero(a.get()) || BN_is_one(a.get()))
        return {};
    return plain(padded(a.get()));
}

QByteArray scrambler(const QByteArray &a, const QByteArray &b)
{
    const Workspace workspace(BN_CTX_new());
    const Number remainder = number();
    BN_mod(remainder.get(), number(b).get(), Group::shared().prime(), workspace.get());
    const Number u = number(hash({a, b}).view());
    if (BN_is_zero(remainder.get()) || BN_is_zero(u.get()))
        return {};
    return plain(padded(u.get()));
}

SecretBytes identityHash(const Identity &who)
{
    return hash({who.group.toUtf8(), who.name.toUtf8(), ":", utf8(who.password).view()});
}

SecretBytes privateNumber(const QByteArray &salt, const SecretBytes &identityHash)
{
    return hash({salt, identityHash.view()});
}

SecretBytes sharedNumber(const SecretBytes &exponent, const QByteArray &b, const QByteArray &u,
                         const SecretBytes &x)
{
    const Group &group = Group::shared();
    const Workspace workspace(BN_CTX_secure_new());
    const Number secret = secretNumber(x);
    const Number base = group.powerOfGenerator(secret.get());
    BN_mod_mul(base.get(), group.multiplier(), base.get(), group.prime(), workspace.get());
    // Reduced to 0 … N-1, though the difference is far below zero as a rule.
    BN_mod_sub(base.get(), number(b).get(), base.get(), group.prime(), workspace.get());

    const Number power = number();
    BN_mul(power.get(), number(u).get(), secret.get(), workspace.get());
    BN_add(power.get(), power.get(), secretNumber(exponent).get());
    BN_set_flags(power.get(), BN_FLG_CONSTTIME);
    return padded(group.power(base.get(), power.get()).get());
}

SecretBytes signingKey(const SecretBytes &shared, const QByteArray &u)
{
    const SecretBytes extracted = hmac(u, shared.view());
    const SecretBytes expanded = hmac(extracted.view(), "Caldera Derived Key\x01");
    return SecretBytes(expanded.view().first(kKey));
}

} // namespace Srp

} // namespace AppSync
