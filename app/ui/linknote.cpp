// SPDX-License-Identifier: Apache-2.0
#include "app/ui/linknote.h"

#include "app/ui/wording.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("LinkNote", text, nullptr, n);
}

QString withReason(const QString &text, const AppSync::Error &reason)
{
    return reason.isError() ? text + u" · "_s + reason.message : text;
}

} // namespace

QDateTime LinkNote::to() const
{
    QDateTime latest = at;
    for (const Channel &channel : channels)
        latest = std::max(latest, channel.to);
    return latest;
}

QString LinkNote::span() const
{
    return Wording::span(std::chrono::milliseconds(from.msecsTo(kind == Kind::Gap ? to() : at)));
}

QString LinkNote::title() const
{
    switch (kind) {
    case Kind::Lost:
        return tr("Connection lost");
    case Kind::Closed:
        return tr("Disconnected");
    case Kind::AttemptFailed:
        return tr("Not connected yet");
    case Kind::Renewed:
        return tr("Connection renewed");
    case Kind::GaveUp:
        return tr("Gave up connecting");
    case Kind::Restored:
        return tr("Connected again");
    case Kind::Gap:
        break;
    }
    return tr("Gap");
}

QString LinkNote::line() const
{
    switch (kind) {
    case Kind::Lost:
        return withReason(tr("Connection lost after %1").arg(span()), reason)
            + (isRetried ? QString() : u" · "_s + tr("no further attempt"));
    case Kind::Closed:
        return tr("Disconnected by you after %1").arg(span());
    case Kind::AttemptFailed:
        return withReason(tr("%n attempt(s) to connect again failed", attempt), reason);
    case Kind::Renewed:
        return tr("A new connection took over after %1, before the limit of 24 hours · no gap")
            .arg(span());
    case Kind::GaveUp:
        return withReason(tr("Gave up connecting after %1").arg(span()), reason);
    case Kind::Restored:
        return withReason(
            tr("Connected again after %1").arg(span())
                + (attempt > 0 ? u" · "_s + tr("attempt %1").arg(attempt) : QString()),
            reason);
    case Kind::Gap:
        break;
    }
    return withReason(
        tr("Gap %1–%2 · events may be missing").arg(Wording::time(from), Wording::time(to())),
        reason);
}

QString LinkNote::accessibleName() const
{
    if (kind == Kind::Gap) {
        return tr("Gap from %1 to %2, events may be missing on %3: %4")
            .arg(Wording::time(from), Wording::time(to()),
                 tr("%n subscription(s)", int(channels.size())), reason.message);
    }
    return tr("%1: %2").arg(Wording::time(at), line());
}

QString LinkNote::meaning() const
{
    switch (kind) {
    case Kind::Lost:
        return isRetried
            ? tr("Nothing arrives until it is connected again. A publish that was on its way has "
                 "failed with unknown outcome; it is not sent again by itself.")
            : tr("Nothing arrives any more: trying again would not help.");
    case Kind::Closed:
        return tr("The subscriptions ended with the connection. What is published meanwhile is not "
                  "delivered later.");
    case Kind::AttemptFailed:
        return tr("Nothing arrives until it is connected again.");
    case Kind::Renewed:
        return tr("The service ends every connection after 24 hours. A second one was opened in "
                  "time, and the subscriptions moved to it.");
    case Kind::GaveUp:
        return tr("Nothing arrives any more, and the subscriptions have ended.");
    case Kind::Restored:
        return tr("The subscriptions are asked for anew. A gap is told as soon as the service has "
                  "acknowledged them.");
    case Kind::Gap:
        break;
    }
    return tr(
        "Events that were published in this time may be missing. AppSync keeps none for later: "
        "they cannot be fetched.");
}

QString LinkNote::nextStep() const
{
    switch (kind) {
    case Kind::AttemptFailed:
    case Kind::Lost:
        if (isRetried && reason.nextStep.isEmpty())
            return tr("None is needed: the next attempt comes by itself. F5 tries at once.");
        return reason.nextStep;
    case Kind::Closed:
        return tr("F5 connects and subscribes again.");
    case Kind::GaveUp:
        return reason.nextStep.isEmpty() ? tr("F5 tries again.") : reason.nextStep;
    case Kind::Renewed:
    case Kind::Restored:
        return {};
    case Kind::Gap:
        break;
    }
    return tr("Where every event counts, read the present state from its source, or let the "
              "publisher number its events so that a hole shows.");
}

QString LinkNote::explanation() const
{
    QStringList parts;
    if (kind == Kind::Gap)
        parts +=
            tr("Gap of %1: from %2 to %3").arg(span(), Wording::time(from), Wording::time(to()));
    else
        parts += tr("%1, at %2").arg(line().section(u" · "_s, 0, 0), Wording::time(at));
    if (attempt > 0)
        parts.last() += u'\n' + tr("Attempts: %1").arg(attempt);
    parts += meaning();
    QStringList concerned;
    for (const Channel &channel : channels)
        concerned += tr("%1 – live again at %2").arg(channel.name, Wording::time(channel.to));
    if (!concerned.isEmpty())
        parts += tr("Subscriptions:") + u'\n' + concerned.join(u'\n');
    if (reason.isError()) {
        QString cause = tr("Reason: %1").arg(reason.message);
        if (!reason.serverMessage.isEmpty())
            cause += u'\n' + tr("Reported: “%1”").arg(reason.serverMessage);
        parts += cause;
    }
    if (!nextStep().isEmpty())
        parts += tr("Next step: %1").arg(nextStep());
    return parts.join(u"\n\n"_s);
}

} // namespace Syncscope
