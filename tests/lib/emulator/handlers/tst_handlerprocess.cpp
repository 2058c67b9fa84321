// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/handlers/handlerprocess_p.h"
#include "tests/shared/testrunner.h"

#include "handlerfixture.h"

#include <QStandardPaths>

using namespace AppSync;
using namespace HandlerFixture;
using namespace Qt::StringLiterals;
using Emulation::HandlerProcess;

//! JavaScript that loops, eats memory, or whose engine dies, and that nobody else suffers from it.
class tst_HandlerProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loops();
    void memory();
    void oneLoopDelaysNobodyElse();
    void crash();
    void noProgram();
    void tooManyCalls();
    void callsThatWaitTooLong();
    void consoleFloods();
    void noFiles_data();
    void noFiles();
    void theProgramEndsWithUs();
    void theProgramWantsItsArguments();
};

namespace {

Emulator::Options quick(const QString &file)
{
    Emulator::Options options = optionsFor(file);
    options.handlerDeadline = std::chrono::seconds(2);
    return options;
}

//! What the program answers to \a code, called as a function without an argument.
QJsonObject runCode(const QString &code)
{
    HandlerProcess process({{}, std::chrono::seconds(5), 64 * 1024 * 1024});
    QJsonObject result;
    process.load(code);
    process.call({{u"op"_s, u"invoke"_s}, {u"event"_s, u"null"_s}},
                 [&](const QJsonObject &answer) { result = answer; });
    RawClient::waitFor([&] { return !result.isEmpty(); });
    return result;
}

#ifdef Q_OS_LINUX
//! Processes of the program below this one.
QList<int> processesBelow()
{
    QFile file(u"/proc/self/task/%1/children"_s.arg(QCoreApplication::applicationPid()));
    QList<int> pids;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &pid : file.readAll().split(' ')) {
            if (pid.toInt() > 0)
                pids.append(pid.toInt());
        }
    }
    return pids;
}
#endif

} // namespace

void tst_HandlerProcess::loops()
{
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY(emulator.listen(quick(u"loops.js"_s)));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/a"_s, {u"1"_s}), u"ok"_s);
    QCOMPARE(client.publish(u"/ns/a"_s, {u"\"loop\""_s}), kBroken);
    QTRY_COMPARE(journal.problems,
                 QStringList{u"ns:0: It did not end within 2 s and was stopped"_s});
    QCOMPARE(client.publish(u"/ns/a"_s, {u"1"_s}), u"ok"_s);
}

void tst_HandlerProcess::memory()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer ends the program in its own way");
#endif
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor(u"hungry.js"_s);
    options.handlerMemory = 48 * 1024 * 1024;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/a"_s, {u"\"eat\""_s}), kBroken);
    QTRY_COMPARE(journal.problems,
                 QStringList{u"ns:0: It took more than 48 MB of memory and was stopped"_s});
    QCOMPARE(client.publish(u"/ns/a"_s, {u"1"_s}), u"ok"_s);
}

//! A namespace that loops has a process of its own: others do not even wait for its deadline.
void tst_HandlerProcess::oneLoopDelaysNobodyElse()
{
    Emulator emulator;
    Emulator::Options options = optionsFor(u"loops.js"_s); // with ten seconds
    Emulator::Namespace other{u"other"_s};
    other.codeFile = handlerFile(u"stamp.js"_s);
    options.namespaces.append(other);
    QVERIFY(emulator.listen(options));
    RawClient::Connection stuck(emulator.port());
    stuck.write(RawClient::post("/event", "x-api-key: " + emulator.apiKey().toUtf8() + "\r\n",
                                R"({"channel":"/ns/room","events":["\"loop\""]})"));
    Client client(emulator);
    QCOMPARE(client.subscribe(u"/other/a"_s), u"subscribed"_s);
    QCOMPARE(client.subscribe(u"/plain/end"_s), u"subscribed"_s);
    QCOMPARE(client.publish(u"/other/a"_s, {u"{}"_s}), u"ok"_s);
    QCOMPARE(client.received(), QStringList{u"{\"seenBy\":\"house\"}"_s});
}

void tst_HandlerProcess::crash()
{
#ifndef Q_OS_LINUX
    QSKIP("finds the program by /proc");
#else
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY(emulator.listen(optionsFor(u"loops.js"_s)));
    Client client(emulator);
    QCOMPARE(client.subscribe(u"/ns/a"_s), u"subscribed"_s);
    const auto killIt = [] {
        const QList<int> pids = processesBelow();
        return pids.size() == 1
            && QProcess::execute(u"kill"_s, {u"-9"_s, QString::number(pids.first())}) == 0;
    };
    RawClient::Connection stuck(emulator.port());
    stuck.write(RawClient::post("/event", "x-api-key: " + emulator.apiKey().toUtf8() + "\r\n",
                                R"({"channel":"/ns/a","events":["\"loop\""]})"));
    QCOMPARE(client.publish(u"/plain/a"_s, {u"1"_s}), u"ok"_s);
    QVERIFY(killIt());
    QCOMPARE(stuck.answer().status, 403);
    QTRY_COMPARE(journal.problems,
                 QStringList{u"ns:0: The program that runs JavaScript crashed"_s});
    QCOMPARE(client.publish(u"/ns/a"_s, {u"1"_s}), u"ok"_s);
    // With nothing under way, nobody notices.
    QVERIFY(killIt());
    QTRY_VERIFY(processesBelow().isEmpty());
    QCOMPARE(client.publish(u"/ns/a"_s, {u"2"_s}), u"ok"_s);
    QCOMPARE(journal.problems.size(), 1);
    QCOMPARE(emulator.subscriptionCount(), 1);
#endif
}

void tst_HandlerProcess::noProgram()
{
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor(u"forward.js"_s);
    options.handlerProgram = u"/nowhere/appsync-handlers"_s;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/a"_s, {u"1"_s}), kBroken);
    QVERIFY2(
        journal.problems.value(0).startsWith(u"ns:0: Cannot start /nowhere/appsync-handlers: "_s),
        qPrintable(journal.problems.value(0)));
    QCOMPARE(client.publish(u"/plain/a"_s, {u"1"_s}), u"ok"_s);
}

void tst_HandlerProcess::tooManyCalls()
{
    HandlerProcess process({{}, std::chrono::seconds(5), 64 * 1024 * 1024});
    process.load(u"export const handler = (event) => event;"_s);
    int good = 0;
    int refused = 0;
    for (int i = 0; i < 1'010; ++i) {
        process.call({{u"op"_s, u"invoke"_s}, {u"event"_s, u"1"_s}},
                     [&](const QJsonObject &answer) {
                         const QString why = answer.value("failed"_L1).toString();
                         good += why.isEmpty();
                         refused += why == u"Too many calls wait for this handler"_s;
                     });
    }
    QVERIFY(RawClient::waitFor([&] { return good + refused == 1'010; }));
    QCOMPARE(refused, 10); // a thousand may wait
}

void tst_HandlerProcess::callsThatWaitTooLong()
{
    using std::chrono::milliseconds;
    HandlerProcess process({{}, milliseconds(100), 64 * 1024 * 1024, milliseconds(50)});
    process.load(u"export const handler = (event) => { for (;;); };"_s);
    QStringList failures;
    for (int i = 0; i < 2; ++i) {
        process.call(
            {{u"op"_s, u"invoke"_s}, {u"event"_s, u"1"_s}},
            [&](const QJsonObject &answer) { failures += answer.value("failed"_L1).toString(); });
    }
    QSignalSpy idle(&process, &HandlerProcess::idle);
    QTRY_COMPARE(failures.size(), 2);
    QCOMPARE(failures.last(), u"It waited more than 50 ms for other calls of the handler"_s);
    QTRY_COMPARE(idle.count(), 1);
}

void tst_HandlerProcess::consoleFloods()
{
    HandlerProcess process({{}, std::chrono::seconds(30), qint64(1024) * 1024 * 1024});
    QSignalSpy output(&process, &HandlerProcess::logged);
    process.load(u"export const handler = () => { for (let i = 0; i < 1000; ++i) "
                 "console.log('x'.repeat(100000)); return 1; };"_s);
    bool answered = false;
    process.call({{u"op"_s, u"invoke"_s}, {u"event"_s, u"null"_s}},
                 [&](const QJsonObject &answer) { answered = answer.contains("result"_L1); });
    QVERIFY(RawClient::waitFor([&] { return answered; }));
    QCOMPARE(output.size(), 200);
    QCOMPARE(output.first().at(1).toString().size(), 16'000);
    QVERIFY(output.last().at(1).toString().contains(u"left out"_s));
}

void tst_HandlerProcess::noFiles_data()
{
    QTest::addColumn<QString>("import");
    QTest::newRow("path") << u"import * as x from '/etc/hostname';"_s;
    QTest::newRow("url") << u"import 'file:///etc/hostname';"_s;
    QTest::newRow("neighbour") << u"export * from './forward.js';"_s;
    QTest::newRow("escaped") << u"import 'fil\\u0065:///etc/hostname';"_s;
    QTest::newRow("behind a comment") << u"import /* from */ x from /**/ '/etc/hostname';"_s;
}

void tst_HandlerProcess::noFiles()
{
    QFETCH(QString, import);
    const QString why =
        runCode(import + u"\nexport const handler = () => 1;"_s).value("failed"_L1).toString();
    QVERIFY2(why.startsWith(u"Cannot import "_s), qPrintable(why));
    const QJsonObject required = runCode(u"exports.handler = () => require('fs');"_s);
    QVERIFY(required.value("failed"_L1).toString().contains(u"Cannot require \"fs\""_s));
}

void tst_HandlerProcess::theProgramEndsWithUs()
{
    QProcess program;
    program.start(HandlerProcess::findProgram(), {u"100000000"_s, u"1"_s});
    QVERIFY(program.waitForStarted());
    program.closeWriteChannel();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
#ifdef Q_OS_UNIX
    // And where it loops, a moment after it should have been stopped.
    program.start(HandlerProcess::findProgram(), {u"100000000"_s, u"1"_s});
    program.write("{\"id\":1,\"load\":\"for (;;); export const handler = 1;\"}\n");
    program.closeWriteChannel();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
#endif
}

void tst_HandlerProcess::theProgramWantsItsArguments()
{
    QProcess program;
    program.start(HandlerProcess::findProgram(), QStringList());
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().contains("belongs to the local AppSync"));
}

GUILESS_TEST(tst_HandlerProcess)

#include "tst_handlerprocess.moc"
