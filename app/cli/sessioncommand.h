// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/session.h"

namespace Syncscope::Cli {

//! A command that works with a session, and closes it in the end.
class SessionCommand : public Command {
    Q_OBJECT

public:
    //! Ends at once, unless a command has more to say.
    void interrupt(ExitCode exitCode) override;

protected:
    explicit SessionCommand(Session &session, QObject *parent = nullptr);

    //! Once: conclude(), then the session closes, then leave() follows.
    void finish(ExitCode exitCode);
    [[nodiscard]] bool isFinishing() const { return m_isFinishing; }
    [[nodiscard]] Session &session() const { return m_session; }

    //! Emits finished(), perhaps later.
    virtual void leave(ExitCode exitCode);

private:
    //! Prints what comes last.
    virtual void conclude(ExitCode exitCode) = 0;

    Session &m_session;
    bool m_isFinishing = false;
};

} // namespace Syncscope::Cli
