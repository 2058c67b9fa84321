// SPDX-License-Identifier: Apache-2.0
#include "app/core/duration.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr double kMaxMs = 500.0 * 3600 * 1000;

std::optional<double> number(QStringView text)
{
    // toDouble() also takes signs, exponents, "inf" and "nan".
    for (const QChar c : text) {
        if (!(c >= u'0' && c <= u'9') && c != u'.')
            return std::nullopt;
    }
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::milliseconds> milliseconds(std::optional<double> value, double unitMs)
{
    if (!value || *value * unitMs > kMaxMs)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(*value * unitMs));
}

} // namespace

std::optional<std::chrono::milliseconds> parseDuration(QStringView text)
{
    if (text.endsWith(u"ms"_s))
        return milliseconds(number(text.chopped(2)), 1);
    if (text.endsWith(u's'))
        return milliseconds(number(text.chopped(1)), 1000);
    if (text.endsWith(u'm'))
        return milliseconds(number(text.chopped(1)), 60'000);
    if (text.endsWith(u'h'))
        return milliseconds(number(text.chopped(1)), 3'600'000);
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> parseSeconds(QStringView text)
{
    if (const auto seconds = milliseconds(number(text), 1000))
        return seconds;
    return parseDuration(text);
}

std::optional<std::chrono::nanoseconds> parseRate(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return std::nullopt;
    const QStringView unit = text.mid(slash + 1);
    const double unitNs = unit == u's' ? 1e9 : unit == u'm' ? 60e9 : unit == u'h' ? 3600e9 : 0;
    const auto count = number(text.first(slash));
    if (!count || *count <= 0 || unitNs == 0)
        return std::nullopt;
    const double interval = unitNs / *count;
    if (interval > kMaxMs * 1e6)
        return std::nullopt;
    return std::chrono::nanoseconds(std::llround(interval));
}

} // namespace Syncscope
