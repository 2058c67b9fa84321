// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/processcall_p.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <cerrno>
#    include <csignal>
#    include <sys/wait.h>
#endif

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_ProcessCall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void givesTheOutput();
    void argumentsReachNoShell();
    void environmentCanBeReplaced();
    void inputIsEmpty();
    void failureTellsStandardErrorOnly();
    void missingProgramFailsInWords();
    void crashFailsInWords();
    void hangingProgramIsKilledWithItsChildren();
    void flowOfOutputIsStopped();
    void deletingTheCallKillsTheProgram();
    void cleanup();

private:
    //! Runs \a script by the shell and waits for the end.
    void run(const QByteArray &script);
    [[nodiscard]] ProcessRequest request(const QByteArray &script, const QStringList &more = {});
    void watch(ProcessCall *call);
    //! What \a file holds, once it is there.
    [[nodiscard]] static QByteArray content(const QString &path);

    QTemporaryDir m_folder;
    FakeClock m_clock;
    QByteArray m_output;
    Error m_error;
    int m_ends = 0;
};

namespace {

bool hasChildren()
{
#ifdef Q_OS_UNIX
    siginfo_t info{};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
#else
    return false;
#endif
}

//! Whether the process \a id runs; a zombie that waits for somebody else does not.
bool isRunning(const QByteArray &id)
{
    QFile file(u"/proc/%1/stat"_s.arg(QString::fromLatin1(id)));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

} // namespace

void tst_ProcessCall::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("The scripts and the look at processes are Linux's.");
#endif
}

void tst_ProcessCall::cleanup()
{
    // Killed ones are reaped by the event loop a moment after the end.
    QTRY_VERIFY(!hasChildren());
}

ProcessRequest tst_ProcessCall::request(const QByteArray &script, const QStringList &more)
{
    ProcessRequest request;
    request.program = u"sh"_s;
    request.arguments = QStringList{u"-c"_s, QString::fromUtf8(script), u"tool"_s} + more;
    request.clock = &m_clock;
    return request;
}

void tst_ProcessCall::watch(ProcessCall *call)
{
    m_output.clear();
    m_error = {};
    m_ends = 0;
    connect(call, &ProcessCall::finished, this,
            [this](const QByteArray &output, const Error &error) {
                m_output = output;
                m_error = error;
                ++m_ends;
            });
}

void tst_ProcessCall::run(const QByteArray &script)
{
    watch(ProcessCall::start(request(script), this));
    QTRY_COMPARE(m_ends, 1);
}

QByteArray tst_ProcessCall::content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

void tst_ProcessCall::givesTheOutput()
{
    run("printf 'a\\n b\\n'; echo noise >&2");
    QVERIFY2(!m_error.isError(), qPrintable(m_error.toString()));
    QCOMPARE(m_output, "a\n b\n"_ba);
}

void tst_ProcessCall::argumentsReachNoShell()
{
    watch(ProcessCall::start(
        request("printf '%s|' \"$@\"", {u"$(id)"_s, u"a b"_s, u""_s, u"';x"_s}), this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_output, "$(id)|a b||';x|"_ba);
}

void tst_ProcessCall::environmentCanBeReplaced()
{
    ProcessRequest wanted = request("echo $TOOL_MODE");
    wanted.environment = QProcessEnvironment::systemEnvironment();
    wanted.environment->insert(u"TOOL_MODE"_s, u"quiet"_s);
    watch(ProcessCall::start(wanted, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_output, "quiet\n"_ba);
}

void tst_ProcessCall::inputIsEmpty()
{
    run("cat; echo end");
    QCOMPARE(m_output, "end\n"_ba);
}

void tst_ProcessCall::failureTellsStandardErrorOnly()
{
    run("echo token-on-stdout; printf 'no session:\\n\\033[1mlog in\\033[0m first\\n' >&2; exit 3");
    QCOMPARE(m_error.kind, Error::Kind::InvalidInput);
    QCOMPARE(m_error.message, u"The program sh ended with code 3."_s);
    QCOMPARE(m_error.serverMessage, u"no session: [1mlog in [0m first"_s);
    QVERIFY(!m_error.nextStep.isEmpty());
    QVERIFY(m_output.isEmpty());
    QVERIFY(!m_error.toString().contains(u"token-on-stdout"_s));
}

void tst_ProcessCall::missingProgramFailsInWords()
{
    ProcessRequest missing;
    missing.program = m_folder.filePath(u"nothing-here"_s);
    missing.arguments = {u"--secret=hidden"_s};
    watch(ProcessCall::start(missing, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::InvalidInput);
    QVERIFY(m_error.message.contains(u"nothing-here"_s));
    QVERIFY(!m_error.toString().contains(u"hidden"_s));
}

void tst_ProcessCall::crashFailsInWords()
{
    run("kill -SEGV $$");
    QCOMPARE(m_error.kind, Error::Kind::InvalidInput);
    QCOMPARE(m_error.message, u"The program sh crashed."_s);
}

void tst_ProcessCall::hangingProgramIsKilledWithItsChildren()
{
    const QString ready = m_folder.filePath(u"hanging"_s);
    ProcessRequest hanging =
        request("echo waiting for a PIN >&2; sleep 1000 & echo $! > \"$1.new\"; "
                "mv \"$1.new\" \"$1\"; wait",
                {ready});
    hanging.timeout = std::chrono::seconds(30);
    watch(ProcessCall::start(hanging, this));
    QTRY_VERIFY(!content(ready).isEmpty());
    const QByteArray child = content(ready);
    QVERIFY(isRunning(child));
    // What it said before lies in the pipe: until nothing more is there to be read.
    QCoreApplication::processEvents(QEventLoop::AllEvents, 10'000);
    m_clock.advance(std::chrono::seconds(29));
    QCOMPARE(m_ends, 0);
    m_clock.advance(std::chrono::seconds(1));
    QCOMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Timeout);
    QVERIFY(m_error.message.contains(u"30 s"_s));
    QCOMPARE(m_error.serverMessage, u"waiting for a PIN"_s);
    QTRY_VERIFY(!isRunning(child));
}

void tst_ProcessCall::flowOfOutputIsStopped()
{
    run("while :; do echo 0123456789012345678901234567890123456789; done");
    QCOMPARE(m_error.kind, Error::Kind::Receiving);
    QVERIFY(m_output.isEmpty());
}

void tst_ProcessCall::deletingTheCallKillsTheProgram()
{
    const QString ready = m_folder.filePath(u"deleted"_s);
    ProcessCall *call = ProcessCall::start(
        request("echo $$ > \"$1.new\"; mv \"$1.new\" \"$1\"; sleep 1000", {ready}), this);
    watch(call);
    QTRY_VERIFY(!content(ready).isEmpty());
    const QByteArray id = content(ready);
    QVERIFY(isRunning(id));
    delete call;
    QTRY_VERIFY(!isRunning(id));
    QCOMPARE(m_ends, 0);
}

GUILESS_TEST(tst_ProcessCall)
#include "tst_processcall.moc"
