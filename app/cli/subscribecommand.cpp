// SPDX-License-Identifier: Apache-2.0
#include "app/cli/subscribecommand.h"

#include <AppSync/Validation>

#include <algorithm>
#include <limits>
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
    if (line.has("count"))
        options.bounds.count =
            readNumber(line, "count", 1, std::numeric_limits<qint64>::max(), problem);
    if (line.has("count") && !options.bounds.count)
        return std::nullopt;
    if (!readDuration(line, "for", &options.bounds.duration, problem)
        || !readDuration(line, "idle", &options.bounds.idle, problem))
        return std::nullopt;
    const auto filter = readFilter(line, problem);
    if (!filter)
        return std::nullopt;
    options.filter = *filter;
    options.save = line.value("save");
    options.control = line.has("control");
    options.nulTerminated = line.has("null");
    if (line.has("ts")) {
        const auto style = parseTimeStyle(line.value("ts"), problem);
        if (!style)
            return std::nullopt;
        options.timeStyle = *style;
    }
    const bool raw = format.kind == OutputFormat::Kind::Raw;
    if (raw && line.has("ts") && options.timeStyle != TimeStyle::None) {
        *problem = Problem::usage(u"-o raw has payloads only, so --ts cannot apply."_s);
        return std::nullopt;
    }
    if (options.nulTerminated
        && (format.kind == OutputFormat::Kind::Json || format.kind == OutputFormat::Kind::Pretty)) {
        *problem = Problem::usage(u"-0 goes with -o ndjson, raw or template."_s);
        return std::nullopt;
    }
    return options;
}

SubscribeCommand::SubscribeCommand(const SubscribeOptions &options, Session &session,
                                   Output &output, Console &console, QObject *parent)
    : Command(parent)
    , m_options(options)
    , m_session(session)
    , m_output(output)
    , m_console(console)
    , m_bounds(options.bounds)
    , m_subscriptions(session, output, console)
{
}

void SubscribeCommand::start()
{
    if (m_options.save.isEmpty())
        return begin();
    m_recording = std::make_unique<Recording>(m_options.save, m_session, m_console);
    connect(m_recording.get(), &Recording::opened, this, &SubscribeCommand::begin);
    connect(m_recording.get(), &Recording::failed, this, [this] { finish(ExitCode::BadFile); });
}

void SubscribeCommand::begin()
{
    if (m_finishing)
        return;
    connect(&m_bounds, &Bounds::reached, this, [this] { finish(m_subscriptions.refusal()); });
    connect(&m_subscriptions, &LiveSubscriptions::live, &m_bounds, &Bounds::start);
    connect(&m_subscriptions, &LiveSubscriptions::lost, this, &SubscribeCommand::finish);
    connect(&m_subscriptions, &LiveSubscriptions::gone, this, [this] {
        if (m_subscriptions.isEmpty())
            finish(m_subscriptions.refusal());
    });
    m_subscriptions.start(m_options.control);
    const bool needs = std::any_of(m_options.channels.cbegin(), m_options.channels.cend(),
                                   [](const QString &channel) { return needsClaims(channel); });
    if (!needs) {
        for (const QString &channel : m_options.channels)
            subscribe(channel);
        return;
    }
    m_session.findClaims(Session::Operation::Subscribe,
                         [this](const AppSync::JwtClaims &claims, const AppSync::Error &error) {
                             subscribeWith(claims, error);
                         });
}

void SubscribeCommand::subscribeWith(const AppSync::JwtClaims &claims, const AppSync::Error &error)
{
    if (m_finishing)
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
        return finish(m_session.exitCodeOf(refusal));
    }
    for (const QString &channel : std::as_const(channels))
        subscribe(channel);
}

void SubscribeCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void SubscribeCommand::subscribe(const QString &channel)
{
    ChannelSubscription *subscription = m_session.events().subscribe(channel);
    connect(subscription, &ChannelSubscription::received, this, &SubscribeCommand::onReceived);
    if (m_recording)
        connect(subscription, &ChannelSubscription::gapDetected, m_recording.get(),
                &Recording::noteGap);
    m_subscriptions.add(subscription, AppSync::Validation::normalizedChannel(channel));
}

void SubscribeCommand::onReceived(const AppSync::Event &event)
{
    if (m_finishing || !passes(m_options.filter, event))
        return;
    m_subscriptions.flushGap();
    m_output.event(event);
    m_bounds.note();
}

void SubscribeCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_subscriptions.flushGap();
    m_subscriptions.stop();
    m_output.end(exitCode);
    connect(
        &m_session, &Session::done, this,
        [this, exitCode] {
            if (!m_recording)
                return Q_EMIT finished(exitCode);
            connect(m_recording.get(), &Recording::closed, this,
                    [this, exitCode] { Q_EMIT finished(exitCode); });
            m_recording->close();
        },
        Qt::SingleShotConnection);
    m_session.close();
}

} // namespace Syncscope::Cli
