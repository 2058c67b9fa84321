// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void version();
    void help_data();
    void help();
    void withoutCommand();
    void usageErrors_data();
    void usageErrors();
    void refusesArgumentsThatAreNotUtf8();
    void saysNothingAboutLocales();
    void tellsOfAFullDisk();
    void worksWithClosedStreams();
};

void TestProgram::version()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"--version"_s}), 0);
    QVERIFY2(cli.output().startsWith("syncscope-cli 0."), cli.output());
    QCOMPARE(cli.output().count('\n'), 1);
    QCOMPARE(cli.errors(), QByteArray());
}

void TestProgram::help_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("--help") << QStringList{u"--help"_s} << QByteArray("COMMAND");
    QTest::newRow("-h") << QStringList{u"-h"_s} << QByteArray("COMMAND");
    QTest::newRow("sub") << QStringList{u"sub"_s, u"--help"_s} << QByteArray("--idle");
    QTest::newRow("publish") << QStringList{u"--help"_s, u"publish"_s} << QByteArray("--dry-run");
    QTest::newRow("emulator") << QStringList{u"emulator"_s, u"-h"_s} << QByteArray("--scenario");
}

void TestProgram::help()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    CliProcess cli;
    QCOMPARE(cli.run(arguments), 0);
    QVERIFY2(cli.output().contains(words), cli.output());
    QCOMPARE(cli.errors(), QByteArray());
}

void TestProgram::withoutCommand()
{
    CliProcess cli;
    QCOMPARE(cli.run({}), 2);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().contains("Examples:"), cli.errors());
}

void TestProgram::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    const QString sub = u"sub"_s;
    const QString pub = u"pub"_s;
    row("unknown command", {u"listen"_s}, "\"listen\"");
    row("later command", {u"expect"_s, u"a"_s}, "not in this version");
    row("later flag", {sub, u"a"_s, u"--exec"_s, u"x"_s}, "--exec is not in this version");
    row("no channel", {sub}, "at least one channel");
    row("no channel to publish to", {pub}, "publish wants a channel");
    row("count", {sub, u"a"_s, u"-n"_s, u"0"_s}, "--count");
    row("for", {sub, u"a"_s, u"--for"_s, u"10"_s}, "500ms, 10s, 2m, 1h");
    row("idle", {sub, u"a"_s, u"--idle"_s, u"x"_s}, "--idle");
    row("ts", {sub, u"a"_s, u"--ts"_s, u"x"_s}, "none, local, utc");
    row("ts in raw", {sub, u"a"_s, u"--ts"_s, u"utc"_s, u"-o"_s, u"raw"_s}, "-o raw");
    row("null in pretty", {sub, u"a"_s, u"-0"_s, u"-o"_s, u"pretty"_s}, "-0 goes with");
    row("http and ws", {pub, u"a"_s, u"1"_s, u"--http"_s, u"--ws"_s}, "exclude");
    row("rate and every", {pub, u"a"_s, u"1"_s, u"--rate"_s, u"1/s"_s, u"--every"_s, u"1s"_s},
        "exclude");
    row("rate", {pub, u"a"_s, u"1"_s, u"--rate"_s, u"100"_s}, "100/s");
    row("every", {pub, u"a"_s, u"1"_s, u"--every"_s, u"1"_s}, "--every");
    row("every 0", {pub, u"a"_s, u"1"_s, u"--every"_s, u"0s"_s}, "--every");
    row("repeat", {pub, u"a"_s, u"1"_s, u"--repeat"_s, u"0"_s}, "--repeat");
    row("batch", {pub, u"a"_s, u"1"_s, u"--batch"_s, u"6"_s}, "from 1 to 5");
    row("lines and arguments", {pub, u"a"_s, u"1"_s, u"--lines"_s}, "standard input");
    row("lines and repeat", {pub, u"a"_s, u"--lines"_s, u"--repeat"_s, u"2"_s}, "exclude");
    row("two uses of standard input", {pub, u"a"_s, u"--token-file"_s, u"-"_s},
        "both the token and the events");
    row("no endpoint", {sub, u"a"_s}, "--endpoint URL");
    row("bad endpoint", {sub, u"a"_s, u"--endpoint"_s, u"http://example.com/event"_s}, "error:");
    row("GraphQL endpoint",
        {sub, u"a"_s, u"--endpoint"_s,
         u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/graphql"_s},
        "GraphQL");
    row("no key",
        {sub, u"a"_s, u"--endpoint"_s, u"http://127.0.0.1:1/event"_s, u"--auth"_s, u"api-key"_s},
        "SYNCSCOPE_API_KEY");
    row("auth without an action", {u"auth"_s}, "login, logout, status and token");
    row("auth with an unknown action", {u"auth"_s, u"enter"_s}, "login, logout, status and token");
    row("auth in raw", {u"auth"_s, u"status"_s, u"-o"_s, u"raw"_s}, "-o raw");
    row("a client secret as an argument", {u"auth"_s, u"login"_s, u"--client-secret"_s, u"x"_s},
        "never taken from the command line");
    row("nowhere to sign in", {u"auth"_s, u"login"_s}, "--user-pool-id");
    row("login with a key", {u"auth"_s, u"login"_s, u"--auth"_s, u"api-key"_s}, "Nobody signs in");
    row("no client", {u"auth"_s, u"login"_s, u"--user-pool-id"_s, u"eu-west-1_x"_s}, "client ID");
    row("no token in iam", {u"auth"_s, u"token"_s, u"--auth"_s, u"iam"_s}, "no tokens");
    row("nothing to sign out of", {u"auth"_s, u"logout"_s}, "--profile");
    row("unknown profile", {sub, u"a"_s, u"--profile"_s, u"nobody"_s}, "\"nobody\"");
    row("argument of the emulator", {u"emulator"_s, u"8787"_s}, "takes no arguments");
    row("port", {u"emulator"_s, u"--port"_s, u"65536"_s}, "from 0 to 65535");
    row("host", {u"emulator"_s, u"--host"_s, u"example.com"_s}, "IP address");
    row("limits", {u"emulator"_s, u"--limits"_s, u"none"_s}, "relaxed or aws");
    row("scenario speed", {u"emulator"_s, u"--scenario-speed"_s, u"0"_s}, "from 0.1 to 100");
    row("seed", {u"emulator"_s, u"--seed"_s, u"x"_s}, "--seed");
    row("certificate without key", {u"emulator"_s, u"--tls-cert"_s, u"c.pem"_s}, "belong together");
    row("unknown scenario", {u"emulator"_s, u"--port"_s, u"0"_s, u"--scenario"_s, u"nosuch"_s},
        "nosuch");
}

void TestProgram::usageErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const QTemporaryDir folder;
    CliProcess cli;
    cli.setVariable(u"XDG_CONFIG_HOME"_s, folder.path());
    QCOMPARE(cli.run(arguments), 2);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().startsWith("error: "), cli.errors());
    QVERIFY2(cli.errors().contains(words), cli.errors());
}

void TestProgram::refusesArgumentsThatAreNotUtf8()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    // QProcess cannot pass such an argument itself.
    cli.startProgram(
        u"/bin/sh"_s,
        {u"-c"_s,
         u"exec \"$SYNCSCOPE_CLI\" pub a \"$(printf '\"\\303\"')\" --endpoint http://127.0.0.1:1/event"_s});
    QCOMPARE(cli.waitForEnd(), 2);
    QVERIFY2(cli.errors().contains("not valid UTF-8"), cli.errors());
#endif
}

void TestProgram::saysNothingAboutLocales()
{
    CliProcess cli;
    for (const QString &name : {u"LANG"_s, u"LC_ALL"_s, u"LC_CTYPE"_s})
        cli.setVariable(name, u"C"_s);
    QCOMPARE(cli.run({u"--version"_s}), 0);
    QCOMPARE(cli.errors(), QByteArray());
}

void TestProgram::tellsOfAFullDisk()
{
#ifdef Q_OS_LINUX
    CliProcess cli;
    cli.startProgram(u"/bin/sh"_s, {u"-c"_s, u"\"$SYNCSCOPE_CLI\" --help > /dev/full"_s});
    QCOMPARE(cli.waitForEnd(), 1);
    QVERIFY2(cli.errors().contains("Cannot write the output"), cli.errors());
    AppSync::Emulator emulator;
    QVERIFY(emulator.listen());
    cli.useEmulator(emulator);
    cli.startProgram(u"/bin/sh"_s,
                     {u"-c"_s, u"\"$SYNCSCOPE_CLI\" pub default/a 1 --every 10ms > /dev/full"_s});
    QCOMPARE(cli.waitForEnd(), 1);
    QVERIFY2(cli.errors().contains("Cannot write the output"), cli.errors());
#endif
}

void TestProgram::worksWithClosedStreams()
{
#ifdef Q_OS_UNIX
    AppSync::Emulator emulator;
    QVERIFY(emulator.listen());
    CliProcess cli;
    cli.useEmulator(emulator);
    cli.startProgram(u"/bin/sh"_s, {u"-c"_s, u"\"$SYNCSCOPE_CLI\" pub default/a 1 <&- >&-"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.errors(), QByteArray());
#endif
}

GUILESS_TEST(TestProgram)
#include "tst_program.moc"
