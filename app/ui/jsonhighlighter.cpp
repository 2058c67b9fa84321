// SPDX-License-Identifier: Apache-2.0
#include "app/ui/jsonhighlighter.h"

#include "app/ui/jsontokenizer.h"
#include "app/ui/theme.h"

#include <QTextDocument>

namespace Syncscope {

namespace {

// A key is a string with a colon behind it; both stand on one line in any text that people write.
bool isKey(QStringView text, qsizetype end)
{
    while (end < text.size() && text[end].isSpace())
        ++end;
    return end < text.size() && text[end] == u':';
}

} // namespace

QColor JsonHighlighter::colorOf(const JsonToken &token, QStringView text)
{
    const Theme::Palette &palette = Theme::instance()->palette();
    switch (token.kind) {
    case JsonToken::Kind::String:
        return isKey(text, token.end) ? palette.jsonKey : palette.jsonString;
    case JsonToken::Kind::Number:
        return palette.jsonNumber;
    case JsonToken::Kind::Literal:
        return palette.jsonLiteral;
    case JsonToken::Kind::Punctuation:
        return palette.jsonPunctuation;
    case JsonToken::Kind::Invalid:
        break;
    }
    return palette.text;
}

void JsonHighlighter::setErrorPosition(int position)
{
    if (m_errorPosition == position)
        return;
    const int previous = m_errorPosition;
    m_errorPosition = position;
    // Colouring counts as a change of the text for those who watch it: not in the midst of theirs.
    QMetaObject::invokeMethod(
        this,
        [this, previous, position] {
            rehighlightAt(previous);
            rehighlightAt(position);
        },
        Qt::QueuedConnection);
    Q_EMIT errorPositionChanged();
}

void JsonHighlighter::setEnabled(bool enabled)
{
    if (m_enabled == enabled)
        return;
    m_enabled = enabled;
    rehighlight();
    Q_EMIT enabledChanged();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (!m_enabled)
        return;
    JsonTokenizer tokens(text);
    JsonToken token;
    while (tokens.next(token))
        setFormat(int(token.begin), int(token.end - token.begin), colorOf(token, text));
    markError(text);
}

void JsonHighlighter::markError(const QString &text)
{
    const QTextBlock block = currentBlock();
    if (m_errorPosition < block.position() || m_errorPosition >= block.position() + block.length()
        || text.isEmpty())
        return;
    // At the end of a line there is nothing to underline but the character before.
    const int at = std::min(m_errorPosition - block.position(), int(text.size()) - 1);
    QTextCharFormat format = this->format(at);
    format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    format.setUnderlineColor(Theme::instance()->danger());
    format.setForeground(Theme::instance()->danger());
    setFormat(at, 1, format);
}

void JsonHighlighter::rehighlightAt(int position)
{
    if (document() && position >= 0 && position < document()->characterCount())
        rehighlightBlock(document()->findBlock(position));
}

} // namespace Syncscope
