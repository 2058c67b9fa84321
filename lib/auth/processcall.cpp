// SPDX-License-Identifier: Apache-2.0
#include "processcall_p.h"

#include <QCoreApplication>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kMaxSaid = 2000; //!< characters of standard error that fit into an error

//! Kills \a process with everything it started, and lets it be reaped by the event loop, not here.
void dispose(QProcess *process)
{
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
#ifdef Q_OS_UNIX
    // It leads a group of its own, see run(). Its id cannot be anybody else's yet: it has not been reaped.
    if (const auto id = pid_t(process->processId()); id > 0)
        ::kill(-id, SIGKILL);
#endif
    process->kill();
    auto *application = QCoreApplication::instance();
    process->setParent(application && application->thread() == process->thread() ? application
                                                                                 : nullptr);
    process->closeReadChannel(QProcess::StandardOutput);
    process->closeReadChannel(QProcess::StandardError);
    QObject::connect(process, &QProcess::stateChanged, process, &QObject::deleteLater);
}

//! What a program said on standard error, as one line without control characters.
QString words(const QByteArray &said)
{
    QString text;
    for (const QChar character : QString::fromLocal8Bit(said))
        text += character.isPrint() ? character : QChar(u' ');
    return text.simplified();
}

} // namespace

ProcessCall *ProcessCall::start(const ProcessRequest &request, QObject *parent)
{
    auto *call = new ProcessCall(request, parent);
    // Queued, so that whoever asked can connect before a start fails.
    QMetaObject::invokeMethod(call, &ProcessCall::run, Qt::QueuedConnection);
    return call;
}

ProcessCall::ProcessCall(const ProcessRequest &request, QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_process(new QProcess(this))
    , m_deadline(request.clock->createTimer(this))
{
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ProcessCall::collect);
    connect(m_process, &QProcess::readyReadStandardError, this, &ProcessCall::collect);
    connect(m_process, &QProcess::finished, this, &ProcessCall::onEnd);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError problem) {
        if (problem == QProcess::FailedToStart)
            stop(Error::local(
                Error::Kind::InvalidInput,
                tr("The program %1 could not be started: %2").arg(name(), m_process->errorString()),
                tr("Check its name and path, and that it may be executed.")));
    });
    connect(m_deadline, &ClockTimer::timedOut, this, [this] {
        Error error = Error::local(
            Error::Kind::Timeout,
            tr("The program %1 did not end within %2 s and was stopped.")
                .arg(name())
                .arg(std::chrono::duration_cast<std::chrono::seconds>(m_request.timeout).count()),
            tr("Run it in a terminal; it may be waiting for input, which it does not get here."));
        error.serverMessage = words(m_said);
        stop(error);
    });
}

ProcessCall::~ProcessCall()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    dispose(m_process);
}

QString ProcessCall::name() const
{
    return QFileInfo(m_request.program).fileName();
}

void ProcessCall::run()
{
    if (m_request.environment)
        m_process->setProcessEnvironment(*m_request.environment);
    m_process->setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    m_process->setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
    m_deadline->start(m_request.timeout);
    m_process->start(m_request.program, m_request.arguments, QIODevice::ReadOnly);
}

void ProcessCall::collect()
{
    m_output += m_process->readAllStandardOutput();
    m_said = (m_said + m_process->readAllStandardError()).right(kMaxSaid);
    if (m_output.size() > m_request.maxOutput)
        stop(Error::local(
            Error::Kind::Receiving,
            tr("The program %1 writes more than credentials and was stopped.").arg(name()),
            tr("Run it in a terminal and look at its output.")));
}

void ProcessCall::onEnd(int exitCode, QProcess::ExitStatus status)
{
    collect();
    if (!m_process)
        return;
    if (status == QProcess::NormalExit && exitCode == 0) {
        end({});
        return;
    }
    Error error =
        Error::local(Error::Kind::InvalidInput,
                     status == QProcess::NormalExit
                         ? tr("The program %1 ended with code %2.").arg(name()).arg(exitCode)
                         : tr("The program %1 crashed.").arg(name()),
                     tr("Run it in a terminal, and mend what it complains about."));
    error.serverMessage = words(m_said);
    end(error);
}

void ProcessCall::stop(const Error &error)
{
    m_process->disconnect(this);
    dispose(m_process);
    m_process = nullptr;
    end(error);
}

void ProcessCall::end(const Error &error)
{
    m_deadline->stop();
    deleteLater();
    Q_EMIT finished(error.isError() ? QByteArray() : m_output, error);
}

} // namespace AppSync
