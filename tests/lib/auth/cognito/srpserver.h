// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QString>

#include <openssl/bn.h>

#include <memory>

//! The other side of SRP, for one user or device: written from the formulas, with nothing of the client's code.
class SrpServer {
public:
    //! \a group is the name of the pool or the device group key, \a name the user's id or the device key.
    SrpServer(const QString &group, const QString &name, const QString &password)
        : m_group(group), m_name(name), m_salt("\x8f\x01\x23\x45\x67\x89\xab\xcd")
    {
        const QByteArray inner = hash((group + name + u':' + password).toUtf8());
        m_verifier = power(2, fromBytes(hash(padded(fromBytes(m_salt)) + inner)));
    }
    //! Of a device, by what it sent to be remembered.
    SrpServer(const QString &group, const QString &name, const QByteArray &salt,
              const QByteArray &verifier)
        : m_group(group), m_name(name), m_salt(salt), m_verifier(fromBytes(verifier))
    {
    }

    //! What answers `SRP_A`.
    QJsonObject challenge(const QString &a)
    {
        m_a = fromHex(a.toLatin1());
        m_b = fromHex("1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef");
        // B = k * v + g^b
        const Number k = fromBytes(hash(padded(prime()) + padded(fromHex("2"))));
        const Number kv = number();
        BN_mod_mul(kv.get(), k.get(), m_verifier.get(), prime().get(), context());
        m_publicB = number();
        BN_mod_add(m_publicB.get(), kv.get(), power(2, m_b).get(), prime().get(), context());
        return {{QStringLiteral("SRP_B"), QString::fromLatin1(toHex(m_publicB))},
                {QStringLiteral("SALT"), QString::fromLatin1(m_salt.toHex())},
                {QStringLiteral("SECRET_BLOCK"), QString::fromLatin1(kBlock.toBase64())}};
    }

    //! Whether \a responses prove the password.
    [[nodiscard]] bool isProof(const QJsonObject &responses) const
    {
        const auto text = [&responses](const char *name) {
            return responses.value(QLatin1StringView(name)).toString().toUtf8();
        };
        if (QByteArray::fromBase64(text("PASSWORD_CLAIM_SECRET_BLOCK")) != kBlock)
            return false;
        const Number u = fromBytes(hash(padded(m_a) + padded(m_publicB)));
        // S = (A * v^u)^b
        Number base = power(m_verifier, u);
        BN_mod_mul(base.get(), base.get(), m_a.get(), prime().get(), context());
        const Number shared = power(base, m_b);
        const QByteArray extracted = hmac(padded(u), padded(shared));
        const QByteArray key = hmac(extracted, QByteArray("Caldera Derived Key\1")).first(16);
        const QByteArray message = (m_group + m_name).toUtf8() + kBlock + text("TIMESTAMP");
        return text("PASSWORD_CLAIM_SIGNATURE") == hmac(key, message).toBase64();
    }

private:
    struct Freed {
        void operator()(BIGNUM *number) const { BN_free(number); }
    };
    using Number = std::unique_ptr<BIGNUM, Freed>;
    static inline const QByteArray kBlock = QByteArray("a block of the server's own \0\xff", 30);

    static Number number() { return Number(BN_new()); }
    static BN_CTX *context()
    {
        static const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> kept(BN_CTX_new(),
                                                                          BN_CTX_free);
        return kept.get();
    }
    static Number fromHex(const QByteArray &hex)
    {
        BIGNUM *made = nullptr;
        BN_hex2bn(&made, hex.constData());
        return Number(made);
    }
    static Number fromBytes(const QByteArray &bytes)
    {
        return Number(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()),
                                int(bytes.size()), nullptr));
    }
    static QByteArray toBytes(const Number &number)
    {
        QByteArray bytes(BN_num_bytes(number.get()), '\0');
        BN_bn2bin(number.get(), reinterpret_cast<unsigned char *>(bytes.data()));
        return bytes;
    }
    static QByteArray toHex(const Number &number) { return toBytes(number).toHex(); }
    static QByteArray padded(const Number &number)
    {
        const QByteArray bytes = toBytes(number);
        return !bytes.isEmpty() && uchar(bytes.front()) >= 0x80 ? '\0' + bytes : bytes;
    }
    static const Number &prime()
    {
        static const Number kept = [] {
            QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/srp-vectors.json"));
            if (!file.open(QIODevice::ReadOnly))
                qFatal("no SRP vectors");
            const QJsonObject vectors = QJsonDocument::fromJson(file.readAll()).object();
            const QJsonObject constants = vectors.value(QLatin1StringView("constants")).toObject();
            return fromHex(constants.value(QLatin1StringView("N_hex")).toString().toLatin1());
        }();
        return kept;
    }
    static Number power(const Number &base, const Number &exponent)
    {
        Number result = number();
        BN_mod_exp(result.get(), base.get(), exponent.get(), prime().get(), context());
        return result;
    }
    static Number power(int base, const Number &exponent)
    {
        const Number number = fromHex(QByteArray::number(base));
        return power(number, exponent);
    }
    static QByteArray hash(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    }
    static QByteArray hmac(const QByteArray &key, const QByteArray &data)
    {
        return QMessageAuthenticationCode::hash(data, key, QCryptographicHash::Sha256);
    }

    QString m_group;
    QString m_name;
    QByteArray m_salt;
    Number m_verifier;
    Number m_a;
    Number m_b;
    Number m_publicB;
};
