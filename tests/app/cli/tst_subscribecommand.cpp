// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <fcntl.h>
#    include <poll.h>
#    include <sys/stat.h>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using AppSync::Emulator;

class TestSubscribeCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void countIsExact();
    void idle();
    void duration();
    void sameChannelTwice();
    void someRefused();
    void allRefused();
    void badChannel();
    void wrongKey();
    void operationsWithCredentialsOfTheirOwn();
    void tokenFiles();
    void profiles();
    void unreachable();
    void unreachableWithinTheTimeout();
    void silentServer();
    void lostForGood();
    void verbose();
    void noReconnect();
    void gap();
    void endsOnSignals_data();
    void endsOnSignals();
    void secondSignalEndsAtOnce();
    void interruptedWhileNobodyReads();
    void brokenPipe();
};

//! Passes bytes on between a client and a server, until it is frozen.
class Relay {
public:
    explicit Relay(quint16 target)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, target] {
            QTcpSocket *client = m_server.nextPendingConnection();
            auto *server = new QTcpSocket(client);
            server->connectToHost(QHostAddress::LocalHost, target);
            pass(client, server);
            pass(server, client);
        });
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    void freeze() { m_frozen = true; }

private:
    void pass(QTcpSocket *from, QTcpSocket *to)
    {
        QObject::connect(from, &QTcpSocket::readyRead, to, [this, from, to] {
            if (!m_frozen)
                to->write(from->readAll());
        });
    }

    QTcpServer m_server;
    bool m_frozen = false;
};

#ifdef Q_OS_UNIX
static bool hasData(int descriptor)
{
    pollfd wait{descriptor, POLLIN, 0};
    return ::poll(&wait, 1, 0) == 1 && (wait.revents & POLLIN) != 0;
}
#endif

void TestSubscribeCommand::countIsExact()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"3"_s, u"-o"_s, u"raw"_s}, "/default/*");
    publish(u"default/a"_s, {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output().count('\n'), 3);
}

void TestSubscribeCommand::idle()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"--idle"_s, u"1s"_s}, "/default/*");
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(
        cli.lines().last(),
        QByteArray("{\"v\":1,\"n\":2,\"t\":\"T\",\"kind\":\"end\",\"received\":1,\"exit\":0}"));
}

void TestSubscribeCommand::duration()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(cli.run({u"sub"_s, u"default/*"_s, u"--for"_s, u"300ms"_s}), 0);
    QVERIFY(timer.elapsed() >= 300);
    QCOMPARE(cli.lines(),
             QList<QByteArray>{
                 "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"end\",\"received\":0,\"exit\":0}"});
}

void TestSubscribeCommand::sameChannelTwice()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"/default/a/"_s, u"-n"_s, u"1"_s}, "/default/a");
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.errors(), QByteArray("subscribed to /default/a\n"));
}

void TestSubscribeCommand::someRefused()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"nosuch/a"_s, u"default/a"_s, u"-n"_s, u"1"_s}, "/default/a");
    QVERIFY(cli.waitForOutput("\"error\""));
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 4);
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), 3);
    const QByteArray start = "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"error\",\"where\":"
                             "\"subscribe\",\"channel\":\"/nosuch/a\","
                             "\"errorType\":\"UnauthorizedException\",\"message\":\"";
    QVERIFY2(lines.first().startsWith(start), lines.first());
    QVERIFY2(lines.first().contains("\",\"hint\":\""), lines.first());
    QCOMPARE(
        lines.last(),
        QByteArray("{\"v\":1,\"n\":3,\"t\":\"T\",\"kind\":\"end\",\"received\":1,\"exit\":4}"));
    QVERIFY2(cli.errors().contains("error: "), cli.errors());
}

void TestSubscribeCommand::allRefused()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"sub"_s, u"nosuch/a"_s, u"private/a"_s}), 4);
    QCOMPARE(cli.lines().size(), 3);
    QVERIFY2(cli.lines().last().contains("\"exit\":4"), cli.output());
}

void TestSubscribeCommand::badChannel()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"sub"_s, u"default/a_b"_s}), 5);
    QCOMPARE(cli.run({u"sub"_s, u"default/*/b"_s}), 5);
    startAndSubscribe(cli, {u"*"_s, u"default/a"_s, u"-n"_s, u"1"_s}, "/default/a");
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 5);
}

void TestSubscribeCommand::wrongKey()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(cli.run({u"sub"_s, u"default/a"_s, u"default/b"_s}), 4);
    QCOMPARE(cli.lines().size(), 2); // told once, not per channel
    QVERIFY2(cli.lines().first().contains(
                 "\"where\":\"connect\",\"channel\":null,\"errorType\":\"UnauthorizedException\""),
             cli.output());
    QVERIFY2(cli.errors().contains("hint: "), cli.errors());
}

void TestSubscribeCommand::operationsWithCredentialsOfTheirOwn()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"sub"_s, u"private/a"_s, u"--for"_s, u"1ms"_s}), 4);
    cli.setVariable(u"SYNCSCOPE_SUBSCRIBE_TOKEN"_s, m_emulator->token());
    QCOMPARE(cli.run({u"sub"_s, u"private/a"_s, u"--for"_s, u"1ms"_s}), 0);
    QCOMPARE(cli.run({u"sub"_s, u"private/a"_s, u"--for"_s, u"1ms"_s, u"--subscribe-auth"_s,
                      u"api-key"_s}),
             4);
    cli.setVariable(u"SYNCSCOPE_SUBSCRIBE_TOKEN"_s,
                    m_emulator->tokenFor(u"someone"_s, std::chrono::seconds(-60)));
    QCOMPARE(cli.run({u"sub"_s, u"private/a"_s, u"--for"_s, u"1ms"_s}), 4);
    QCOMPARE(cli.run({u"sub"_s, u"default/a"_s, u"--for"_s, u"1ms"_s, u"--auth"_s, u"none"_s}), 4);
}

void TestSubscribeCommand::tokenFiles()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_emulator->token().toUtf8() + '\n');
    file.close();
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"MY_TOKEN"_s, m_emulator->token());
    const QStringList base{u"sub"_s, u"private/a"_s, u"--for"_s, u"1ms"_s};
    QCOMPARE(cli.run(base + QStringList{u"--token-file"_s, file.fileName()}), 0);
    QCOMPARE(cli.run(base + QStringList{u"--token-env"_s, u"MY_TOKEN"_s}), 0);
    QCOMPARE(cli.run(base + QStringList{u"--token-file"_s, u"-"_s}, m_emulator->token().toUtf8()),
             0);
    QCOMPARE(cli.run(base + QStringList{u"--token-file"_s, folder.filePath(u"none"_s)}), 9);
    QCOMPARE(cli.run(base + QStringList{u"--token-env"_s, u"NOT_THERE"_s}), 2);
}

void TestSubscribeCommand::profiles()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"syncscope"_s));
    QFile file(folder.filePath(u"syncscope/profiles.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\":1,\"profiles\":[{\"name\":\"dev\",\"endpoint\":\""
               + m_emulator->httpUrl().toString().toUtf8()
               + "\",\"auth\":\"api-key\",\"secrets\":{\"apiKey\":{\"env\":\"DEV_KEY\"}}}]}");
    file.close();
    CliProcess cli;
    cli.setVariable(u"XDG_CONFIG_HOME"_s, folder.path());
    cli.setVariable(u"DEV_KEY"_s, m_emulator->apiKey());
    const QStringList base{u"sub"_s, u"default/a"_s, u"--for"_s, u"1ms"_s};
    QCOMPARE(cli.run(base + QStringList{u"--profile"_s, file.fileName()}), 0);
#ifdef Q_OS_LINUX
    QCOMPARE(cli.run(base + QStringList{u"--profile"_s, u"dev"_s}), 0);
    QCOMPARE(cli.run(base + QStringList{u"--profile"_s, u"prod"_s}), 2);
#endif
    // The environment beats the profile, a flag beats the environment.
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, u"http://127.0.0.1:1/event"_s);
    const QStringList noRetry{u"--profile"_s, file.fileName(), u"--retries"_s, u"0"_s};
    QCOMPARE(cli.run(base + noRetry), 3);
    QCOMPARE(
        cli.run(base + noRetry + QStringList{u"--endpoint"_s, m_emulator->httpUrl().toString()}),
        0);
    QCOMPARE(cli.run(base + QStringList{u"--profile"_s, folder.filePath(u"none.json"_s)}), 9);
}

void TestSubscribeCommand::unreachable()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    m_emulator->close();
    QCOMPARE(cli.run({u"sub"_s, u"default/a"_s, u"default/b"_s, u"--retries"_s, u"2"_s}), 3);
    QCOMPARE(cli.lines().size(), 2);
    QVERIFY2(cli.lines().first().contains("\"where\":\"connect\""), cli.output());
    QVERIFY2(cli.lines().last().contains("\"exit\":3"), cli.output());
    QVERIFY2(cli.errors().contains("retry 2 of 2"), cli.errors());
    QVERIFY(!cli.errors().contains("retry 3"));
}

void TestSubscribeCommand::unreachableWithinTheTimeout()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    m_emulator->close();
    QCOMPARE(
        cli.run({u"sub"_s, u"default/a"_s, u"--retries"_s, u"1000"_s, u"--timeout"_s, u"0.3"_s}),
        3);
}

void TestSubscribeCommand::silentServer()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    CliProcess cli;
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-x"_s);
    QCOMPARE(cli.run({u"sub"_s, u"default/a"_s, u"--timeout"_s, u"0.3"_s, u"--endpoint"_s,
                      u"http://127.0.0.1:%1/event"_s.arg(silent.serverPort())}),
             7);
    Emulator::Options options;
    options.faults.neverAnswerSubscribe = true;
    startEmulator(options);
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"sub"_s, u"default/a"_s, u"--timeout"_s, u"0.3"_s}), 7);
}

void TestSubscribeCommand::lostForGood()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"--retries"_s, u"2"_s}, "/default/a");
    m_emulator->close();
    QCOMPARE(cli.waitForEnd(), 8);
    QVERIFY2(cli.lines().last().contains("\"exit\":8"), cli.output());
    // What is reported is the latest failure; what began it is not forgotten.
    QVERIFY2(cli.errors().contains("It began with: The server closed the connection"),
             cli.errors());
}

void TestSubscribeCommand::verbose()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"-v"_s, u"-n"_s, u"1"_s}, "/default/a");
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    qsizetype from = 0;
    for (const char *text :
         {"/default/a: requested ", "/default/a: acknowledged ", "/default/a: first event "}) {
        from = cli.errors().indexOf(text, from);
        QVERIFY2(from >= 0, cli.errors());
    }
}

void TestSubscribeCommand::noReconnect()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"--no-reconnect"_s}, "/default/a");
    m_emulator->dropConnections();
    QCOMPARE(cli.waitForEnd(), 8);
    QCOMPARE(cli.lines().size(), 2);
}

void TestSubscribeCommand::gap()
{
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"default/b"_s, u"-n"_s, u"1"_s}, "/default/b");
    QVERIFY(cli.waitForError("subscribed to /default/a\n"));
    m_emulator->dropConnections();
    QVERIFY(cli.waitForOutput("\"gap\""));
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), 3);
    const QByteArray start =
        "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"gap\",\"from\":\"T\",\"to\":\"T\",\"reason\":\"";
    QVERIFY2(lines.first().startsWith(start), lines.first());
    QVERIFY2(lines.at(1).contains("\"n\":2,\"t\":\"T\",\"kind\":\"event\""), lines.at(1));
    QCOMPARE(cli.errors().count("subscribed to /default/a\n"), 2);
}

void TestSubscribeCommand::endsOnSignals_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("exitCode");
#ifdef Q_OS_UNIX
    QTest::newRow("SIGINT") << SIGINT << 130;
    QTest::newRow("SIGTERM") << SIGTERM << 143;
#else
    QTest::newRow("none") << 0 << 0;
#endif
}

void TestSubscribeCommand::endsOnSignals()
{
    QFETCH(int, number);
    QFETCH(int, exitCode);
    CliProcess cli;
    startAndSubscribe(cli, {u"default/a"_s, u"-n"_s, u"2"_s}, "/default/a");
    publish(u"default/a"_s, {u"1"_s});
    QVERIFY(cli.waitForOutput("\"event\":1"));
    cli.signal(number);
    QCOMPARE(cli.waitForEnd(), exitCode);
    QCOMPARE(cli.lines().last(),
             "{\"v\":1,\"n\":2,\"t\":\"T\",\"kind\":\"end\",\"received\":1,\"exit\":"
                 + QByteArray::number(exitCode) + '}');
    // It said goodbye to the server.
    QTRY_COMPARE(m_emulator->subscriptionCount(), 0);
}

void TestSubscribeCommand::secondSignalEndsAtOnce()
{
#ifdef Q_OS_UNIX
    Relay relay(m_emulator->port());
    CliProcess cli;
    startAndSubscribe(
        cli,
        {u"default/a"_s, u"--realtime"_s, u"ws://127.0.0.1:%1/event/realtime"_s.arg(relay.port())},
        "/default/a");
    // Its goodbye is not answered, so that it still waits for that when the second signal comes.
    relay.freeze();
    cli.signal(SIGINT);
    QVERIFY(cli.waitForOutput("\"exit\":130}"));
    cli.signal(SIGTERM);
    QCOMPARE(cli.waitForEnd(), 143);
#endif
}

void TestSubscribeCommand::interruptedWhileNobodyReads()
{
#ifdef Q_OS_UNIX
    const QTemporaryDir folder;
    const QByteArray pipe = QFile::encodeName(folder.filePath(u"pipe"_s));
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    const int reader = ::open(pipe.constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    const auto close = qScopeGuard([reader] { ::close(reader); });

    CliProcess cli;
    cli.process().setStandardOutputFile(QFile::decodeName(pipe));
    startAndSubscribe(cli, {u"default/a"_s, u"-o"_s, u"raw"_s}, "/default/a");
    const QString big = u'"' + QString(100'000, u'x') + u'"'; // more than a pipe holds
    publish(u"default/a"_s, {big, big, big});
    // One byte in the pipe: it is writing, and will not come back from that.
    QTRY_VERIFY(hasData(reader));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
#endif
}

void TestSubscribeCommand::brokenPipe()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.startProgram(
        u"/bin/sh"_s,
        {u"-c"_s,
         u"{ \"$SYNCSCOPE_CLI\" sub default/a -o raw; echo \"ended with $?\" >&2; } | head -n 1"_s});
    QVERIFY(cli.waitForError("subscribed"));
    publish(u"default/a"_s, {u"1"_s});
    QVERIFY(cli.waitForOutput("1\n"));
    // `head` ends soon, but nothing tells when.
    QTRY_VERIFY_WITH_TIMEOUT(
        (publish(u"default/a"_s, {u"2"_s}), cli.errors().contains("ended with ")), 30'000);
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.errors(), QByteArray("subscribed to /default/a\nended with 0\n"));
#endif
}

GUILESS_TEST(TestSubscribeCommand)
#include "tst_subscribecommand.moc"
