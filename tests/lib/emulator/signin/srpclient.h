// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonObject>
#include <QLocale>
#include <QMessageAuthenticationCode>

#include <openssl/bn.h>

//! The client's half of Cognito's SRP, for the tests of the server's: written from the formulas alone, with
//! small numbers for secrets, since nothing here is one.
class SrpClient {
public:
    SrpClient() : m_n(BN_get_rfc3526_prime_3072(nullptr)), m_context(BN_CTX_new())
    {
        m_g = number(QByteArray("\x02", 1));
        m_a = number(QByteArray("\x12\x34\x56\x78\x9a\xbc\xde\xf1\x23\x45\x67\x89"));
        m_publicA = BN_new();
        BN_mod_exp(m_publicA, m_g, m_a, m_n, m_context);
    }
    ~SrpClient()
    {
        for (BIGNUM *n : {m_n, m_g, m_a, m_publicA})
            BN_free(n);
        BN_CTX_free(m_context);
    }
    Q_DISABLE_COPY_MOVE(SrpClient)

    [[nodiscard]] QString publicValue() const
    {
        return QString::fromLatin1(bytes(m_publicA).toHex());
    }

    //! ChallengeResponses to PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, whose \a parameters came.
    [[nodiscard]] QJsonObject proof(const QJsonObject &parameters, const QString &group,
                                    const QString &name, const QString &password,
                                    const QDateTime &now = QDateTime::currentDateTimeUtc()) const
    {
        const auto text = [&](const char *key) {
            return parameters.value(QLatin1StringView(key)).toString().toLatin1();
        };
        const QByteArray timestamp =
            QLocale::c()
                .toString(now.toUTC(), QStringLiteral("ddd MMM d HH:mm:ss 'UTC' yyyy"))
                .toLatin1();
        const QByteArray block = QByteArray::fromBase64(text("SECRET_BLOCK"));
        const QByteArray key =
            sharedKey(fromHex(text("SALT")), fromHex(text("SRP_B")),
                      QString(group + name + QLatin1Char(':') + password).toUtf8());
        const QByteArray signature =
            mac(key, group.toUtf8() + name.toUtf8() + block + timestamp).toBase64();
        return {
            {QStringLiteral("USERNAME"), parameters.value(QLatin1StringView("USERNAME"))},
            {QStringLiteral("PASSWORD_CLAIM_SECRET_BLOCK"),
             QString::fromLatin1(text("SECRET_BLOCK"))},
            {QStringLiteral("PASSWORD_CLAIM_SIGNATURE"), QString::fromLatin1(signature)},
            {QStringLiteral("TIMESTAMP"), QString::fromLatin1(timestamp)},
        };
    }

private:
    static QByteArray fromHex(const QByteArray &text)
    {
        return QByteArray::fromHex(text.size() % 2 ? '0' + text : text);
    }
    static BIGNUM *number(const QByteArray &data)
    {
        return BN_bin2bn(reinterpret_cast<const unsigned char *>(data.constData()),
                         int(data.size()), nullptr);
    }
    static QByteArray bytes(const BIGNUM *n)
    {
        QByteArray data(BN_num_bytes(n), '\0');
        BN_bn2bin(n, reinterpret_cast<unsigned char *>(data.data()));
        return data;
    }
    static QByteArray padded(const BIGNUM *n)
    {
        const QByteArray data = bytes(n);
        return uchar(data[0]) > 0x7f ? QByteArray(1, '\0') + data : data;
    }
    static QByteArray sha(const QByteArray &data)
    {
        return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
    }
    static QByteArray mac(const QByteArray &key, const QByteArray &data)
    {
        return QMessageAuthenticationCode::hash(data, key, QCryptographicHash::Sha256);
    }

    //! K of S = (B − k·g^x)^(a + u·x).
    [[nodiscard]] QByteArray sharedKey(const QByteArray &saltBytes, const QByteArray &bBytes,
                                       const QByteArray &identity) const
    {
        BIGNUM *salt = number(saltBytes);
        BIGNUM *b = number(bBytes);
        BIGNUM *k = number(sha(padded(m_n) + padded(m_g)));
        BIGNUM *u = number(sha(padded(m_publicA) + padded(b)));
        BIGNUM *x = number(sha(padded(salt) + sha(identity)));
        BIGNUM *base = BN_new();
        BN_mod_exp(base, m_g, x, m_n, m_context);
        BN_mod_mul(base, k, base, m_n, m_context);
        BN_mod_sub(base, b, base, m_n, m_context);
        BIGNUM *exponent = BN_new();
        BN_mul(exponent, u, x, m_context);
        BN_add(exponent, exponent, m_a);
        BIGNUM *s = BN_new();
        BN_mod_exp(s, base, exponent, m_n, m_context);
        const QByteArray key =
            mac(mac(padded(u), padded(s)), QByteArray("Caldera Derived Key\x01")).first(16);
        for (BIGNUM *n : {salt, b, k, u, x, base, exponent, s})
            BN_free(n);
        return key;
    }

    BIGNUM *m_n;
    BN_CTX *m_context;
    BIGNUM *m_g;
    BIGNUM *m_a;
    BIGNUM *m_publicA;
};
