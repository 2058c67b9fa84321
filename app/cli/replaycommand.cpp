// SPDX-License-Identifier: Apache-2.0
#include "app/cli/replaycommand.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

constexpr int kMostUnanswered = 64;
constexpr qsizetype kReadAhead = 500;

QString withSlash(const QString &channel)
{
    return AppSync::Validation::normalizedChannel(channel);
}

} // namespace

std::optional<ReplayOptions> ReplayOptions::read(const CommandLine &line, Problem *problem)
{
    ReplayOptions options;
    if (line.positional().size() != 1) {
        *problem =
            Problem::usage(u"replay wants one capture."_s,
                           u"For example: syncscope-cli replay game.ssc --to default/game"_s);
        return std::nullopt;
    }
    options.file = line.positional().first();
    const auto filter = readFilter(line, problem);
    if (!filter || !options.readMap(line.values("map"), problem))
        return std::nullopt;
    options.filter = *filter;
    if (line.has("to"))
        options.to = withSlash(line.value("to"));
    if (line.has("speed")) {
        QString text = line.value("speed");
        bool isNumber = text == u"max";
        if (!isNumber) {
            if (text.endsWith(u'x'))
                text.chop(1);
            options.speed = text.toDouble(&isNumber);
            isNumber = isNumber && options.speed >= 0.1 && options.speed <= 1'000;
        } else {
            options.speed = 0;
        }
        if (!isNumber) {
            *problem = Problem::usage(
                u"--speed wants 0.1x to 1000x, or max, not \"%1\"."_s.arg(line.value("speed")));
            return std::nullopt;
        }
    }
    return options;
}

bool ReplayOptions::readMap(const QStringList &texts, Problem *problem)
{
    for (const QString &text : texts) {
        const qsizetype sign = text.indexOf(u'=');
        const QString from = withSlash(text.left(sign));
        const QString to = withSlash(text.mid(sign + 1));
        const bool isPattern = from.endsWith(u"/*");
        const bool isGood = sign > 0 && sign + 1 < text.size() && (isPattern || !to.contains(u'*'));
        if (!isGood) {
            *problem = Problem::usage(u"--map wants OLD=NEW, not \"%1\"."_s.arg(text),
                                      u"For example: --map game/7=default/game, or --map "
                                      "'game/*=default/*' for everything below."_s);
            return false;
        }
        map.append({from, to});
    }
    return true;
}

QString ReplayOptions::target(const QString &channel) const
{
    if (!to.isEmpty())
        return to;
    for (const auto &[from, into] : map) {
        if (channel == from && !into.contains(u'*'))
            return into;
        const bool isBelow = from.endsWith(u"/*") && channel.startsWith(from.chopped(1));
        if (isBelow && into.endsWith(u"/*") && !channel.contains(u'*'))
            return into.chopped(1) + channel.sliced(from.size() - 1);
        if (isBelow && !into.contains(u'*'))
            return into;
    }
    return channel.contains(u'*') ? QString() : channel;
}

ReplayCommand::ReplayCommand(const ReplayOptions &options, Session &session, Output &output,
                             QObject *parent)
    : SessionCommand(session, parent), m_options(options), m_output(output)
{
    m_pace.setSingleShot(true);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &ReplayCommand::pump);
}

void ReplayCommand::start()
{
    if (!m_file.open(m_options.file))
        return fail(m_file.problem());
    bool hasDelivered = false;
    for (const CaptureFile::Group &group : m_file.groups())
        hasDelivered = hasDelivered || group.kind == u"event";
    m_kind = hasDelivered ? u"event"_s : u"publish"_s;
    for (const CaptureFile::Group &group : m_file.groups()) {
        if (group.kind != m_kind || !m_options.target(group.sub).isEmpty())
            continue;
        return fail(Problem::usage(
            u"The capture does not tell on which channels below %1 events came."_s.arg(group.sub),
            u"Say where they go: --to CHANNEL, or --map '%1=CHANNEL'."_s.arg(group.sub)));
    }
    m_clock.start();
    pump();
}

bool ReplayCommand::fill()
{
    if (m_at < m_events.size())
        return true;
    m_events.clear();
    m_at = 0;
    while (m_events.isEmpty() && !m_isRead) {
        qint64 last = 0;
        const bool isGood =
            m_file.read(m_options.filter, {m_next}, [&](const CapturedFrame &frame) {
                last = frame.number;
                const CaptureOrigin &origin = *frame.origin;
                if (origin.kind != m_kind.toUtf8())
                    return true;
                const QByteArray &channel = origin.channel.isEmpty() ? origin.sub : origin.channel;
                const QString target = m_options.target(QString::fromUtf8(channel));
                for (const QByteArray &event : frame.events())
                    m_events.append({frame.atMs, target, event});
                return m_events.size() < kReadAhead;
            });
        if (!isGood) {
            fail(m_file.problem());
            return false;
        }
        m_isRead = m_events.size() < kReadAhead;
        m_next = last + 1;
    }
    return !m_events.isEmpty();
}

void ReplayCommand::pump()
{
    while (!isFinishing() && m_inFlight < kMostUnanswered && fill()) {
        const Event &event = m_events.at(m_at);
        if (m_firstMs < 0)
            m_firstMs = event.atMs;
        if (m_options.speed > 0) {
            const double due = double(event.atMs - m_firstMs) / m_options.speed;
            const double wait = due - double(m_clock.elapsed());
            constexpr double kLongestWait = 1e8; // what a timer holds; then it is looked at again
            if (wait > 0) {
                m_pace.start(int(qMin(wait, kLongestWait)) + 1);
                return;
            }
        }
        ++m_at;
        send(event);
    }
    if (!isFinishing() && m_inFlight == 0 && m_at >= m_events.size() && m_isRead)
        finish(m_failed > 0 ? m_failure : ExitCode::Done);
}

void ReplayCommand::send(const Event &event)
{
    ++m_inFlight;
    AppSync::PublishReply *reply = session().events().publish(event.channel, event.text);
    const QString channel = event.channel;
    connect(reply, &AppSync::Reply::finished, this, [this, reply, channel] {
        --m_inFlight;
        if (isFinishing())
            return;
        if (reply->error().isError()) {
            ++m_failed;
            const AppSync::Error error = session().explained(reply->error());
            m_output.error(u"publish"_s, channel, error);
            if (m_failure == ExitCode::Done)
                m_failure = session().exitCodeOf(error);
            if (session().isLostForGood())
                return finish(m_failure);
        } else {
            m_output.published({channel, reply->successful(), reply->failed()});
            if (!reply->failed().isEmpty() && m_failure == ExitCode::Done) {
                ++m_failed;
                m_failure = ExitCode::PartlyFailed;
            }
        }
        pump();
    });
}

void ReplayCommand::fail(const Problem &problem)
{
    m_output.error(u"replay"_s, {}, problem.toError());
    finish(exitCodeFor(problem));
}

void ReplayCommand::conclude(ExitCode exitCode)
{
    m_pace.stop();
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
