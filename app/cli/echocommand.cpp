// SPDX-License-Identifier: Apache-2.0
#include "app/cli/echocommand.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using AppSync::Echo;
using AppSync::EchoReply;

EchoCommand::EchoCommand(const EchoOptions &options, Session &session, Output &output,
                         Console &console, QObject *parent)
    : SessionCommand(session, parent), m_options(options), m_output(output), m_console(console)
{
}

EchoCommand::~EchoCommand() = default;

void EchoCommand::start()
{
    const AppSync::Error problem = AppSync::Validation::publishChannel(m_options.channel);
    if (problem.isError()) {
        m_output.error(u"publish"_s, m_options.channel, problem);
        finish(exitCodeFor(problem, false));
        return;
    }
    AppSync::EchoOptions options;
    options.count = m_options.count;
    options.interval = m_options.interval;
    options.untilFirst = m_options.untilFirst;
    options.listen = m_options.listen;
    options.via = m_options.http ? AppSync::EventsClient::PublishVia::Http
                                 : AppSync::EventsClient::PublishVia::WebSocket;
    options.timeout = session().timeout().value_or(options.timeout);
    m_reply = session().events().echo(m_options.channel, options);
    connect(m_reply, &EchoReply::acknowledged, this, &EchoCommand::onAcknowledged);
    connect(m_reply, &EchoReply::echoed, this, &EchoCommand::onEchoed);
    connect(m_reply, &AppSync::Reply::finished, this, &EchoCommand::onFinished);
}

void EchoCommand::interrupt(ExitCode exitCode)
{
    if (isFinishing())
        return;
    if (m_reply && !m_reply->echoes().isEmpty())
        summarize();
    finish(exitCode);
}

void EchoCommand::onAcknowledged()
{
    m_console.status(u"subscribed to %1"_s.arg(m_options.listen));
}

void EchoCommand::onEchoed(const Echo &echo)
{
    if (isFinishing())
        return;
    m_output.echo(m_options.channel, echo);
    if (echo.outcome != Echo::Outcome::Failed)
        return;
    if (!m_firstFailure.isError())
        m_firstFailure = echo.error;
    m_lostForGood = m_lostForGood || session().isLostForGood();
}

void EchoCommand::onFinished()
{
    if (isFinishing())
        return;
    const QList<Echo> echoes = m_reply->echoes();
    const AppSync::Error error = m_reply->error();
    // A failed publish was told by its own line.
    const bool told = m_firstFailure.isError() && error == m_firstFailure;
    if (error.isError() && !told) {
        const bool connection = session().isLostForGood();
        m_lostForGood = m_lostForGood || connection;
        const QString where = connection ? u"connect"_s
            : echoes.isEmpty()           ? u"subscribe"_s
                                         : u"deliver"_s;
        m_output.error(where, connection ? QString() : m_options.listen,
                       session().explained(error));
    }
    if (!echoes.isEmpty())
        summarize();
    finish(verdict());
}

ExitCode EchoCommand::verdict() const
{
    const AppSync::Error error = m_reply->error();
    const AppSync::Error &why = error.isError() ? error : m_firstFailure;
    if (m_lostForGood)
        return session().exitCodeOfConnection(why);
    if (error.isError())
        return session().exitCodeOf(error);
    const bool allFailed = m_reply->count(Echo::Outcome::Failed) == m_reply->echoes().size();
    if (m_firstFailure.isError())
        return allFailed ? session().exitCodeOf(m_firstFailure) : ExitCode::PartlyFailed;
    // Until the first, losses are what is measured.
    const bool missed = !m_options.untilFirst && m_reply->count(Echo::Outcome::Lost) > 0;
    return missed ? ExitCode::TimedOut : ExitCode::Done;
}

void EchoCommand::summarize()
{
    Messages::EchoSummary summary;
    summary.channel = m_options.channel;
    summary.listen = m_options.listen;
    summary.via = m_options.http ? u"http"_s : u"ws"_s;
    const QList<Echo> echoes = m_reply->echoes();
    for (const Echo &echo : echoes) {
        if (echo.outcome == Echo::Outcome::Received)
            summary.latencies.add(echo.latency);
    }
    summary.count = int(echoes.size());
    summary.received = m_reply->count(Echo::Outcome::Received);
    summary.lost = m_reply->count(Echo::Outcome::Lost);
    summary.failed = m_reply->count(Echo::Outcome::Failed);
    summary.waiting = m_reply->count(Echo::Outcome::Waiting);
    summary.acknowledged = m_reply->acknowledgedAfter();
    summary.ready = m_reply->readyAfter();
    m_output.summary(summary);
}

void EchoCommand::conclude(ExitCode exitCode)
{
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
