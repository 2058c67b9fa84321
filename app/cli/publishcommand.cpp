// SPDX-License-Identifier: Apache-2.0
#include "app/cli/publishcommand.h"

#include "app/cli/platform.h"
#include "app/cli/publishcheck.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope::Cli {

namespace {

constexpr int kMostInFlight = 64;

} // namespace

PublishCommand::PublishCommand(const PublishOptions &options,
                               const QProcessEnvironment &environment, Session &session,
                               Output &output, Console &console, QObject *parent)
    : SessionCommand(session, parent)
    , m_options(options)
    , m_values{environment}
    , m_output(output)
    , m_console(console)
{
    m_pace.setSingleShot(true);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &PublishCommand::pump);
}

PublishCommand::~PublishCommand() = default;

void PublishCommand::start()
{
    if (!m_options.isTemplate)
        return startWith({});
    session().findClaims(Session::Operation::Publish,
                         [this](const AppSync::JwtClaims &claims, const AppSync::Error &error) {
                             if (isFinishing())
                                 return;
                             if (!error.isError())
                                 return startWith(claims);
                             noteFailure(u"publish"_s, error);
                             finish(verdict());
                         });
}

void PublishCommand::startWith(const AppSync::JwtClaims &claims)
{
    m_values.claims = claims;
    if (m_options.isTemplate) {
        Problem problem;
        const auto channel = withClaims(m_options.channel, claims, &problem);
        if (!channel)
            return fail(problem);
        m_options.channel = *channel;
    }
    const AppSync::Error refusal = m_options.check ? checkRequest() : AppSync::Error();
    if (refusal.isError()) {
        noteFailure(u"publish"_s, refusal);
        finish(verdict());
        return;
    }
    Problem problem;
    m_source = makeSource(&problem);
    if (!m_source) {
        fail(problem);
        return;
    }
    connect(m_source.get(), &EventSource::changed, this, &PublishCommand::pump);
    connect(m_source.get(), &EventSource::failed, this, &PublishCommand::fail);
    m_clock.start();
    m_source->start();
}

AppSync::Error PublishCommand::checkRequest() const
{
    if (m_options.events.size() <= m_options.batch)
        return AppSync::Validation::publishChannel(m_options.channel);
    return AppSync::Error::local(
        AppSync::Error::Kind::InvalidInput,
        u"These are %1 events, but one request takes %2."_s.arg(m_options.events.size())
            .arg(m_options.batch),
        u"Publish them one per line on standard input with --lines, or use --no-check to see what "
        u"the "
        "service says."_s);
}

std::unique_ptr<EventSource> PublishCommand::makeSource(Problem *problem) const
{
    if (m_options.lines)
        return std::make_unique<LineEvents>(m_options.isTemplate, m_values);
    auto source = std::make_unique<RepeatedEvents>(m_options.events, m_options.repeat);
    if (m_options.events.isEmpty()) {
        if (Platform::isTerminal(Platform::Stream::Input))
            m_console.status(u"reading one event from the terminal; Ctrl-D ends it"_s);
        source->readStdin(m_options.isTemplate, m_values);
        return source;
    }
    if (m_options.isTemplate && !source->setTemplates(m_values, problem))
        return nullptr;
    return source;
}

void PublishCommand::fail(const Problem &problem)
{
    m_stopped = true;
    m_output.error(u"input"_s, {}, problem.toError());
    finish(exitCodeFor(problem));
}

void PublishCommand::pump()
{
    while (!isFinishing() && !m_stopped && m_source->hasEvents() && mayStart())
        process(m_source->take(m_options.batch));
    const bool exhausted = m_stopped || m_source->isAtEnd();
    if (exhausted && m_inFlight == 0)
        finish(verdict());
}

int PublishCommand::window() const
{
    if (m_options.dryRun)
        return 1;
    // Parallel HTTP requests overtake each other, and so may what waits for a connection.
    const auto state = session().client().connection()->state();
    const bool keepsOrder = !m_options.http && state == AppSync::Connection::State::Ready;
    return keepsOrder ? kMostInFlight : 1;
}

bool PublishCommand::mayStart()
{
    if (m_inFlight >= window())
        return false; // the next answer calls pump()
    const std::chrono::nanoseconds now(m_clock.nsecsElapsed());
    if (now < m_nextAt) {
        if (!m_pace.isActive())
            m_pace.start(std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - now));
        return false;
    }
    return true;
}

void PublishCommand::process(const QList<QByteArray> &events)
{
    std::chrono::nanoseconds interval{0};
    if (m_options.every)
        interval = *m_options.every;
    else if (m_options.perEvent)
        interval = *m_options.perEvent * events.size();
    // After a stall the rate is kept from now on, instead of being made up for in a burst.
    m_nextAt = std::max(m_nextAt, std::chrono::nanoseconds(m_clock.nsecsElapsed()) - 1s) + interval;
    for (const QString &warning : sizeWarnings(events))
        m_console.warning(warning);
    const AppSync::Error problem =
        m_options.check ? AppSync::Validation::events(events) : AppSync::Error();
    if (problem.isError())
        noteFailure(u"publish"_s, problem);
    if (m_options.dryRun)
        describe(events);
    else if (!problem.isError())
        send(events);
}

void PublishCommand::send(const QList<QByteArray> &events)
{
    AppSync::PublishOptions options;
    options.via = m_options.http ? AppSync::EventsClient::PublishVia::Http
                                 : AppSync::EventsClient::PublishVia::WebSocket;
    options.check = m_options.check;
    AppSync::PublishReply *reply = session().events().publish(m_options.channel, events, options);
    ++m_inFlight;
    connect(reply, &AppSync::Reply::finished, this, [this, reply] { onAnswer(reply); });
}

void PublishCommand::describe(const QList<QByteArray> &events)
{
    Messages::Request request =
        describeRequest(session().endpoint(), session().credential(Session::Operation::Publish),
                        m_options.http, m_options.channel, events);
    request.body = m_console.masked(request.body);
    m_output.request(request);
    m_anySuccess = true;
}

void PublishCommand::onAnswer(AppSync::PublishReply *reply)
{
    --m_inFlight;
    if (isFinishing())
        return;
    if (m_console.isVerbose())
        tellAnswer(*reply);
    if (reply->error().isError()) {
        noteFailure(u"publish"_s, reply->error());
    } else {
        m_output.published({reply->channel(), reply->successful(), reply->failed()});
        m_anySuccess = m_anySuccess || !reply->successful().isEmpty();
        m_anyEventFailed = m_anyEventFailed || !reply->failed().isEmpty();
    }
    pump();
}

void PublishCommand::tellAnswer(const AppSync::PublishReply &reply) const
{
    const auto time = [](const QDateTime &at) {
        return at.isValid() ? at.toUTC().toString(u"HH:mm:ss.zzz'Z'") : u"never"_s;
    };
    m_console.detail(u"%1: sent %2, answered %3, %4 ms from the call"_s
                         .arg(reply.channel(), time(reply.sentAt()), time(reply.answeredAt()))
                         .arg(reply.elapsedMs(), 0, 'f', 1));
    for (const AppSync::PublishedEvent &event : reply.successful())
        m_console.detail(u"  event %1: accepted, %2"_s.arg(event.index).arg(event.identifier));
    for (const AppSync::PublishedEvent &event : reply.failed())
        m_console.detail(
            u"  event %1: refused, %2 %3"_s.arg(event.index).arg(event.code, event.message));
}

void PublishCommand::noteFailure(const QString &where, const AppSync::Error &error)
{
    m_output.error(where, m_options.channel, session().explained(error));
    const bool lost = !m_options.dryRun && session().isLostForGood();
    if (m_failure == ExitCode::Done)
        m_failure = lost ? session().exitCodeOfConnection(error) : session().exitCodeOf(error);
    // Nothing further can succeed: the connection will not come back, or this channel is closed to us.
    if (lost || error.needsNewCredentials())
        m_stopped = true;
}

ExitCode PublishCommand::verdict() const
{
    if (m_failure == ExitCode::Done)
        return m_anyEventFailed ? ExitCode::PartlyFailed : ExitCode::Done;
    const bool partly = m_anySuccess && !m_stopped && !m_options.dryRun;
    return partly ? ExitCode::PartlyFailed : m_failure;
}

void PublishCommand::conclude(ExitCode exitCode)
{
    m_pace.stop();
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
