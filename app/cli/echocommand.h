// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/echooptions.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

#include <QPointer>

namespace Syncscope::Cli {

//! `echo`: publishes marked events and waits for them.
class EchoCommand : public Command {
    Q_OBJECT

public:
    EchoCommand(const EchoOptions &options, Session &session, Output &output, Console &console,
                QObject *parent = nullptr);
    ~EchoCommand() override;

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    void onAcknowledged();
    void onEchoed(const AppSync::Echo &echo);
    void onFinished();
    void summarize();
    //! What a measurement that ran to its end means.
    [[nodiscard]] ExitCode verdict() const;
    void finish(ExitCode exitCode);

    const EchoOptions m_options;
    Session &m_session;
    Output &m_output;
    Console &m_console;
    QPointer<AppSync::EchoReply> m_reply;
    AppSync::Error m_firstFailure; //!< of a publish
    bool m_lostForGood = false;
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
