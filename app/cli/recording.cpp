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
        m_hasFailed = true;
        m_console.error(problem);
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
    if (m_isClosed) // after a failure, by itself
        QMetaObject::invokeMethod(this, &Recording::closed, Qt::QueuedConnection);
    else
        m_store.close();
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
    if (m_hasFailed)
        return Q_EMIT closed();
    const CaptureStore::Counts counts = m_store.counts();
    m_console.status(u"saved %1 frames in %2"_s.arg(counts.stored).arg(m_store.path()));
    if (counts.notStored > 0)
        m_console.warning(u"%1 frames could not be saved"_s.arg(counts.notStored));
    Q_EMIT closed();
}

} // namespace Syncscope::Cli
