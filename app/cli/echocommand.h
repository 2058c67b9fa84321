// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/echooptions.h"
#include "app/cli/output.h"
#include "app/cli/sessioncommand.h"

#include <QPointer>

namespace Syncscope::Cli {

//! `echo`: publishes marked events and waits for them.
class EchoCommand : public SessionCommand {
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
    void conclude(ExitCode exitCode) override;

    const EchoOptions m_options;
    Output &m_output;
    Console &m_console;
    QPointer<AppSync::EchoReply> m_reply;
    AppSync::Error m_firstFailure; //!< of a publish
    bool m_lostForGood = false;
};

} // namespace Syncscope::Cli
