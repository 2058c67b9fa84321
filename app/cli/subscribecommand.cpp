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
{
}

SubscribeCommand::~SubscribeCommand() = default;

void SubscribeCommand::start()
{
    using AppSync::EventsClient;
    EventsClient &client = m_session.client();
    connect(&m_bounds, &Bounds::reached, this, [this] { finish(m_refusal); });
    connect(&client, &EventsClient::closed, this, &SubscribeCommand::onClosed);
    connect(&client, &EventsClient::opened, &m_patience, &QTimer::stop);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &SubscribeCommand::onPatienceEnded);
    if (m_session.timeout())
        m_patience.start(*m_session.timeout());
    if (m_options.control)
        connect(&client, &EventsClient::frameSeen, this, &SubscribeCommand::onFrame);
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
    ChannelSubscription *subscription = m_session.client().subscribe(channel);
    subscription->setTimeout(
        std::chrono::milliseconds::zero()); // m_patience waits for a connection
    m_subscriptions.append(subscription);
    connect(subscription, &ChannelSubscription::received, this, &SubscribeCommand::onReceived);
    connect(subscription, &ChannelSubscription::gapDetected, this, &SubscribeCommand::onGap);
    if (m_console.isVerbose())
        connect(subscription, &ChannelSubscription::progressed, this,
                [this, subscription] { tellProgress(*subscription); });
    connect(subscription, &ChannelSubscription::stateChanged, this,
            [this, subscription] { onStateChanged(subscription); });
    connect(subscription, &ChannelSubscription::errorOccurred, this,
            [this, subscription](const AppSync::Error &error) { onError(subscription, error); });
}

void SubscribeCommand::onPatienceEnded()
{
    const double seconds = std::chrono::duration<double>(*m_session.timeout()).count();
    const AppSync::Error error = m_session.explained(AppSync::Error::local(
        AppSync::Error::Kind::Timeout, u"There was no connection within %1 s."_s.arg(seconds),
        u"Check the endpoint, or give it more time with --timeout."_s));
    m_output.error(u"connect"_s, {}, error);
    finish(m_session.exitCodeOf(error));
}

void SubscribeCommand::onStateChanged(ChannelSubscription *subscription)
{
    if (m_finishing)
        return;
    if (subscription->state() != ChannelSubscription::State::Subscribed)
        return;
    m_console.status(
        u"subscribed to %1"_s.arg(AppSync::Validation::normalizedChannel(subscription->channel())));
    m_bounds.start();
    if (areAllLive())
        flushGap();
}

void SubscribeCommand::onGap(const AppSync::Gap &gap)
{
    if (m_finishing)
        return;
    if (m_gap && m_gap->from != gap.from)
        flushGap(); // of an earlier loss
    if (m_gap)
        m_gap->to = gap.to;
    else
        m_gap = gap;
}

bool SubscribeCommand::areAllLive() const
{
    return std::all_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                       [](const ChannelSubscription *subscription) {
                           return subscription->state() == ChannelSubscription::State::Subscribed;
                       });
}

void SubscribeCommand::flushGap()
{
    if (const auto gap = std::exchange(m_gap, std::nullopt))
        m_output.gap(gap->from, gap->to, fullMessage(gap->reason));
}

void SubscribeCommand::tellProgress(const ChannelSubscription &subscription) const
{
    const QString channel = AppSync::Validation::normalizedChannel(subscription.channel());
    const QDateTime requested = subscription.requestedAt();
    const QDateTime acknowledged = subscription.acknowledgedAt();
    const QDateTime first = subscription.firstEventAt();
    const auto time = [](const QDateTime &at) { return at.toUTC().toString(u"HH:mm:ss.zzz'Z'"); };
    if (first.isValid()) {
        m_console.detail(
            u"%1: first event %2, %3 ms after the acknowledgement"_s.arg(channel, time(first))
                .arg(acknowledged.msecsTo(first)));
    } else if (acknowledged.isValid()) {
        m_console.detail(
            u"%1: acknowledged %2, %3 ms after the request"_s.arg(channel, time(acknowledged))
                .arg(requested.msecsTo(acknowledged)));
    } else if (requested.isValid()) {
        m_console.detail(u"%1: requested %2"_s.arg(channel, time(requested)));
    }
}

void SubscribeCommand::onReceived(const AppSync::Event &event)
{
    if (m_finishing)
        return;
    flushGap();
    m_output.event(event);
    m_bounds.note();
}

void SubscribeCommand::onError(ChannelSubscription *subscription, const AppSync::Error &error)
{
    if (m_finishing)
        return;
    if (subscription->state() == ChannelSubscription::State::Subscribed) {
        // The service could not deliver one event (broadcast_error); others follow.
        m_output.error(u"deliver"_s,
                       AppSync::Validation::normalizedChannel(subscription->channel()), error);
    } else if (!m_session.isLostForGood()) { // else onClosed() tells it once for all
        refuse(subscription, error);
    }
}

void SubscribeCommand::refuse(ChannelSubscription *subscription, const AppSync::Error &error)
{
    if (!m_subscriptions.removeOne(subscription))
        return;
    m_output.error(u"subscribe"_s, AppSync::Validation::normalizedChannel(subscription->channel()),
                   m_session.explained(error));
    if (m_refusal == ExitCode::Done)
        m_refusal = m_session.exitCodeOf(error);
    if (m_subscriptions.isEmpty())
        finish(m_refusal);
    else if (areAllLive())
        flushGap();
}

void SubscribeCommand::onFrame(const AppSync::Frame &frame)
{
    const bool shown = frame.direction == AppSync::Frame::Direction::In && frame.type != u"data";
    if (shown && !m_finishing)
        m_output.control(frame);
}

void SubscribeCommand::onClosed(const AppSync::Error &error)
{
    if (m_finishing)
        return;
    const AppSync::Error reason =
        error.isError() ? error : m_session.client().connection()->error();
    m_output.error(u"connect"_s, {}, reason);
    finish(m_session.exitCodeOfConnection(reason));
}

void SubscribeCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    flushGap();
    m_output.end(exitCode);
    connect(
        &m_session, &Session::done, this, [this, exitCode] { Q_EMIT finished(exitCode); },
        Qt::SingleShotConnection);
    m_session.close();
}

} // namespace Syncscope::Cli
