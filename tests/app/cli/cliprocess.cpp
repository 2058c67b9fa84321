// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"

#include <QSignalSpy>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000;

} // namespace

CliProcess::CliProcess(QObject *parent)
    : QObject(parent), m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const QString &name : m_environment.keys()) {
        if (name.startsWith(u"SYNCSCOPE_") || name.endsWith(u"_proxy", Qt::CaseInsensitive)
            || name.startsWith(u"QT_") || name == u"NO_COLOR")
            m_environment.remove(name);
    }
    // Nobody's own profiles, of which one may be the default.
    m_environment.insert(u"XDG_CONFIG_HOME"_s, u"/nonexistent"_s);
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
            [this] { m_output += m_process.readAllStandardOutput(); });
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_errors += m_process.readAllStandardError(); });
}

CliProcess::~CliProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void CliProcess::setVariable(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

void CliProcess::forgiveThreadsOfOpenSsl()
{
    // OpenSSL has no frame pointers, so that the names in tests/leaks-of-others.txt are seen by the slow way
    // only.
    const QString before = m_environment.value(u"ASAN_OPTIONS"_s);
    setVariable(u"ASAN_OPTIONS"_s, before + u":fast_unwind_on_malloc=0"_s);
}

void CliProcess::useEmulator(const AppSync::Emulator &emulator)
{
    setVariable(u"SYNCSCOPE_ENDPOINT"_s, emulator.httpUrl().toString());
    setVariable(u"SYNCSCOPE_API_KEY"_s, emulator.apiKey());
}

void CliProcess::start(const QStringList &arguments)
{
    startProgram(qEnvironmentVariable("SYNCSCOPE_CLI"), arguments);
}

void CliProcess::startProgram(const QString &program, const QStringList &arguments)
{
    m_output.clear();
    m_errors.clear();
    m_environment.insert(u"SYNCSCOPE_CLI"_s, qEnvironmentVariable("SYNCSCOPE_CLI"));
    m_process.setProcessEnvironment(m_environment);
    m_process.start(program, arguments);
}

int CliProcess::run(const QStringList &arguments)
{
    start(arguments);
    return waitForEnd();
}

int CliProcess::run(const QStringList &arguments, const QByteArray &input)
{
    start(arguments);
    write(input);
    endInput();
    return waitForEnd();
}

int CliProcess::waitForEnd()
{
    QSignalSpy finished(&m_process, &QProcess::finished);
    if (m_process.state() != QProcess::NotRunning && !finished.wait(kPatience)) {
        qWarning("syncscope-cli does not end; standard error: %s", m_errors.constData());
        return -1;
    }
    if (m_process.exitStatus() != QProcess::NormalExit) {
        qWarning("syncscope-cli crashed; standard error: %s", m_errors.constData());
        return -1;
    }
    return m_process.exitCode();
}

bool CliProcess::waitFor(const QByteArray &text, const QByteArray &where)
{
    const bool there = QTest::qWaitFor([&] { return where.contains(text); }, kPatience);
    if (!there)
        qWarning("waited in vain for %s; standard error: %s", text.constData(),
                 m_errors.constData());
    return there;
}

bool CliProcess::waitForError(const QByteArray &text)
{
    return waitFor(text, m_errors);
}

bool CliProcess::waitForOutput(const QByteArray &text)
{
    return waitFor(text, m_output);
}

void CliProcess::signal(int number)
{
#ifdef Q_OS_UNIX
    ::kill(pid_t(m_process.processId()), number);
#else
    Q_UNUSED(number)
    QSKIP("Signals are sent on Unix only.");
#endif
}

QList<QByteArray> CliProcess::lines() const
{
    static const QRegularExpression time(u"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"_s);
    static const QRegularExpression id(u"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"_s);
    static const QRegularExpression host(u"127\\.0\\.0\\.1:\\d+"_s);
    QString text = QString::fromUtf8(m_output);
    text.replace(time, u"T"_s).replace(id, u"ID"_s).replace(host, u"HOST"_s);
    QList<QByteArray> lines = text.toUtf8().split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}
