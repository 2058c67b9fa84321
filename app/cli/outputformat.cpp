// SPDX-License-Identifier: Apache-2.0
#include "app/cli/outputformat.h"

#include "app/core/capture/capturewords.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

//! `\n`, `\t`, `\0` and `\\`, since a shell makes them hard to type.
QByteArray unescaped(const QByteArray &text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text.at(i + 1) : '\0';
        if (text.at(i) != '\\' || !(next == 'n' || next == 't' || next == '0' || next == '\\')) {
            out += text.at(i);
            continue;
        }
        out += next == 'n' ? '\n' : next == 't' ? '\t' : next == '0' ? '\0' : '\\';
        ++i;
    }
    return out;
}

} // namespace

std::optional<OutputFormat> OutputFormat::parse(const QString &text, Problem *problem)
{
    if (text == u"ndjson")
        return OutputFormat{Kind::NdJson, {}};
    if (text == u"json")
        return OutputFormat{Kind::Json, {}};
    if (text == u"pretty")
        return OutputFormat{Kind::Pretty, {}};
    if (text == u"raw")
        return OutputFormat{Kind::Raw, {}};
    if (text.startsWith(u"template="))
        return OutputFormat{Kind::Template, unescaped(text.mid(9).toUtf8())};
    *problem = Problem::usage(u"-o does not know \"%1\"."_s.arg(text),
                              u"Known are ndjson, json, pretty, raw and template=TEXT."_s);
    return std::nullopt;
}

std::optional<TimeStyle> parseTimeStyle(const QString &text, Problem *problem)
{
    if (text == u"none")
        return TimeStyle::None;
    if (text == u"local")
        return TimeStyle::Local;
    if (text == u"utc")
        return TimeStyle::Utc;
    if (text == u"delta")
        return TimeStyle::Delta;
    *problem = Problem::usage(u"--ts does not know \"%1\"."_s.arg(text),
                              u"Known are none, local, utc and delta."_s);
    return std::nullopt;
}

QByteArray utcText(qint64 ms)
{
    return captureTime(ms);
}

QByteArray TimeWriter::json(qint64 ms)
{
    ms = writableTime(ms);
    switch (m_style) {
    case TimeStyle::None:
        return "null";
    case TimeStyle::Local: {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms);
        const QDateTime withOffset = local.toOffsetFromUtc(local.offsetFromUtc());
        return '"' + withOffset.toString(Qt::ISODateWithMs).toLatin1() + '"';
    }
    case TimeStyle::Delta:
        return '"' + delta(ms) + '"';
    case TimeStyle::Default:
    case TimeStyle::Utc:
        break;
    }
    return '"' + utc(ms) + '"';
}

QByteArray TimeWriter::pretty(qint64 ms)
{
    ms = writableTime(ms);
    switch (m_style) {
    case TimeStyle::None:
        return {};
    case TimeStyle::Utc:
        return utc(ms);
    case TimeStyle::Delta:
        return delta(ms);
    case TimeStyle::Default:
    case TimeStyle::Local:
        break;
    }
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss.zzz").toLatin1();
}

QByteArray TimeWriter::utc(qint64 ms)
{
    const qint64 second = ms / 1000;
    if (second != m_second) {
        m_second = second;
        m_secondText = utcText(second * 1000).chopped(4); // "000Z"
    }
    const int rest = int(ms % 1000);
    const char digits[] = {char('0' + rest / 100), char('0' + rest / 10 % 10),
                           char('0' + rest % 10), 'Z'};
    return m_secondText + QByteArray(digits, sizeof digits);
}

QByteArray TimeWriter::delta(qint64 ms)
{
    const qint64 since = m_previousMs == 0 ? 0 : ms - m_previousMs;
    m_previousMs = ms;
    return (since < 0 ? "" : "+") + QByteArray::number(double(since) / 1000, 'f', 3);
}

} // namespace Syncscope::Cli
