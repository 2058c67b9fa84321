// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/jwt_p.h"
#include "tests/shared/testjwt.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Jwt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsClaims();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void readsTimes();
    void refusesTimesThatAreNone_data();
    void refusesTimesThatAreNone();
};

void tst_Jwt::readsClaims()
{
    const QJsonObject claims{{u"sub"_s, u"grüße"_s}, {u"exp"_s, 1'700'000'000}};
    QCOMPARE(Jwt::claims(testJwt(claims)), std::optional(claims));
}

void tst_Jwt::refusesWhatIsNone_data()
{
    const QString good = testJwt({{u"sub"_s, u"a"_s}});
    const QStringList parts = good.split(u'.');
    QTest::addColumn<QString>("token");
    QTest::newRow("empty") << QString();
    QTest::newRow("two parts") << parts[0] + u'.' + parts[1];
    QTest::newRow("four parts") << good + u".x"_s;
    QTest::newRow("an API key") << u"da2-abcdefghijklmnopqrstuvwxyz"_s;
    QTest::newRow("host name") << u"a.example.com"_s;
    QTest::newRow("no base64url") << parts[0] + u".!!!."_s + parts[2];
    QTest::newRow("no JSON") << parts[0] + u".YWJj."_s + parts[2];
    QTest::newRow("an array") << parts[0] + u".W10."_s + parts[2];
    QTest::newRow("header is none") << u"YWJj."_s + parts[1] + u'.' + parts[2];
    QTest::newRow("not Latin-1") << parts[0] + u".\u20ac."_s + parts[2];
}

void tst_Jwt::refusesWhatIsNone()
{
    QFETCH(QString, token);
    QVERIFY(!Jwt::claims(token));
}

void tst_Jwt::readsTimes()
{
    const QJsonObject claims{{u"exp"_s, 1'700'000'000}, {u"iat"_s, 1'600'000'000.25}};
    QCOMPARE(Jwt::time(claims, u"exp"_s).toSecsSinceEpoch(), 1'700'000'000);
    QCOMPARE(Jwt::time(claims, u"exp"_s).timeSpec(), Qt::UTC);
    QCOMPARE(Jwt::time(claims, u"iat"_s).toMSecsSinceEpoch(), 1'600'000'000'250);
}

void tst_Jwt::refusesTimesThatAreNone_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("missing") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("text") << QJsonValue(u"1700000000"_s);
    QTest::newRow("negative") << QJsonValue(-1);
    QTest::newRow("beyond all dates") << QJsonValue(1e300);
}

void tst_Jwt::refusesTimesThatAreNone()
{
    QFETCH(QJsonValue, value);
    QJsonObject claims;
    claims.insert(u"exp"_s, value);
    QVERIFY(!Jwt::time(claims, u"exp"_s).isValid());
}

QTEST_GUILESS_MAIN(tst_Jwt)
#include "tst_jwt.moc"
