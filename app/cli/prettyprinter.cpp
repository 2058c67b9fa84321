// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prettyprinter.h"

#include "app/cli/console.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

constexpr char kBold[] = "\x1b[1m";
constexpr char kDim[] = "\x1b[2m";
constexpr char kRed[] = "\x1b[31m";
constexpr char kYellow[] = "\x1b[33m";
constexpr char kReset[] = "\x1b[0m";

JsonText::Palette palette(bool colour)
{
    if (!colour)
        return {};
    return {"\x1b[34m", "\x1b[32m", "\x1b[35m", "\x1b[33m", kReset};
}

QByteArray plural(qsizetype count, const QByteArray &noun)
{
    return QByteArray::number(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

PrettyPrinter::PrettyPrinter(bool colour, int width)
    : m_colour(colour), m_width(width), m_palette(palette(colour))
{
}

QByteArray PrettyPrinter::event(const QByteArray &time, const AppSync::Event &event,
                                const Messages::Payload &payload) const
{
    const QByteArray line =
        head(time, event.channel.isEmpty() ? event.subscription : event.channel);
    if (payload.kind == Messages::PayloadKind::Binary)
        return line + styled(kDim, "base64 ") + payload.bytes.toBase64() + '\n';
    if (payload.kind == Messages::PayloadKind::Text)
        return line + styled(kDim, "text ") + printable(QString::fromUtf8(payload.bytes)).toUtf8()
            + '\n';
    const QByteArray json =
        printable(QString::fromUtf8(JsonText::singleLine(payload.bytes))).toUtf8();
    const qsizetype used = time.size() + event.subscription.size() + 4;
    if (used + QString::fromUtf8(JsonText::compact(json)).size() <= m_width)
        return line + JsonText::compact(json, m_palette) + '\n';
    return line + styled(kDim, plural(payload.bytes.size(), "byte")) + '\n'
        + JsonText::indented(json, m_palette) + '\n';
}

QByteArray PrettyPrinter::published(const QByteArray &time, const Messages::Published &result) const
{
    QByteArray out =
        head(time, result.channel) + "published " + plural(result.successful.size(), "event");
    if (!result.failed.isEmpty())
        out += ", " + styled(kRed, QByteArray::number(result.failed.size()) + " failed");
    out += '\n';
    for (const AppSync::PublishedEvent &event : result.failed) {
        out += "  event " + QByteArray::number(event.index) + ": " + printable(event.code).toUtf8()
            + ' ' + printable(event.message).toUtf8() + '\n';
    }
    return out;
}

QByteArray PrettyPrinter::request(const Messages::Request &request) const
{
    QByteArray out = styled(kBold, request.via == u"http" ? "POST " : "WebSocket ")
        + request.url.toUtf8() + '\n';
    for (const auto &[name, value] : request.headers)
        out += name + ": " + value + '\n';
    return out + JsonText::indented(request.body, m_palette) + '\n'
        + styled(kDim, plural(request.events, "event") + ", " + plural(request.bytes, "byte"))
        + '\n';
}

QByteArray PrettyPrinter::control(const QByteArray &time, const AppSync::Frame &frame) const
{
    const QByteArray text = printable(frame.text).toUtf8();
    return styled(kDim, (time.isEmpty() ? QByteArray() : time + ' ') + text) + '\n';
}

QByteArray PrettyPrinter::gap(const QDateTime &from, const QDateTime &to,
                              const QString &reason) const
{
    const double seconds = double(from.msecsTo(to)) / 1000;
    return styled(kYellow,
                  "gap of " + QByteArray::number(seconds, 'f', 1) + " s ("
                      + from.toLocalTime().toString(u"HH:mm:ss.zzz").toLatin1() + " to "
                      + to.toLocalTime().toString(u"HH:mm:ss.zzz").toLatin1()
                      + "): " + printable(reason).toUtf8())
        + '\n';
}

QByteArray PrettyPrinter::head(const QByteArray &time, const QString &subject) const
{
    QByteArray out = time.isEmpty() ? QByteArray() : styled(kDim, time) + "  ";
    return out + styled(kBold, printable(subject).toUtf8()) + "  ";
}

QByteArray PrettyPrinter::styled(const char *style, const QByteArray &text) const
{
    return m_colour ? style + text + kReset : text;
}

} // namespace Syncscope::Cli
