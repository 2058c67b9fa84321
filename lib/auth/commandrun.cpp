// SPDX-License-Identifier: Apache-2.0
#include "commandrun_p.h"

#include "awscontext_p.h"

#include <QFileInfo>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kLargestOutput = 256 * 1024;
constexpr qsizetype kLargestComplaint = 16 * 1024;

//! Ends the process with all that it started, as far as the system knows them.
void kill(QProcess *process)
{
#ifdef Q_OS_UNIX
    if (const qint64 id = process->processId(); id > 0)
        ::kill(-pid_t(id), SIGKILL);
#endif
    process->kill();
}

} // namespace

CommandRun::CommandRun(const QString &program, QObject *parent)
    : QObject(parent), m_program(program), m_process(new QProcess)
{
}

CommandRun *CommandRun::start(const QStringList &words, const QProcessEnvironment &variables,
                              std::chrono::milliseconds timeout, Clock *clock, QObject *parent)
{
    auto *run = new CommandRun(words.value(0), parent);
    run->m_process->setProcessEnvironment(variables);
    ClockTimer *deadline = clock->createTimer(run);
    connect(deadline, &ClockTimer::timedOut, run, [run, timeout] {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
        run->stop(Error::local(Error::Kind::Timeout,
                               tr("The command %1 did not end within %2 seconds and was ended.")
                                   .arg(run->m_program)
                                   .arg(seconds.count()),
                               tr("Run it in a terminal: it must not ask anything there.")));
    });
    deadline->start(timeout);
    run->run(words.mid(1));
    return run;
}

CommandRun::~CommandRun()
{
    abandon();
}

void CommandRun::run(const QStringList &arguments)
{
#ifdef Q_OS_UNIX
    // A group of its own, so that what it starts can be ended with it.
    m_process->setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardOutput, this, &CommandRun::collect);
    connect(m_process, &QProcess::readyReadStandardError, this, &CommandRun::collect);
    connect(m_process, &QProcess::finished, this, &CommandRun::onFinished);
    // Queued, as this may come out of start().
    connect(
        m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end({},
                    Error::local(Error::Kind::InvalidInput,
                                 tr("The command %1 cannot be started: %2.")
                                     .arg(m_program, m_process->errorString()),
                                 tr("Check that it is installed and can be executed, or give its "
                                    "full path.")));
        },
        Qt::QueuedConnection);
    m_process->start(m_program, arguments, QIODevice::ReadOnly);
}

void CommandRun::collect()
{
    m_output += m_process->readAllStandardOutput();
    m_complaint = (m_complaint + m_process->readAllStandardError()).right(kLargestComplaint);
    if (m_output.size() > kLargestOutput)
        stop(Error::local(Error::Kind::Receiving,
                          tr("The command %1 prints more than credentials.").arg(m_program),
                          tr("Run it in a terminal and look at what it prints.")));
}

void CommandRun::onFinished(int exitCode, QProcess::ExitStatus status)
{
    collect();
    if (m_hasEnded)
        return;
    Error error;
    if (status == QProcess::CrashExit || exitCode != 0) {
        error = Error::local(
            Error::Kind::Refused,
            status == QProcess::CrashExit
                ? tr("The command %1 was killed or crashed.").arg(m_program)
                : tr("The command %1 failed with exit code %2.").arg(m_program).arg(exitCode),
            tr("Run it in a terminal and mend what it complains about."));
        error.serverMessage = harmless(QString::fromLocal8Bit(m_complaint));
    }
    end(error.isError() ? QByteArray() : m_output, error);
}

void CommandRun::stop(const Error &error)
{
    abandon();
    end({}, error);
}

void CommandRun::end(const QByteArray &output, const Error &error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    deleteLater();
    Q_EMIT finished(output, error);
}

void CommandRun::abandon()
{
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    // Its end is awaited by the event loop; ~QProcess would block.
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    kill(process);
}

} // namespace AppSync
