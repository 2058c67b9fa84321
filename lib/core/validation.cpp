// SPDX-License-Identifier: Apache-2.0
#include "validation.h"

#include "jsonchecker_p.h"
#include "limits.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Validation {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Validation", text);
}

Error invalid(const QString &message, const QString &nextStep = {})
{
    return Error::local(Error::Kind::InvalidInput, message, nextStep);
}

QList<QStringView> segmentsOf(const QString &channel)
{
    QStringView rest(channel);
    if (rest.startsWith(u'/'))
        rest = rest.sliced(1);
    if (rest.endsWith(u'/'))
        rest.chop(1);
    return rest.split(u'/');
}

bool isSegmentCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || c == u'-';
}

Error checkSegment(QStringView segment)
{
    const QString allowed =
        tr("A segment has 1 to 50 letters, digits or dashes and neither begins nor "
           "ends with a dash.");
    if (segment.isEmpty())
        return invalid(tr("The channel has an empty segment."), allowed);
    if (segment.size() > Limits::kChannelSegmentLength)
        return invalid(tr("The segment “%1” has %2 characters, more than 50.")
                           .arg(segment)
                           .arg(segment.size()),
                       allowed);
    const auto bad = std::find_if_not(segment.begin(), segment.end(), isSegmentCharacter);
    if (bad != segment.end())
        return invalid(tr("The segment “%1” contains “%2”, which AppSync does not allow.")
                           .arg(segment)
                           .arg(*bad),
                       allowed);
    if (segment.startsWith(u'-') || segment.endsWith(u'-'))
        return invalid(tr("The segment “%1” begins or ends with a dash.").arg(segment), allowed);
    return {};
}

Error checkSegments(const QList<QStringView> &segments)
{
    if (segments.size() > Limits::kChannelSegments)
        return invalid(tr("The channel has %1 segments, more than 5.").arg(segments.size()));
    for (const QStringView segment : segments) {
        if (const Error error = checkSegment(segment); error.isError())
            return error;
    }
    return {};
}

bool isBlank(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
}

} // namespace

Error publishChannel(const QString &channel)
{
    if (channel.isEmpty() || channel == u"/")
        return invalid(tr("The channel is empty."),
                       tr("Write namespace/name, such as default/news."));
    const QList<QStringView> segments = segmentsOf(channel);
    if (segments.contains(u"*"))
        return invalid(tr("A wildcard channel can be subscribed, not published to."),
                       tr("Name one channel, such as default/news."));
    return checkSegments(segments);
}

Error subscribeChannel(const QString &channel)
{
    if (channel.isEmpty() || channel == u"/")
        return invalid(tr("The channel is empty."), tr("Write namespace/name or namespace/*."));
    QList<QStringView> segments = segmentsOf(channel);
    if (segments.last() == u"*") {
        if (segments.size() == 1)
            return invalid(tr("A wildcard needs a namespace before it."),
                           tr("Subscribe to namespace/*, for example default/*."));
        if (segments.size() > Limits::kChannelSegments)
            return invalid(tr("The channel has %1 segments, more than 5.").arg(segments.size()));
        segments.removeLast();
    }
    if (segments.contains(u"*"))
        return invalid(
            tr("A wildcard can only be the last segment of a channel."),
            tr("Subscribe to a prefix, for example default/*: it matches at any depth."));
    return checkSegments(segments);
}

QString normalizedChannel(const QString &channel)
{
    QString normalized = channel.startsWith(u'/') ? channel : u'/' + channel;
    if (normalized.size() > 1 && normalized.endsWith(u'/'))
        normalized.chop(1);
    return normalized;
}

JsonProblem json(const QByteArray &text)
{
    if (isBlank(text))
        return {0, tr("empty; write a JSON value, such as {\"hello\": \"world\"}")};
    JsonChecker checker(text);
    if (checker.check())
        return {};
    return {checker.offset(), tr(checker.reason())};
}

Error events(const QList<QByteArray> &events)
{
    if (events.isEmpty())
        return invalid(tr("There is no event to publish."));
    if (events.size() > Limits::kEventsPerPublish)
        return invalid(tr("A publish takes at most 5 events; these are %1.").arg(events.size()),
                       tr("Publish them in batches of five."));
    qsizetype total = 0;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const QByteArray &event = events[i];
        if (const JsonProblem problem = json(event); problem.isProblem())
            return Error::local(
                Error::Kind::Encoding,
                tr("Event %1 is not JSON: %2 (byte %3).")
                    .arg(i + 1)
                    .arg(problem.message)
                    .arg(problem.offset),
                tr("An event is any JSON value; a plain text needs quotes around it."));
        if (event.size() > Limits::kEventMaxBytes)
            return invalid(
                tr("Event %1 has %2 bytes; the service takes at most 240 KB (245,760 bytes).")
                    .arg(i + 1)
                    .arg(event.size()),
                tr("Make the event smaller, or publish a reference to the data."));
        total += event.size();
    }
    if (total > Limits::kPublishMaxBytes)
        return invalid(
            tr("The events have %1 bytes together; a request takes at most 1.2 MB.").arg(total),
            tr("Publish them in smaller batches."));
    return {};
}

} // namespace AppSync::Validation
