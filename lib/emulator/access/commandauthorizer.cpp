// SPDX-License-Identifier: Apache-2.0
#include "commandauthorizer_p.h"

#include "lambdaevent_p.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTimer>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kAtOnce = 8;
constexpr qsizetype kOutputBytes = LambdaEvent::kContextBytes + 64 * 1024;
constexpr qsizetype kComplaintBytes = 4 * 1024;

//! The last line of \a text, without \a token, which programs like to repeat.
QString complaint(const QByteArray &text, const QString &token)
{
    QString line = QString::fromUtf8(text).trimmed().section(u'\n', -1);
    if (!token.isEmpty())
        line.replace(token, u"…"_s);
    return line.isEmpty() ? QString() : u": "_s + line;
}

} // namespace

//! One question, from being asked to being answered.
class CommandAuthorizer::Run : public QObject {
public:
    Run(CommandAuthorizer &owner, const EmulatorOptions::LambdaRequest &request,
        const Answer &answer)
        : QObject(&owner), m_owner(owner), m_request(request), m_answer(answer)
    {
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            fail(u"the Lambda authorizer's program did not end within %1 ms"_s.arg(
                m_owner.m_deadline.count()));
        });
        m_deadline.start(owner.m_deadline);
    }

    ~Run() override
    {
        m_process.disconnect(this);
        kill(); // QProcess waits until it is gone
    }

    [[nodiscard]] bool isAnswered() const { return !m_answer; }

    void start()
    {
        m_isRunning = true;
        m_process.setProgram(m_owner.m_command.first());
        m_process.setWorkingDirectory(m_owner.m_folder);
        m_process.setArguments(m_owner.m_command.sliced(1));
        connect(&m_process, &QProcess::readyReadStandardOutput, this, &Run::readOutput);
        connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
            m_complaint += m_process.readAllStandardError();
            m_complaint = m_complaint.right(kComplaintBytes);
        });
        connect(&m_process, &QProcess::finished, this, &Run::onFinished);
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(u"the Lambda authorizer's program cannot be started: "_s
                     + m_process.errorString());
        });
#ifdef Q_OS_UNIX
        // A group of its own, so that what it starts ends with it.
        m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
        m_process.start();
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.write(
            QJsonDocument(LambdaEvent::request(m_request)).toJson(QJsonDocument::Compact) + '\n');
        m_process.closeWriteChannel();
    }

private:
    void kill()
    {
#ifdef Q_OS_UNIX
        if (m_process.processId() > 0)
            ::kill(-pid_t(m_process.processId()), SIGKILL);
#endif
        m_process.kill();
    }

    void readOutput()
    {
        m_output += m_process.readAllStandardOutput();
        if (m_output.size() > kOutputBytes)
            fail(u"the Lambda authorizer's program wrote more than %1 bytes"_s.arg(kOutputBytes));
    }

    void onFinished(int code, QProcess::ExitStatus status)
    {
        leave();
        m_output += m_process.readAllStandardOutput();
        m_complaint += m_process.readAllStandardError();
        const QString said = complaint(m_complaint, m_request.authorizationToken);
        if (status == QProcess::CrashExit)
            return fail(u"the Lambda authorizer's program crashed"_s + said);
        if (code != 0)
            return fail(u"the Lambda authorizer's program ended with exit code %1"_s.arg(code)
                        + said);
        finish(LambdaEvent::answer(m_output));
    }

    void fail(const QString &problem)
    {
        EmulatorOptions::LambdaAnswer answer;
        answer.problem = problem;
        finish(answer);
    }

    //! Queued, since who hears the answer may replace the authorizer, and that ends this.
    void finish(const EmulatorOptions::LambdaAnswer &answer)
    {
        if (!m_answer)
            return;
        m_deadline.stop();
        QMetaObject::invokeMethod(
            &m_owner, [tell = std::exchange(m_answer, {}), answer] { tell(answer); },
            Qt::QueuedConnection);
        if (m_process.state() == QProcess::NotRunning)
            leave();
        else
            kill(); // then onFinished() comes
    }

    void leave()
    {
        if (std::exchange(m_isRunning, false)) {
            --m_owner.m_running;
            QMetaObject::invokeMethod(
                &m_owner, [owner = &m_owner] { owner->startNext(); }, Qt::QueuedConnection);
        }
        deleteLater();
    }

    CommandAuthorizer &m_owner;
    const EmulatorOptions::LambdaRequest m_request;
    Answer m_answer; //!< empty: it was told
    QTimer m_deadline;
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_complaint;
    bool m_isRunning = false;
};

CommandAuthorizer::CommandAuthorizer(const QStringList &command, std::chrono::milliseconds deadline,
                                     const QString &folder)
    : m_command(command), m_deadline(deadline), m_folder(folder)
{
}

CommandAuthorizer::~CommandAuthorizer() = default;

void CommandAuthorizer::ask(const EmulatorOptions::LambdaRequest &request, const Answer &answer)
{
    m_waiting.enqueue(new Run(*this, request, answer));
    startNext();
}

void CommandAuthorizer::startNext()
{
    while (m_running < kAtOnce && !m_waiting.isEmpty()) {
        const QPointer<Run> run = m_waiting.dequeue();
        if (!run || run->isAnswered())
            continue; // its deadline has passed
        ++m_running;
        run->start();
    }
}

} // namespace AppSync::Emulation
