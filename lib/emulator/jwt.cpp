// SPDX-License-Identifier: Apache-2.0
#include "jwt_p.h"

#include "freed_p.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qsizetype kHalf = 32; // bytes of r and of s in a P-256 signature
constexpr qint64 kClockSkewSeconds = 60;
constexpr auto kBase64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

const unsigned char *bytes(const QByteArray &data)
{
    return reinterpret_cast<const unsigned char *>(data.constData());
}

QByteArray encodeJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(kBase64Url);
}

//! Empty unless \a part is base64url of a JSON object.
QJsonObject decodeJson(const QByteArray &part)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? QJsonDocument::fromJson(decoded.decoded).object() : QJsonObject();
}

} // namespace

class TokenIssuer::Key {
public:
    Key() : m_key(EVP_EC_gen("P-256")) { Q_ASSERT(m_key); }

    //! As JWT wants it: r and s side by side (RFC 7518, 3.4), not the DER that OpenSSL makes.
    [[nodiscard]] QByteArray sign(const QByteArray &text) const
    {
        const DigestContext context(EVP_MD_CTX_new());
        size_t size = 0;
        if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1
            || EVP_DigestSign(context.get(), nullptr, &size, bytes(text), size_t(text.size())) != 1)
            return {};
        QByteArray der(qsizetype(size), '\0');
        if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(der.data()), &size,
                           bytes(text), size_t(text.size()))
            != 1)
            return {};
        const unsigned char *at = bytes(der);
        const EcSignature pair(d2i_ECDSA_SIG(nullptr, &at, long(size)));
        QByteArray raw(2 * kHalf, '\0');
        auto *out = reinterpret_cast<unsigned char *>(raw.data());
        if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, int(kHalf)) != kHalf
            || BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + kHalf, int(kHalf)) != kHalf)
            return {};
        return raw;
    }

    [[nodiscard]] bool verify(const QByteArray &text, const QByteArray &raw) const
    {
        if (raw.size() != 2 * kHalf)
            return false;
        const EcSignature pair(ECDSA_SIG_new());
        BIGNUM *r = BN_bin2bn(bytes(raw), int(kHalf), nullptr);
        BIGNUM *s = BN_bin2bn(bytes(raw) + kHalf, int(kHalf), nullptr);
        if (ECDSA_SIG_set0(pair.get(), r, s) != 1) { // takes both over only if it succeeds
            BN_free(r);
            BN_free(s);
            return false;
        }
        unsigned char *der = nullptr;
        const int size = i2d_ECDSA_SIG(pair.get(), &der);
        if (size <= 0)
            return false;
        const DigestContext context(EVP_MD_CTX_new());
        const bool good =
            EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
            && EVP_DigestVerify(context.get(), der, size_t(size), bytes(text), size_t(text.size()))
                == 1;
        OPENSSL_free(der);
        return good;
    }

private:
    PrivateKey m_key;
};

TokenIssuer::TokenIssuer()
    : m_key(std::make_unique<Key>())
    , m_keyId(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_issuer(u"urn:syncscope:local-appsync:"_s + m_keyId.left(8))
{
}

TokenIssuer::~TokenIssuer() = default;

QString TokenIssuer::issue(const QString &subject, std::chrono::seconds lifetime) const
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QByteArray text =
        encodeJson({{u"alg"_s, u"ES256"_s}, {u"kid"_s, m_keyId}, {u"typ"_s, u"JWT"_s}}) + '.'
        + encodeJson({{u"iss"_s, m_issuer},
                      {u"sub"_s, subject},
                      {u"username"_s, subject},
                      {u"client_id"_s, u"syncscope"_s},
                      {u"token_use"_s, u"access"_s},
                      {u"iat"_s, now},
                      {u"exp"_s, now + qint64(lifetime.count())}});
    return QString::fromLatin1(text + '.' + m_key->sign(text).toBase64(kBase64Url));
}

TokenIssuer::Verdict TokenIssuer::verify(const QString &token) const
{
    const QList<QByteArray> parts = token.toUtf8().split('.');
    if (parts.size() != 3)
        return {{}, u"the token is not a JWT"_s};
    const QJsonObject header = decodeJson(parts[0]);
    if (header.value("alg"_L1).toString() != "ES256"_L1)
        return {{}, u"the token's algorithm is not ES256"_s};
    const auto signature = QByteArray::fromBase64Encoding(
        parts[2], QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!signature || !m_key->verify(parts[0] + '.' + parts[1], signature.decoded))
        return {{}, u"the token's signature is not this emulator's"_s};

    const QJsonObject claims = decodeJson(parts[1]);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (claims.value("iss"_L1).toString() != m_issuer)
        return {{}, u"the token comes from another issuer"_s};
    if (claims.value("exp"_L1).toInteger() <= now)
        return {{}, u"the token has expired"_s};
    if (claims.value("iat"_L1).toInteger() > now + kClockSkewSeconds)
        return {{}, u"the token was issued in the future"_s};
    return {claims.value("sub"_L1).toString(), {}};
}

} // namespace AppSync::Emulation
