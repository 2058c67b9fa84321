// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/axisticks.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope::AxisTicks {

namespace {

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr std::array kSteps{kSecond,      2 * kSecond,  5 * kSecond, 10 * kSecond, 15 * kSecond,
                            30 * kSecond, kMinute,      2 * kMinute, 5 * kMinute,  10 * kMinute,
                            15 * kMinute, 30 * kMinute, kHour,       2 * kHour,    3 * kHour,
                            6 * kHour,    12 * kHour,   kDay};

qint64 stepFor(qint64 spanMs, int most)
{
    for (const qint64 step : kSteps) {
        if (spanMs / step < most)
            return step;
    }
    qint64 days = 1;
    while (spanMs / (days * kDay) >= most)
        days *= 2;
    return days * kDay;
}

QString labelOf(const QDateTime &time, qint64 stepMs)
{
    if (stepMs >= kDay || time.time() == QTime(0, 0))
        return QLocale().toString(time.date(), u"d MMM"_s);
    return time.toString(stepMs < kMinute ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

//! The power of ten times 1, 2, 2.5 or 5 that is not below \a value.
double rounded(double value)
{
    if (!(value > 0) || !std::isfinite(value))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (factor * power >= value * (1 - 1e-9))
            return factor * power;
    }
    return 10 * power;
}

} // namespace

QList<Tick> ofTime(qint64 fromMs, qint64 toMs, int most)
{
    QList<Tick> ticks;
    if (toMs <= fromMs || most < 1)
        return ticks;
    const qint64 step = stepFor(toMs - fromMs, most);
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch(fromMs);
    if (step >= kDay) {
        QDate date = begin.date();
        for (; date.startOfDay().toMSecsSinceEpoch() <= toMs && date.isValid();
             date = date.addDays(step / kDay)) {
            if (date.startOfDay() >= begin)
                ticks += {date.startOfDay().toMSecsSinceEpoch(), labelOf(date.startOfDay(), step)};
        }
        return ticks;
    }
    const qint64 offset = begin.offsetFromUtc() * kSecond;
    const qint64 local = fromMs + offset;
    const qint64 first = local + (step - local % step) % step - offset;
    for (qint64 at = first; at <= toMs; at += step)
        ticks += {at, labelOf(QDateTime::fromMSecsSinceEpoch(at), step)};
    return ticks;
}

Scale fromZero(double most)
{
    return {0, rounded(most)};
}

Scale around(double least, double most)
{
    if (!(least < most)) {
        const double room = std::max(std::abs(least) / 2, 0.5);
        return around(least - room, least + room);
    }
    if (least >= 0 && least < most / 2)
        return fromZero(most);
    const double step = rounded((most - least) / 4);
    return {std::floor(least / step) * step, std::ceil(most / step) * step};
}

} // namespace Syncscope::AxisTicks
