// SPDX-License-Identifier: Apache-2.0
#include "jwk_p.h"

#include "../freed_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qsizetype kHalf = 32; // bytes of r and of s in a P-256 signature, and of a coordinate
constexpr int kRsaBits = 2048;
constexpr auto kBase64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

const unsigned char *bytes(const QByteArray &data)
{
    return reinterpret_cast<const unsigned char *>(data.constData());
}

unsigned char *bytes(QByteArray &data)
{
    return reinterpret_cast<unsigned char *>(data.data());
}

QByteArray decoded(const QJsonObject &jwk, QLatin1StringView name)
{
    return QByteArray::fromBase64(jwk.value(name).toString().toLatin1(), kBase64Url);
}

//! A number of the key \a key, as a JWK spells it.
QString encoded(EVP_PKEY *key, const char *name, qsizetype size = 0)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    const BigNumber owner(number);
    QByteArray data(std::max(qsizetype(BN_num_bytes(number)), size), '\0');
    BN_bn2binpad(number, bytes(data), int(data.size()));
    return QString::fromLatin1(data.toBase64(kBase64Url));
}

Key fromParameters(const char *type, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
    return Key(key);
}

Key rsaKey(const QByteArray &modulus, const QByteArray &exponent)
{
    const BigNumber n(BN_bin2bn(bytes(modulus), int(modulus.size()), nullptr));
    const BigNumber e(BN_bin2bn(bytes(exponent), int(exponent.size()), nullptr));
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (BN_num_bits(n.get()) < kRsaBits
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return {};
    return fromParameters("RSA", builder.get());
}

Key ecKey(const QByteArray &x, const QByteArray &y)
{
    const QByteArray point = '\x04' + x + y; // uncompressed
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (x.size() != kHalf || y.size() != kHalf
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0)
            != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                            point.constData(), size_t(point.size()))
            != 1)
        return {};
    return fromParameters("EC", builder.get());
}

//! As JWT wants it: r and s side by side (RFC 7518, 3.4), not the DER that OpenSSL makes.
QByteArray fromDer(const QByteArray &der)
{
    const unsigned char *at = bytes(der);
    const EcSignature pair(d2i_ECDSA_SIG(nullptr, &at, long(der.size())));
    QByteArray raw(2 * kHalf, '\0');
    if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes(raw), int(kHalf)) != kHalf
        || BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes(raw) + kHalf, int(kHalf)) != kHalf)
        return {};
    return raw;
}

QByteArray toDer(const QByteArray &raw)
{
    if (raw.size() != 2 * kHalf)
        return {};
    const EcSignature pair(ECDSA_SIG_new());
    BigNumber r(BN_bin2bn(bytes(raw), int(kHalf), nullptr));
    BigNumber s(BN_bin2bn(bytes(raw) + kHalf, int(kHalf), nullptr));
    if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1)
        return {};
    static_cast<void>(r.release()); // both belong to the pair now
    static_cast<void>(s.release());
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &der);
    const QByteArray result =
        size > 0 ? QByteArray(reinterpret_cast<char *>(der), size) : QByteArray();
    OPENSSL_free(der);
    return result;
}

} // namespace

class JsonWebKey::Handle {
public:
    explicit Handle(Key key) : key(std::move(key)) { }

    Key key;
};

JsonWebKey::JsonWebKey(std::shared_ptr<const Handle> handle, bool isRsa, const QString &id)
    : m_handle(std::move(handle)), m_isRsa(isRsa), m_id(id)
{
}

JsonWebKey JsonWebKey::makeEs256()
{
    Key key(EVP_EC_gen("P-256"));
    Q_ASSERT(key);
    return {std::make_shared<Handle>(std::move(key)), false,
            QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

JsonWebKey JsonWebKey::rs256()
{
    static const JsonWebKey key{std::make_shared<Handle>(Key(EVP_RSA_gen(kRsaBits))), true,
                                QUuid::createUuid().toString(QUuid::WithoutBraces)};
    return key;
}

std::optional<JsonWebKey> JsonWebKey::fromJwk(const QJsonObject &jwk)
{
    const QString type = jwk.value("kty"_L1).toString();
    const QString algorithm = jwk.value("alg"_L1).toString();
    const bool isRsa = type == "RSA"_L1 && (algorithm.isEmpty() || algorithm == "RS256"_L1);
    const bool isEc = type == "EC"_L1 && jwk.value("crv"_L1).toString() == "P-256"_L1;
    if (!isRsa && !isEc)
        return std::nullopt;
    Key key = isRsa ? rsaKey(decoded(jwk, "n"_L1), decoded(jwk, "e"_L1))
                    : ecKey(decoded(jwk, "x"_L1), decoded(jwk, "y"_L1));
    if (!key)
        return std::nullopt;
    return JsonWebKey{std::make_shared<Handle>(std::move(key)), isRsa,
                      jwk.value("kid"_L1).toString()};
}

QList<JsonWebKey> JsonWebKey::fromSet(const QByteArray &json)
{
    QList<JsonWebKey> keys;
    const QJsonArray array = QJsonDocument::fromJson(json).object().value("keys"_L1).toArray();
    for (const QJsonValue value : array) {
        if (const auto key = fromJwk(value.toObject()))
            keys.append(*key);
    }
    return keys;
}

QJsonObject JsonWebKey::toJwk() const
{
    EVP_PKEY *key = m_handle->key.get();
    QJsonObject jwk{{u"kid"_s, m_id}, {u"alg"_s, algorithm()}, {u"use"_s, u"sig"_s}};
    if (m_isRsa) {
        jwk.insert("kty"_L1, u"RSA"_s);
        jwk.insert("n"_L1, encoded(key, OSSL_PKEY_PARAM_RSA_N));
        jwk.insert("e"_L1, encoded(key, OSSL_PKEY_PARAM_RSA_E));
    } else {
        jwk.insert("kty"_L1, u"EC"_s);
        jwk.insert("crv"_L1, u"P-256"_s);
        jwk.insert("x"_L1, encoded(key, OSSL_PKEY_PARAM_EC_PUB_X, kHalf));
        jwk.insert("y"_L1, encoded(key, OSSL_PKEY_PARAM_EC_PUB_Y, kHalf));
    }
    return jwk;
}

QByteArray JsonWebKey::sign(const QByteArray &text) const
{
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY *key = m_handle->key.get();
    size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytes(text), size_t(text.size())) != 1)
        return {};
    QByteArray signature(qsizetype(size), '\0');
    if (EVP_DigestSign(context.get(), bytes(signature), &size, bytes(text), size_t(text.size()))
        != 1)
        return {};
    signature.truncate(qsizetype(size));
    return m_isRsa ? signature : fromDer(signature);
}

bool JsonWebKey::verify(const QByteArray &text, const QByteArray &signature) const
{
    const QByteArray form = m_isRsa ? signature : toDer(signature);
    const DigestContext context(EVP_MD_CTX_new());
    return !form.isEmpty()
        && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_handle->key.get())
        == 1
        && EVP_DigestVerify(context.get(), bytes(form), size_t(form.size()), bytes(text),
                            size_t(text.size()))
        == 1;
}

} // namespace AppSync::Emulation
