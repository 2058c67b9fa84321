// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;
using AppSync::Emulator;

class TestPublishCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void answer_data();
    void answer();
    void verbose();
    void events_data();
    void events();
    void filesAndInput();
    void unreadableFile();
    void lines();
    void linesAreFlushed();
    void linesInBatches();
    void linesThatAreRefused();
    void manyLinesKeepTheirOrder_data();
    void manyLinesKeepTheirOrder();
    void repeat();
    void every();
    void rate();
    void templates();
    void badTemplate();
    void refusedHere_data();
    void refusedHere();
    void refusedByTheService();
    void someEventsFail();
    void warnings();
    void dryRun_data();
    void dryRun();
    void dryRunChecks();
    void dryRunHidesSecrets();
    void dryRunWithoutCredentials();
    void formats();
    void wrongKey();
    void unreachable();
    void timeout();
    void lostInFlight();
    void interrupted();

private:
    //! A process that prints what arrives on \a channel, live.
    std::unique_ptr<CliProcess> listen(const QString &channel, int count);

    QTemporaryDir m_folder;
};

std::unique_ptr<CliProcess> TestPublishCommand::listen(const QString &channel, int count)
{
    auto cli = std::make_unique<CliProcess>();
    cli->useEmulator(*m_emulator);
    cli->start({u"sub"_s, channel, u"-o"_s, u"raw"_s, u"-n"_s, QString::number(count)});
    cli->waitForError("subscribed");
    return cli;
}

void TestPublishCommand::answer_data()
{
    QTest::addColumn<QString>("flag");
    QTest::newRow("ws") << u"--ws"_s;
    QTest::newRow("http") << u"--http"_s;
}

void TestPublishCommand::answer()
{
    QFETCH(QString, flag);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"\"x\""_s, flag}), 0);
    QCOMPARE(cli.lines(),
             (QList<QByteArray>{
                 "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"publish\",\"dir\":\"out\",\"channel\":\"/"
                 "default/a\","
                 "\"successful\":[{\"index\":0,\"identifier\":\"ID\"},{\"index\":1,\"identifier\":"
                 "\"ID\"}],"
                 "\"failed\":[]}",
                 "{\"v\":1,\"n\":2,\"t\":\"T\",\"kind\":\"end\",\"received\":0,\"exit\":0}"}));
    QCOMPARE(cli.errors(), QByteArray());
}

void TestPublishCommand::verbose()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"2"_s, u"-v"_s}), 0);
    static const QRegularExpression told(
        u"/default/a: sent [\\d:.]+Z, answered [\\d:.]+Z, [\\d.]+ ms from the call\n"
        u"  event 0: accepted, [0-9a-f-]{36}\n  event 1: accepted, [0-9a-f-]{36}\n"_s);
    QVERIFY2(told.match(QString::fromUtf8(cli.errors())).hasMatch(), cli.errors());
}

void TestPublishCommand::events_data()
{
    answer_data();
}

void TestPublishCommand::events()
{
    QFETCH(QString, flag);
    const QStringList events{u"[1,2]"_s, u"{\"b\":1,\"a\":9007199254740993,\"b\":2}"_s,
                             u"\"😀\\u00e9\""_s, u"[[3]]"_s, u"-5"_s};
    const auto listener = listen(u"default/a"_s, 5);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(QStringList{u"pub"_s, flag, u"default/a"_s, u"--"_s} + events), 0);
    QCOMPARE(listener->waitForEnd(), 0);
    QCOMPARE(listener->output(), events.join(u'\n').toUtf8() + '\n');
}

void TestPublishCommand::filesAndInput()
{
    const QByteArray text = "{\n  \"a\": [1,\n 2]\n}";
    QFile file(m_folder.filePath(u"event.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text + '\n');
    file.close();
    const auto listener = listen(u"default/a"_s, 3);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u'@' + file.fileName(), u"1"_s}), 0);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s}, text + "\r\n"), 0);
    QCOMPARE(listener->waitForEnd(), 0);
    QCOMPARE(listener->output(), text + "\n1\n" + text + '\n');
    // A regular file as standard input
    const auto another = listen(u"default/a"_s, 1);
    cli.process().setStandardInputFile(file.fileName());
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s}), 0);
    QCOMPARE(another->waitForEnd(), 0);
    QCOMPARE(another->output(), text + '\n');
}

void TestPublishCommand::unreadableFile()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"@/no/such/file"_s}), 9);
    QVERIFY2(cli.errors().contains("/no/such/file"), cli.errors());
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u'@' + m_folder.path()}), 9);
}

void TestPublishCommand::lines()
{
    const auto listener = listen(u"default/a"_s, 3);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s}, "1\r\n\n  \n{\"a\": 2}\n\"last\""),
             0);
    QCOMPARE(cli.lines().size(), 4);
    QCOMPARE(listener->waitForEnd(), 0);
    QCOMPARE(listener->output(), QByteArray("1\n{\"a\": 2}\n\"last\"\n"));
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s}, ""), 0);
    QCOMPARE(cli.lines().size(), 1);
}

void TestPublishCommand::linesAreFlushed()
{
    const auto listener = listen(u"default/a"_s, 2);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"pub"_s, u"default/a"_s, u"--lines"_s});
    cli.write("1\n");
    QVERIFY(cli.waitForOutput("\"publish\""));
    QVERIFY(listener->waitForOutput("1\n"));
    cli.write("2");
    cli.endInput();
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(listener->waitForEnd(), 0);
}

void TestPublishCommand::linesInBatches()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(
        cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s, u"--batch"_s, u"3"_s}, "1\n2\n3\n4\n"), 0);
    QCOMPARE(cli.output().count("\"identifier\""), 4);
    QVERIFY(cli.lines().size() >= 3); // how many were there together is up to the system
}

void TestPublishCommand::linesThatAreRefused()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s}, "1\nnot json\n2\n"), 6);
    QCOMPARE(cli.output().count("\"identifier\""), 2);
    QCOMPARE(cli.output().count("\"kind\":\"error\""), 1);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s}, "nope\nnot json\n"), 5);
}

void TestPublishCommand::manyLinesKeepTheirOrder_data()
{
    answer_data();
}

void TestPublishCommand::manyLinesKeepTheirOrder()
{
    QFETCH(QString, flag);
    QByteArray text;
    for (int i = 0; i < 300; ++i)
        text += QByteArray::number(i) + '\n';
    const auto listener = listen(u"default/a"_s, 300);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--lines"_s, flag}, text), 0);
    QCOMPARE(listener->waitForEnd(), 0);
    QCOMPARE(listener->output(), text);
}

void TestPublishCommand::repeat()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"2"_s, u"--repeat"_s, u"3"_s}), 0);
    QCOMPARE(cli.output().count("\"identifier\""), 6);
}

void TestPublishCommand::every()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--every"_s, u"100ms"_s, u"--repeat"_s,
                      u"3"_s}),
             0);
    QVERIFY(timer.elapsed() >= 200);
    QCOMPARE(cli.lines().size(), 4);
}

void TestPublishCommand::rate()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"2"_s, u"--rate"_s, u"20/s"_s,
                      u"--repeat"_s, u"4"_s}),
             0);
    QVERIFY(timer.elapsed() >= 300); // eight events, two at a time
}

void TestPublishCommand::templates()
{
    const auto listener = listen(u"default/a"_s, 4);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"WHO"_s, u"a\"b"_s);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--template"_s,
                      u"{\"n\":{{seq}},\"w\":\"{{env.WHO}}\"}"_s, u"{{ seq }}"_s, u"--repeat"_s,
                      u"2"_s}),
             0);
    QCOMPARE(listener->waitForEnd(), 0);
    QCOMPARE(listener->output(),
             QByteArray("{\"n\":1,\"w\":\"a\\\"b\"}\n2\n{\"n\":3,\"w\":\"a\\\"b\"}\n4\n"));
    const auto lines = listen(u"default/a"_s, 2);
    QCOMPARE(
        cli.run({u"pub"_s, u"default/a"_s, u"--template"_s, u"--lines"_s}, "{{seq}}\n[{{seq}}]\n"),
        0);
    QCOMPARE(lines->waitForEnd(), 0);
    QCOMPARE(lines->output(), QByteArray("1\n[2]\n"));
    const auto input = listen(u"default/a"_s, 1);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--template"_s}, "{{seq}}"), 0);
    QCOMPARE(input->waitForEnd(), 0);
    QCOMPARE(input->output(), QByteArray("1\n"));
}

void TestPublishCommand::badTemplate()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--template"_s, u"{{what}}"_s}), 2);
    QVERIFY2(cli.errors().contains("{{what}}"), cli.errors());
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--template"_s}, "{{env.NOT_THERE}}"), 2);
    // Without the flag, braces mean nothing.
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"\"{{what}}\""_s}), 0);
}

void TestPublishCommand::refusedHere_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QString channel = u"default/a"_s;
    const QString big = u'"' + QString(245'759, u'x') + u'"';
    QTest::newRow("not JSON") << QStringList{channel, u"{\"a\":"_s} << QByteArray("not JSON");
    QTest::newRow("bare word") << QStringList{channel, u"hello"_s} << QByteArray("not JSON");
    QTest::newRow("line break in a string")
        << QStringList{channel, u"\"a\nb\""_s} << QByteArray("not JSON");
    QTest::newRow("unfinished number") << QStringList{channel, u"[1.]"_s} << QByteArray("not JSON");
    QTest::newRow("empty") << QStringList{channel, u""_s} << QByteArray("not JSON");
    QTest::newRow("six") << QStringList{channel, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}
                         << QByteArray("6 events");
    QTest::newRow("more than --batch")
        << QStringList{channel, u"1"_s, u"2"_s, u"--batch"_s, u"1"_s} << QByteArray("2 events");
    QTest::newRow("bad channel") << QStringList{u"default/a_b"_s, u"1"_s} << QByteArray("a_b");
    QTest::newRow("wildcard") << QStringList{u"default/*"_s, u"1"_s} << QByteArray("wildcard");
    QTest::newRow("too large") << QStringList{channel, u"@"_s + m_folder.filePath(u"big.json"_s)}
                               << QByteArray("245,760");
    QFile file(m_folder.filePath(u"big.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(big.toUtf8());
}

void TestPublishCommand::refusedHere()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    for (const QString &flag : {u"--ws"_s, u"--http"_s, u"--dry-run"_s}) {
        CliProcess cli;
        cli.useEmulator(*m_emulator);
        QCOMPARE(cli.run(QStringList{u"pub"_s, flag} + arguments), 5);
        QVERIFY2(cli.output().contains(words), cli.output().left(2000));
        QVERIFY2(cli.errors().startsWith("error: ") && cli.errors().contains(words), cli.errors());
        QVERIFY2(cli.lines().last().contains("\"exit\":5"), cli.lines().last());
    }
    QCOMPARE(m_emulator->connectionCount(), 0);
}

void TestPublishCommand::refusedByTheService()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QStringList six{u"default/a"_s, u"1"_s, u"2"_s, u"3"_s,
                          u"4"_s,         u"5"_s, u"6"_s, u"--no-check"_s};
    QCOMPARE(cli.run(QStringList{u"pub"_s} + six), 5);
    QVERIFY2(cli.output().contains("input exceeded 5 event limit"), cli.output());
    QCOMPARE(cli.run(QStringList{u"pub"_s, u"--http"_s} + six), 5);
    QVERIFY2(cli.output().contains("Input exceeded 5 event limit"), cli.output());
    QCOMPARE(cli.run({u"pub"_s, u"nosuch/a"_s, u"1"_s}), 4);
    QCOMPARE(cli.run({u"pub"_s, u"private/a"_s, u"1"_s}), 4);
}

void TestPublishCommand::someEventsFail()
{
    QFile file(m_folder.filePath(u"large.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write('"' + QByteArray(300'000, 'x') + '"');
    file.close();
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    for (const QString &flag : {u"--ws"_s, u"--http"_s}) {
        QCOMPARE(cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u'@' + file.fileName(),
                          u"--no-check"_s}),
                 6);
        QCOMPARE(
            cli.lines().first(),
            QByteArray(
                "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"publish\",\"dir\":\"out\",\"channel\":\"/"
                "default/a\","
                "\"successful\":[{\"index\":0,\"identifier\":\"ID\"}],\"failed\":[{\"index\":1,"
                "\"code\":\"EventTooLargeException\",\"message\":\"Transformed event is larger "
                "than 240KB\"}]}"));
    }
}

void TestPublishCommand::warnings()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(
        cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s}, '"' + QByteArray(240'500, 'x') + '"'),
        0);
    QVERIFY2(cli.errors().contains("warning: "), cli.errors());
    QCOMPARE(
        cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s}, '"' + QByteArray(239'000, 'x') + '"'),
        0);
    QCOMPARE(cli.errors(), QByteArray());
}

void TestPublishCommand::dryRun_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QByteArray>("line");
    const QByteArray start = "{\"v\":1,\"n\":1,\"t\":\"T\",\"kind\":\"request\",\"dir\":\"out\","
                             "\"channel\":\"/default/a\",";
    QTest::newRow("ws") << QStringList()
                        << start
            + "\"via\":\"ws\",\"url\":\"ws://HOST/event/"
              "realtime\",\"events\":2,\"bytes\":8,\"request\":"
              "{\"type\":\"publish\",\"id\":\"<new>\",\"channel\":\"/default/"
              "a\",\"events\":[\"{\\\"a\\\":1}\","
              "\"2\"],\"authorization\":{\"host\":\"HOST\",\"x-api-key\":\"***\"}}}";
    QTest::newRow("http") << QStringList{u"--http"_s}
                          << start
            + "\"via\":\"http\",\"url\":\"http://HOST/event\",\"events\":2,\"bytes\":8,\"request\":"
              "{\"channel\":\"/default/a\",\"events\":[\"{\\\"a\\\":1}\",\"2\"]}}";
}

void TestPublishCommand::dryRun()
{
    QFETCH(QStringList, flags);
    QFETCH(QByteArray, line);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(QStringList{u"pub"_s, u"default/a"_s, u"--dry-run"_s, u"{\"a\":1}"_s, u"2"_s}
                     + flags),
             0);
    QCOMPARE(cli.lines().first(), line);
    QVERIFY(!cli.output().contains(m_emulator->apiKey().toUtf8()));
    QCOMPARE(m_emulator->connectionCount(), 0);
}

void TestPublishCommand::dryRunChecks()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s, u"nope"_s}), 5);
    QVERIFY2(cli.output().contains("\"kind\":\"request\""), cli.output());
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s, u"--no-check"_s, u"nope"_s}), 0);
    // One round is enough to see.
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s, u"1"_s, u"--every"_s, u"1s"_s}), 0);
    QCOMPARE(cli.lines().size(), 2);
}

void TestPublishCommand::dryRunHidesSecrets()
{
    const QByteArray key = m_emulator->apiKey().toUtf8();
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    for (const QString &format :
         {u"ndjson"_s, u"json"_s, u"pretty"_s, u"raw"_s, u"template={{request}}"_s}) {
        QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"--dry-run"_s, u"-o"_s, format, u"-v"_s,
                          u"--trace"_s, u"--template"_s, u"\"{{env.SYNCSCOPE_API_KEY}}\""_s}),
                 0);
        QVERIFY2(!cli.output().contains(key), cli.output());
        QVERIFY2(!cli.errors().contains(key), cli.errors());
    }
}

void TestPublishCommand::dryRunWithoutCredentials()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--dry-run"_s, u"--endpoint"_s,
                      m_emulator->httpUrl().toString()}),
             0);
    // It would be signed with the AWS credentials of the machine, which nobody looks for here.
    QVERIFY2(
        cli.lines().first().contains(R"("authorization":{"host":"HOST","Authorization":"***"})"),
        cli.output());
    QVERIFY2(cli.errors().contains("SYNCSCOPE_API_KEY"), cli.errors());
}

void TestPublishCommand::formats()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QStringList base{u"pub"_s, u"default/a"_s, u"1"_s, u"-o"_s};
    QCOMPARE(cli.run(base + QStringList{u"raw"_s}), 0);
    QCOMPARE(cli.output(), QByteArray());
    QCOMPARE(cli.run(base + QStringList{u"pretty"_s}), 0);
    QVERIFY2(cli.output().endsWith("/default/a  published 1 event\n"), cli.output());
    QCOMPARE(
        cli.run(base + QStringList{u"template={{channel}} {{successful.0.index}} {{failed}}"_s}),
        0);
    QCOMPARE(cli.output(), QByteArray("/default/a 0 []\n"));
    QCOMPARE(cli.run(base + QStringList{u"json"_s}), 0);
    QCOMPARE(QJsonDocument::fromJson(cli.output()).isArray(), true);
}

void TestPublishCommand::wrongKey()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QString wrong = u"da2-wrongwrongwrongwrongwrong"_s;
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, wrong);
    for (const QString &flag : {u"--ws"_s, u"--http"_s}) {
        QCOMPARE(cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u"--trace"_s, u"-v"_s}), 4);
        QVERIFY2(cli.output().contains("You are not authorized to make this call."), cli.output());
        QVERIFY2(!cli.errors().contains(wrong.toUtf8()), cli.errors());
        QVERIFY2(!cli.output().contains(wrong.toUtf8()), cli.output());
    }
}

void TestPublishCommand::unreachable()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    m_emulator->close();
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--retries"_s, u"0"_s}), 3);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--http"_s}), 3);
    QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--retries"_s, u"1000"_s, u"--timeout"_s,
                      u"0.3"_s}),
             3);
    QVERIFY2(cli.lines().last().contains("\"exit\":3"), cli.output());
}

void TestPublishCommand::timeout()
{
    Emulator::Options options;
    options.faults.neverAnswerPublish = true;
    options.faults.neverAnswerHttp = true;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    for (const QString &flag : {u"--ws"_s, u"--http"_s})
        QCOMPARE(cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u"--timeout"_s, u"0.3"_s}), 7);
}

void TestPublishCommand::lostInFlight()
{
    Emulator::Options options;
    options.faults.neverAnswerPublish = true;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"pub"_s, u"default/a"_s, u"1"_s, u"--trace"_s});
    QVERIFY(cli.waitForError("\"publish\""));
    m_emulator->dropConnections();
    QCOMPARE(cli.waitForEnd(), 8);
}

void TestPublishCommand::interrupted()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"pub"_s, u"default/a"_s, u"1"_s, u"--every"_s, u"20ms"_s});
    QVERIFY(cli.waitForOutput("\"n\":2"));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
    QVERIFY2(cli.lines().last().contains("\"kind\":\"end\""), cli.lines().last());
    cli.start({u"pub"_s, u"default/a"_s, u"--lines"_s});
    cli.write("1\n");
    QVERIFY(cli.waitForOutput("\"n\":1"));
    cli.signal(SIGTERM);
    QCOMPARE(cli.waitForEnd(), 143);
#endif
}

GUILESS_TEST(TestPublishCommand)
#include "tst_publishcommand.moc"
