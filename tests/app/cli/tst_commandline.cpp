// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commandline.h"
#include "app/cli/globaloptions.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using namespace Syncscope::Cli;

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commands_data();
    void commands();
    void flagsAnywhere();
    void repeatedFlags();
    void argumentsKeepTheirText();
    void refuses_data();
    void refuses();
    void neverRepeatsCredentials();
    void globals();
    void globalsOfTheEnvironment();
    void refusesGlobals_data();
    void refusesGlobals();
};

namespace {

CommandLine parse(const QStringList &arguments)
{
    Problem problem;
    const auto line = CommandLine::parse(arguments, &problem);
    if (!line)
        qWarning("%s", qPrintable(problem.message));
    return line.value_or(CommandLine());
}

} // namespace

void TestCommandLine::commands_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("command");
    using Command = CommandLine::Command;
    QTest::newRow("subscribe") << u"subscribe"_s << int(Command::Subscribe);
    QTest::newRow("sub") << u"sub"_s << int(Command::Subscribe);
    QTest::newRow("publish") << u"publish"_s << int(Command::Publish);
    QTest::newRow("pub") << u"pub"_s << int(Command::Publish);
    QTest::newRow("profile") << u"profile"_s << int(Command::Profile);
    QTest::newRow("emulator") << u"emulator"_s << int(Command::Emulator);
}

void TestCommandLine::commands()
{
    QFETCH(QString, word);
    QTEST(int(parse({word}).command()), "command");
}

void TestCommandLine::flagsAnywhere()
{
    const CommandLine line =
        parse({u"-q"_s, u"--endpoint"_s, u"sub"_s, u"sub"_s, u"--count=3"_s, u"a/b"_s, u"-o"_s,
               u"raw"_s, u"c/*"_s, u"-0"_s, u"--"_s, u"--for"_s});
    QCOMPARE(line.command(), CommandLine::Command::Subscribe);
    QVERIFY(line.has("quiet"));
    QVERIFY(line.has("null"));
    QVERIFY(!line.has("for"));
    QCOMPARE(line.value("endpoint"), u"sub"_s);
    QCOMPARE(line.value("count"), u"3"_s);
    QCOMPARE(line.value("output"), u"raw"_s);
    QCOMPARE(line.positional(), (QStringList{u"a/b"_s, u"c/*"_s, u"--for"_s}));
}

void TestCommandLine::repeatedFlags()
{
    const CommandLine line = parse({u"sub"_s, u"-n"_s, u"1"_s, u"-n"_s, u"2"_s, u"--header"_s,
                                    u"A:1"_s, u"--header"_s, u"B:2"_s});
    QCOMPARE(line.value("count"), u"2"_s);
    QCOMPARE(line.values("header"), (QStringList{u"A:1"_s, u"B:2"_s}));
}

void TestCommandLine::argumentsKeepTheirText()
{
    const QStringList events{u"[1,2]"_s,         u"[[1,2]]"_s, u" [ ] "_s, u"\"\\n\""_s,
                             u"{\"a\":\"😀\"}"_s, u"'x'"_s,     u"%%"_s,    u""_s};
    QCOMPARE(parse(QStringList{u"pub"_s, u"c"_s} + events).positional().mid(1), events);
}

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown command") << QStringList{u"listen"_s} << u"\"listen\""_s;
    QTest::newRow("unknown flag") << QStringList{u"sub"_s, u"a"_s, u"--counter"_s, u"3"_s}
                                  << u"--counter"_s;
    QTest::newRow("flag of another command")
        << QStringList{u"sub"_s, u"a"_s, u"--port"_s, u"3"_s} << u"--port"_s;
    QTest::newRow("no value") << QStringList{u"sub"_s, u"a"_s, u"--count"_s} << u"count"_s;
    QTest::newRow("value for a switch")
        << QStringList{u"sub"_s, u"a"_s, u"--quiet=1"_s} << u"quiet"_s;
    QTest::newRow("empty value") << QStringList{u"sub"_s, u"a"_s, u"--endpoint"_s, u""_s}
                                 << u"--endpoint"_s;
    QTest::newRow("negative event") << QStringList{u"pub"_s, u"a"_s, u"-5"_s} << u"-- before"_s;
    for (const char *flag : {"exec", "channel-path"}) {
        const QString name = u"--"_s + QLatin1StringView(flag);
        QTest::newRow(flag) << QStringList{u"sub"_s, u"a"_s, name, u"x"_s}
                            << name + u" is not in this version"_s;
    }
    for (const char *command : {"expect", "bench", "completion"}) {
        QTest::newRow(command) << QStringList{QString::fromLatin1(command), u"x"_s}
                               << u"not in this version"_s;
    }
}

void TestCommandLine::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    Problem problem;
    QVERIFY(!CommandLine::parse(arguments, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);
    const QString text = problem.message + problem.nextStep;
    QVERIFY2(text.contains(words), qPrintable(text));
}

void TestCommandLine::neverRepeatsCredentials()
{
    const QString secret = u"da2-supersecret"_s;
    for (const QString &flag : {u"--api-key"_s, u"--token"_s, u"--password"_s, u"--key"_s}) {
        for (const QStringList &arguments : {QStringList{u"sub"_s, u"a"_s, flag, secret},
                                             QStringList{u"sub"_s, u"a"_s, flag + u'=' + secret}}) {
            Problem problem;
            QVERIFY(!CommandLine::parse(arguments, &problem));
            QVERIFY2(!(problem.message + problem.nextStep).contains(secret),
                     qPrintable(problem.message));
        }
    }
}

void TestCommandLine::globals()
{
    Problem problem;
    const auto options = GlobalOptions::read(
        parse({u"sub"_s, u"a"_s, u"--auth"_s, u"oidc"_s, u"--publish-auth"_s, u"none"_s, u"-o"_s,
               u"template={{t}}\\n"_s, u"-v"_s, u"--trace"_s, u"--timeout"_s, u"2.5"_s,
               u"--retries"_s, u"0"_s, u"--no-reconnect"_s, u"--proxy"_s, u"socks5://p:1"_s,
               u"--header"_s, u"X-A: b:c "_s}),
        {}, &problem);
    QVERIFY2(options, qPrintable(problem.message));
    QCOMPARE(options->credentials.auth, AuthMode::Oidc);
    QCOMPARE(options->credentials.publishAuth, AuthMode::None);
    QCOMPARE(options->format->kind, OutputFormat::Kind::Template);
    QCOMPARE(options->format->templateText, QByteArray("{{t}}\n"));
    QVERIFY(options->verbose && options->trace && !options->quiet && !options->reconnect);
    QCOMPARE(options->timeout->count(), 2500);
    QCOMPARE(options->retries, 0);
    QCOMPARE(options->proxy.host(), u"p"_s);
    QCOMPARE(options->headers, (AppSync::Headers{{"X-A", "b:c"}}));
}

void TestCommandLine::globalsOfTheEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"SYNCSCOPE_ENDPOINT"_s, u"e"_s);
    environment.insert(u"SYNCSCOPE_CA_CERT"_s, u"c"_s);
    environment.insert(u"NO_COLOR"_s, u"1"_s);
    Problem problem;
    const auto plain = GlobalOptions::read(parse({u"sub"_s, u"a"_s}), environment, &problem);
    QVERIFY(plain);
    QCOMPARE(plain->endpoint, u"e"_s);
    QCOMPARE(plain->caCertificate, u"c"_s);
    QVERIFY(plain->noColour);
    QCOMPARE(plain->retries, 5);
    QVERIFY(plain->reconnect);
    const auto flags = GlobalOptions::read(
        parse({u"sub"_s, u"a"_s, u"--endpoint"_s, u"f"_s, u"--ca-cert"_s, u"g"_s}), environment,
        &problem);
    QVERIFY(flags);
    QCOMPARE(flags->endpoint, u"f"_s);
    QCOMPARE(flags->caCertificate, u"g"_s);
}

void TestCommandLine::refusesGlobals_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *flag, const QString &value, const QString &words) {
        QTest::addRow("%s %s", flag, qPrintable(value))
            << QStringList{QString::fromLatin1(flag), value} << words;
    };
    row("--auth", u"key"_s, u"api-key, user-pool"_s);
    row("--connect-auth", u"x"_s, u"--connect-auth"_s);
    row("-o", u"xml"_s, u"ndjson, json, pretty"_s);
    row("--timeout", u"soon"_s, u"--timeout"_s);
    row("--timeout", u"0"_s, u"--timeout"_s);
    row("--retries", u"-1"_s, u"--retries"_s);
    row("--retries", u"many"_s, u"--retries"_s);
    row("--header", u"NoColon"_s, u"NAME:VALUE"_s);
    row("--header", u"Bad Name: x"_s, u"NAME:VALUE"_s);
    row("--header", u"A: x\r\nB: y"_s, u"NAME:VALUE"_s);
    row("--proxy", u"proxy:80"_s, u"http://HOST:PORT"_s);
    row("--proxy", u"http://me:s3cret@proxy:80"_s, u"no password"_s);
    QTest::newRow("-q -v") << QStringList{u"-q"_s, u"-v"_s} << u"exclude"_s;
    QTest::newRow("two tokens") << QStringList{u"--token-env"_s, u"A"_s, u"--token-file"_s, u"b"_s}
                                << u"exclude"_s;
}

void TestCommandLine::refusesGlobals()
{
    QFETCH(QStringList, flags);
    QFETCH(QString, words);
    Problem problem;
    QVERIFY(!GlobalOptions::read(parse(QStringList{u"sub"_s, u"a"_s} + flags), {}, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);
    const QString text = problem.message + problem.nextStep;
    QVERIFY2(text.contains(words), qPrintable(text));
    QVERIFY(!text.contains(u"s3cret"));
}

GUILESS_TEST(TestCommandLine)
#include "tst_commandline.moc"
