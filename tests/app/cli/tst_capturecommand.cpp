// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <cstdlib>
#    include <fcntl.h>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

//! `subscribe --save` and --filter, `capture` and `replay`, from the first event to the last copy.
class TestCaptureCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void savesAll();
    void filterOfSubscribe();
    void savingSurvivesInterruption();
    void savingEndsOnAFullDisk();
    void savesByOneProgramOnly();
    void saysThatTheFileIsGone();
    void info();
    void cat();
    void filter();
    void redact();
    void convert();
    void convertsWhatCanBeRead();
    void regexGivesUp();
    void templateOnATerminal();
    void diff();
    void merge();
    void replay();
    void replayUnderAWildcard();
    void replayByATemplate();
    void replaySendsNothingUnlessAllFits();
    void usageErrors_data();
    void usageErrors();
    void badFiles();
    void damagedFile();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    static QJsonObject object(const QByteArray &line)
    {
        return QJsonDocument::fromJson(line).object();
    }

    QTemporaryDir m_folder;
};

void TestCaptureCommand::initTestCase()
{
    startEmulator();
    CliProcess cli;
    startAndSubscribe(cli,
                      {u"default/*"_s, u"-n"_s, u"1"_s, u"--filter"_s, u"event.score > 10"_s,
                       u"--save"_s, path(u"a.ssc"_s)},
                      "/default/*");
    publish(u"default/a"_s, {u"{\"score\":1}"_s, u"{\"score\":5,\"password\":\"hunter2\"}"_s});
    publish(u"default/a"_s, {u"{\"score\":40}"_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output().count("\"kind\":\"event\""), 1);
    QVERIFY2(cli.output().contains("{\"score\":40}"), cli.output());
    QVERIFY2(cli.errors().contains("saved "), cli.errors());
}

void TestCaptureCommand::savesAll()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"cat"_s, path(u"a.ssc"_s)}), 0);
    for (const char *text : {"connection_init", "connection_ack", "\"channel\":\"/default/*\"",
                             "subscribe_success", "{\"score\":1}", "{\"score\":40}", "<masked, "})
        QVERIFY2(cli.output().contains(text), text);
    QFile file(path(u"a.ssc"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(m_emulator->apiKey().toUtf8()));
}

void TestCaptureCommand::filterOfSubscribe()
{
    CliProcess cli;
    startAndSubscribe(cli,
                      {u"default/*"_s, u"-n"_s, u"2"_s, u"-o"_s, u"raw"_s, u"--filter"_s,
                       u"sub ~ '/default/*' && (event == 2 || '\"x\"')"_s},
                      "/default/*");
    publish(u"default/a"_s, {u"1"_s, u"2"_s, u"\"x\""_s});
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output(), QByteArray("2\n\"x\"\n"));
}

void TestCaptureCommand::savingSurvivesInterruption()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"--save"_s, path(u"int.ssc"_s)}, "/default/*");
    publish(u"default/a"_s, {u"1"_s});
    QVERIFY(cli.waitForOutput("\"event\":1"));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, path(u"int.ssc"_s), u"-o"_s, u"raw"_s, u"--filter"_s,
                      u"kind == 'event'"_s}),
             0);
    QCOMPARE(cat.output(), QByteArray("1\n"));
#else
    QSKIP("signals are Unix's");
#endif
}

void TestCaptureCommand::savingEndsOnAFullDisk()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    // Files of the program do not grow beyond 150 kB, as on a full disk.
    cli.startProgram(u"sh"_s,
                     {u"-c"_s,
                      u"trap '' XFSZ; ulimit -f 300; "
                      "exec \"$SYNCSCOPE_CLI\" sub 'default/*' --save \"$0\""_s,
                      path(u"full.ssc"_s)});
    QVERIFY(cli.waitForError("subscribed to /default/*\n"));
    publish(u"default/a"_s, QStringList(5, u'"' + QString(40'000, u'x') + u'"'));
    QVERIFY(cli.waitForError("tried again"));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 9);
    QVERIFY2(cli.errors().contains(" could not be stored: Cannot use the capture"), cli.errors());
    const QJsonObject end = object(cli.output().trimmed().split('\n').last());
    QCOMPARE(end["kind"_L1].toString(), u"end"_s);
    QCOMPARE(end["received"_L1].toInt(), 5);
    QCOMPARE(end["exit"_L1].toInt(), 9);
#else
    QSKIP("limits of files are Unix's");
#endif
}

void TestCaptureCommand::savesByOneProgramOnly()
{
    CliProcess first;
    startAndSubscribe(first, {u"default/*"_s, u"-n"_s, u"1"_s, u"--save"_s, path(u"one.ssc"_s)},
                      "/default/*");
    CliProcess second;
    second.useEmulator(*m_emulator);
    QCOMPARE(second.run({u"sub"_s, u"default/*"_s, u"--save"_s, path(u"one.ssc"_s)}), 9);
    QVERIFY2(second.errors().contains("another program records into it"), second.errors());
    QVERIFY2(second.output().contains("\"exit\":9"), second.output());
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(first.waitForEnd(), 0);
    QVERIFY(!QFile::exists(path(u"one.ssc-lock"_s)));
}

void TestCaptureCommand::saysThatTheFileIsGone()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    startAndSubscribe(cli, {u"default/*"_s, u"-n"_s, u"1"_s, u"--save"_s, path(u"gone.ssc"_s)},
                      "/default/*");
    QVERIFY(QFile::remove(path(u"gone.ssc"_s)));
    publish(u"default/a"_s, {u"1"_s});
    QCOMPARE(cli.waitForEnd(), 9);
    QVERIFY2(cli.errors().contains("was removed or replaced"), cli.errors());
    QVERIFY2(!cli.errors().contains("saved "), cli.errors());
#else
    QSKIP("open files cannot be removed");
#endif
}

void TestCaptureCommand::info()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"info"_s, path(u"a.ssc"_s)}), 0);
    const QJsonObject info = object(cli.output().split('\n').first());
    QCOMPARE(info["kind"_L1].toString(), u"capture"_s);
    QCOMPARE(info["events"_L1].toInt(), 3);
    QCOMPARE(info["connections"_L1][0]["url"_L1].toString(), m_emulator->realtimeUrl().toString());
    CliProcess pretty;
    QCOMPARE(pretty.run({u"capture"_s, u"info"_s, path(u"a.ssc"_s), u"-o"_s, u"pretty"_s}), 0);
    QVERIFY2(pretty.output().contains("3 of them with events"), pretty.output());
}

void TestCaptureCommand::cat()
{
    CliProcess cli;
    QCOMPARE(
        cli.run({u"capture"_s, u"cat"_s, path(u"a.ssc"_s), u"--filter"_s, u"event.score < 10"_s}),
        0);
    const QList<QByteArray> lines = cli.output().trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject first = object(lines.first());
    QCOMPARE(first["kind"_L1].toString(), u"event"_s);
    QCOMPARE(first["sub"_L1].toString(), u"/default/*"_s);
    QVERIFY(first["channel"_L1].isNull());
    QCOMPARE(first["event"_L1]["score"_L1].toInt(), 1);
    QCOMPARE(object(lines.last())["received"_L1].toInt(), 2);
    CliProcess pretty;
    QCOMPARE(pretty.run({u"capture"_s, u"cat"_s, path(u"a.ssc"_s), u"-o"_s, u"pretty"_s}), 0);
    QVERIFY2(pretty.output().contains("< event /default/*  {\"score\": 40}"), pretty.output());
}

void TestCaptureCommand::filter()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"filter"_s, path(u"a.ssc"_s), path(u"few.ssc"_s),
                      u"--filter"_s, u"kind == 'event'"_s}),
             0);
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, path(u"few.ssc"_s), u"-o"_s, u"raw"_s}), 0);
    QCOMPARE(cat.output(),
             QByteArray("{\"score\":1}\n{\"score\":5,\"password\":\"hunter2\"}\n{\"score\":40}\n"));
    CliProcess again;
    QCOMPARE(again.run({u"capture"_s, u"filter"_s, path(u"a.ssc"_s), path(u"few.ssc"_s),
                        u"--filter"_s, u"kind == 'event'"_s}),
             9);
    QVERIFY2(again.errors().contains("exists already"), again.errors());
}

void TestCaptureCommand::redact()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"redact"_s, path(u"a.ssc"_s), path(u"shared.ssc"_s),
                      u"--mask"_s, u"SCORE"_s}),
             0);
    QFile file(path(u"shared.ssc"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(!all.contains("hunter2"));
    QVERIFY(!all.contains("\"score\":40"));
    QVERIFY2(cli.errors().contains("shared.ssc; masked in frames: "), cli.errors());
    CliProcess none;
    QCOMPARE(none.run({u"capture"_s, u"redact"_s, path(u"a.ssc"_s), path(u"plain.ssc"_s),
                       u"--filter"_s, u"event.score == 1"_s}),
             0);
    QVERIFY2(none.errors().contains("nothing in its 1 frames was masked"), none.errors());
}

void TestCaptureCommand::convert()
{
    for (const QString &ending : {u"ndjson"_s, u"csv"_s, u"har"_s}) {
        CliProcess there;
        QCOMPARE(there.run({u"capture"_s, u"convert"_s, path(u"a.ssc"_s), path(u"c."_s + ending)}),
                 0);
        CliProcess back;
        const QString capture = path(u"back-"_s + ending + u".ssc"_s);
        QCOMPARE(back.run({u"capture"_s, u"convert"_s, path(u"c."_s + ending), capture}), 0);
        CliProcess diff;
        QCOMPARE(diff.run({u"capture"_s, u"diff"_s, path(u"a.ssc"_s), capture}), 0);
        QVERIFY2(diff.errors().contains("3 frames are in both"), diff.errors());
    }
    CliProcess direct;
    QCOMPARE(direct.run({u"capture"_s, u"convert"_s, path(u"c.har"_s), path(u"d.ndjson"_s),
                         u"--filter"_s, u"event.score == 40"_s}),
             0);
    QFile file(path(u"d.ndjson"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1);
}

void TestCaptureCommand::convertsWhatCanBeRead()
{
    QFile file(path(u"cut.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"kind\":\"event\",\"t\":12,\"event\":1}\n{\"kind\":\"ev");
    file.close();
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"convert"_s, file.fileName(), path(u"cut.ssc"_s)}), 0);
    QVERIFY2(cli.errors().contains("line 2 is no JSON object"), cli.errors());
    QVERIFY2(cli.errors().contains("without a time that can be read: 1"), cli.errors());
}

void TestCaptureCommand::templateOnATerminal()
{
#ifdef Q_OS_UNIX
    QFile file(path(u"escapes.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"kind":"event","t":"2026-11-22T14:02:11.240Z","event":{"a":"\u001b[2J\u0007\u00e4"}})");
    file.close();
    const QString capture = path(u"escapes.ssc"_s);
    CliProcess convert;
    QCOMPARE(convert.run({u"capture"_s, u"convert"_s, file.fileName(), capture}), 0);
    const QStringList arguments{u"capture"_s, u"cat"_s, capture, u"-o"_s,
                                u"template=\u001b[1m{{event.a}}"_s};
    CliProcess piped;
    QCOMPARE(piped.run(arguments), 0);
    QCOMPARE(piped.output(), QByteArray("\x1b[1m\x1b[2J\x07\xc3\xa4\n"));

    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const QByteArray name = ::ptsname(terminal);
    // What is written stays there to be read as long as somebody has it open.
    const int held = ::open(name.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    CliProcess shown;
    shown.process().setStandardOutputFile(QString::fromLocal8Bit(name));
    QCOMPARE(shown.run(arguments), 0);
    QByteArray text(1'000, '\0');
    text.resize(qMax<qsizetype>(0, ::read(terminal, text.data(), std::size_t(text.size()))));
    ::close(held);
    ::close(terminal);
    // The template's own bytes are what its writer wants.
    QCOMPARE(text, QByteArray("\x1b[1m\xe2\x90\x9b[2J\xe2\x90\x87\xc3\xa4\r\n"));
#else
    QSKIP("pseudo-terminals are Unix's");
#endif
}

void TestCaptureCommand::regexGivesUp()
{
    QFile file(path(u"long.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray event =
        R"({"kind":"event","dir":"in","t":"2026-11-22T14:02:11.240Z","sub":"/default/a","event":")";
    file.write(event + "short\"}\n" + event + QByteArray(5'000, 'a') + "\"}\n");
    file.close();
    CliProcess convert;
    QCOMPARE(convert.run({u"capture"_s, u"convert"_s, file.fileName(), path(u"long.ssc"_s)}), 0);
    const QString filter = u"text =~ '(a+)+$' || 'short'"_s;
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, path(u"long.ssc"_s), u"--filter"_s, filter}), 0);
    QVERIFY2(cat.errors().contains("took too long 1 times"), cat.errors());
    QCOMPARE(cat.output().count("\"kind\":\"event\""), 1);
    CliProcess replay;
    replay.useEmulator(*m_emulator);
    QCOMPARE(replay.run({u"replay"_s, path(u"long.ssc"_s), u"--filter"_s, filter}), 0);
    QVERIFY2(replay.errors().contains("took too long 1 times"), replay.errors());
}

void TestCaptureCommand::diff()
{
    CliProcess copy;
    QCOMPARE(copy.run({u"capture"_s, u"filter"_s, path(u"a.ssc"_s), path(u"less.ssc"_s),
                       u"--filter"_s, u"!(event.score == 1)"_s}),
             0);
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"diff"_s, path(u"a.ssc"_s), path(u"less.ssc"_s)}), 7);
    const QJsonObject line = object(cli.output().split('\n').first());
    QCOMPARE(line["side"_L1].toString(), u"left"_s);
    QCOMPARE(line["event"_L1]["score"_L1].toInt(), 1);
}

void TestCaptureCommand::merge()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"capture"_s, u"merge"_s, path(u"a.ssc"_s), path(u"a.ssc"_s),
                      path(u"twice.ssc"_s)}),
             0);
    CliProcess info;
    QCOMPARE(info.run({u"capture"_s, u"info"_s, path(u"twice.ssc"_s)}), 0);
    QCOMPARE(object(info.output().split('\n').first())["events"_L1].toInt(), 6);
}

void TestCaptureCommand::replay()
{
    CliProcess subscriber;
    startAndSubscribe(subscriber, {u"default/again"_s, u"-n"_s, u"3"_s, u"-o"_s, u"raw"_s},
                      "/default/again");
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"replay"_s, path(u"a.ssc"_s), u"--to"_s, u"default/again"_s, u"--speed"_s,
                      u"max"_s}),
             0);
    QCOMPARE(cli.output().count("\"kind\":\"publish\""), 3);
    QCOMPARE(subscriber.waitForEnd(), 0);
    QCOMPARE(subscriber.output(),
             QByteArray("{\"score\":1}\n{\"score\":5,\"password\":\"hunter2\"}\n{\"score\":40}\n"));
}

void TestCaptureCommand::replayUnderAWildcard()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"replay"_s, path(u"a.ssc"_s)}), 2);
    QVERIFY2(cli.errors().contains("--to CHANNEL"), cli.errors());
    CliProcess mapped;
    mapped.useEmulator(*m_emulator);
    QCOMPARE(mapped.run({u"replay"_s, path(u"a.ssc"_s), u"--map"_s, u"default/*=default/b"_s,
                         u"--speed"_s, u"100x"_s, u"--filter"_s, u"event.score == 40"_s}),
             0);
    QVERIFY2(mapped.output().contains("\"channel\":\"/default/b\""), mapped.output());
}

void TestCaptureCommand::replayByATemplate()
{
    QFile file(path(u"template.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "{\"n\":{{seq}}, \"where\":\"{{channel}}\", \"was\":{{event}}, \"s\":{{event.score}}}\n");
    file.close();
    CliProcess subscriber;
    startAndSubscribe(subscriber, {u"default/again"_s, u"-n"_s, u"3"_s, u"-o"_s, u"raw"_s},
                      "/default/again");
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"replay"_s, path(u"a.ssc"_s), u"--to"_s, u"default/again"_s, u"--speed"_s,
                      u"max"_s, u"--template"_s, u'@' + file.fileName()}),
             0);
    QCOMPARE(subscriber.waitForEnd(), 0);
    const QByteArray second =
        R"({"n":2, "where":"/default/*", "was":{"score":5,"password":"hunter2"}, "s":5})";
    QCOMPARE(subscriber.output().split('\n').at(1), second);
}

void TestCaptureCommand::replaySendsNothingUnlessAllFits()
{
    const QStringList all{u"replay"_s,  path(u"a.ssc"_s), u"--to"_s,      u"default/again"_s,
                          u"--speed"_s, u"max"_s,         u"--template"_s};
    CliProcess missing;
    missing.useEmulator(*m_emulator);
    QCOMPARE(missing.run(all + QStringList{u"[{{event.password}}]"_s}), 5);
    QVERIFY2(missing.errors().contains("{{event.password}}"), missing.errors());
    QVERIFY2(!missing.output().contains("\"kind\":\"publish\""), missing.output());
    CliProcess unknown;
    unknown.useEmulator(*m_emulator);
    QCOMPARE(unknown.run(all + QStringList{u"{{evnt}}"_s}), 2);
    QVERIFY2(unknown.errors().contains("{{event.PATH}}"), unknown.errors());
    CliProcess nowhere;
    nowhere.useEmulator(*m_emulator);
    QCOMPARE(nowhere.run({u"replay"_s, path(u"a.ssc"_s), u"--to"_s, u"default/a b"_s}), 5);
}

void TestCaptureCommand::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    row("no action", {u"capture"_s}, "info, cat");
    row("unknown action", {u"capture"_s, u"show"_s, u"a"_s}, "\"show\"");
    row("no file", {u"capture"_s, u"cat"_s}, "capture cat wants FILE, and got no file.");
    row("too many", {u"capture"_s, u"info"_s, u"a.ssc"_s, u"k.ssc"_s},
        "capture info wants FILE, and got 2 files.");
    row("no target", {u"capture"_s, u"redact"_s, u"a.ssc"_s}, "FILE TARGET");
    row("wrong target", {u"capture"_s, u"redact"_s, u"a.ssc"_s, u"b.har"_s}, "ending");
    row("filter without one", {u"capture"_s, u"filter"_s, u"a.ssc"_s, u"b.ssc"_s}, "--filter");
    row("bad filter", {u"capture"_s, u"cat"_s, u"a.ssc"_s, u"--filter"_s, u"event.a = 1"_s},
        "character 9");
    row("bad filter of subscribe", {u"sub"_s, u"default/a"_s, u"--filter"_s, u"score"_s},
        "event.score");
    row("speed", {u"replay"_s, u"a.ssc"_s, u"--speed"_s, u"fast"_s}, "max");
    row("map", {u"replay"_s, u"a.ssc"_s, u"--map"_s, u"a"_s}, "OLD=NEW");
}

void TestCaptureCommand::usageErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(arguments), 2);
    QVERIFY2(cli.errors().contains(words), cli.errors());
    QVERIFY(cli.output().isEmpty());
}

void TestCaptureCommand::badFiles()
{
    QFile file(path(u"text.ssc"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, file.fileName()}), 9);
    QVERIFY2(cat.errors().contains("no capture"), cat.errors());
    QVERIFY2(cat.output().contains("\"kind\":\"end\""), cat.output());
    QFile lines(path(u"lines.ndjson"_s));
    QVERIFY(lines.open(QIODevice::WriteOnly));
    lines.write("{\"kind\":\"event\"}\n");
    lines.close();
    CliProcess foreign;
    foreign.useEmulator(*m_emulator);
    QCOMPARE(foreign.run({u"replay"_s, lines.fileName()}), 9);
    QVERIFY2(foreign.errors().contains("capture convert"), foreign.errors());
    CliProcess missing;
    QCOMPARE(missing.run({u"capture"_s, u"info"_s, path(u"none.ssc"_s)}), 9);
    CliProcess save;
    save.useEmulator(*m_emulator);
    QCOMPARE(
        save.run({u"sub"_s, u"default/a"_s, u"--for"_s, u"1s"_s, u"--save"_s, file.fileName()}), 9);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
}

void TestCaptureCommand::damagedFile()
{
    QFile lines(path(u"many.ndjson"_s));
    QVERIFY(lines.open(QIODevice::WriteOnly));
    for (int i = 0; i < 1'000; ++i)
        lines.write(R"({"kind":"event","dir":"in","sub":"/a","event":")" + QByteArray(300, 'x')
                    + "\"}\n");
    lines.close();
    CliProcess make;
    QCOMPARE(make.run({u"capture"_s, u"convert"_s, lines.fileName(), path(u"half.ssc"_s)}), 0);
    QFile capture(path(u"half.ssc"_s));
    QVERIFY(capture.resize(capture.size() / 2));
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, capture.fileName()}), 9);
    QVERIFY(cat.output().count("\"kind\":\"event\"") > 100);
    QVERIFY2(cat.errors().contains("`syncscope-cli capture convert`"), cat.errors());
    CliProcess convert;
    QCOMPARE(convert.run({u"capture"_s, u"convert"_s, capture.fileName(), path(u"saved.ssc"_s)}),
             9);
    QVERIFY2(convert.errors().contains("frames that could be read"), convert.errors());
    CliProcess saved;
    QCOMPARE(saved.run({u"capture"_s, u"cat"_s, path(u"saved.ssc"_s)}), 0);
    QCOMPARE(saved.output().count("\"kind\":\"event\""), cat.output().count("\"kind\":\"event\""));
}

GUILESS_TEST(TestCaptureCommand)
#include "tst_capturecommand.moc"
