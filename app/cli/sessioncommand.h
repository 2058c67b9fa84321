// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/recording.h"
#include "app/cli/session.h"

#include <functional>
#include <memory>

namespace Syncscope::Cli {

//! A command that works with a session, and closes it in the end.
class SessionCommand : public Command {
    Q_OBJECT

public:
    //! Ends at once, unless a command has more to say.
    void interrupt(ExitCode exitCode) override;

protected:
    explicit SessionCommand(Session &session, QObject *parent = nullptr);

    //! Once: conclude(), then the session closes, then leave() follows. A recording that is not whole makes
    //! BadFile of \a exitCode.
    void finish(ExitCode exitCode);
    [[nodiscard]] bool isFinishing() const { return m_isFinishing; }
    [[nodiscard]] Session &session() const { return m_session; }

    //! Begins once every frame of the session goes into the capture \a path; at once where that is empty. Ends the
    //! command if it cannot.
    void record(const QString &path, Console &console, const std::function<void()> &begin);
    void noteGapsOf(const AppSync::Subscription *subscription);
    //! Emits finished(), perhaps later: what is recorded is written before.
    virtual void leave(ExitCode exitCode);

private:
    //! Stops what is under way, and prints what is left of it.
    virtual void conclude(ExitCode exitCode) = 0;
    //! Prints the last line of commands that record: how they end is certain only when all is written.
    virtual void end(ExitCode /*exitCode*/) { }

    Session &m_session;
    std::unique_ptr<Recording> m_recording;
    bool m_isFinishing = false;
};

} // namespace Syncscope::Cli
