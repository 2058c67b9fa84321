// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prettyprinter.h"

#include "app/cli/console.h"
#include "app/core/profiletext.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

constexpr char kBold[] = "\x1b[1m";
constexpr char kDim[] = "\x1b[2m";
constexpr char kGreen[] = "\x1b[32m";
constexpr char kRed[] = "\x1b[31m";
constexpr char kYellow[] = "\x1b[33m";
constexpr char kReset[] = "\x1b[0m";

JsonText::Palette palette(bool colour)
{
    if (!colour)
        return {};
    return {"\x1b[34m", "\x1b[32m", "\x1b[35m", "\x1b[33m", kReset};
}

constexpr qsizetype kLabelWidth = 9; // of `skipped` and a gap
constexpr qsizetype kNameWidth = 14; // of `authorization` and a gap
constexpr qsizetype kTimeWidth = 11; // of `12345.6 ms` and a gap
constexpr qsizetype kMemberWidth = 18; // of `graphqlEndpoint` and a gap
constexpr qsizetype kBriefName = 20;
constexpr qsizetype kBriefMode = 9; // of `user-pool`
constexpr qsizetype kLeastRoom = 30; // for a sentence, in however narrow a terminal
constexpr qsizetype kLongestValue = 2000; // of what a server sent; ndjson has all of it

QByteArray milliseconds(std::chrono::nanoseconds duration)
{
    const double ms = std::chrono::duration<double, std::milli>(duration).count();
    return QByteArray::number(ms, 'f', ms < 10 ? 2 : 1) + " ms";
}

//! Line breaks instead of spaces where a line would be longer than \a width.
QString wrapped(const QString &text, qsizetype width)
{
    QString out;
    qsizetype used = 0;
    for (const QString &word : text.split(u' ')) {
        const bool fits = used == 0 || used + 1 + word.size() <= width;
        if (!out.isEmpty())
            out += fits ? u' ' : u'\n';
        out += word;
        used = fits && used > 0 ? used + 1 + word.size() : word.size();
    }
    return out;
}

//! \a text, its further lines moved right as far as \a column.
QByteArray hanging(const QString &text, qsizetype column)
{
    QString shown = text.size() > kLongestValue
        ? text.first(kLongestValue) + u"… (%1 characters in all)"_s.arg(text.size())
        : text;
    shown = printable(shown.replace(u"\r\n"_s, u"\n"_s).trimmed());
    return shown.toUtf8().replace('\n', '\n' + QByteArray(column, ' '));
}

QByteArray plural(qsizetype count, const QByteArray &noun)
{
    return QByteArray::number(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

PrettyPrinter::PrettyPrinter(bool colour, int width)
    : m_colour(colour), m_width(width), m_palette(palette(colour))
{
}

QByteArray PrettyPrinter::event(const QByteArray &time, const AppSync::Event &event,
                                const Messages::Payload &payload) const
{
    const QByteArray line =
        head(time, event.channel.isEmpty() ? event.subscription : event.channel);
    if (payload.kind == Messages::PayloadKind::Binary)
        return line + styled(kDim, "base64 ") + payload.bytes.toBase64() + '\n';
    if (payload.kind == Messages::PayloadKind::Text)
        return line + styled(kDim, "text ") + printable(QString::fromUtf8(payload.bytes)).toUtf8()
            + '\n';
    return withJson(line, time.size() + event.subscription.size() + 4, payload.bytes);
}

QByteArray PrettyPrinter::withJson(const QByteArray &line, qsizetype used,
                                   const QByteArray &bytes) const
{
    const QByteArray json = printable(QString::fromUtf8(JsonText::singleLine(bytes))).toUtf8();
    if (used + QString::fromUtf8(JsonText::compact(json)).size() <= m_width)
        return line + JsonText::compact(json, m_palette) + '\n';
    return line + styled(kDim, plural(bytes.size(), "byte")) + '\n'
        + JsonText::indented(json, m_palette) + '\n';
}

QByteArray PrettyPrinter::result(const QByteArray &time, const QString &operation,
                                 const AppSync::GraphQlResult &result) const
{
    const QByteArray line = head(time, operation.isEmpty() ? u"result"_s : operation);
    const qsizetype used = time.size() + operation.size() + 4;
    QByteArray out = result.hasData() ? withJson(line, used, result.dataJson())
                                      : line + styled(kDim, "no data") + '\n';
    const QList<AppSync::GraphQlError> errors = result.errors();
    for (const AppSync::GraphQlError &error : errors)
        out += "  " + styled(kRed, "error ") + printable(error.toString()).toUtf8() + '\n';
    return out;
}

QByteArray PrettyPrinter::published(const QByteArray &time, const Messages::Published &result) const
{
    QByteArray out =
        head(time, result.channel) + "published " + plural(result.successful.size(), "event");
    if (!result.failed.isEmpty())
        out += ", " + styled(kRed, QByteArray::number(result.failed.size()) + " failed");
    out += '\n';
    for (const AppSync::PublishedEvent &event : result.failed) {
        out += "  event " + QByteArray::number(event.index) + ": " + printable(event.code).toUtf8()
            + ' ' + printable(event.message).toUtf8() + '\n';
    }
    return out;
}

QByteArray PrettyPrinter::request(const Messages::Request &request) const
{
    QByteArray out = styled(kBold, request.via == u"http" ? "POST " : "WebSocket ")
        + request.url.toUtf8() + '\n';
    for (const auto &[name, value] : request.headers)
        out += name + ": " + value + '\n';
    return out + JsonText::indented(request.body, m_palette) + '\n'
        + styled(kDim, plural(request.events, "event") + ", " + plural(request.bytes, "byte"))
        + '\n';
}

QByteArray PrettyPrinter::echo(const QByteArray &time, const QString &channel,
                               const AppSync::Echo &echo) const
{
    const QByteArray line = head(time, channel) + '#' + QByteArray::number(echo.number) + ' ';
    switch (echo.outcome) {
    case AppSync::Echo::Outcome::Received:
        return line + "back after " + styled(kGreen, milliseconds(echo.latency)) + '\n';
    case AppSync::Echo::Outcome::Lost:
        return line + styled(kRed, "lost")
            + (echo.answered.count() > 0
                   ? " (accepted after " + milliseconds(echo.answered) + ", not seen in time)\n"
                   : QByteArray(" (neither answered nor seen in time)\n"));
    case AppSync::Echo::Outcome::Failed:
        return line + styled(kRed, "not published: ") + printable(fullMessage(echo.error)).toUtf8()
            + '\n';
    case AppSync::Echo::Outcome::Waiting:
        break;
    }
    return line + "waiting\n";
}

QByteArray PrettyPrinter::summary(const Messages::EchoSummary &summary) const
{
    QByteArray out = plural(summary.count, "event") + " published over "
        + (summary.via == u"http" ? "HTTP" : "the WebSocket") + ", "
        + QByteArray::number(summary.received) + " back";
    if (summary.lost > 0)
        out += ", " + styled(kRed, QByteArray::number(summary.lost) + " lost");
    if (summary.failed > 0)
        out += ", " + styled(kRed, QByteArray::number(summary.failed) + " failed");
    if (summary.waiting > 0)
        out += ", " + QByteArray::number(summary.waiting) + " not seen so far";
    out += '\n';
    const Latencies &latencies = summary.latencies;
    if (!latencies.isEmpty()) {
        out += "latency  min " + milliseconds(latencies.percentile(0)) + "  median "
            + milliseconds(latencies.percentile(50)) + "  p95 "
            + milliseconds(latencies.percentile(95)) + "  max "
            + milliseconds(latencies.percentile(100)) + '\n';
    }
    if (summary.acknowledged)
        out += "acknowledged " + milliseconds(*summary.acknowledged) + " after the start\n";
    if (summary.ready)
        out += "events flow from " + milliseconds(*summary.ready) + " after that at the latest\n";
    return out;
}

QByteArray PrettyPrinter::outcome(DoctorStep::Outcome outcome) const
{
    const QByteArray text = toText(outcome).toUtf8().leftJustified(kLabelWidth);
    switch (outcome) {
    case DoctorStep::Outcome::Ok:
        return styled(kGreen, text);
    case DoctorStep::Outcome::Failed:
        return styled(kRed, text);
    case DoctorStep::Outcome::Skipped:
        break;
    }
    return styled(kDim, text);
}

QByteArray PrettyPrinter::step(const DoctorStep &step) const
{
    Finding finding;
    finding.outcome = step.outcome;
    finding.name = toText(step.kind);
    finding.summary = step.summary;
    finding.facts = step.facts;
    finding.error = step.error;
    const QByteArray duration =
        step.duration.count() > 0 ? milliseconds(step.duration) : QByteArray();
    return block(finding, duration.leftJustified(kTimeWidth));
}

QByteArray PrettyPrinter::finding(const Finding &finding) const
{
    return block(finding, {});
}

QByteArray PrettyPrinter::block(const Finding &finding, const QByteArray &duration) const
{
    const qsizetype column = kLabelWidth + kNameWidth + duration.size();
    const bool failed = finding.outcome == DoctorStep::Outcome::Failed;
    const bool skipped = finding.outcome == DoctorStep::Outcome::Skipped;
    const qsizetype room = qMax<qsizetype>(m_width - column, kLeastRoom);
    const QByteArray text =
        hanging(wrapped(failed ? finding.error.message : finding.summary, room), column);
    QByteArray out = outcome(finding.outcome)
        + styled(kBold, finding.name.toUtf8().leftJustified(kNameWidth)) + duration
        + (skipped ? styled(kDim, text) : text) + '\n';
    const auto line = [&](const QByteArray &name, const QString &value, const char *style) {
        out += QByteArray(kLabelWidth, ' ') + styled(style, name.leftJustified(kNameWidth))
            + hanging(value, kLabelWidth + kNameWidth) + '\n';
    };
    if (failed && !finding.error.serverMessage.isEmpty()
        && !finding.error.message.contains(finding.error.serverMessage))
        line("it said", wrapped(finding.error.serverMessage, room), kYellow);
    if (failed && !finding.error.nextStep.isEmpty())
        line("next step", wrapped(finding.error.nextStep, room), kYellow);
    for (const DoctorStep::Fact &fact : finding.facts) {
        QByteArray name = printable(fact.name).toUtf8();
        for (const QString &value : fact.values)
            line(std::exchange(name, {}), value, kDim);
    }
    return out;
}

QByteArray PrettyPrinter::profile(const Messages::StoredProfile &stored) const
{
    if (stored.isBrief)
        return briefProfile(stored);
    const Profile &profile = stored.profile;
    QByteArray out = styled(kBold, printable(profile.name).toUtf8())
        + (stored.isDefault ? " (default)" : "") + '\n';
    // The members of the file, so that people find them there by name.
    for (const JsonText::Member &member : JsonText::members(ProfileText::written("{}", profile))) {
        if (member.name == u"name" || member.name == u"secrets")
            continue;
        QStringList values;
        for (const JsonText::Member &element : JsonText::members(member.value))
            values.append(JsonText::plain(element.value));
        out += row(member.name,
                   values.isEmpty() ? JsonText::plain(member.value) : values.join(u' '), kReset);
    }
    for (const SecretRole role : secretRoles()) {
        const SecretReference &reference = profile.secret(role);
        if (reference.isSet())
            out += row(nameOf(role), u"in "_s + reference.toText(), kReset);
    }
    QString name = u"missing"_s;
    for (const QString &sentence : stored.missing)
        out += row(std::exchange(name, {}), sentence, kYellow);
    name = u"note"_s;
    for (const QString &sentence : stored.notes)
        out += row(std::exchange(name, {}), sentence, kDim);
    return out;
}

QByteArray PrettyPrinter::briefProfile(const Messages::StoredProfile &stored) const
{
    const Profile &profile = stored.profile;
    const QString mode = profile.auth ? toText(*profile.auth)
        : profile.connectAuth         ? toText(*profile.connectAuth)
                                      : u"-"_s;
    const QString name = printable(profile.name);
    return QByteArray(stored.isDefault ? "* " : "  ")
        + styled(kBold, name.leftJustified(kBriefName).toUtf8()) + ' '
        + mode.leftJustified(kBriefMode).toUtf8() + ' '
        + styled(kDim, printable(profile.endpoint).toUtf8()) + '\n';
}

QByteArray PrettyPrinter::removed(const QString &name, int secrets) const
{
    return "removed " + styled(kBold, printable(name).toUtf8())
        + (secrets > 0 ? " and " + plural(secrets, "secret") + " of the keychain" : QByteArray())
        + '\n';
}

QByteArray PrettyPrinter::row(const QString &name, const QString &text, const char *style) const
{
    const qsizetype column = 2 + kMemberWidth;
    const qsizetype room = qMax<qsizetype>(m_width - column, kLeastRoom);
    return "  " + styled(style, printable(name).leftJustified(kMemberWidth).toUtf8())
        + hanging(wrapped(text, room), column) + '\n';
}

QByteArray PrettyPrinter::control(const QByteArray &time, const AppSync::Frame &frame) const
{
    const QByteArray text = printable(frame.text).toUtf8();
    return styled(kDim, (time.isEmpty() ? QByteArray() : time + ' ') + text) + '\n';
}

QByteArray PrettyPrinter::captured(const QByteArray &time, const CapturedFrame &frame,
                                   const QByteArray &side) const
{
    const CaptureOrigin &origin = *frame.origin;
    const QByteArray &channel = origin.channel.isEmpty() ? origin.sub : origin.channel;
    const bool isOut = origin.dir == "out";
    QString subject = QString::fromUtf8((isOut ? "> " : "< ") + origin.kind);
    if (!side.isEmpty())
        subject.prepend(side == "left" ? u"- "_s : u"+ "_s);
    if (!channel.isEmpty())
        subject += u' ' + QString::fromUtf8(channel);
    const QByteArray line = head(time, subject);
    const QList<QByteArray> events = frame.events();
    if (events.size() == 1 && JsonText::isValid(events.first()))
        return withJson(line, time.size() + subject.size() + 4, events.first());
    const QByteArray text = events.isEmpty() ? frame.text() : events.join(' ');
    return line + printable(QString::fromUtf8(JsonText::singleLine(text))).toUtf8() + '\n';
}

QByteArray PrettyPrinter::captureInfo(const QString &path, const CaptureFile::Summary &summary,
                                      const QList<CaptureFile::Connection> &connections,
                                      const QList<CaptureFile::Group> &groups) const
{
    const auto time = [](qint64 ms) {
        return QDateTime::fromMSecsSinceEpoch(ms).toString(u"yyyy-MM-dd HH:mm:ss.zzz");
    };
    QByteArray out = styled(kBold, printable(path).toUtf8()) + '\n';
    const auto add = [&](const QString &name, const QString &text) {
        out += row(name, text, kDim);
    };
    add(u"frames"_s, u"%1, %2 of them with events"_s.arg(summary.frames).arg(summary.events));
    if (summary.frames > 0)
        add(u"from"_s, time(summary.firstMs) + u" to "_s + time(summary.lastMs));
    add(u"size"_s, u"%1 bytes of traffic in %2 bytes"_s.arg(summary.bytes).arg(summary.fileBytes));
    if (summary.dropped > 0)
        add(u"dropped"_s, u"%1 older frames"_s.arg(summary.dropped));
    if (summary.unreadable > 0)
        add(u"unreadable"_s, u"%1 frames, by their numbers"_s.arg(summary.unreadable));
    if (summary.marks > 0)
        add(u"bookmarks"_s, QString::number(summary.marks));
    for (const CaptureFile::Connection &connection : connections)
        add(u"connection %1"_s.arg(connection.id), connection.url);
    for (const CaptureFile::Group &group : groups)
        add(group.kind + u' ' + group.dir,
            u"%1 frames, %2 bytes %3"_s.arg(group.frames)
                .arg(group.bytes)
                .arg(group.sub)
                .trimmed());
    return out;
}

QByteArray PrettyPrinter::gap(const QDateTime &from, const QDateTime &to,
                              const QString &reason) const
{
    const double seconds = double(from.msecsTo(to)) / 1000;
    return styled(kYellow,
                  "gap of " + QByteArray::number(seconds, 'f', 1) + " s ("
                      + from.toLocalTime().toString(u"HH:mm:ss.zzz").toLatin1() + " to "
                      + to.toLocalTime().toString(u"HH:mm:ss.zzz").toLatin1()
                      + "): " + printable(reason).toUtf8())
        + '\n';
}

QByteArray PrettyPrinter::head(const QByteArray &time, const QString &subject) const
{
    QByteArray out = time.isEmpty() ? QByteArray() : styled(kDim, time) + "  ";
    return out + styled(kBold, printable(subject).toUtf8()) + "  ";
}

QByteArray PrettyPrinter::styled(const char *style, const QByteArray &text) const
{
    return m_colour ? style + text + kReset : text;
}

} // namespace Syncscope::Cli
