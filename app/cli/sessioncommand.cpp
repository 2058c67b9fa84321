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
    if (!m_recording)
        end(exitCode);
    connect(
        &m_session, &Session::done, this, [this, exitCode] { leave(exitCode); },
        Qt::SingleShotConnection);
    m_session.close();
}

void SessionCommand::record(const QString &path, Console &console,
                            const std::function<void()> &begin)
{
    if (path.isEmpty())
        return begin();
    m_recording = std::make_unique<Recording>(path, m_session, console);
    connect(m_recording.get(), &Recording::opened, this, begin);
    connect(m_recording.get(), &Recording::failed, this, [this] { finish(ExitCode::BadFile); });
}

void SessionCommand::noteGapsOf(const AppSync::Subscription *subscription)
{
    if (m_recording)
        connect(subscription, &AppSync::Subscription::gapDetected, m_recording.get(),
                &Recording::noteGap);
}

void SessionCommand::leave(ExitCode exitCode)
{
    if (!m_recording)
        return Q_EMIT finished(exitCode);
    connect(m_recording.get(), &Recording::closed, this, [this, exitCode] {
        const ExitCode certain = m_recording->isWhole() ? exitCode : ExitCode::BadFile;
        end(certain);
        Q_EMIT finished(certain);
    });
    m_recording->close();
}

} // namespace Syncscope::Cli
