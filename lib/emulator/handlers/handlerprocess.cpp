// SPDX-License-Identifier: Apache-2.0
#include "handlerprocess_p.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#    include <dlfcn.h>
#endif

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kOutOfMemory = 77; //!< the program's exit code for it
constexpr qsizetype kWaitingCalls = 1'000;
constexpr qsizetype kWaitingBytes = 32 * 1024 * 1024;
constexpr qint64 kAnswerBytes = 16 * 1024 * 1024;

QJsonObject failure(const QString &why, int line = 0)
{
    return {{u"failed"_s, why}, {u"line"_s, line}};
}

//! The folder of this library, or of the program that it is part of.
QString ownFolder()
{
#ifdef Q_OS_UNIX
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void *>(&ownFolder), &info) && info.dli_fname)
        return QFileInfo(QString::fromLocal8Bit(info.dli_fname)).canonicalPath();
#endif
    return {};
}

} // namespace

HandlerProcess::HandlerProcess(const Settings &settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        stop(u"It did not end within %1 s and was stopped"_s.arg(double(m_settings.deadline.count())
                                                                 / 1000));
    });
    m_process.setStandardErrorFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::started, this, &HandlerProcess::pump);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &HandlerProcess::onOutput);
    connect(&m_process, &QProcess::finished, this, [this] { onEnded(reasonOfEnd()); });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onNotStarted(
                u"Cannot start %1: %2"_s.arg(m_process.program(), m_process.errorString()));
    });
}

HandlerProcess::~HandlerProcess()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished(1'000);
}

QString HandlerProcess::findProgram()
{
    const QString name = u"appsync-handlers"_s;
    const QString application = QCoreApplication::applicationDirPath();
    QStringList folders{application, QDir(application).filePath(u"../bin"_s)};
    for (const QString &folder : {application, ownFolder()}) {
        if (!folder.isEmpty()) {
            folders.append(QDir(folder).filePath(QStringLiteral(SYNCSCOPE_LIBEXEC_FROM_BIN)));
            folders.append(QDir(folder).filePath(QStringLiteral(SYNCSCOPE_LIBEXEC_FROM_LIB)));
        }
    }
    return QStandardPaths::findExecutable(name, folders);
}

void HandlerProcess::load(const QString &code)
{
    m_next = code;
    pump();
}

void HandlerProcess::call(const QJsonObject &message, const Answer &answer)
{
    Call call{++m_lastId, {}, answer};
    QJsonObject numbered = message;
    numbered.insert(u"id"_s, call.id);
    call.line = QJsonDocument(numbered).toJson(QJsonDocument::Compact) + '\n';
    if (m_calls.size() >= kWaitingCalls || m_callBytes + call.line.size() > kWaitingBytes) {
        QTimer::singleShot(
            0, this, [answer] { answer(failure(u"Too many calls wait for this handler"_s)); });
        return;
    }
    m_callBytes += call.line.size();
    call.age.start();
    m_calls.enqueue(call);
    pump();
}

bool HandlerProcess::isBusy() const
{
    return m_current || m_next || !m_calls.isEmpty();
}

//! Sends what comes next, if nothing is under way.
void HandlerProcess::pump()
{
    if (m_current)
        return;
    if (!isBusy()) {
        Q_EMIT idle();
        return;
    }
    if (m_process.state() == QProcess::NotRunning)
        return start();
    if (m_process.state() == QProcess::Starting)
        return;
    if (m_good && !m_hasGood)
        return sendLoad(*m_good);
    if (m_next)
        return sendLoad(*std::exchange(m_next, std::nullopt));
    const Call call = m_calls.dequeue();
    m_callBytes -= call.line.size();
    const bool isTooOld = call.age.elapsed() > m_settings.patience.count();
    if (m_hasGood && !isTooOld)
        return send(call);
    QTimer::singleShot(0, this, [this, call, isTooOld] {
        call.answer(isTooOld
                        ? failure(u"It waited more than %1 ms for other calls of the handler"_s.arg(
                            m_settings.patience.count()))
                        : failure(m_problem, m_problemLine));
        pump();
    });
}

void HandlerProcess::start()
{
    m_hasGood = false;
    m_stopReason.clear();
    const QString program = m_settings.program.isEmpty() ? findProgram() : m_settings.program;
    if (program.isEmpty()) {
        QTimer::singleShot(0, this, [this] {
            onNotStarted(
                u"The program appsync-handlers, which runs JavaScript, is not installed"_s);
        });
        return;
    }
    // Should this process die, that one ends by itself, a little later than it would have been stopped.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(m_settings.deadline).count();
    m_process.start(program, {QString::number(m_settings.memory), QString::number(seconds + 5)});
}

void HandlerProcess::send(const Call &call)
{
    m_current = call;
    m_deadline.start(m_settings.deadline);
    m_process.write(call.line);
}

void HandlerProcess::sendLoad(const QString &code)
{
    m_loading = code;
    Call call{++m_lastId, {}, {}};
    const QJsonObject message{{u"load"_s, code}, {u"id"_s, call.id}};
    call.line = QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
    send(call);
}

void HandlerProcess::onOutput()
{
    while (m_process.canReadLine())
        onLine(m_process.readLine());
    if (m_process.bytesAvailable() > kAnswerBytes)
        stop(u"It answered more than %1 MB and was stopped"_s.arg(kAnswerBytes / 1024 / 1024));
}

void HandlerProcess::onLine(const QByteArray &line)
{
    const QJsonObject message = QJsonDocument::fromJson(line).object();
    if (message.contains("log"_L1)) {
        Q_EMIT logged(message.value("log"_L1).toString(), message.value("text"_L1).toString(),
                      message.value("line"_L1).toInt());
        return;
    }
    if (!m_current || message.value("id"_L1).toInt() != m_current->id)
        return;
    m_deadline.stop();
    const Call call = *std::exchange(m_current, std::nullopt);
    if (m_loading)
        onLoaded(message);
    else
        call.answer(message);
    pump();
}

void HandlerProcess::onLoaded(const QJsonObject &answer)
{
    const QString code = *std::exchange(m_loading, std::nullopt);
    const QString problem = answer.value("problem"_L1).toString();
    const int line = answer.value("line"_L1).toInt();
    if (problem.isEmpty()) {
        m_good = code;
        m_hasGood = true;
        return;
    }
    if (!m_good) {
        m_problem = problem;
        m_problemLine = line;
    }
    Q_EMIT loadFailed(line, problem);
}

void HandlerProcess::stop(const QString &why)
{
    m_stopReason = why;
    m_process.kill();
}

QString HandlerProcess::reasonOfEnd() const
{
    if (!m_stopReason.isEmpty())
        return m_stopReason;
    if (m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == kOutOfMemory)
        return u"It took more than %1 MB of memory and was stopped"_s.arg(m_settings.memory / 1024
                                                                          / 1024);
    return u"The program that runs JavaScript crashed"_s;
}

//! Those who wait learn it; the next call tries again.
void HandlerProcess::onNotStarted(const QString &why)
{
    Q_EMIT loadFailed(0, why);
    m_callBytes = 0;
    const QPointer<HandlerProcess> guard(this);
    const QQueue<Call> calls = std::exchange(m_calls, {});
    for (const Call &call : calls) {
        if (guard)
            call.answer(failure(why));
    }
}

void HandlerProcess::onEnded(const QString &why)
{
    m_deadline.stop();
    m_hasGood = false;
    const std::optional<Call> call = std::exchange(m_current, std::nullopt);
    if (const auto code = std::exchange(m_loading, std::nullopt)) {
        if (m_good == code)
            m_good.reset(); // it loaded once, and must not be tried for ever
        if (!m_good)
            m_problem = why;
        Q_EMIT loadFailed(0, why);
    } else if (call) {
        call->answer(failure(why));
    }
    pump();
}

} // namespace AppSync::Emulation
