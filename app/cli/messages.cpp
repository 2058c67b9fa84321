// SPDX-License-Identifier: Apache-2.0
#include "app/cli/messages.h"

#include "app/cli/console.h"
#include "app/core/capture/capturewords.h"
#include "app/core/jsontext.h"
#include "app/core/profiletext.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli::Messages {

namespace {

//! A string literal, or null for nothing.
QByteArray textOrNull(const QString &text)
{
    return text.isEmpty() ? QByteArray("null") : JsonText::quoted(text);
}

QByteArray timeOrNull(const QDateTime &time)
{
    return time.isValid() ? '"' + time.toUTC().toString(Qt::ISODateWithMs).toLatin1() + '"'
                          : "null";
}

//! With a thousandth's precision, as a JSON number.
QByteArray milliseconds(std::chrono::nanoseconds duration)
{
    return QByteArray::number(std::chrono::duration<double, std::milli>(duration).count(), 'f', 3);
}

QByteArray millisecondsOrNull(const std::optional<std::chrono::nanoseconds> &duration)
{
    return duration ? milliseconds(*duration) : QByteArray("null");
}

//! The members with which every line tells of an error; all null without one.
QByteArray errorMembers(const AppSync::Error &error)
{
    return ",\"errorType\":" + textOrNull(error.type) + ",\"message\":"
        + textOrNull(fullMessage(error)) + ",\"hint\":" + textOrNull(error.nextStep);
}

QByteArray nameOf(AppSync::Echo::Outcome outcome)
{
    switch (outcome) {
    case AppSync::Echo::Outcome::Waiting:
        return "waiting";
    case AppSync::Echo::Outcome::Received:
        return "received";
    case AppSync::Echo::Outcome::Lost:
        return "lost";
    case AppSync::Echo::Outcome::Failed:
        break;
    }
    return "failed";
}

//! UTF-8 that keeps lone surrogates, as the three bytes that its scheme would give them.
QByteArray generalizedUtf8(const QString &text)
{
    QByteArray out;
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (!c.isSurrogate())
            continue;
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            ++i;
            continue;
        }
        out += QStringView(text).sliced(from, i - from).toUtf8();
        const ushort u = c.unicode();
        out += char(0xe0 | (u >> 12));
        out += char(0x80 | ((u >> 6) & 0x3f));
        out += char(0x80 | (u & 0x3f));
        from = i + 1;
    }
    return out + QStringView(text).sliced(from).toUtf8();
}

QByteArray member(const Payload &payload, bool singleLine)
{
    switch (payload.kind) {
    case PayloadKind::Json:
        return "\"event\":" + (singleLine ? JsonText::singleLine(payload.bytes) : payload.bytes);
    case PayloadKind::Text:
        return "\"text\":" + JsonText::quoted(QString::fromUtf8(payload.bytes));
    case PayloadKind::Binary:
        break;
    }
    return "\"base64\":\"" + payload.bytes.toBase64() + '"';
}

} // namespace

Payload::Payload(const AppSync::Event &event)
{
    const QString text = event.text();
    if (!text.isValidUtf16()) {
        bytes = generalizedUtf8(text);
        kind = PayloadKind::Binary;
        return;
    }
    bytes = text.toUtf8();
    if (!JsonText::isValid(bytes))
        kind = PayloadKind::Text;
}

QByteArray event(const AppSync::Event &event, const Payload &payload, bool singleLine)
{
    return R"("kind":"event","dir":"in","sub":)" + JsonText::quoted(event.subscription)
        + ",\"channel\":" + textOrNull(event.channel) + ",\"bytes\":"
        + QByteArray::number(payload.bytes.size()) + ',' + member(payload, singleLine);
}

QByteArray result(const QString &operation, const AppSync::GraphQlResult &result, bool singleLine)
{
    const QByteArray json = result.json();
    const auto member = [&](const QString &name, const QByteArray &otherwise) {
        const auto place = JsonText::find(json, {name});
        if (!place)
            return otherwise;
        const QByteArray text = json.sliced(place->begin, place->end - place->begin);
        return singleLine ? JsonText::singleLine(text) : text;
    };
    return R"("kind":"data","dir":"in","operation":)" + textOrNull(operation)
        + ",\"data\":" + member(u"data"_s, "null") + ",\"errors\":" + member(u"errors"_s, "[]");
}

QByteArray published(const Published &result)
{
    QByteArray successful;
    for (const AppSync::PublishedEvent &event : result.successful) {
        successful += (successful.isEmpty() ? "{\"index\":" : ",{\"index\":")
            + QByteArray::number(event.index) + ",\"identifier\":" + textOrNull(event.identifier)
            + '}';
    }
    QByteArray failed;
    for (const AppSync::PublishedEvent &event : result.failed) {
        failed += (failed.isEmpty() ? "{\"index\":" : ",{\"index\":")
            + QByteArray::number(event.index) + ",\"code\":" + textOrNull(event.code)
            + ",\"message\":" + textOrNull(event.message) + '}';
    }
    return R"("kind":"publish","dir":"out","channel":)" + JsonText::quoted(result.channel)
        + ",\"successful\":[" + successful + "],\"failed\":[" + failed + ']';
}

QByteArray request(const Request &request)
{
    return R"("kind":"request","dir":"out","channel":)" + JsonText::quoted(request.channel)
        + ",\"via\":" + JsonText::quoted(request.via) + ",\"url\":" + JsonText::quoted(request.url)
        + ",\"events\":" + QByteArray::number(request.events)
        + ",\"bytes\":" + QByteArray::number(request.bytes) + ",\"request\":" + request.body;
}

QByteArray echo(const QString &channel, const AppSync::Echo &echo)
{
    using Outcome = AppSync::Echo::Outcome;
    const bool received = echo.outcome == Outcome::Received;
    const bool answered = echo.answered.count() > 0 && echo.outcome != Outcome::Failed;
    return R"("kind":"echo","channel":)" + JsonText::quoted(channel)
        + ",\"number\":" + QByteArray::number(echo.number) + R"(,"outcome":")"
        + nameOf(echo.outcome) + "\",\"publishedAfterMs\":" + milliseconds(echo.publishedAt)
        + ",\"answeredMs\":" + (answered ? milliseconds(echo.answered) : "null") + ",\"latencyMs\":"
        + (received ? milliseconds(echo.latency) : "null") + errorMembers(echo.error);
}

QByteArray summary(const EchoSummary &summary)
{
    const Latencies &latencies = summary.latencies;
    const auto at = [&](double percent) {
        return latencies.isEmpty() ? QByteArray("null")
                                   : milliseconds(latencies.percentile(percent));
    };
    const auto count = [](const char *name, int value) {
        return QByteArray(",\"") + name + "\":" + QByteArray::number(value);
    };
    return R"("kind":"summary","channel":)" + JsonText::quoted(summary.channel)
        + ",\"listen\":" + JsonText::quoted(summary.listen)
        + ",\"via\":" + JsonText::quoted(summary.via) + count("count", summary.count)
        + count("received", summary.received) + count("lost", summary.lost)
        + count("failed", summary.failed) + count("waiting", summary.waiting)
        + ",\"latencyMs\":{\"min\":" + at(0) + ",\"median\":" + at(50) + ",\"p95\":" + at(95)
        + ",\"max\":" + at(100) + "},\"acknowledgedMs\":" + millisecondsOrNull(summary.acknowledged)
        + ",\"readyMs\":" + millisecondsOrNull(summary.ready);
}

QByteArray step(const DoctorStep &step)
{
    QByteArray facts;
    for (const DoctorStep::Fact &fact : step.facts) {
        QByteArray values;
        for (const QString &value : fact.values)
            values += (values.isEmpty() ? "" : ",") + JsonText::quoted(value);
        facts += (facts.isEmpty() ? "" : ",") + JsonText::quoted(fact.name) + ":[" + values + ']';
    }
    const bool timed = step.duration.count() > 0;
    return R"("kind":"step","step":)" + JsonText::quoted(toText(step.kind))
        + ",\"outcome\":" + JsonText::quoted(toText(step.outcome))
        + ",\"ms\":" + (timed ? milliseconds(step.duration) : "null") + ",\"summary\":"
        + textOrNull(step.summary) + ",\"facts\":{" + facts + '}' + errorMembers(step.error);
}

QByteArray profile(const StoredProfile &stored)
{
    const auto list = [](const QStringList &texts) {
        QList<JsonText::Member> elements;
        for (const QString &text : texts)
            elements.append({{}, JsonText::quoted(text)});
        return JsonText::array(elements);
    };
    return R"("kind":"profile","name":)" + JsonText::quoted(stored.profile.name)
        + ",\"default\":" + (stored.isDefault ? "true" : "false")
        + ",\"profile\":" + ProfileText::written("{}", stored.profile)
        + ",\"missing\":" + list(stored.missing) + ",\"notes\":" + list(stored.notes);
}

QByteArray removed(const QString &name, int secrets)
{
    return R"("kind":"removed","name":)" + JsonText::quoted(name)
        + ",\"secrets\":" + QByteArray::number(secrets);
}

QByteArray control(const AppSync::Frame &frame)
{
    const QByteArray text = frame.text.toUtf8();
    const bool isJson = JsonText::isValid(text);
    return R"("kind":"control","dir":"in","type":)" + textOrNull(frame.type)
        + ",\"id\":" + textOrNull(frame.id)
        + ",\"frame\":" + (isJson ? JsonText::singleLine(text) : JsonText::quoted(frame.text));
}

QByteArray error(const QString &where, const QString &channel, const AppSync::Error &error)
{
    return R"("kind":"error","where":)" + JsonText::quoted(where) + ",\"channel\":"
        + textOrNull(channel) + ",\"errorType\":" + textOrNull(error.type) + ",\"message\":"
        + JsonText::quoted(fullMessage(error)) + ",\"hint\":" + textOrNull(error.nextStep);
}

QByteArray gap(const QDateTime &from, const QDateTime &to, const QString &reason)
{
    return R"("kind":"gap","from":)" + timeOrNull(from) + ",\"to\":" + timeOrNull(to)
        + ",\"reason\":" + JsonText::quoted(reason);
}

QByteArray end(qint64 received, ExitCode exitCode)
{
    return R"("kind":"end","received":)" + QByteArray::number(received)
        + ",\"exit\":" + QByteArray::number(int(exitCode));
}

QByteArray captureInfo(const QString &path, const CaptureFile::Summary &summary,
                       const QList<CaptureFile::Connection> &connections,
                       const QList<CaptureFile::Group> &groups)
{
    const auto time = [](qint64 ms) {
        return ms == 0 ? QByteArray("null") : '"' + captureTime(ms) + '"';
    };
    const auto count = [](const char *name, qint64 value) {
        return QByteArray(",\"") + name + "\":" + QByteArray::number(value);
    };
    QByteArray links;
    for (const CaptureFile::Connection &connection : connections) {
        links += (links.isEmpty() ? "{\"id\":" : ",{\"id\":") + QByteArray::number(connection.id)
            + ",\"url\":" + textOrNull(connection.url)
            + ",\"started\":" + time(connection.startedMs) + '}';
    }
    QByteArray kinds;
    for (const CaptureFile::Group &group : groups) {
        kinds += (kinds.isEmpty() ? "{\"dir\":" : ",{\"dir\":") + textOrNull(group.dir)
            + ",\"kind\":" + textOrNull(group.kind) + ",\"sub\":" + textOrNull(group.sub)
            + count("frames", group.frames) + count("bytes", group.bytes) + '}';
    }
    return R"("kind":"capture","file":)" + JsonText::quoted(path) + count("frames", summary.frames)
        + count("events", summary.events) + count("bytes", summary.bytes)
        + count("fileBytes", summary.fileBytes) + count("dropped", summary.dropped)
        + count("unreadable", summary.unreadable) + count("marks", summary.marks)
        + ",\"first\":" + time(summary.firstMs) + ",\"last\":" + time(summary.lastMs)
        + ",\"connections\":[" + links + "],\"groups\":[" + kinds + ']';
}

} // namespace Syncscope::Cli::Messages
