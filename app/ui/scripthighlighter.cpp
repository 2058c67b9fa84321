// SPDX-License-Identifier: Apache-2.0
#include "app/ui/scripthighlighter.h"

#include "app/ui/theme.h"

#include <QTextDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr std::array kKeywords{
    "as"_L1,       "async"_L1,  "await"_L1,    "break"_L1,   "case"_L1,       "catch"_L1,
    "class"_L1,    "const"_L1,  "continue"_L1, "default"_L1, "delete"_L1,     "do"_L1,
    "else"_L1,     "export"_L1, "extends"_L1,  "finally"_L1, "for"_L1,        "from"_L1,
    "function"_L1, "if"_L1,     "import"_L1,   "in"_L1,      "instanceof"_L1, "let"_L1,
    "new"_L1,      "of"_L1,     "return"_L1,   "switch"_L1,  "this"_L1,       "throw"_L1,
    "try"_L1,      "typeof"_L1, "var"_L1,      "void"_L1,    "while"_L1,      "yield"_L1};
constexpr std::array kLiterals{"false"_L1, "null"_L1, "true"_L1, "undefined"_L1};

bool startsName(QChar c)
{
    return c.isLetter() || c == u'_' || c == u'$';
}

bool continuesName(QChar c)
{
    return startsName(c) || c.isDigit();
}

qsizetype endOfWord(QStringView text, qsizetype at)
{
    while (at < text.size() && (continuesName(text[at]) || text[at] == u'.'))
        ++at;
    return at;
}

qsizetype endOfName(QStringView text, qsizetype at)
{
    while (at < text.size() && continuesName(text[at]))
        ++at;
    return at;
}

template <typename List> bool has(const List &words, QStringView word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

const Theme::Palette &colors()
{
    return Theme::instance()->palette();
}

} // namespace

void ScriptHighlighter::highlightBlock(const QString &text)
{
    qsizetype at = goOn(text);
    while (at < text.size())
        at = readToken(text, at);
}

//! Reads on what the line before left open.
qsizetype ScriptHighlighter::goOn(QStringView text)
{
    const int before = previousBlockState();
    setCurrentBlockState(Code);
    if (before == Comment)
        return readUntil(text, 0, 0, u"*/", Comment, colors().secondary);
    if (before == Template)
        return readUntil(text, 0, 0, u"`", Template, colors().jsonString);
    return 0;
}

qsizetype ScriptHighlighter::readToken(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    const QStringView rest = text.sliced(at);
    if (rest.startsWith(u"//")) {
        setFormat(int(at), int(rest.size()), colors().secondary);
        return text.size();
    }
    if (rest.startsWith(u"/*"))
        return readUntil(text, at, at + 2, u"*/", Comment, colors().secondary);
    if (c == u'`')
        return readUntil(text, at, at + 1, u"`", Template, colors().jsonString);
    if (c == u'"' || c == u'\'')
        return readString(text, at);
    if (c.isDigit()) {
        const qsizetype end = endOfWord(text, at);
        setFormat(int(at), int(end - at), colors().jsonNumber);
        return end;
    }
    if (!startsName(c))
        return at + 1;
    const qsizetype end = endOfName(text, at);
    const QStringView word = text.sliced(at, end - at);
    if (has(kKeywords, word))
        setFormat(int(at), int(word.size()), colors().jsonKey);
    else if (has(kLiterals, word))
        setFormat(int(at), int(word.size()), colors().jsonLiteral);
    return end;
}

//! From \a at to behind the next \a end, looked for from \a from on; to the end of the line and into the
//! next one where there is none.
qsizetype ScriptHighlighter::readUntil(QStringView text, qsizetype at, qsizetype from,
                                       QStringView end, State state, const QColor &color)
{
    qsizetype found = text.indexOf(end, from);
    while (state == Template && found > 0 && text[found - 1] == u'\\')
        found = text.indexOf(end, found + 1);
    if (found < 0)
        setCurrentBlockState(state);
    const qsizetype stop = found < 0 ? text.size() : found + end.size();
    setFormat(int(at), int(stop - at), color);
    return stop;
}

qsizetype ScriptHighlighter::readString(QStringView text, qsizetype at)
{
    qsizetype end = at + 1;
    while (end < text.size() && text[end] != text[at])
        end += text[end] == u'\\' ? 2 : 1;
    end = std::min(end + 1, text.size());
    setFormat(int(at), int(end - at), colors().jsonString);
    return end;
}

} // namespace Syncscope
