// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/jwk_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

//! Keys against the examples of RFC 7515, and against themselves.
class tst_JsonWebKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rfcExamples_data();
    void rfcExamples();
    void verifiesItsOwn_data();
    void verifiesItsOwn();
    void choosesNoOtherAlgorithm();
    void readsSets();
    void refusesOthers_data();
    void refusesOthers();
};

namespace {

QByteArray fromBase64Url(const QByteArray &text)
{
    return QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding);
}

QByteArray setOf(const QList<QJsonObject> &keys)
{
    QJsonArray array;
    for (const QJsonObject &key : keys)
        array.append(key);
    return QJsonDocument(QJsonObject{{u"keys"_s, array}}).toJson();
}

} // namespace

//! RFC 7515, appendices A.2 and A.3.
void tst_JsonWebKey::rfcExamples_data()
{
    QTest::addColumn<QByteArray>("jwk");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("RS256") << QByteArray(
        R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})")
                           << QByteArray("eyJhbGciOiJSUzI1NiJ9")
                           << QByteArray("cC4hiUPoj9Eetdgtv3hF80EGrhuB__"
                                         "dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
                                         "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
                                         "nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRm"
                                         "B_eSN9383LcOLn6_dO--xi12jzDwusC-"
                                         "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6"
                                         "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");
    QTest::newRow("ES256") << QByteArray(
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})")
                           << QByteArray("eyJhbGciOiJFUzI1NiJ9")
                           << QByteArray("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
                                         "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
}

void tst_JsonWebKey::rfcExamples()
{
    QFETCH(QByteArray, jwk);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, signature);
    const auto key = JsonWebKey::fromJwk(QJsonDocument::fromJson(jwk).object());
    QVERIFY(key);
    QCOMPARE(key->algorithm(), QString::fromLatin1(QTest::currentDataTag()));
    const QByteArray payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGx"
                               "lLmNvbS9pc19yb290Ijp0cnVlfQ";
    QVERIFY(key->verify(header + '.' + payload, fromBase64Url(signature)));
    QVERIFY(!key->verify(header + '.' + payload + ' ', fromBase64Url(signature)));
    QVERIFY(key->sign("text").isEmpty()); // it has no private part
}

void tst_JsonWebKey::verifiesItsOwn_data()
{
    QTest::addColumn<int>("size"); // of a signature
    QTest::newRow("ES256") << 64;
    QTest::newRow("ES384") << 96;
    QTest::newRow("ES512") << 132;
    for (const char *rsa : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
        QTest::newRow(rsa) << 256;
}

void tst_JsonWebKey::verifiesItsOwn()
{
    QFETCH(int, size);
    const JsonWebKey key = JsonWebKey::make(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(key.algorithm(), QString::fromLatin1(QTest::currentDataTag()));
    const auto published = JsonWebKey::fromJwk(key.toJwk());
    QVERIFY(published);
    QCOMPARE(published->id(), key.id());
    QVERIFY(!key.toJwk().contains("d"_L1));
    const JsonWebKey other = JsonWebKey::makeEs256();
    for (int i = 0; i < 100; ++i) { // r and s of a signature are sometimes shorter than 32 bytes
        const QByteArray text = QByteArray::number(i);
        const QByteArray signature = key.sign(text);
        QCOMPARE(signature.size(), size);
        QVERIFY(published->verify(text, signature));
        QVERIFY(!published->verify(text + '0', signature));
        QVERIFY(!published->verify(text, signature.chopped(1)));
        QVERIFY(!published->verify(text, QByteArray(signature.size(), '\0')));
        QVERIFY(!published->verify(text, {}));
        QVERIFY(!other.verify(text, signature));
    }
}

//! A key that names its algorithm is for that one; an RSA key that does not is for any of RSA.
void tst_JsonWebKey::choosesNoOtherAlgorithm()
{
    const JsonWebKey pss = JsonWebKey::make(u"PS384"_s);
    const QByteArray signature = pss.sign("text");
    QVERIFY(!JsonWebKey::rs256().verify("text", signature, u"PS384"_s));
    QJsonObject jwk = pss.toJwk();
    jwk.remove("alg"_L1);
    const auto any = JsonWebKey::fromJwk(jwk);
    QVERIFY(any);
    QVERIFY(any->verify("text", signature, u"PS384"_s));
    for (const char *other : {"PS256", "RS384", "ES384", "HS384", "none", ""})
        QVERIFY(!any->verify("text", signature, QString::fromLatin1(other)));
}

void tst_JsonWebKey::readsSets()
{
    const JsonWebKey ec = JsonWebKey::makeEs256();
    const JsonWebKey rsa = JsonWebKey::rs256();
    const QJsonObject symmetric{{u"kty"_s, u"oct"_s}, {u"k"_s, u"AQ"_s}};
    const QList<JsonWebKey> keys = JsonWebKey::fromSet(setOf({symmetric, ec.toJwk(), rsa.toJwk()}));
    QCOMPARE(keys.size(), 2);
    QCOMPARE(keys[0].id(), ec.id());
    QCOMPARE(keys[1].id(), rsa.id());
    QVERIFY(JsonWebKey::fromSet("not JSON").isEmpty());
    QVERIFY(JsonWebKey::fromSet("{}").isEmpty());
}

void tst_JsonWebKey::refusesOthers_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    const QJsonObject ec = JsonWebKey::makeEs256().toJwk();
    const auto with = [](QJsonObject jwk, const QString &name, const QString &value) {
        jwk.insert(name, value);
        return jwk;
    };
    QTest::newRow("empty") << QJsonObject();
    QTest::newRow("symmetric") << QJsonObject{{u"kty"_s, u"oct"_s}, {u"k"_s, u"AQ"_s}};
    QTest::newRow("other curve") << with(ec, u"crv"_s, u"P-384"_s);
    QTest::newRow("no point") << with(ec, u"x"_s, QString());
    QTest::newRow("not on the curve") << with(ec, u"x"_s, ec["y"_L1].toString());
    QTest::newRow("RSA of 512 bits")
        << QJsonObject{{u"kty"_s, u"RSA"_s}, {u"e"_s, u"AQAB"_s}, {u"n"_s, QString(86, u'x')}};
    QTest::newRow("RSA without a modulus")
        << QJsonObject{{u"kty"_s, u"RSA"_s}, {u"e"_s, u"AQAB"_s}};
    QTest::newRow("RSA for encryption")
        << with(JsonWebKey::rs256().toJwk(), u"alg"_s, u"RSA-OAEP"_s);
}

void tst_JsonWebKey::refusesOthers()
{
    QFETCH(QJsonObject, jwk);
    QVERIFY(!JsonWebKey::fromJwk(jwk));
}

GUILESS_TEST(tst_JsonWebKey)
#include "tst_jsonwebkey.moc"
