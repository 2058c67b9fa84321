// SPDX-License-Identifier: Apache-2.0
#include "app/cli/recording.h"

#include "app/core/jsontext.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

Recording::Recording(const QString &path, Session &session, Console &console, QObject *parent)
    : QObject(parent), m_console(console)
{
    for (const auto operation : {Session::Operation::Connect, Session::Operation::Subscribe,
                                 Session::Operation::Publish}) {
        if (const auto credential = session.credential(operation))
            m_store.redactor().hide(credential->secret);
    }
    connect(&m_store, &CaptureStore::opened, this, &Recording::opened);
    connect(&m_store, &CaptureStore::closed, this, &Recording::onClosed);
    connect(&m_store, &CaptureStore::troubleChanged, this, &Recording::onTroubleChanged);
    connect(&m_store, &CaptureStore::failed, this, [this](const Problem &problem) {
        m_problem = problem;
        Q_EMIT failed();
    });
    m_store.open(path);
    m_connection = m_store.addConnection(session.endpoint().realtime().toString());
    connect(&session.client(), &AppSync::Client::frameSeen, this,
            [this](const AppSync::Frame &frame) { m_store.append(m_connection, frame); });
}

void Recording::noteGap(const AppSync::Gap &gap)
{
    const auto time = [](const QDateTime &at) {
        return '"' + at.toUTC().toString(Qt::ISODateWithMs).toLatin1() + '"';
    };
    m_store.appendNote(m_connection, "gap", gap.to,
                       "{\"from\":" + time(gap.from) + ",\"to\":" + time(gap.to)
                           + ",\"channel\":" + JsonText::quoted(gap.channel)
                           + ",\"reason\":" + JsonText::quoted(fullMessage(gap.reason)) + '}');
}

void Recording::close()
{
    m_isEnding = true;
    if (m_isClosed) // after a failure, by itself
        QMetaObject::invokeMethod(this, &Recording::end, Qt::QueuedConnection);
    else
        m_store.close();
}

bool Recording::isWhole() const
{
    return !m_problem.isProblem() && m_store.counts().notStored == 0;
}

void Recording::onTroubleChanged()
{
    const Problem trouble = m_store.trouble();
    if (trouble.isProblem())
        m_console.warning(
            u"%1 It is tried again, and what comes waits in memory."_s.arg(trouble.message));
    else
        m_console.status(u"the capture is being written again"_s);
}

void Recording::onClosed()
{
    m_isClosed = true;
    if (m_isEnding)
        end();
}

void Recording::end()
{
    const CaptureStore::Counts counts = m_store.counts();
    if (counts.stored > 0 || !m_problem.isProblem())
        m_console.status(u"saved %1 frames in %2"_s.arg(counts.stored).arg(m_store.path()));
    if (counts.notStored > 0)
        m_console.error(u"%1 frames could not be stored: %2"_s.arg(counts.notStored)
                            .arg(m_problem.isProblem()
                                     ? m_problem.message
                                     : u"they came faster than they could be written."_s),
                        m_problem.nextStep);
    else if (m_problem.isProblem())
        m_console.error(m_problem);
    Q_EMIT closed();
}

} // namespace Syncscope::Cli
