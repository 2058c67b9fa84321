// SPDX-License-Identifier: Apache-2.0
#include "app/ui/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope::Wording {

namespace {

QString scaled(double value, const QString &unit)
{
    return QLocale().toString(value, 'f', value < 10 ? 1 : 0) + u'\u00A0' + unit;
}

} // namespace

QString bytes(qint64 count)
{
    if (count < 1000)
        return QLocale().toString(count) + u"\u00A0B"_s;
    const auto value = double(count);
    if (count < 1'000'000)
        return scaled(value / 1e3, u"KB"_s);
    if (count < 1'000'000'000)
        return scaled(value / 1e6, u"MB"_s);
    return scaled(value / 1e9, u"GB"_s);
}

QString rate(double perSecond)
{
    const bool fraction = perSecond > 0 && perSecond < 10;
    return QCoreApplication::translate("Wording", "%1/s")
        .arg(QLocale().toString(perSecond, 'f', fraction ? 1 : 0));
}

QString duration(std::chrono::seconds length)
{
    const qint64 total = length.count();
    return u"%1:%2:%3"_s.arg(total / 3600, 2, 10, QChar(u'0'))
        .arg(total / 60 % 60, 2, 10, QChar(u'0'))
        .arg(total % 60, 2, 10, QChar(u'0'));
}

QString milliseconds(double ms)
{
    if (ms >= 1000)
        return scaled(ms / 1000, u"s"_s);
    return scaled(ms, u"ms"_s);
}

QString span(std::chrono::milliseconds length)
{
    constexpr std::chrono::milliseconds kReadableInSeconds = std::chrono::seconds(100);
    // A clock that was set back makes no negative time.
    const auto positive = std::max(length, std::chrono::milliseconds::zero());
    if (positive < std::chrono::seconds(1))
        return QLocale().toString(qint64(positive.count())) + u"\u00A0ms"_s;
    return positive < kReadableInSeconds
        ? milliseconds(double(positive.count()))
        : duration(std::chrono::floor<std::chrono::seconds>(positive));
}

QString sinceStart(std::chrono::milliseconds length)
{
    const auto positive = std::chrono::abs(length);
    return (length.count() < 0 ? u"-"_s : QString())
        + duration(std::chrono::floor<std::chrono::seconds>(positive))
        + u".%1"_s.arg(positive.count() % 1000, 3, 10, QChar(u'0'));
}

QString time(const QDateTime &at)
{
    return at.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
}

QString count(qint64 number)
{
    return QLocale().toString(number);
}

QString beginning(const QString &text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    const bool splitsPair = text.at(limit - 1).isHighSurrogate();
    return text.left(splitsPair ? limit - 1 : limit);
}

QString inOneLine(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return text;
}

QString shortened(const QString &text, qsizetype limit)
{
    return text.size() <= limit ? text : beginning(text, limit) + u'…';
}

QString events(qint64 number)
{
    return number == 1
        ? QCoreApplication::translate("Syncscope::Wording", "1 event")
        : QCoreApplication::translate("Syncscope::Wording", "%1 events").arg(count(number));
}

QString withNextStep(const QString &message, const QString &nextStep)
{
    return nextStep.isEmpty() ? message : message + u' ' + nextStep;
}

} // namespace Syncscope::Wording
