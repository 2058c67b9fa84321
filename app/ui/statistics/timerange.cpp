// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/timerange.h"

#include "app/core/filter/filter.h"
#include "app/core/filter/filterexpression.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

const QRegularExpression &rangePattern()
{
    static const QRegularExpression pattern(
        uR"re((?:^|\s*&&)\s*time\s*>=\s*"([^"]*)"\s*&&\s*time\s*<=\s*"([^"]*)"\s*$)re"_s);
    return pattern;
}

bool isAlternative(const QString &filter)
{
    const Filter parsed(filter);
    return parsed.expression() && parsed.expression()->kind == FilterExpression::Kind::Or;
}

qint64 timeOf(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() : -1;
}

} // namespace

QString TimeRange::timeText(qint64 ms)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

std::optional<TimeRange> TimeRange::of(const QString &filter)
{
    const auto found = rangePattern().match(filter);
    const TimeRange range{timeOf(found.captured(1)), timeOf(found.captured(2))};
    if (!found.hasMatch() || range.fromMs < 0 || range.toMs < 0)
        return {};
    return range;
}

QString TimeRange::removedFrom(const QString &filter)
{
    const auto found = rangePattern().match(filter);
    if (!found.hasMatch())
        return filter;
    const QString rest = filter.first(found.capturedStart()).trimmed();
    // The parentheses that addedTo() put around alternatives.
    if (rest.startsWith(u'(') && rest.endsWith(u')')) {
        const QString inner = rest.sliced(1, rest.size() - 2);
        if (isAlternative(inner))
            return inner;
    }
    return rest;
}

QString TimeRange::addedTo(const QString &filter) const
{
    const QString range =
        u"time >= \"%1\" && time <= \"%2\""_s.arg(timeText(fromMs), timeText(toMs));
    const QString rest = removedFrom(filter).trimmed();
    if (rest.isEmpty())
        return range;
    return (isAlternative(rest) ? u'(' + rest + u')' : rest) + u" && "_s + range;
}

} // namespace Syncscope
