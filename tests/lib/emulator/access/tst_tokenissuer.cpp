// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/jwt_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonDocument>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TokenIssuer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasTheFormOfAJwt();
    void hasANameOfItsOwn();
    void readsOnlyJwts_data();
    void readsOnlyJwts();
};

void tst_TokenIssuer::hasTheFormOfAJwt()
{
    const TokenIssuer issuer;
    const QDateTime now = QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate);
    const auto token = WebToken::parse(issuer.issue(u"someone"_s, 1h, now));
    QVERIFY(token);
    QCOMPARE(token->header["alg"_L1].toString(), u"ES256"_s);
    QCOMPARE(token->header["kid"_L1].toString(), issuer.key().id());
    QCOMPARE(token->signature.size(), 64);
    QVERIFY(issuer.key().verify(token->signedText, token->signature));
    QCOMPARE(token->claims["iss"_L1].toString(), issuer.issuer());
    QCOMPARE(token->claims["sub"_L1].toString(), u"someone"_s);
    QCOMPARE(token->claims["iat"_L1].toInteger(), now.toSecsSinceEpoch());
    QCOMPARE(token->claims["exp"_L1].toInteger(), now.toSecsSinceEpoch() + 3600);
}

void tst_TokenIssuer::hasANameOfItsOwn()
{
    QVERIFY(TokenIssuer().issuer() != TokenIssuer().issuer());
}

void tst_TokenIssuer::readsOnlyJwts_data()
{
    QTest::addColumn<QString>("token");
    const QStringList parts =
        TokenIssuer().issue(u"someone"_s, 1h, QDateTime::currentDateTimeUtc()).split(u'.');
    QTest::newRow("two parts") << QString(parts[0] + u'.' + parts[1]);
    QTest::newRow("four parts") << QString(parts.join(u'.') + u".x"_s);
    QTest::newRow("not base64") << QString(parts[0] + u".***."_s + parts[2]);
    QTest::newRow("claims not JSON") << QString(parts[0] + u".eA."_s + parts[2]);
    QTest::newRow("claims an array") << QString(parts[0] + u".W10."_s + parts[2]);
    QTest::newRow("signature not base64") << QString(parts[0] + u'.' + parts[1] + u".***"_s);
    QTest::newRow("opaque") << u"opaque-token"_s;
    QTest::newRow("empty") << QString();
}

void tst_TokenIssuer::readsOnlyJwts()
{
    QFETCH(QString, token);
    QVERIFY(!WebToken::parse(token));
}

GUILESS_TEST(tst_TokenIssuer)
#include "tst_tokenissuer.moc"
