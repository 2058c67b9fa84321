// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"

#include "app/cli/platform.h"
#include "app/core/jsontext.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

// Masking something as short as "key" would only garble the text around it.
constexpr qsizetype kShortestSecret = 6;

bool isDangerous(QChar c)
{
    const char16_t u = c.unicode();
    const bool control = (u < 0x20 && c != u'\n' && c != u'\t') || (u >= 0x7f && u < 0xa0);
    const bool bidirectional = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
    return control || bidirectional;
}

} // namespace

QString printable(QString text)
{
    for (QChar &c : text) {
        if (isDangerous(c))
            c = c.unicode() < 0x20 ? QChar(0x2400 + c.unicode())
                                   : QChar(QChar::ReplacementCharacter);
    }
    return text;
}

QString fullMessage(const AppSync::Error &error)
{
    const QString &words = error.serverMessage;
    if (words.isEmpty() || error.message.contains(words))
        return error.message;
    return error.message.isEmpty() ? words : error.message + u' ' + words;
}

Console::Console() : m_terminal(Platform::isTerminal(Platform::Stream::Error))
{
}

void Console::hide(const QString &secret)
{
    if (secret.size() < kShortestSecret)
        return;
    // Servers and proxies quote what they were sent in ways of their own.
    const QByteArray plain = secret.toUtf8();
    const QByteArray quoted = JsonText::quoted(secret);
    for (const QByteArray &form :
         {plain, quoted.sliced(1, quoted.size() - 2), plain.toPercentEncoding()}) {
        if (!m_secrets.contains(form))
            m_secrets.append(form);
    }
}

QByteArray Console::masked(QByteArray text) const
{
    for (const QByteArray &secret : m_secrets)
        text.replace(secret, "***");
    return text;
}

QString Console::masked(const QString &text) const
{
    return m_secrets.isEmpty() ? text : QString::fromUtf8(masked(text.toUtf8()));
}

void Console::detail(const QString &text) const
{
    if (m_level == Level::Verbose)
        write({}, {}, text);
}

void Console::status(const QString &text) const
{
    if (m_level != Level::Quiet)
        write({}, {}, text);
}

void Console::warning(const QString &text) const
{
    if (m_level != Level::Quiet)
        write("\x1b[33m", u"warning"_s, text);
}

void Console::alarm(const QString &text) const
{
    write("\x1b[1;33m", u"WARNING"_s, text);
}

void Console::say(const QString &text) const
{
    write({}, {}, text);
}

void Console::error(const QString &sentence, const QString &hint) const
{
    write("\x1b[31m", u"error"_s, sentence);
    if (!hint.isEmpty())
        write({}, u"hint"_s, hint);
}

void Console::error(const AppSync::Error &error) const
{
    this->error(fullMessage(error), error.nextStep);
}

void Console::error(const Problem &problem) const
{
    error(problem.message, problem.nextStep);
}

void Console::frame(const AppSync::Frame &frame) const
{
    const bool out = frame.direction == AppSync::Frame::Direction::Out;
    const bool http = frame.transport == AppSync::Frame::Transport::Http;
    write(out ? "\x1b[36m" : "\x1b[35m", out ? u"send"_s : u"recv"_s,
          u"%1 %2 %3"_s.arg(frame.at.toUTC().toString(u"HH:mm:ss.zzz'Z'"),
                            http ? u"http"_s : u"ws"_s, frame.text));
}

void Console::write(const QByteArray &colour, const QString &label, const QString &text) const
{
    QByteArray line;
    if (!label.isEmpty())
        line = m_colour && !colour.isEmpty() ? colour + label.toUtf8() + "\x1b[0m: "
                                             : label.toUtf8() + ": ";
    line += masked(m_terminal ? printable(text) : text).toUtf8() + '\n';
    // Nothing can be done about a failure to tell of a failure.
    (void)Platform::write(Platform::Stream::Error, line.constData(), line.size());
}

} // namespace Syncscope::Cli
