// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSubscribeOutput : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void ndjson();
    void payloads_data();
    void payloads();
    void raw();
    void nulTerminated();
    void json();
    void jsonWithoutEvents();
    void templates();
    void pretty();
    void timeStyles();
    void control();
    void trace();
    void quietAndVerbose();
    void secretsStayHidden();
};

void TestSubscribeOutput::ndjson()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"2"_s}, "/default/*");
    QCOMPARE(cli.output(), QByteArray());
    publish(u"default/a"_s, {u"{\"score\":40}"_s, u"[1,2]"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    const QByteArray start =
        "\"t\":\"T\",\"kind\":\"event\",\"dir\":\"in\",\"sub\":\"/default/*\",\"channel\":null,";
    QCOMPARE(cli.lines(),
             (QList<QByteArray>{
                 "{\"v\":1,\"n\":1," + start + "\"bytes\":12,\"event\":{\"score\":40}}",
                 "{\"v\":1,\"n\":2," + start + "\"bytes\":5,\"event\":[1,2]}",
                 "{\"v\":1,\"n\":3,\"t\":\"T\",\"kind\":\"end\",\"received\":2,\"exit\":0}"}));
    QCOMPARE(cli.errors(), QByteArray("subscribed to /default/*\n"));
}

void TestSubscribeOutput::payloads_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QByteArray>("inLine"); // null: the same
    QTest::newRow("big integer") << u"{\"id\":9007199254740993}"_s << QByteArray();
    QTest::newRow("64 bits") << u"18446744073709551615"_s << QByteArray();
    QTest::newRow("duplicate keys") << u"{\"b\":1,\"a\":2,\"b\":3}"_s << QByteArray();
    QTest::newRow("numbers' spelling") << u"[1.0,1e2,-0.0,1E+2]"_s << QByteArray();
    QTest::newRow("escapes") << u"\"\\u00e9\\/\\\"\\\\\\b\\u0000\""_s << QByteArray();
    QTest::newRow("emoji") << u"{\"😀\":\"👩‍🚀 é \\ud83d\\ude00\"}"_s << QByteArray();
    QTest::newRow("spaces") << u" { \"a\" :\t[ ] } "_s << QByteArray();
    QTest::newRow("HTML") << u"\"<b>&amp;</b>\u2028\""_s << QByteArray();
    QTest::newRow("lines") << u"{\n  \"a\": 1,\r\n  \"b\": \"x\\ny\"\n}"_s
                           << QByteArray("{   \"a\": 1,   \"b\": \"x\\ny\" }");
    QTest::newRow("large") << u'"' + QString(200'000, u'x') + u'"' << QByteArray();
}

void TestSubscribeOutput::payloads()
{
    QFETCH(QString, payload);
    QFETCH(QByteArray, inLine);
    CliProcess line;
    startAndSubscribe(line, {u"default/p"_s, u"-n"_s, u"1"_s}, "/default/p");
    CliProcess raw;
    startAndSubscribe(raw, {u"default/p"_s, u"-n"_s, u"1"_s, u"-o"_s, u"raw"_s}, "/default/p");
    CliProcess source;
    source.useEmulator(*m_emulator);
    const QByteArray bytes = payload.toUtf8();
    QCOMPARE(source.run({u"pub"_s, u"default/p"_s}, bytes), 0);
    QCOMPARE(line.waitForEnd(), 0);
    QCOMPARE(raw.waitForEnd(), 0);
    QCOMPARE(raw.output(), bytes + '\n');
    const QByteArray event = inLine.isNull() ? bytes : inLine;
    const QByteArray expected = "\"sub\":\"/default/p\",\"channel\":\"/default/p\",\"bytes\":"
        + QByteArray::number(bytes.size()) + ",\"event\":" + event + '}';
    QVERIFY2(line.lines().first().endsWith(expected), line.output().left(1000));
}

void TestSubscribeOutput::raw()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"2"_s, u"-o"_s, u"raw"_s}, "/default/*");
    publish(u"default/a"_s, {u"{\"b\":1, \"a\":2}"_s, u"\"x\""_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output(), QByteArray("{\"b\":1, \"a\":2}\n\"x\"\n"));
}

void TestSubscribeOutput::nulTerminated()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"2"_s, u"-o"_s, u"raw"_s, u"-0"_s},
                      "/default/*");
    publish(u"default/a"_s, {u"[\n1]"_s, u"2"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output(), QByteArray("[\n1]\0002\0", 7));
}

void TestSubscribeOutput::json()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"2"_s, u"-o"_s, u"json"_s}, "/default/*");
    publish(u"default/a"_s, {u"[\n1]"_s, u"2"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QVERIFY2(cli.output().contains("\"event\":[\n1]}"), cli.output());
    const QJsonArray array = QJsonDocument::fromJson(cli.output()).array();
    QCOMPARE(array.size(), 3);
    QCOMPARE(array.at(1).toObject().value("event"_L1), QJsonValue(2));
    QCOMPARE(array.at(2).toObject().value("kind"_L1), QJsonValue("end"_L1));
}

void TestSubscribeOutput::jsonWithoutEvents()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"--for"_s, u"1ms"_s, u"-o"_s, u"json"_s},
                      "/default/*");
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(QJsonDocument::fromJson(cli.output()).array().size(), 1);
}

void TestSubscribeOutput::templates()
{
    CliProcess cli;
    startAndSubscribe(
        cli,
        {u"default/*"_s, u"-n"_s, u"1"_s, u"-o"_s,
         u"template={{n}} {{kind}} {{sub}} [{{channel}}] {{event.a.1}} {{event.b}} {{event.none}}\\t{{event.c}}"_s},
        "/default/*");
    publish(u"default/x"_s,
            {u"{\"a\":[1,9007199254740993],\"b\":\"x \\u00e9\",\"c\":{ \"d\":1}}"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output(), QByteArray("1 event /default/* [] 9007199254740993 x é \t{ \"d\":1}\n"));
}

void TestSubscribeOutput::pretty()
{
    CliProcess cli;
    startAndSubscribe(cli,
                      {u"default/x"_s, u"-n"_s, u"1"_s, u"-o"_s, u"pretty"_s, u"--ts"_s, u"none"_s},
                      "/default/x");
    publish(u"default/x"_s, {u"{\"b\":1,\"a\":9007199254740993}"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output(), QByteArray("/default/x  {\"b\": 1, \"a\": 9007199254740993}\n"));
}

void TestSubscribeOutput::timeStyles()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/x"_s, u"-n"_s, u"1"_s, u"--ts"_s, u"none"_s}, "/default/x");
    publish(u"default/x"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QVERIFY2(cli.lines().first().startsWith("{\"v\":1,\"n\":1,\"t\":null,\"kind\":\"event\""),
             cli.output());
    startAndSubscribe(cli, {u"default/x"_s, u"-n"_s, u"1"_s, u"--ts"_s, u"delta"_s}, "/default/x");
    publish(u"default/x"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QVERIFY2(cli.lines().first().startsWith("{\"v\":1,\"n\":1,\"t\":\"+0.000\",\"kind\":\"event\""),
             cli.output());
}

void TestSubscribeOutput::control()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/x"_s, u"--control"_s, u"-n"_s, u"1"_s}, "/default/x");
    m_emulator->sendKeepAlives();
    QVERIFY(cli.waitForOutput("\"ka\""));
    publish(u"default/x"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), 5);
    const QByteArray ack = "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"control\",\"dir\":\"in\","
                           "\"type\":\"connection_ack\",\"id\":null,";
    QVERIFY2(lines.at(0).startsWith(ack + "\"frame\":{"), lines.at(0));
    QVERIFY2(lines.at(1).contains("\"type\":\"subscribe_success\",\"id\":\""), lines.at(1));
    QVERIFY2(lines.at(2).contains(
                 "\"n\":3,\"t\":\"T\",\"kind\":\"control\",\"dir\":\"in\",\"type\":\"ka\""),
             lines.at(2));
    QVERIFY2(lines.at(3).contains("\"kind\":\"event\""), lines.at(3));
}

void TestSubscribeOutput::trace()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/x"_s, u"--trace"_s, u"--for"_s, u"1ms"_s}, "/default/x");
    QCOMPARE(cli.waitForEnd(), 0);
    for (const char *type :
         {"connection_init", "connection_ack", "\"subscribe\"", "subscribe_success", "unsubscribe"})
        QVERIFY2(cli.errors().contains(type), cli.errors());
    QVERIFY(!cli.errors().contains(m_emulator->apiKey().toUtf8()));
}

void TestSubscribeOutput::quietAndVerbose()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"sub"_s, u"default/x"_s, u"-q"_s, u"--for"_s, u"1ms"_s}), 0);
    QCOMPARE(cli.errors(), QByteArray());
    QCOMPARE(cli.run({u"sub"_s, u"default/x"_s, u"-v"_s, u"--for"_s, u"1ms"_s}), 0);
    QVERIFY2(cli.errors().contains("api-key from SYNCSCOPE_API_KEY"), cli.errors());
    QVERIFY(!cli.errors().contains(m_emulator->apiKey().toUtf8()));
}

void TestSubscribeOutput::secretsStayHidden()
{
    // A server that repeats the credentials must not make us print them.
    const QByteArray key = m_emulator->apiKey().toUtf8();
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.run({u"sub"_s, u"default/"_s + m_emulator->apiKey(), u"nosuch/"_s + m_emulator->apiKey(),
             u"--trace"_s, u"-v"_s, u"--for"_s, u"50ms"_s});
    QVERIFY2(!cli.errors().contains(key), cli.errors());
}

GUILESS_TEST(TestSubscribeOutput)
#include "tst_subscribeoutput.moc"
