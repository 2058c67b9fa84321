// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/error.h"

#include <QProcess>

#include <optional>

namespace AppSync {

//! A program that supplies credentials, and how it is run.
struct ProcessRequest {
    QString program; //!< a path, or a name to be looked up in PATH
    QStringList arguments; //!< as they are; no shell sees them
    std::optional<QProcessEnvironment> environment; //!< none: that of this process
    std::chrono::milliseconds timeout{60'000}; //!< then it is killed
    qsizetype maxOutput = 64 * 1024; //!< bytes; a program that writes more is killed
    Clock *clock = Clock::system(); //!< decides when the deadline is over; not owned
};

//! One run of a program whose standard output is credentials. Its standard input is empty. It ends with exactly
//! one finished(), from the event loop, and deletes itself; deleting it before that kills the program. What is
//! killed is killed with all that it started (on Windows: alone), and nothing is left behind as a zombie. The output appears in no
//! log and no error; what the program said on standard error does.
class ProcessCall : public QObject {
    Q_OBJECT

public:
    static ProcessCall *start(const ProcessRequest &request, QObject *parent);
    ~ProcessCall() override;

Q_SIGNALS:
    //! \a output as it came, if there was no \a error: the program could not be started, ended with anything
    //! but 0, took too long or wrote too much.
    void finished(const QByteArray &output, const AppSync::Error &error);

private:
    ProcessCall(const ProcessRequest &request, QObject *parent);
    void run();
    void collect();
    void onEnd(int exitCode, QProcess::ExitStatus status);
    void stop(const Error &error);
    void end(const Error &error);
    [[nodiscard]] QString name() const; //!< of the program, for people

    ProcessRequest m_request;
    QProcess *m_process;
    ClockTimer *m_deadline;
    QByteArray m_output;
    QByteArray m_said;
};

} // namespace AppSync
