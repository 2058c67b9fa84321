// SPDX-License-Identifier: Apache-2.0
#include "app/cli/subscribecommand.h"

#include <AppSync/Validation>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using AppSync::ChannelSubscription;

std::optional<SubscribeOptions> SubscribeOptions::read(const CommandLine &line,
                                                       const OutputFormat &format, Problem *problem)
{
    SubscribeOptions options;
    for (const QString &channel : line.positional()) {
        const QString normal = AppSync::Validation::normalizedChannel(channel);
        if (!options.channels.contains(normal))
            options.channels.append(normal);
    }
    if (options.channels.isEmpty()) {
        *problem = Problem::usage(u"subscribe wants at least one channel."_s,
                                  u"For example: syncscope-cli subscribe 'default/*'"_s);
        return std::nullopt;
    }
    const auto stream = StreamOptions::read(line, format, problem);
    if (!stream)
        return std::nullopt;
    const auto filter = readFilter(line, problem);
    if (!filter)
        return std::nullopt;
    options.stream = *stream;
    options.filter = *filter;
    return options;
}

SubscribeCommand::SubscribeCommand(const SubscribeOptions &options, Session &session,
                                   Output &output, Console &console, QObject *parent)
    : SessionCommand(session, parent)
    , m_options(options)
    , m_output(output)
    , m_console(console)
    , m_bounds(options.stream.bounds)
    , m_subscriptions(session, output, console)
{
}

void SubscribeCommand::start()
{
    record(m_options.stream.save, m_console, [this] { begin(); });
}

void SubscribeCommand::begin()
{
    if (isFinishing())
        return;
    connect(&m_bounds, &Bounds::reached, this, [this] { finish(m_subscriptions.refusal()); });
    connect(&m_subscriptions, &LiveSubscriptions::live, &m_bounds, &Bounds::start);
    connect(&m_subscriptions, &LiveSubscriptions::lost, this, &SubscribeCommand::finish);
    connect(&m_subscriptions, &LiveSubscriptions::gone, this, [this] {
        if (m_subscriptions.isEmpty())
            finish(m_subscriptions.refusal());
    });
    m_subscriptions.start(m_options.stream.control);
    const bool needs = std::any_of(m_options.channels.cbegin(), m_options.channels.cend(),
                                   [](const QString &channel) { return needsClaims(channel); });
    if (!needs) {
        for (const QString &channel : m_options.channels)
            subscribe(channel);
        return;
    }
    session().findClaims(Session::Operation::Subscribe,
                         [this](const AppSync::JwtClaims &claims, const AppSync::Error &error) {
                             subscribeWith(claims, error);
                         });
}

void SubscribeCommand::subscribeWith(const AppSync::JwtClaims &claims, const AppSync::Error &error)
{
    if (isFinishing())
        return;
    QStringList channels;
    AppSync::Error refusal = error;
    for (const QString &channel : m_options.channels) {
        Problem problem;
        const auto filled = withClaims(channel, claims, &problem);
        if (filled)
            channels.append(*filled);
        else if (!refusal.isError())
            refusal = problem.toError();
    }
    if (refusal.isError()) {
        m_output.error(u"subscribe"_s, {}, refusal);
        return finish(session().exitCodeOf(refusal));
    }
    for (const QString &channel : std::as_const(channels))
        subscribe(channel);
}

void SubscribeCommand::subscribe(const QString &channel)
{
    ChannelSubscription *subscription = session().events().subscribe(channel);
    connect(subscription, &ChannelSubscription::received, this, &SubscribeCommand::onReceived);
    noteGapsOf(subscription);
    m_subscriptions.add(subscription, AppSync::Validation::normalizedChannel(channel));
}

void SubscribeCommand::onReceived(const AppSync::Event &event)
{
    if (isFinishing() || !passes(m_options.filter, event))
        return;
    m_subscriptions.flushGap();
    m_output.event(event);
    m_bounds.note();
}

void SubscribeCommand::conclude(ExitCode /*exitCode*/)
{
    m_subscriptions.flushGap();
    m_subscriptions.stop();
    warnOfSurrenders(m_options.filter.surrenders(), m_console);
}

void SubscribeCommand::end(ExitCode exitCode)
{
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
