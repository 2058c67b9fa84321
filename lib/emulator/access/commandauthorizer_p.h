// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"

#include <QObject>
#include <QPointer>
#include <QQueue>

QT_BEGIN_NAMESPACE
class QProcess;
QT_END_NAMESPACE

namespace AppSync::Emulation {

//! A Lambda authorizer that is a program. Each question runs it anew: the event on standard input, the answer
//! on standard output. A few run at the same time, the others wait.
class CommandAuthorizer : public QObject {
public:
    using Answer = std::function<void(const EmulatorOptions::LambdaAnswer &)>;

    //! \a command: program and arguments. \a deadline: for each question, from when it was asked.
    //! \a folder: where it runs; empty: the current one.
    CommandAuthorizer(const QStringList &command, std::chrono::milliseconds deadline,
                      const QString &folder = {});
    //! Kills what still runs; who waits hears no more.
    ~CommandAuthorizer() override;

    //! Calls \a answer once, later, as long as this lives.
    void ask(const EmulatorOptions::LambdaRequest &request, const Answer &answer);

private:
    class Run;

    void startNext();

    const QStringList m_command;
    const std::chrono::milliseconds m_deadline;
    const QString m_folder;
    QQueue<QPointer<Run>> m_waiting;
    int m_running = 0;
};

} // namespace AppSync::Emulation
