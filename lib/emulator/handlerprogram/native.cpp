// SPDX-License-Identifier: Apache-2.0
#include "native.h"

#include "confinement.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTimer>
#include <QTimeZone>
#include <QUuid>

#include <cstdio>
#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync::Handlers {

namespace {

// Of one call's console output: a loop must not flood whoever reads it.
constexpr int kLines = 200;
constexpr qsizetype kLength = 16'000;

QTimeZone zoneOf(const QString &name)
{
    const Confinement::FileAccess access;
    return name.isEmpty() ? QTimeZone::utc() : QTimeZone(name.toUtf8());
}

QString offsetText(int seconds, bool withColon, bool withZ)
{
    if (seconds == 0 && withZ)
        return u"Z"_s;
    const int minutes = qAbs(seconds) / 60;
    return u"%1%2%3%4"_s.arg(QChar(seconds < 0 ? u'-' : u'+'))
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(withColon ? u":"_s : QString())
        .arg(minutes % 60, 2, 10, QChar(u'0'));
}

//! Java's words for Qt's parser; what a zone is called stands apart.
struct Format {
    QString qt;
    bool hasOffset = false;

    static Format of(const QString &java)
    {
        Format result;
        for (qsizetype i = 0; i < java.size();) {
            const QChar letter = java[i];
            qsizetype end = i + 1;
            if (letter == u'\'') {
                end = java.indexOf(u'\'', end);
                end = end < 0 ? java.size() : end + 1;
                result.qt += java.mid(i, end - i);
            } else {
                while (end < java.size() && java[end] == letter)
                    ++end;
                result.add(letter, end - i);
            }
            i = end;
        }
        return result;
    }

private:
    void add(QChar letter, qsizetype count)
    {
        const auto times = [&](QChar c) { return QString(count, c); };
        if (letter == u'u' || letter == u'y')
            qt += count == 2 ? u"yy"_s : u"yyyy"_s;
        else if (letter == u'S')
            qt += u"zzz"_s;
        else if (letter == u'E')
            qt += count > 3 ? u"dddd"_s : u"ddd"_s;
        else if (letter == u'a')
            qt += u"AP"_s;
        else if (letter == u'Z' || letter == u'X' || letter == u'x')
            hasOffset = true;
        else if (letter == u'z' || letter == u'V')
            qt += u"'UTC'"_s;
        else
            qt += times(letter);
    }
};

} // namespace

void Native::writeLine(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void Native::reply(int id, const QString &line)
{
    if (id != m_call || m_isReplied)
        return;
    m_isReplied = true;
    writeLine(line.toUtf8());
}

void Native::waitForReply() const
{
    while (!m_isReplied) // whoever asked has the deadline
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void Native::log(const QString &level, const QString &text, int line)
{
    if (++m_lines > kLines)
        return;
    const bool isLast = m_lines == kLines;
    const QJsonObject object{
        {u"log"_s, level},
        {u"text"_s,
         isLast ? u"(the rest of this call's output is left out)"_s : text.left(kLength)},
        {u"line"_s, line}};
    writeLine(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString Native::uuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QList<int> Native::random(int count, int bound)
{
    QList<int> numbers;
    while (numbers.size() < count)
        numbers.append(QRandomGenerator::system()->bounded(bound));
    return numbers;
}

QString Native::base64Encode(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toBase64());
}

QString Native::base64Decode(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromBase64(text.toLatin1()));
}

QString Native::formatTime(double milliseconds, const QString &format, const QString &zone)
{
    const QTimeZone timeZone = zoneOf(zone);
    if (!timeZone.isValid())
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(qint64(milliseconds), timeZone);
    QString out;
    for (qsizetype i = 0; i < format.size();) {
        const QChar letter = format[i];
        qsizetype end = i + 1;
        if (letter == u'\'') {
            end = format.indexOf(u'\'', end);
            end = end < 0 ? format.size() : end;
            out += end == i + 1 ? u"'"_s : format.mid(i + 1, end - i - 1);
            i = end + 1;
            continue;
        }
        while (end < format.size() && format[end] == letter)
            ++end;
        const int offset = time.offsetFromUtc();
        if (letter == u'X' || letter == u'x')
            out += offsetText(offset, end - i > 2, letter == u'X');
        else if (letter == u'Z')
            out += offsetText(offset, end - i > 4, end - i > 4);
        else if (letter == u'z' || letter == u'V')
            out += timeZone.abbreviation(time);
        else if (letter.isLetter())
            out += QLocale::c().toString(time, Format::of(format.mid(i, end - i)).qt);
        else
            out += format.mid(i, end - i);
        i = end;
    }
    return out;
}

double Native::parseTime(const QString &text, const QString &format, const QString &zone)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    const Format wanted = Format::of(format);
    QString rest = text;
    int offset = 0;
    if (wanted.hasOffset) {
        static const QRegularExpression pattern(u"(?:Z|([+-])(\\d\\d):?(\\d\\d)?)$"_s);
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            return none;
        rest.truncate(match.capturedStart());
        offset = (match.capturedView(2).toInt() * 60 + match.capturedView(3).toInt()) * 60;
        if (match.capturedView(1) == u"-")
            offset = -offset;
    }
    QDateTime time = QLocale::c().toDateTime(rest, wanted.qt);
    const QTimeZone timeZone = zoneOf(zone);
    if (!time.isValid() || !timeZone.isValid())
        return none;
    if (wanted.hasOffset)
        time = QDateTime(time.date(), time.time(), QTimeZone(offset));
    else
        time = QDateTime(time.date(), time.time(), timeZone);
    return double(time.toMSecsSinceEpoch());
}

void Native::later(const QJSValue &function, double milliseconds)
{
    QTimer::singleShot(qBound(0, int(milliseconds), 60'000), this, [function] { function.call(); });
}

} // namespace AppSync::Handlers
