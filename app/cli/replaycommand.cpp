// SPDX-License-Identifier: Apache-2.0
#include "app/cli/replaycommand.h"

#include "app/cli/eventsource.h"
#include "app/cli/inputfile.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

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
    if (!filter || !options.readMap(line.values("map"), problem)
        || !options.readTemplate(line.value("template"), problem))
        return std::nullopt;
    options.plan.filter = *filter;
    if (line.has("to"))
        options.plan.to = AppSync::Validation::normalizedChannel(line.value("to"));
    if (line.has("speed")) {
        const auto speed = ReplayPlan::speedOf(line.value("speed"));
        if (!speed) {
            *problem = Problem::usage(
                u"--speed wants 0.1x to 1000x, or max, not \"%1\"."_s.arg(line.value("speed")));
            return std::nullopt;
        }
        options.plan.speed = *speed;
    }
    return options;
}

bool ReplayOptions::readMap(const QStringList &texts, Problem *problem)
{
    for (const QString &text : texts) {
        const qsizetype sign = text.indexOf(u'=');
        if (sign < 0 || !plan.addMapping(text.left(sign), text.mid(sign + 1))) {
            *problem = Problem::usage(u"--map wants OLD=NEW, not \"%1\"."_s.arg(text),
                                      u"For example: --map game/7=default/game, or --map "
                                      "'game/*=default/*' for everything below."_s);
            return false;
        }
    }
    return true;
}

bool ReplayOptions::readTemplate(const QString &text, Problem *problem)
{
    if (!text.startsWith(u'@')) {
        rewrite = text.toUtf8();
        return true;
    }
    const auto bytes = readInput(text.mid(1), kLargestDocument, problem);
    rewrite = withoutLastLineBreak(bytes.value_or(QByteArray()));
    return bytes.has_value();
}

ReplayCommand::ReplayCommand(const ReplayOptions &options, const QProcessEnvironment &environment,
                             Session &session, Output &output, Console &console, QObject *parent)
    : SessionCommand(session, parent)
    , m_options(options)
    , m_values{environment}
    , m_output(output)
    , m_console(console)
{
    connect(&m_replayer, &Replayer::checked, this, &ReplayCommand::onChecked);
    connect(&m_replayer, &Replayer::answered, this, &ReplayCommand::onAnswered);
    connect(&m_replayer, &Replayer::finished, this, [this](const Problem &problem) {
        if (problem.isProblem())
            fail(problem);
        else
            finish(m_failure);
    });
}

void ReplayCommand::start()
{
    if (!needsClaims(QString::fromUtf8(m_options.rewrite)))
        return check({});
    session().findClaims(Session::Operation::Publish,
                         [this](const AppSync::JwtClaims &claims, const AppSync::Error &error) {
                             if (isFinishing())
                                 return;
                             if (!error.isError())
                                 return check(claims);
                             m_output.error(u"replay"_s, {}, error);
                             finish(session().exitCodeOf(error));
                         });
}

void ReplayCommand::check(const AppSync::JwtClaims &claims)
{
    m_values.claims = claims;
    ReplayPlan plan = m_options.plan;
    if (!m_options.rewrite.isEmpty()) {
        ReplayTemplate::Error error;
        plan.rewrite = ReplayTemplate::parse(m_options.rewrite, m_values, &error);
        if (!plan.rewrite)
            return fail(error.problem);
    }
    m_replayer.check(m_options.file, plan);
}

void ReplayCommand::onChecked()
{
    const ReplaySurvey &survey = m_replayer.survey();
    warnOfSurrenders(survey.surrenders, m_console);
    const Problem problem = survey.obstacle().isProblem() ? survey.obstacle() : checkTargets();
    if (problem.isProblem()
        && (survey.events > 0 || survey.hasResults || survey.problem.isProblem()))
        return fail(problem);
    if (survey.events == 0) {
        m_console.status(problem.message);
        return finish(ExitCode::Done);
    }
    connect(&session().client(), &AppSync::Client::closed, this, &ReplayCommand::onClosed);
    AppSync::Reply *opening =
        session().client().open(session().timeout().value_or(std::chrono::milliseconds::zero()));
    connect(opening, &AppSync::Reply::finished, this, [this, opening] {
        if (isFinishing())
            return;
        if (!opening->error().isError())
            return m_replayer.start(&session().events());
        const AppSync::Error error = session().explained(opening->error());
        failToConnect(error,
                      session().isLostForGood() ? session().exitCodeOfConnection(error)
                                                : session().exitCodeOf(error));
    });
}

Problem ReplayCommand::checkTargets() const
{
    for (const ReplaySurvey::Channel &channel : m_replayer.survey().channels) {
        const QString target = m_replayer.plan().target(channel.name);
        if (target.isEmpty())
            return Problem::usage(
                u"The capture does not tell on which channels below %1 events came."_s.arg(
                    channel.name),
                u"Say where they go: --to CHANNEL, or --map '%1=CHANNEL'."_s.arg(channel.name));
        const AppSync::Error refusal = AppSync::Validation::publishChannel(target);
        if (refusal.isError())
            return Problem::refused(refusal.message, refusal.nextStep);
    }
    return {};
}

void ReplayCommand::onAnswered(AppSync::PublishReply *reply)
{
    if (isFinishing())
        return;
    ExitCode failure = ExitCode::Done;
    if (reply->error().isError()) {
        const AppSync::Error error = session().explained(reply->error());
        m_output.error(u"publish"_s, reply->channel(), error);
        failure = session().exitCodeOf(error);
    } else {
        m_output.published({reply->channel(), reply->successful(), reply->failed()});
        if (!reply->failed().isEmpty())
            failure = ExitCode::PartlyFailed;
    }
    if (m_failure == ExitCode::Done)
        m_failure = failure;
}

void ReplayCommand::onClosed(const AppSync::Error &error)
{
    // Before it was open, the reply says so.
    if (!error.isError() || isFinishing() || !m_replayer.isUnderWay())
        return;
    failToConnect(error, session().exitCodeOfConnection(error));
}

void ReplayCommand::failToConnect(const AppSync::Error &error, ExitCode exitCode)
{
    m_output.error(u"connect"_s, {}, error);
    finish(exitCode);
}

void ReplayCommand::fail(const Problem &problem)
{
    m_output.error(u"replay"_s, {}, problem.toError());
    finish(exitCodeFor(problem));
}

void ReplayCommand::conclude(ExitCode exitCode)
{
    const Replayer::Counts counts = m_replayer.counts();
    if (m_replayer.isUnderWay() && counts.left() > 0)
        m_console.status(u"%1 of %2 events were not sent"_s.arg(counts.left()).arg(counts.all));
    if (counts.limited > 0)
        m_console.status(
            u"slowed down: %1 publishes were refused at the rate limit and sent again"_s.arg(
                counts.limited));
    m_replayer.stop();
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
