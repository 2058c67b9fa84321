// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "app/cli/console.h"
#include "app/cli/platform.h"
#include "app/core/capture/capturewords.h"

#include <AppSync/IamAuthorizer>

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using Kind = OutputFormat::Kind;

Output::Output(OutputStream &stream, const Console &console, const Options &options)
    : m_stream(stream)
    , m_console(console)
    , m_options(options)
    , m_pretty(options.colour, Platform::terminalWidth())
    , m_template(options.format.templateText)
    , m_time(options.timeStyle)
{
}

bool Output::isMachine() const
{
    return is(Kind::NdJson) || is(Kind::Json);
}

void Output::event(const AppSync::Event &event)
{
    if (m_ended)
        return;
    ++m_events;
    const Messages::Payload payload(event);
    if (is(Kind::Raw))
        write(payload.bytes);
    else if (is(Kind::Pretty))
        m_stream.write(m_pretty.event(m_time.pretty(event.receivedAtMs), event, payload));
    else
        message(event.receivedAtMs, Messages::event(event, payload, is(Kind::NdJson)), true);
}

void Output::result(const QString &operation, const AppSync::GraphQlResult &result)
{
    if (m_ended)
        return;
    ++m_events;
    const qint64 ms = result.receivedAtMs;
    if (is(Kind::Raw))
        write(result.json());
    else if (is(Kind::Pretty))
        m_stream.write(m_pretty.result(m_time.pretty(ms), operation, result));
    else
        message(ms, Messages::result(operation, result, is(Kind::NdJson)), true);
}

void Output::published(const Messages::Published &result)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (is(Kind::Pretty))
        m_stream.write(m_pretty.published(m_time.pretty(now), result));
    else
        message(now, Messages::published(result), true);
}

void Output::request(const Messages::Request &request)
{
    if (is(Kind::Raw))
        write(request.body);
    else if (is(Kind::Pretty))
        m_stream.write(m_pretty.request(request));
    else
        message(QDateTime::currentMSecsSinceEpoch(), Messages::request(request), true);
}

void Output::echo(const QString &channel, const AppSync::Echo &echo)
{
    if (m_ended)
        return;
    if (echo.outcome == AppSync::Echo::Outcome::Received)
        ++m_events;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (is(Kind::Pretty))
        m_stream.write(m_console.masked(m_pretty.echo(m_time.pretty(now), channel, echo)));
    else
        message(now, m_console.masked(Messages::echo(channel, echo)), true);
}

void Output::summary(const Messages::EchoSummary &summary)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_pretty.summary(summary));
    else
        message(QDateTime::currentMSecsSinceEpoch(), Messages::summary(summary), true);
}

void Output::step(const DoctorStep &step)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_console.masked(m_pretty.step(step)));
    else
        message(QDateTime::currentMSecsSinceEpoch(), m_console.masked(Messages::step(step)), true);
    if (!is(Kind::Pretty) && step.outcome == DoctorStep::Outcome::Failed)
        m_console.error(step.error);
}

void Output::finding(const Finding &finding)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_console.masked(m_pretty.finding(finding)));
    else
        message(QDateTime::currentMSecsSinceEpoch(), m_console.masked(finding.members), true);
    if (!is(Kind::Pretty) && finding.error.isError())
        m_console.error(finding.error);
}

void Output::profile(const Messages::StoredProfile &stored)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_console.masked(m_pretty.profile(stored)));
    else
        message(QDateTime::currentMSecsSinceEpoch(), m_console.masked(Messages::profile(stored)),
                true);
}

void Output::removed(const QString &name, int secrets)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_pretty.removed(name, secrets));
    else
        message(QDateTime::currentMSecsSinceEpoch(), Messages::removed(name, secrets), true);
}

void Output::control(const AppSync::Frame &frame)
{
    const qint64 at = frame.at.toMSecsSinceEpoch();
    if (is(Kind::Pretty))
        m_stream.write(m_pretty.control(m_time.pretty(at), frame));
    else
        message(at, Messages::control(frame), true);
}

void Output::captured(const CapturedFrame &frame, const QByteArray &side)
{
    if (m_ended)
        return;
    ++m_events;
    if (is(Kind::Raw)) {
        const QList<QByteArray> events = frame.events();
        for (const QByteArray &event : events)
            write(event);
        if (events.isEmpty())
            write(frame.text());
        return;
    }
    if (is(Kind::Pretty)) {
        m_stream.write(m_pretty.captured(m_time.pretty(frame.atMs), frame, side));
        return;
    }
    const QByteArray where =
        side.isEmpty() ? QByteArray() : QByteArray("\"side\":\"") + side + "\",";
    message(frame.atMs,
            where + "\"number\":" + QByteArray::number(frame.number) + ',' + captureMembers(frame),
            true);
}

void Output::captureInfo(const QString &path, const CaptureFile::Summary &summary,
                         const QList<CaptureFile::Connection> &connections,
                         const QList<CaptureFile::Group> &groups)
{
    if (is(Kind::Pretty)) {
        m_stream.write(m_pretty.captureInfo(path, summary, connections, groups));
        return;
    }
    message(QDateTime::currentMSecsSinceEpoch(),
            Messages::captureInfo(path, summary, connections, groups), true);
}

void Output::error(const QString &where, const QString &channel, const AppSync::Error &error)
{
    AppSync::Error told = error;
    if (AppSync::IamAuthorizer::isRegionMissing(error))
        told.nextStep = u"Name it with --region, such as --region eu-west-1, in AWS_REGION, or as "
                        "`region` of the AWS profile."_s;
    const QString sentence = fullMessage(told);
    const bool named = channel.isEmpty() || sentence.contains(channel);
    m_console.error(named ? sentence : channel + u": "_s + sentence, told.nextStep);
    message(QDateTime::currentMSecsSinceEpoch(),
            m_console.masked(Messages::error(where, channel, told)), false);
}

void Output::gap(const QDateTime &from, const QDateTime &to, const QString &reason)
{
    if (is(Kind::Pretty) && !m_ended)
        m_stream.write(m_pretty.gap(from, to, reason));
    else if (!isMachine())
        m_console.warning(u"events from %1 to %2 may be missing: %3"_s.arg(
            from.toUTC().toString(Qt::ISODateWithMs), to.toUTC().toString(Qt::ISODateWithMs),
            reason));
    message(QDateTime::currentMSecsSinceEpoch(), Messages::gap(from, to, reason), false);
}

void Output::end(ExitCode exitCode)
{
    message(QDateTime::currentMSecsSinceEpoch(), Messages::end(m_events, exitCode), false);
    if (is(Kind::Json) && !m_ended)
        m_stream.write("\n]\n");
    m_ended = true;
    m_stream.flush();
}

void Output::message(qint64 ms, const QByteArray &members, bool isData)
{
    const bool wanted = isMachine() || (isData && is(Kind::Template));
    if (m_ended || !wanted)
        return;
    const QByteArray object = "{\"v\":1,\"n\":" + QByteArray::number(++m_number)
        + ",\"t\":" + m_time.json(ms) + ',' + members + '}';
    if (is(Kind::Template))
        writeTemplate(object);
    else if (is(Kind::Json))
        m_stream.write((m_number == 1 ? "[\n" : ",\n") + object);
    else
        write(object);
}

void Output::writeTemplate(const QByteArray &object)
{
    write(m_template.fill([&](const QString &path) -> QByteArray {
        const auto place = JsonText::find(object, path.split(u'.'));
        if (!place)
            return {};
        const QByteArray value = object.mid(place->begin, place->end - place->begin);
        if (value == "null")
            return {};
        const QByteArray text = value.startsWith('"') ? JsonText::plain(value).toUtf8() : value;
        return m_options.isTerminal ? printable(QString::fromUtf8(text)).toUtf8() : text;
    }));
}

void Output::write(const QByteArray &text)
{
    if (!m_ended)
        m_stream.write(text + (m_options.nulTerminated ? '\0' : '\n'));
}

} // namespace Syncscope::Cli
