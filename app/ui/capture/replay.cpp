// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/replay.h"

#include "app/ui/wording.h"

#include <AppSync/Validation>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr qsizetype kMostFailureTexts = 20;
constexpr qsizetype kPreviewedCharacters = 2'000;
constexpr qsizetype kNextCharacters = 120;

const QList<double> &replaySpeeds()
{
    static const QList<double> all{0.1, 0.25, 0.5, 1, 2, 5, 10, 100, ReplayPlan::kMaximum};
    return all;
}

QString spanText(double ms)
{
    return Wording::span(std::chrono::milliseconds(qint64(std::min(ms, 1e15))));
}

} // namespace

Replay::Replay(const QString &path, const FrameFilter *filter, ReplayTargets *targets,
               QObject *parent)
    : QObject(parent), m_path(path), m_filter(filter), m_targets(targets)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(50ms);
    connect(&m_soon, &QTimer::timeout, this, &Replay::progressed);
    m_ticker.setInterval(1s);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        m_rate.tick();
        Q_EMIT progressed();
    });
    connect(&m_channels, &ReplayChannels::changed, this, &Replay::planChanged);
    connect(filter, &FrameFilter::appliedChanged, this, &Replay::look);
    if (targets)
        connect(targets, &ReplayTargets::changed, this, &Replay::onTargetsChanged);
    connect(&m_replayer, &Replayer::checkProgressed, this, [this](double share) {
        m_checked = share;
        tellSoon();
    });
    connect(&m_replayer, &Replayer::checked, this, &Replay::onChecked);
    connect(&m_replayer, &Replayer::stateChanged, this, &Replay::phaseChanged);
    connect(&m_replayer, &Replayer::stateChanged, this, &Replay::tellSoon);
    connect(&m_replayer, &Replayer::countsChanged, this, &Replay::tellSoon);
    connect(&m_replayer, &Replayer::answered, this, &Replay::onAnswered);
    connect(&m_replayer, &Replayer::finished, this, &Replay::onFinished);
}

Replay::Phase Replay::phase() const
{
    switch (m_replayer.state()) {
    case Replayer::State::Idle:
    case Replayer::State::Ended:
        break;
    case Replayer::State::Checking:
        return Checking;
    case Replayer::State::Checked:
        return Confirming;
    case Replayer::State::Running:
        return Running;
    case Replayer::State::Paused:
        return Paused;
    case Replayer::State::Waiting:
        return Waiting;
    }
    return Editing;
}

void Replay::setShown(bool shown)
{
    if (m_isShown == shown)
        return;
    m_isShown = shown;
    look();
    Q_EMIT shownChanged();
}

void Replay::look()
{
    if (!m_isShown || phase() != Editing)
        return;
    m_lookedThrough = m_filter->applied().text();
    m_looking = std::make_unique<ReplayReader>(m_path, m_filter->applied());
    connect(m_looking.get(), &ReplayReader::surveyed, this, [this](const ReplaySurvey &survey) {
        m_looking.release()->deleteLater();
        m_survey = survey;
        m_channels.setChannels(survey.channels);
        judge();
    });
    m_looking->survey({});
    Q_EMIT planChanged();
}

void Replay::setTarget(Target target)
{
    if (std::exchange(m_target, target) != target)
        judge();
}

void Replay::setOneChannel(bool one)
{
    if (std::exchange(m_isOneChannel, one) != one)
        judge();
}

void Replay::setChannel(const QString &channel)
{
    if (std::exchange(m_channel, channel) != channel)
        judge();
}

void Replay::setSpeed(int speed)
{
    if (speed >= 0 && speed < replaySpeeds().size() && std::exchange(m_speed, speed) != speed)
        judge();
}

void Replay::setRewriting(const QString &text)
{
    if (std::exchange(m_rewriting, text) != text)
        judge();
}

Session *Replay::session() const
{
    return m_targets && !m_targets->isSandbox() ? m_targets->session() : nullptr;
}

Session *Replay::targetSession() const
{
    if (m_target == ToSession)
        return session();
    return m_targets && m_targets->isSandbox() ? m_targets->session() : nullptr;
}

QString Replay::sessionTitle() const
{
    const Session *open = session();
    return open ? open->title() : QString();
}

QString Replay::targetText() const
{
    const Session *open = session();
    if (m_target == ToSession)
        return open ? open->addressText()
                    : tr("No Events API is open. Connect to one, and come back to this tab.");
    if (targetSession())
        return tr("The local AppSync that is open: %1").arg(targetSession()->addressText());
    return open ? tr("Starts the local AppSync and opens it; the connection to %1 is closed.")
                      .arg(open->title())
                : tr("Starts the local AppSync and opens it.");
}

QString Replay::channelProblem() const
{
    return m_channel.trimmed().isEmpty()
        ? tr("Say on which channel the events are to be published.")
        : ReplayChannels::problemOf(AppSync::Validation::normalizedChannel(m_channel.trimmed()));
}

QStringList Replay::speeds()
{
    QStringList texts;
    for (const double speed : replaySpeeds())
        texts += speed == ReplayPlan::kMaximum ? tr("As fast as it goes")
            : speed == 1                       ? tr("1× – as it was")
                                               : tr("%1×").arg(speed);
    return texts;
}

double Replay::factor() const
{
    return replaySpeeds().at(m_speed);
}

QString Replay::durationText() const
{
    if (m_looking || m_survey.events == 0)
        return {};
    const double ms = double(m_survey.lastMs - m_survey.firstMs);
    if (factor() == ReplayPlan::kMaximum)
        return tr("They came within %1.").arg(spanText(ms));
    return tr("Takes %1.").arg(spanText(ms / factor()));
}

QString Replay::amountText() const
{
    if (m_looking)
        return tr("Looking through the capture…");
    const QString events = Wording::events(m_survey.events);
    const QString what =
        m_survey.kind == "publish" ? tr("%1 that were published").arg(events) : events;
    return m_filter->isActive() ? tr("%1 pass the filter %2").arg(what, m_filter->applied().text())
                                : tr("%1, all of the capture").arg(what);
}

TemplateValues Replay::values() const
{
    TemplateValues values{QProcessEnvironment::systemEnvironment()};
    if (const Session *open = targetSession())
        values.claims = open->claimsOf(ProfileDraft::Operation::Publish)();
    return values;
}

void Replay::judge()
{
    m_rewrite.reset();
    m_rewritingProblem = {};
    m_rewritingPosition = -1;
    m_preview = m_survey.first ? QString::fromUtf8(m_survey.first->text) : QString();
    if (!m_rewriting.trimmed().isEmpty()) {
        const QByteArray text = m_rewriting.toUtf8();
        ReplayTemplate::Error error;
        m_rewrite = ReplayTemplate::parse(text, values(), &error);
        m_rewritingProblem = error.problem;
        if (error.offset >= 0)
            m_rewritingPosition = int(QString::fromUtf8(text.first(error.offset)).size());
        if (m_rewrite && m_survey.first)
            m_preview = QString::fromUtf8(
                m_rewrite->rewrite(*m_survey.first, 1, &m_rewritingProblem).value_or(QByteArray()));
    }
    if (m_rewritingProblem.isProblem())
        m_preview.clear();
    m_preview = Wording::shortened(m_preview, kPreviewedCharacters);
    Q_EMIT planChanged();
}

QString Replay::obstacle() const
{
    if (m_looking || refusal().message.size() > 0)
        return m_looking ? tr("Looking through the capture…") : refusal().message;
    if (m_target == ToSession && !session())
        return targetText();
    const QString unclear = m_isOneChannel ? channelProblem() : m_channels.problem();
    // Why in particular is said below the template.
    return unclear.isEmpty() && m_rewritingProblem.isProblem()
        ? tr("The template is not right yet.")
        : unclear;
}

QString Replay::rewritingProblem() const
{
    return Wording::withNextStep(m_rewritingProblem.message, m_rewritingProblem.nextStep);
}

Notice Replay::refusal() const
{
    if (m_looking || !m_isShown)
        return {};
    return Notice::fromError(m_survey.obstacle().toError());
}

ReplayPlan Replay::plan() const
{
    ReplayPlan plan;
    plan.speed = factor();
    plan.filter = m_filter->applied();
    plan.rewrite = m_rewrite;
    if (m_isOneChannel)
        plan.to = AppSync::Validation::normalizedChannel(m_channel.trimmed());
    else
        m_channels.addTo(&plan);
    return plan;
}

void Replay::begin()
{
    judge(); // of the claims as they are now
    if (phase() != Editing || !obstacle().isEmpty())
        return;
    m_hasEnded = false;
    m_failureTexts.clear();
    m_failureCounts.clear();
    m_checked = 0;
    m_replayer.check(m_path, plan());
}

void Replay::onChecked()
{
    const Problem problem = m_replayer.survey().obstacle();
    if (problem.isProblem()) {
        m_replayer.stop();
        return onFinished(problem);
    }
    if (m_target == ToSandbox)
        return start();
    m_going = session(); // the one that the question is about
    Q_EMIT phaseChanged();
}

void Replay::onTargetsChanged()
{
    if (phase() == Confirming && session() != m_going)
        m_replayer.stop();
    judge();
}

QString Replay::question() const
{
    if (phase() != Confirming)
        return {};
    return tr("Publish %1 to %2?").arg(Wording::events(m_replayer.survey().events), sessionTitle());
}

QString Replay::questionText() const
{
    const Session *open = session();
    if (phase() != Confirming || !open)
        return {};
    QMap<QString, qint64> targets;
    for (const ReplaySurvey::Channel &channel : m_replayer.survey().channels)
        targets[m_replayer.plan().target(channel.name)] += channel.events;
    QStringList lines;
    for (auto it = targets.cbegin(); it != targets.cend(); ++it)
        lines += tr("%1 to %2").arg(Wording::events(it.value()), it.key());
    return tr("At %1:\n%2\nEverybody who is subscribed there gets them, and AWS counts them.")
        .arg(open->addressText(), lines.join(u'\n'));
}

void Replay::confirm()
{
    if (phase() == Confirming)
        start();
}

void Replay::start()
{
    Session *open = targetSession();
    if (!open && m_target == ToSandbox && m_targets)
        open = m_targets->openSandbox();
    if (!open || !open->client()) {
        m_replayer.stop();
        return onFinished(Problem::refused(tr("There is nothing open that it could go to."),
                                           tr("Connect first.")));
    }
    m_going = open;
    m_goingTitle = open->title();
    m_rate = {};
    m_since.start();
    m_ticker.start();
    m_replayer.start(open->client());
}

void Replay::pause()
{
    m_replayer.pause();
}

void Replay::resume()
{
    m_replayer.resume();
}

void Replay::stop()
{
    m_replayer.stop();
}

void Replay::onAnswered(AppSync::PublishReply *reply)
{
    m_rate.count();
    QStringList texts;
    if (const AppSync::Error error = reply->error(); error.isError()) {
        const QString words = error.serverMessage.isEmpty() ? error.message : error.serverMessage;
        texts += error.type.isEmpty() ? words : tr("%1: %2").arg(error.type, words);
    }
    for (const AppSync::PublishedEvent &event : reply->failed())
        texts += event.code.isEmpty() ? event.message : tr("%1: %2").arg(event.code, event.message);
    for (const QString &text : std::as_const(texts)) {
        const QString line = tr("%1: %2").arg(reply->channel(), text);
        if (!m_failureCounts.contains(line) && m_failureTexts.size() < kMostFailureTexts)
            m_failureTexts += line;
        ++m_failureCounts[line];
    }
}

QStringList Replay::failures() const
{
    QStringList lines;
    for (const QString &text : m_failureTexts) {
        const qint64 count = m_failureCounts.value(text);
        lines += count == 1 ? text : tr("%1 × %2").arg(Wording::count(count), text);
    }
    return lines;
}

double Replay::progress() const
{
    if (phase() == Checking)
        return m_checked;
    const Replayer::Counts &counts = m_replayer.counts();
    return counts.all == 0 ? 0 : double(counts.all - counts.left()) / double(counts.all);
}

QString Replay::progressText() const
{
    if (phase() == Checking)
        return tr("Checking every event, %1 %").arg(std::round(m_checked * 100));
    const Replayer::Counts &counts = m_replayer.counts();
    QStringList parts{
        tr("%1 of %2 published").arg(Wording::count(counts.published), Wording::count(counts.all))};
    const auto add = [&](qint64 count, const QString &text) {
        if (count > 0)
            parts += text.arg(Wording::count(count));
    };
    add(counts.failed, tr("%1 failed"));
    add(counts.unknown, tr("%1 with an unknown fate"));
    add(counts.unanswered(), tr("%1 unanswered"));
    add(counts.limited, tr("slowed down by %1 refusals"));
    if (phase() == Running)
        parts += Wording::rate(m_rate.perSecond());
    constexpr qint64 kNoticedMs = 100;
    if (phase() == Running && m_replayer.lateMs() > kNoticedMs)
        parts += tr("%1 late").arg(spanText(double(m_replayer.lateMs())));
    return parts.join(u" · "_s);
}

QString Replay::nextText() const
{
    if (phase() == Waiting)
        return tr("Waiting for the connection to %1: %2")
            .arg(m_goingTitle, m_going ? m_going->linkText() : QString());
    const ReplayEvent *next = m_replayer.next();
    if (!next)
        return {};
    const QString channel = m_replayer.plan().target(QString::fromUtf8(next->channel));
    const QString text = Wording::shortened(
        QString::fromUtf8(next->text.first(std::min<qsizetype>(next->text.size(), 4'000)))
            .simplified(),
        kNextCharacters);
    return tr("Next, in %1: %2 %3").arg(spanText(double(m_replayer.nextInMs())), channel, text);
}

void Replay::onFinished(const Problem &problem)
{
    m_ticker.stop();
    m_hasEnded = true;
    m_end = problem;
    m_tookMs = m_since.isValid() ? m_since.elapsed() : 0;
    if (m_lookedThrough != m_filter->applied().text())
        look();
    Q_EMIT phaseChanged();
    Q_EMIT progressed();
}

bool Replay::hasSucceeded() const
{
    const Replayer::Counts &counts = m_replayer.counts();
    return m_hasEnded && !m_end.isProblem() && counts.all > 0 && counts.published == counts.all;
}

QString Replay::summary() const
{
    if (!m_hasEnded)
        return {};
    const Replayer::Counts &counts = m_replayer.counts();
    const QString limited = counts.limited == 0
        ? QString()
        : tr("The service refused %1 at its rate limit; they were sent again, slower.")
              .arg(Wording::count(counts.limited));
    if (hasSucceeded())
        return Wording::withNextStep(
            tr("%1 published to %2 in %3.")
                .arg(Wording::events(counts.all), m_goingTitle, spanText(double(m_tookMs))),
            limited);
    QStringList sentences;
    if (m_end.isProblem())
        sentences += Wording::withNextStep(m_end.message, m_end.nextStep);
    else if (counts.left() > 0)
        sentences += tr("Stopped.");
    if (counts.sent > 0)
        sentences += tr("%1 of %2 published.")
                         .arg(Wording::count(counts.published), Wording::events(counts.all));
    const auto add = [&](qint64 count, const QString &text) {
        if (count > 0)
            sentences += text.arg(Wording::count(count));
    };
    add(counts.failed, tr("%1 failed."));
    add(counts.unknown, tr("%1 on their way when the connection broke may have arrived or not."));
    add(counts.unanswered(), tr("%1 on their way are not answered yet."));
    add(counts.left(), tr("%1 not sent."));
    if (!limited.isEmpty())
        sentences += limited;
    return sentences.join(u' ');
}

void Replay::tellSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

} // namespace Syncscope
