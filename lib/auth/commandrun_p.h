// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/error.h"

#include <QProcess>

namespace AppSync {

//! One run of a command that prints something secret: without a shell, without anybody to type, with a
//! deadline and a bound on what it prints. It ends with exactly one finished(), from the event loop, and
//! deletes itself. At the deadline, and when this is deleted before the end, the command is killed together
//! with what it started, and waited for without blocking. What it prints appears in no log and no error.
class CommandRun : public QObject {
    Q_OBJECT

public:
    //! \a words: the program and its arguments.
    static CommandRun *start(const QStringList &words, const QProcessEnvironment &variables,
                             std::chrono::milliseconds timeout, Clock *clock, QObject *parent);
    ~CommandRun() override;

Q_SIGNALS:
    //! \a output: all of its standard output, if it ended well; else \a error, with its own words.
    void finished(const QByteArray &output, const AppSync::Error &error);

private:
    CommandRun(const QString &program, QObject *parent);
    void run(const QStringList &arguments);
    void collect();
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void stop(const Error &error);
    void end(const QByteArray &output, const Error &error);
    //! Takes leave of the process, which goes on to be reaped by itself.
    void abandon();

    QString m_program;
    QProcess *m_process;
    QByteArray m_output;
    QByteArray m_complaint;
    bool m_hasEnded = false;
};

} // namespace AppSync
