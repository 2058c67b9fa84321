// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/graphql/awsscalars_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonObject>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_AwsScalars : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void numbers();
    void valuesOfResolvers();
};

void tst_AwsScalars::texts_data()
{
    QTest::addColumn<QString>("scalar");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isGood");
    const auto rows = [](const QString &scalar, const QStringList &good, const QStringList &bad) {
        for (const QString &text : good)
            QTest::addRow("%s %s", qPrintable(scalar), qPrintable(text)) << scalar << text << true;
        for (const QString &text : bad)
            QTest::addRow("no %s: %s", qPrintable(scalar), qPrintable(text))
                << scalar << text << false;
    };
    rows(u"AWSDate"_s, {u"1970-01-01"_s, u"2024-02-29Z"_s, u"2024-02-29+05:30"_s},
         {u"2023-02-29"_s, u"1970-1-1"_s, u"1970-01-01T00:00Z"_s, u""_s, u"1970-01-01+5"_s});
    rows(u"AWSTime"_s, {u"12:30"_s, u"12:30Z"_s, u"23:59:59.999999999-08:00"_s},
         {u"24:00"_s, u"12"_s, u"12:30:"_s, u"12:30 Z"_s});
    rows(u"AWSDateTime"_s, {u"1970-01-01T12:30Z"_s, u"1970-01-01T12:30:00.000+05:30:12"_s},
         {u"1970-01-01T12:30:00"_s, u"1970-01-01 12:30Z"_s, u"1970-01-01"_s, u"x"_s, u"Z"_s});
    rows(u"AWSEmail"_s, {u"a@example.com"_s, u"a+b@c.example.org"_s},
         {u"a@"_s, u"example.com"_s, u"a@example"_s, u"a b@example.com"_s});
    rows(u"AWSURL"_s, {u"https://example.com/a?b=c"_s, u"mailto:a@example.com"_s},
         {u"example.com"_s, u"https://a b"_s, u""_s});
    rows(u"AWSPhone"_s, {u"+1 555 0100"_s, u"555-0100"_s}, {u"call me"_s, u"+"_s});
    rows(u"AWSIPAddress"_s, {u"192.168.0.1"_s, u"10.0.0.0/8"_s, u"2001:db8::1"_s, u"::/0"_s},
         {u"300.1.1.1"_s, u"10.0.0.0/33"_s, u"localhost"_s, u"10.0.0.0/"_s});
    rows(u"AWSJSON"_s, {u"{\"a\": [1]}"_s, u"7"_s, u"\"text\""_s}, {u"{a: 1}"_s, u""_s, u"x"_s});
}

void tst_AwsScalars::texts()
{
    QFETCH(QString, scalar);
    QFETCH(QString, text);
    QFETCH(bool, isGood);
    QCOMPARE(AwsScalars::parsed(scalar, text),
             isGood ? QJsonValue(text) : QJsonValue(QJsonValue::Undefined));
    QVERIFY(AwsScalars::parsed(scalar, QJsonObject()).isUndefined());
}

void tst_AwsScalars::numbers()
{
    const QJsonValue none(QJsonValue::Undefined);
    QCOMPARE(AwsScalars::parsed(u"Int"_s, 7), QJsonValue(7));
    QCOMPARE(AwsScalars::parsed(u"Int"_s, 7.0), QJsonValue(7));
    QCOMPARE(AwsScalars::parsed(u"Int"_s, 7.5), none);
    QCOMPARE(AwsScalars::parsed(u"Int"_s, 2147483647), QJsonValue(2147483647));
    QCOMPARE(AwsScalars::parsed(u"Int"_s, 2147483648.0), none);
    QCOMPARE(AwsScalars::parsed(u"Int"_s, u"7"_s), none);
    QCOMPARE(AwsScalars::parsed(u"AWSTimestamp"_s, -2147483649.0), QJsonValue(-2147483649.0));
    QCOMPARE(AwsScalars::parsed(u"Float"_s, 7), QJsonValue(7));
    QCOMPARE(AwsScalars::parsed(u"Float"_s, true), none);
    QCOMPARE(AwsScalars::parsed(u"Boolean"_s, true), QJsonValue(true));
    QCOMPARE(AwsScalars::parsed(u"Boolean"_s, u"true"_s), none);
    QCOMPARE(AwsScalars::parsed(u"ID"_s, 7), QJsonValue(u"7"_s));
    QCOMPARE(AwsScalars::parsed(u"ID"_s, 7.5), none);
    QCOMPARE(AwsScalars::parsed(u"String"_s, 7), none);
    QCOMPARE(AwsScalars::parsed(u"Mine"_s, QJsonObject{{u"a"_s, 1}}),
             QJsonValue(QJsonObject{{u"a"_s, 1}}));
}

void tst_AwsScalars::valuesOfResolvers()
{
    const QJsonValue none(QJsonValue::Undefined);
    QCOMPARE(AwsScalars::serialized(u"String"_s, 7), QJsonValue(u"7"_s));
    QCOMPARE(AwsScalars::serialized(u"String"_s, true), QJsonValue(u"true"_s));
    QCOMPARE(AwsScalars::serialized(u"String"_s, QJsonObject()), none);
    QCOMPARE(AwsScalars::serialized(u"Int"_s, u"7"_s), QJsonValue(7));
    QCOMPARE(AwsScalars::serialized(u"Int"_s, u"seven"_s), none);
    QCOMPARE(AwsScalars::serialized(u"Boolean"_s, u"TRUE"_s), QJsonValue(true));
    QCOMPARE(AwsScalars::serialized(u"AWSJSON"_s, QJsonObject{{u"a"_s, 1}}),
             QJsonValue(u"{\"a\":1}"_s));
    QCOMPARE(AwsScalars::serialized(u"AWSDateTime"_s, u"today"_s), none);
}

GUILESS_TEST(tst_AwsScalars)
#include "tst_awsscalars.moc"
