// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/statisticswords.h"

#include "app/ui/wording.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope::StatisticsWords {

namespace {

constexpr int kMostBars = 36;

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("StatisticsWords", text, nullptr, n);
}

QString latency(std::chrono::nanoseconds length)
{
    const double ms = double(length.count()) / 1e6;
    return ms < 1e5 ? Wording::milliseconds(ms)
                    : Wording::span(std::chrono::duration_cast<std::chrono::milliseconds>(length));
}

QString ofMs(double ms)
{
    return latency(std::chrono::nanoseconds(qint64(ms * 1e6)));
}

QString timeText(const QDateTime &time)
{
    const QString day = time.date() == QDate::currentDate()
        ? QString()
        : QLocale().toString(time.date(), u"d MMM "_s);
    return day + time.toString(u"HH:mm:ss"_s);
}

//! The mean, and between what it is one.
QString spread(const Spread &spread, QString (*text)(double))
{
    if (spread.count == 1)
        return text(spread.mean());
    return tr("%1 (%2 to %3)").arg(text(spread.mean()), text(spread.least), text(spread.most));
}

} // namespace

QString span(qint64 fromMs, qint64 toMs)
{
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(fromMs);
    const QDateTime to = QDateTime::fromMSecsSinceEpoch(toMs);
    if (toMs - fromMs <= 1000)
        return timeText(from);
    return tr("%1 to %2")
        .arg(timeText(from), from.date() == to.date() ? to.toString(u"HH:mm:ss"_s) : timeText(to));
}

QStringList moment(const TrafficBucket &traffic, qint64 coveredMs)
{
    if (coveredMs <= 0)
        return {tr("nothing was counted")};
    const double seconds = std::max(double(coveredMs) / 1000, 0.001);
    const auto perSecond = [&](qint64 count) { return double(count) / seconds; };
    QStringList parts{
        tr("%1 in").arg(Wording::rate(perSecond(traffic.eventsIn))),
        tr("%1 out").arg(Wording::rate(perSecond(traffic.eventsOut))),
        tr("%1/s in").arg(Wording::bytes(std::llround(perSecond(traffic.bytesIn)))),
        tr("%1/s out").arg(Wording::bytes(std::llround(perSecond(traffic.bytesOut))))};
    if (traffic.answer.count > 0)
        parts += tr("answered after %1").arg(spread(traffic.answer, ofMs));
    if (traffic.echo.count > 0)
        parts += tr("seen again after %1").arg(spread(traffic.echo, ofMs));
    if (traffic.keepAlive.count > 0)
        parts += tr("keep-alive after %1").arg(spread(traffic.keepAlive, ofMs));
    return parts;
}

QString number(double value)
{
    return QLocale().toString(value, 'g', 6);
}

QString numbers(const QString &path, const Spread &numbers)
{
    return path + u' ' + spread(numbers, number);
}

QString outage(const TrafficOutage &outage, qint64 untilMs)
{
    const QString length =
        Wording::span(std::chrono::milliseconds(outage.toMs.value_or(untilMs) - outage.fromMs));
    switch (outage.kind) {
    case TrafficOutage::Kind::Lost:
        return outage.toMs ? tr("connection lost for %1").arg(length)
                           : tr("connection lost since %1").arg(length);
    case TrafficOutage::Kind::Closed:
        return outage.toMs ? tr("disconnected for %1").arg(length)
                           : tr("disconnected since %1").arg(length);
    case TrafficOutage::Kind::Gap:
        break;
    }
    return tr("gap of %1: events may be missing").arg(length);
}

QString summary(const TrafficStatistics &traffic, qint64 untilMs)
{
    const TrafficBucket &total = traffic.total();
    QStringList parts{tr("%1: %2 events in, %3 out, %4 in, %5 out")
                          .arg(span(traffic.buckets().beginMs(), untilMs),
                               Wording::count(total.eventsIn), Wording::count(total.eventsOut),
                               Wording::bytes(total.bytesIn), Wording::bytes(total.bytesOut))};
    const auto add = [&](const QString &what, const LatencyDistribution &latencies) {
        if (latencies.count() > 0)
            parts += what.arg(latency(latencies.percentile(50)), latency(latencies.percentile(99)));
    };
    add(tr("answers after %1, 99 of 100 within %2"), traffic.answers());
    add(tr("events seen again after %1, 99 of 100 within %2"), traffic.echoes());
    if (total.keepAlive.count > 0)
        parts += tr("keep-alives after %1").arg(spread(total.keepAlive, ofMs));
    for (const auto &[kind, text] :
         {std::pair(TrafficOutage::Kind::Lost, tr("losses of the connection: %1")),
          std::pair(TrafficOutage::Kind::Gap, tr("gaps: %1"))}) {
        const auto count =
            std::count_if(traffic.outages().begin(), traffic.outages().end(),
                          [kind = kind](const TrafficOutage &one) { return one.kind == kind; });
        if (count > 0)
            parts += text.arg(count);
    }
    return parts.join(u"; "_s);
}

QVariantMap latencies(const LatencyDistribution &latencies)
{
    QVariantMap map{{u"count"_s, latencies.count()},
                    {u"text"_s, Wording::count(latencies.count())},
                    {u"p50"_s, latency(latencies.percentile(50))},
                    {u"p90"_s, latency(latencies.percentile(90))},
                    {u"p99"_s, latency(latencies.percentile(99))},
                    {u"least"_s, latency(latencies.least())},
                    {u"greatest"_s, latency(latencies.greatest())}};
    const QList<LatencyDistribution::Bar> bars = latencies.bars(kMostBars);
    qint64 highest = 1;
    for (const auto &bar : bars)
        highest = std::max(highest, bar.count);
    QVariantList shown;
    for (const auto &bar : bars) {
        shown +=
            QVariantMap{{u"share"_s, double(bar.count) / double(highest)},
                        {u"text"_s,
                         tr("%1 to %2: %3")
                             .arg(latency(bar.from), latency(bar.to), Wording::count(bar.count))}};
    }
    map.insert(u"bars"_s, shown);
    return map;
}

QString plotted(qint64 count, qint64 others, qint64 unread)
{
    QStringList parts{count == 1 ? tr("1 number") : tr("%1 numbers").arg(Wording::count(count))};
    if (others > 0)
        parts += tr("%1 values that are none are left out").arg(Wording::count(others));
    if (unread > 0)
        parts += tr("%1 older frames are on disk only: save and open them to draw them, too")
                     .arg(Wording::count(unread));
    return parts.join(u" · "_s);
}

} // namespace Syncscope::StatisticsWords
