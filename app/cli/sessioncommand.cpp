// SPDX-License-Identifier: Apache-2.0
#include "app/cli/sessioncommand.h"

namespace Syncscope::Cli {

SessionCommand::SessionCommand(Session &session, QObject *parent)
    : Command(parent), m_session(session)
{
}

void SessionCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void SessionCommand::finish(ExitCode exitCode)
{
    if (m_isFinishing)
        return;
    m_isFinishing = true;
    conclude(exitCode);
    connect(
        &m_session, &Session::done, this, [this, exitCode] { leave(exitCode); },
        Qt::SingleShotConnection);
    m_session.close();
}

void SessionCommand::leave(ExitCode exitCode)
{
    Q_EMIT finished(exitCode);
}

} // namespace Syncscope::Cli
