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

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! A curve, and the one algorithm that it is for (RFC 7518, 3.4).
struct Curve {
    QLatin1StringView name;
    QLatin1StringView algorithm;
    qsizetype half = 0; //!< bytes of r and of s in a signature, and of a coordinate
};

constexpr Curve kCurves[] = {
    {"P-256"_L1, "ES256"_L1, 32},
    {"P-384"_L1, "ES384"_L1, 48},
    {"P-521"_L1, "ES512"_L1, 66},
};

constexpr QLatin1StringView kRsaAlgorithms[] = {"RS256"_L1, "RS384"_L1, "RS512"_L1,
                                                "PS256"_L1, "PS384"_L1, "PS512"_L1};

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

//! Null: \a algorithm is not one of elliptic curves.
const Curve *curveFor(const QString &algorithm)
{
    const auto found =
        std::find_if(std::begin(kCurves), std::end(kCurves),
                     [&](const Curve &curve) { return curve.algorithm == algorithm; });
    return found == std::end(kCurves) ? nullptr : found;
}

const Curve *curveOf(const QJsonObject &jwk)
{
    const QString name = jwk.value("crv"_L1).toString();
    const auto found = std::find_if(std::begin(kCurves), std::end(kCurves),
                                    [&](const Curve &curve) { return curve.name == name; });
    return found == std::end(kCurves) ? nullptr : found;
}

bool isRsaAlgorithm(const QString &algorithm)
{
    return std::find(std::begin(kRsaAlgorithms), std::end(kRsaAlgorithms), algorithm)
        != std::end(kRsaAlgorithms);
}

const EVP_MD *digestOf(const QString &algorithm)
{
    if (algorithm.endsWith(u"512"))
        return EVP_sha512();
    return algorithm.endsWith(u"384") ? EVP_sha384() : EVP_sha256();
}

//! What PS algorithms need beside the digest (RFC 7518, 3.5).
bool setPadding(EVP_PKEY_CTX *context, const QString &algorithm)
{
    return !algorithm.startsWith(u"PS")
        || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

Key ecKey(const Curve &curve, const QByteArray &x, const QByteArray &y)
{
    const QByteArray point = '\x04' + x + y; // uncompressed
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (x.size() != curve.half || y.size() != curve.half
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                           curve.name.data(), 0)
            != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                            point.constData(), size_t(point.size()))
            != 1)
        return {};
    return fromParameters("EC", builder.get());
}

//! As JWT wants it: r and s side by side (RFC 7518, 3.4), not the DER that OpenSSL makes.
QByteArray fromDer(const QByteArray &der, qsizetype half)
{
    const unsigned char *at = bytes(der);
    const EcSignature pair(d2i_ECDSA_SIG(nullptr, &at, long(der.size())));
    QByteArray raw(2 * half, '\0');
    if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes(raw), int(half)) != half
        || BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes(raw) + half, int(half)) != half)
        return {};
    return raw;
}

QByteArray toDer(const QByteArray &raw, qsizetype half)
{
    if (raw.size() != 2 * half)
        return {};
    const EcSignature pair(ECDSA_SIG_new());
    BigNumber r(BN_bin2bn(bytes(raw), int(half), nullptr));
    BigNumber s(BN_bin2bn(bytes(raw) + half, int(half), nullptr));
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

JsonWebKey::JsonWebKey(std::shared_ptr<const Handle> handle, const QString &algorithm,
                       const QString &id)
    : m_handle(std::move(handle)), m_algorithm(algorithm), m_id(id)
{
}

JsonWebKey JsonWebKey::makeEs256()
{
    return make(u"ES256"_s);
}

JsonWebKey JsonWebKey::rs256()
{
    static const JsonWebKey key{std::make_shared<Handle>(Key(EVP_RSA_gen(kRsaBits))), u"RS256"_s,
                                QUuid::createUuid().toString(QUuid::WithoutBraces)};
    return key;
}

JsonWebKey JsonWebKey::make(const QString &algorithm)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const Curve *curve = curveFor(algorithm);
    Q_ASSERT(curve || isRsaAlgorithm(algorithm));
    if (!curve)
        return {rs256().m_handle, algorithm, id};
    Key key(EVP_EC_gen(curve->name.data()));
    Q_ASSERT(key);
    return {std::make_shared<Handle>(std::move(key)), algorithm, id};
}

std::optional<JsonWebKey> JsonWebKey::fromJwk(const QJsonObject &jwk)
{
    const QString type = jwk.value("kty"_L1).toString();
    const QString algorithm = jwk.value("alg"_L1).toString();
    const Curve *curve = type == "EC"_L1 ? curveOf(jwk) : nullptr;
    const bool isRsa = type == "RSA"_L1 && (algorithm.isEmpty() || isRsaAlgorithm(algorithm));
    const bool isEc = curve && (algorithm.isEmpty() || algorithm == curve->algorithm);
    if ((!isRsa && !isEc) || jwk.value("use"_L1).toString(u"sig"_s) != "sig"_L1)
        return std::nullopt;
    Key key = isRsa ? rsaKey(decoded(jwk, "n"_L1), decoded(jwk, "e"_L1))
                    : ecKey(*curve, decoded(jwk, "x"_L1), decoded(jwk, "y"_L1));
    if (!key)
        return std::nullopt;
    JsonWebKey result{std::make_shared<Handle>(std::move(key)),
                      isEc                      ? QString(curve->algorithm)
                          : algorithm.isEmpty() ? u"RS256"_s
                                                : algorithm,
                      jwk.value("kid"_L1).toString()};
    result.m_isForAnyRsa = isRsa && algorithm.isEmpty();
    return result;
}

bool JsonWebKey::isFor(const QString &algorithm) const
{
    return algorithm == m_algorithm || (m_isForAnyRsa && isRsaAlgorithm(algorithm));
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
    QJsonObject jwk{{u"kid"_s, m_id}, {u"alg"_s, m_algorithm}, {u"use"_s, u"sig"_s}};
    if (const Curve *curve = curveFor(m_algorithm)) {
        jwk.insert("kty"_L1, u"EC"_s);
        jwk.insert("crv"_L1, QString(curve->name));
        jwk.insert("x"_L1, encoded(key, OSSL_PKEY_PARAM_EC_PUB_X, curve->half));
        jwk.insert("y"_L1, encoded(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve->half));
    } else {
        jwk.insert("kty"_L1, u"RSA"_s);
        jwk.insert("n"_L1, encoded(key, OSSL_PKEY_PARAM_RSA_N));
        jwk.insert("e"_L1, encoded(key, OSSL_PKEY_PARAM_RSA_E));
    }
    return jwk;
}

QByteArray JsonWebKey::sign(const QByteArray &text) const
{
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *keyContext = nullptr; // belongs to the other
    size_t size = 0;
    if (EVP_DigestSignInit(context.get(), &keyContext, digestOf(m_algorithm), nullptr,
                           m_handle->key.get())
            != 1
        || !setPadding(keyContext, m_algorithm)
        || EVP_DigestSign(context.get(), nullptr, &size, bytes(text), size_t(text.size())) != 1)
        return {};
    QByteArray signature(qsizetype(size), '\0');
    if (EVP_DigestSign(context.get(), bytes(signature), &size, bytes(text), size_t(text.size()))
        != 1)
        return {};
    signature.truncate(qsizetype(size));
    const Curve *curve = curveFor(m_algorithm);
    return curve ? fromDer(signature, curve->half) : signature;
}

bool JsonWebKey::verify(const QByteArray &text, const QByteArray &signature,
                        const QString &algorithm) const
{
    if (!isFor(algorithm))
        return false;
    const Curve *curve = curveFor(algorithm);
    const QByteArray form = curve ? toDer(signature, curve->half) : signature;
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *keyContext = nullptr; // belongs to the other
    return !form.isEmpty()
        && EVP_DigestVerifyInit(context.get(), &keyContext, digestOf(algorithm), nullptr,
                                m_handle->key.get())
        == 1
        && setPadding(keyContext, algorithm)
        && EVP_DigestVerify(context.get(), bytes(form), size_t(form.size()), bytes(text),
                            size_t(text.size()))
        == 1;
}

} // namespace AppSync::Emulation
