// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using AppSync::Emulator;

class TestEchoCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void everythingComesBack_data();
    void everythingComesBack();
    void partialLoss();
    void untilFirst();
    void nothingComesBack();
    void listensElsewhere();
    void refused_data();
    void refused();
    void publishRefused();
    void wrongKey();
    void unreachable();
    void connectionLost();
    void prettyWithoutColour();
    void interrupted();
};

void TestEchoCommand::everythingComesBack_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QByteArray>("via");
    QTest::newRow("ws") << u"--ws"_s << "ws"_ba;
    QTest::newRow("http") << u"--http"_s << "http"_ba;
}

void TestEchoCommand::everythingComesBack()
{
    QFETCH(QString, flag);
    QFETCH(QByteArray, via);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"-n"_s, u"3"_s, u"--every"_s, u"10ms"_s, flag}),
             0);
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), 5);
    for (int i = 0; i < 3; ++i) {
        const QByteArray number = QByteArray::number(i + 1);
        QVERIFY2(lines.at(i).startsWith(
                     "{\"v\":1,\"n\":" + number
                     + ",\"t\":\"T\",\"kind\":\"echo\",\"channel\":\"/default/a\",\"number\":"),
                 lines.at(i));
        QVERIFY2(lines.at(i).contains("\"outcome\":\"received\","), lines.at(i));
    }
    QVERIFY2(lines.at(3).startsWith("{\"v\":1,\"n\":4,\"t\":\"T\",\"kind\":\"summary\",\"channel\":"
                                    "\"/default/a\",\"listen\":\"/default/a\",\"via\":\""
                                    + via
                                    + "\",\"count\":3,\"received\":3,\"lost\":0,\"failed\":0,"
                                      "\"waiting\":0,\"latencyMs\":{\"min\":"),
             lines.at(3));
    QVERIFY2(!lines.at(3).contains("null"), lines.at(3));
    QCOMPARE(lines.at(4),
             "{\"v\":1,\"n\":5,\"t\":\"T\",\"kind\":\"end\",\"received\":3,\"exit\":0}"_ba);
    QCOMPARE(cli.errors(), "subscribed to /default/a\n"_ba);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 0);
}

void TestEchoCommand::partialLoss()
{
    Emulator::Options options;
    options.faults.deliveryGap = 1s;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    // The first is published at once, the last two seconds later.
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"-n"_s, u"3"_s, u"--every"_s, u"1s"_s,
                      u"--timeout"_s, u"3"_s}),
             7);
    QVERIFY2(cli.output().contains("\"outcome\":\"lost\""), cli.output());
    QVERIFY2(cli.output().contains("\"outcome\":\"received\""), cli.output());
    QVERIFY2(cli.lines().last().endsWith("\"exit\":7}"), cli.output());
}

void TestEchoCommand::untilFirst()
{
    Emulator::Options options;
    options.faults.deliveryGap = 300ms;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"--until-first"_s, u"-n"_s, u"1000"_s,
                      u"--every"_s, u"50ms"_s, u"--timeout"_s, u"30"_s}),
             0);
    QCOMPARE(cli.output().count("\"outcome\":\"received\""), 1);
    QVERIFY2(cli.lines().last().contains("\"received\":1,\"exit\":0}"), cli.output());
    QVERIFY2(!cli.output().contains("\"readyMs\":null"), cli.output());
}

void TestEchoCommand::nothingComesBack()
{
    Emulator::Options options;
    options.faults.deliveryGap = 1h;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QStringList base{u"echo"_s,    u"default/a"_s, u"-n"_s,        u"2"_s,
                           u"--every"_s, u"1ms"_s,       u"--timeout"_s, u"0.3"_s};
    QCOMPARE(cli.run(base), 7);
    QVERIFY2(cli.output().contains("\"received\":0,\"lost\":2,"), cli.output());
    QCOMPARE(cli.run(base + QStringList{u"--until-first"_s}), 7);
    QVERIFY2(cli.output().contains("\"kind\":\"error\",\"where\":\"deliver\""), cli.output());
}

void TestEchoCommand::listensElsewhere()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QStringList base{u"echo"_s, u"default/a"_s, u"-n"_s, u"1"_s, u"--timeout"_s, u"0.3"_s};
    QCOMPARE(cli.run(base + QStringList{u"--listen"_s, u"default/b"_s}), 7);
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"-n"_s, u"1"_s, u"--listen"_s, u"default/*"_s}),
             0);
    QVERIFY2(cli.output().contains("\"listen\":\"/default/*\""), cli.output());
}

void TestEchoCommand::refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no such namespace") << QStringList{u"nosuch/a"_s} << 4;
    QTest::newRow("other credentials wanted") << QStringList{u"private/a"_s} << 4;
    QTest::newRow("bad channel") << QStringList{u"default/a_b"_s} << 5;
    QTest::newRow("wildcard") << QStringList{u"default/*"_s} << 5;
    QTest::newRow("no channel") << QStringList{} << 2;
    QTest::newRow("two channels") << QStringList{u"default/a"_s, u"default/b"_s} << 2;
    QTest::newRow("both ways") << QStringList{u"default/a"_s, u"--ws"_s, u"--http"_s} << 2;
    QTest::newRow("none") << QStringList{u"default/a"_s, u"-n"_s, u"0"_s} << 2;
    QTest::newRow("all at once") << QStringList{u"default/a"_s, u"--every"_s, u"0s"_s} << 2;
    QTest::newRow("raw") << QStringList{u"default/a"_s, u"-o"_s, u"raw"_s} << 2;
}

void TestEchoCommand::refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(QStringList{u"echo"_s} + arguments), exitCode);
    QVERIFY2(cli.errors().contains("error: "), cli.errors());
    QVERIFY2(!cli.output().contains("\"kind\":\"echo\""), cli.output());
    if (exitCode == 2)
        QCOMPARE(cli.output(), QByteArray());
    else
        QVERIFY2(cli.lines().last().endsWith("\"exit\":" + QByteArray::number(exitCode) + '}'),
                 cli.output());
}

void TestEchoCommand::publishRefused()
{
    Emulator::Options options;
    options.namespaces = {{u"reading"_s, {Emulator::AuthMode::Oidc}, {Emulator::AuthMode::ApiKey}}};
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"echo"_s, u"reading/a"_s, u"-n"_s, u"2"_s, u"--every"_s, u"1ms"_s}), 4);
    QVERIFY2(cli.output().contains("\"outcome\":\"failed\""), cli.output());
    QVERIFY2(cli.output().contains("\"errorType\":\"UnauthorizedException\""), cli.output());
    QVERIFY2(cli.output().contains("\"failed\":2,"), cli.output());
    QCOMPARE(cli.run({u"echo"_s, u"reading/a"_s, u"-n"_s, u"2"_s, u"--until-first"_s}), 4);
}

void TestEchoCommand::wrongKey()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s}), 4);
    QCOMPARE(cli.lines().size(), 2);
    QVERIFY2(cli.lines().first().contains("\"kind\":\"error\",\"where\":\"connect\""),
             cli.output());
}

void TestEchoCommand::unreachable()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    m_emulator->close();
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"--retries"_s, u"0"_s}), 3);
    QVERIFY2(cli.lines().last().endsWith("\"exit\":3}"), cli.output());
}

void TestEchoCommand::connectionLost()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"echo"_s, u"default/a"_s, u"-n"_s, u"1000"_s, u"--every"_s, u"20ms"_s,
               u"--no-reconnect"_s});
    QVERIFY(cli.waitForOutput("\"number\":2,"));
    m_emulator->dropConnections();
    QCOMPARE(cli.waitForEnd(), 8);
    QVERIFY2(cli.output().contains("\"kind\":\"summary\""), cli.output());
}

void TestEchoCommand::prettyWithoutColour()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"echo"_s, u"default/a"_s, u"-n"_s, u"1"_s, u"-o"_s, u"pretty"_s}), 0);
    QVERIFY2(cli.output().contains("  /default/a  #1 back after "), cli.output());
    QVERIFY2(cli.output().contains("\n1 event published over the WebSocket, 1 back\nlatency  min "),
             cli.output());
    QVERIFY(!cli.output().contains('\x1b'));
}

void TestEchoCommand::interrupted()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"echo"_s, u"default/a"_s, u"-n"_s, u"1000"_s, u"--every"_s, u"1h"_s});
    QVERIFY(cli.waitForOutput("\"number\":1,"));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
    QVERIFY2(cli.output().contains("\"kind\":\"summary\""), cli.output());
    QVERIFY2(cli.lines().last().endsWith("\"exit\":130}"), cli.output());
#endif
}

GUILESS_TEST(TestEchoCommand)
#include "tst_echocommand.moc"
