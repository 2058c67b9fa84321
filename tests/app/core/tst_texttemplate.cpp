// SPDX-License-Identifier: Apache-2.0
#include "app/core/texttemplate.h"
#include "tests/shared/testjwt.h"
#include "tests/shared/testrunner.h"

#include <QDateTime>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestTextTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingElse();
    void fills();
    void event();
    void escapesVariables();
    void claims();
    void refuses_data();
    void refuses();
};

void TestTextTemplate::keepsEverythingElse()
{
    const QByteArray text = "{\"a\":{\"b\":{}}} {{ {{}} {{1}} {{a b}} \xff\xc3\xa9 }}";
    QCOMPARE(TextTemplate(text).fill([](const QString &) { return QByteArray("?"); }), text);
}

void TestTextTemplate::fills()
{
    const TextTemplate text("<{{a}}|{{ b.c }}|{{d-1}}>");
    QCOMPARE(text.fill([](const QString &name) { return name.toUpper().toUtf8(); }),
             QByteArray("<A|B.C|D-1>"));
}

void TestTextTemplate::event()
{
    Problem problem;
    const auto event = EventTemplate::parse(
        R"({"n":{{seq}},"m":{{seq}},"t":"{{now}}","u":"{{uuid}}"})", {}, &problem);
    QVERIFY(event);
    const QByteArray one = event->event(41);
    QVERIFY2(one.startsWith("{\"n\":41,\"m\":41,\"t\":\""), one);
    const QByteArray time = one.mid(20, 24);
    const QDateTime at = QDateTime::fromString(QString::fromLatin1(time), Qt::ISODateWithMs);
    QVERIFY2(at.isValid() && time.endsWith('Z'), time);
    QVERIFY(qAbs(at.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    const QString uuid = QString::fromLatin1(one.mid(one.indexOf("\"u\":\"") + 5, 36));
    QVERIFY2(!QUuid::fromString(uuid).isNull(), one);
    QVERIFY(one != event->event(41));
}

void TestTextTemplate::escapesVariables()
{
    QProcessEnvironment environment;
    environment.insert(u"NAME"_s, u"a\"b\\\né"_s);
    environment.insert(u"EMPTY"_s, u""_s);
    Problem problem;
    const auto event =
        EventTemplate::parse(R"(["{{env.NAME}}{{env.EMPTY}}"])", {environment}, &problem);
    QVERIFY(event);
    QCOMPARE(event->event(1), QByteArray("[\"a\\\"b\\\\\\né\"]"));
}

void TestTextTemplate::claims()
{
    const QByteArray payload = R"({"sub":"a-b","cognito:groups":["x"],"n\"":"q\"q"})";
    const auto claims = AppSync::JwtClaims::fromToken(
        u"e30."_s
        + QString::fromLatin1(
            payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))
        + u".c2ln"_s);
    QVERIFY2(claims.isValid(), qPrintable(claims.problem()));
    Problem problem;
    QVERIFY(needsClaims(u"/user/{{sub}}"_s));
    QVERIFY(!needsClaims(u"/user/{{seq}}/sub"_s));
    QCOMPARE(withClaims(u"/user/{{sub}}/{{seq}}/é"_s, claims, &problem), u"/user/a-b/{{seq}}/é"_s);
    QVERIFY(!withClaims(u"/{{claim.email}}"_s, claims, &problem));
    QVERIFY2(problem.message.contains(u"email"), qPrintable(problem.message));
    QVERIFY(!withClaims(u"/{{sub}}"_s, {}, &problem));
    const auto event = EventTemplate::parse(R"(["{{claim.sub}}"])", {{}, claims}, &problem);
    QVERIFY(event);
    QCOMPARE(event->event(1), QByteArray(R"(["a-b"])"));
    // Outside of templates, what means nothing here is the user's own text.
    const auto quoted = AppSync::JwtClaims::fromToken(testJwt({{u"sub"_s, u"a\"b"_s}}));
    QCOMPARE(withClaimsInJson(R"(["{{sub}}","{{ claim.email }}","{{seq}}"])", quoted),
             QByteArray(R"(["a\"b","{{claim.email}}","{{seq}}"])"));
}

void TestTextTemplate::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << QByteArray("{\"a\":{{sequence}}}") << u"{{sequence}}"_s;
    QTest::newRow("unset variable")
        << QByteArray("{\"a\":\"{{env.NOT_THERE}}\"}") << u"NOT_THERE"_s;
    QTest::newRow("no token") << QByteArray("{{sub}}") << u"no token"_s;
}

void TestTextTemplate::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    Problem problem;
    QVERIFY(!EventTemplate::parse(text, {}, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);
    QVERIFY2(problem.message.contains(named), qPrintable(problem.message));
}

GUILESS_TEST(TestTextTemplate)
#include "tst_texttemplate.moc"
