// SPDX-License-Identifier: Apache-2.0
#include "lexer_p.h"

#include "blockstring_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isNameStart(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isScalarValue(int codePoint)
{
    return codePoint >= 0 && codePoint <= 0x10ffff && !QChar::isSurrogate(char32_t(codePoint));
}

int hexDigit(char16_t c)
{
    if (isDigit(c))
        return c - u'0';
    if (c >= u'A' && c <= u'F')
        return c - u'A' + 10;
    if (c >= u'a' && c <= u'f')
        return c - u'a' + 10;
    return -1;
}

QString ofCodePoint(int codePoint)
{
    const auto character = char32_t(codePoint);
    return QString::fromUcs4(&character, 1);
}

} // namespace

QString Token::describe(Kind kind)
{
    switch (kind) {
    case Kind::Start:
        return u"<SOF>"_s;
    case Kind::End:
    case Kind::Invalid:
        return u"<EOF>"_s;
    case Kind::Bang:
        return u"\"!\""_s;
    case Kind::Dollar:
        return u"\"$\""_s;
    case Kind::Ampersand:
        return u"\"&\""_s;
    case Kind::ParenthesisLeft:
        return u"\"(\""_s;
    case Kind::ParenthesisRight:
        return u"\")\""_s;
    case Kind::Spread:
        return u"\"...\""_s;
    case Kind::Colon:
        return u"\":\""_s;
    case Kind::Equals:
        return u"\"=\""_s;
    case Kind::At:
        return u"\"@\""_s;
    case Kind::BracketLeft:
        return u"\"[\""_s;
    case Kind::BracketRight:
        return u"\"]\""_s;
    case Kind::BraceLeft:
        return u"\"{\""_s;
    case Kind::Pipe:
        return u"\"|\""_s;
    case Kind::BraceRight:
        return u"\"}\""_s;
    case Kind::Name:
        return u"Name"_s;
    case Kind::Int:
        return u"Int"_s;
    case Kind::Float:
        return u"Float"_s;
    case Kind::String:
        return u"String"_s;
    case Kind::BlockString:
        return u"BlockString"_s;
    }
    return {};
}

QString Token::describe() const
{
    if (kind < Kind::Name || kind == Kind::Invalid)
        return describe(kind);
    return u"%1 \"%2\""_s.arg(describe(kind), text);
}

Lexer::Lexer(const QString &text) : m_text(text), m_length(int(text.size()))
{
}

Token Lexer::next()
{
    if (m_last.kind != Token::Kind::Start)
        return m_last;
    while (skipIgnored()) { }
    if (m_offset >= m_length)
        return m_last = token(Token::Kind::End, m_length, m_length);
    const char16_t c = at(m_offset);
    if (isNameStart(c))
        return name();
    if (isDigit(c) || c == u'-')
        return number();
    switch (c) {
    case u'!':
        return punctuation(Token::Kind::Bang, 1);
    case u'$':
        return punctuation(Token::Kind::Dollar, 1);
    case u'&':
        return punctuation(Token::Kind::Ampersand, 1);
    case u'(':
        return punctuation(Token::Kind::ParenthesisLeft, 1);
    case u')':
        return punctuation(Token::Kind::ParenthesisRight, 1);
    case u':':
        return punctuation(Token::Kind::Colon, 1);
    case u'=':
        return punctuation(Token::Kind::Equals, 1);
    case u'@':
        return punctuation(Token::Kind::At, 1);
    case u'[':
        return punctuation(Token::Kind::BracketLeft, 1);
    case u']':
        return punctuation(Token::Kind::BracketRight, 1);
    case u'{':
        return punctuation(Token::Kind::BraceLeft, 1);
    case u'|':
        return punctuation(Token::Kind::Pipe, 1);
    case u'}':
        return punctuation(Token::Kind::BraceRight, 1);
    case u'.':
        return slice(m_offset, m_offset + 3) == u"..." ? punctuation(Token::Kind::Spread, 3)
                                                       : badCharacter();
    case u'"':
        return slice(m_offset, m_offset + 3) == u"\"\"\"" ? blockString() : string();
    default:
        return badCharacter();
    }
}

// Zero behind the end: no character that anything asks for.
char16_t Lexer::at(int offset) const
{
    return offset < m_length ? m_text.at(offset).unicode() : u'\0';
}

bool Lexer::isSupplementary(int offset) const
{
    return QChar::isHighSurrogate(at(offset)) && QChar::isLowSurrogate(at(offset + 1));
}

// The character there for an error message: printable ASCII in quotes, else its number.
QString Lexer::printed(int offset) const
{
    if (offset >= m_length)
        return u"<EOF>"_s;
    const char16_t c = at(offset);
    if (c == u'"')
        return u"'\"'"_s;
    if (c >= u' ' && c <= u'~')
        return u'"' + QChar(c) + u'"';
    const char32_t point = isSupplementary(offset) ? QChar::surrogateToUcs4(c, at(offset + 1)) : c;
    return u"U+"_s + QString::number(point, 16).toUpper().rightJustified(4, u'0');
}

QStringView Lexer::slice(int from, int to) const
{
    return QStringView(m_text).sliced(from, qMin(to, m_length) - from);
}

Position Lexer::positionOf(int offset) const
{
    Position position{offset, 1, offset + 1};
    for (int i = 0; i < offset; ++i) {
        const char16_t c = at(i);
        if (c != u'\n' && c != u'\r')
            continue;
        if (c == u'\r' && at(i + 1) == u'\n')
            ++i;
        ++position.line;
        position.column = offset - i;
    }
    return position;
}

Token Lexer::token(Token::Kind kind, int start, int end, const QString &text)
{
    m_offset = end;
    return {kind, {start, m_line, start - m_lineStart + 1}, end, text};
}

Token Lexer::fail(int offset, const QString &message)
{
    m_error = {u"Syntax Error: "_s + message, {positionOf(offset)}, {}};
    m_last = {Token::Kind::Invalid, m_error.positions.first(), offset, {}};
    return m_last;
}

bool Lexer::skipIgnored()
{
    switch (at(m_offset)) {
    case u'\ufeff':
    case u'\t':
    case u' ':
    case u',':
        ++m_offset;
        return true;
    case u'\r':
        if (at(m_offset + 1) == u'\n')
            ++m_offset;
        [[fallthrough]];
    case u'\n':
        m_lineStart = ++m_offset;
        ++m_line;
        return true;
    case u'#':
        skipComment();
        return true;
    default:
        return false;
    }
}

void Lexer::skipComment()
{
    while (m_offset < m_length) {
        const char16_t c = at(m_offset);
        if (c == u'\n' || c == u'\r' || (QChar::isSurrogate(c) && !isSupplementary(m_offset)))
            return;
        m_offset += QChar::isSurrogate(c) ? 2 : 1;
    }
}

Token Lexer::punctuation(Token::Kind kind, int length)
{
    return token(kind, m_offset, m_offset + length);
}

Token Lexer::name()
{
    int end = m_offset + 1;
    while (isNameStart(at(end)) || isDigit(at(end)))
        ++end;
    return token(Token::Kind::Name, m_offset, end, slice(m_offset, end).toString());
}

Token Lexer::number()
{
    auto kind = Token::Kind::Int;
    int end = m_offset;
    if (at(end) == u'-')
        ++end;
    if (at(end) == u'0') {
        ++end;
        if (isDigit(at(end)))
            return fail(end, u"Invalid number, unexpected digit after 0: %1."_s.arg(printed(end)));
    } else if (!digits(end)) {
        return m_last;
    }
    if (at(end) == u'.') {
        kind = Token::Kind::Float;
        if (!digits(++end))
            return m_last;
    }
    if (at(end) == u'e' || at(end) == u'E') {
        kind = Token::Kind::Float;
        ++end;
        if (at(end) == u'+' || at(end) == u'-')
            ++end;
        if (!digits(end))
            return m_last;
    }
    if (at(end) == u'.' || isNameStart(at(end)))
        return fail(end, u"Invalid number, expected digit but got: %1."_s.arg(printed(end)));
    return token(kind, m_offset, end, slice(m_offset, end).toString());
}

bool Lexer::digits(int &offset)
{
    if (!isDigit(at(offset))) {
        fail(offset, u"Invalid number, expected digit but got: %1."_s.arg(printed(offset)));
        return false;
    }
    while (isDigit(at(offset)))
        ++offset;
    return true;
}

Token Lexer::string()
{
    QString text;
    int offset = m_offset + 1;
    while (offset < m_length) {
        const char16_t c = at(offset);
        if (c == u'"')
            return token(Token::Kind::String, m_offset, offset + 1, text);
        if (c == u'\n' || c == u'\r')
            break;
        if (c == u'\\') {
            if (!escape(offset, text))
                return m_last;
            continue;
        }
        const bool pair = isSupplementary(offset);
        if (QChar::isSurrogate(c) && !pair)
            return fail(offset, u"Invalid character within String: %1."_s.arg(printed(offset)));
        text += slice(offset, offset + (pair ? 2 : 1));
        offset += pair ? 2 : 1;
    }
    return fail(offset, u"Unterminated string."_s);
}

bool Lexer::escape(int &offset, QString &text)
{
    const char16_t c = at(offset + 1);
    if (c == u'u')
        return at(offset + 2) == u'{' ? bracedEscape(offset, text) : unicodeEscape(offset, text);
    constexpr QStringView written = u"\"\\/bfnrt";
    constexpr QStringView meant = u"\"\\/\b\f\n\r\t";
    const qsizetype index = offset + 1 < m_length ? written.indexOf(c) : -1;
    if (index < 0) {
        fail(offset,
             u"Invalid character escape sequence: \"%1\"."_s.arg(slice(offset, offset + 2)));
        return false;
    }
    text += meant[index];
    offset += 2;
    return true;
}

// Four digits, or twice four for a surrogate pair.
bool Lexer::unicodeEscape(int &offset, QString &text)
{
    const int unit = hexUnit(offset + 2);
    if (isScalarValue(unit)) {
        text += QChar(char16_t(unit));
        offset += 6;
        return true;
    }
    if (unit >= 0 && QChar::isHighSurrogate(char32_t(unit)) && at(offset + 6) == u'\\'
        && at(offset + 7) == u'u') {
        const int low = hexUnit(offset + 8);
        if (low >= 0 && QChar::isLowSurrogate(char32_t(low))) {
            text += QChar(char16_t(unit));
            text += QChar(char16_t(low));
            offset += 12;
            return true;
        }
    }
    fail(offset, u"Invalid Unicode escape sequence: \"%1\"."_s.arg(slice(offset, offset + 6)));
    return false;
}

// `\u{1F600}`, which came after October 2021 and which the reference implementation takes.
bool Lexer::bracedEscape(int &offset, QString &text)
{
    constexpr int longest = 12; // \u{00000000}
    qint64 point = 0;
    int size = 3;
    while (size < longest) {
        const char16_t c = at(offset + size++);
        if (c == u'}') {
            if (size < 5 || point > 0x10ffff || !isScalarValue(int(point)))
                break;
            text += ofCodePoint(int(point));
            offset += size;
            return true;
        }
        const int digit = hexDigit(c);
        point = point * 16 + digit;
        if (digit < 0 || point > INT_MAX)
            break;
    }
    fail(offset, u"Invalid Unicode escape sequence: \"%1\"."_s.arg(slice(offset, offset + size)));
    return false;
}

int Lexer::hexUnit(int offset) const
{
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const int digit = hexDigit(at(offset + i));
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

Token Lexer::blockString()
{
    QStringList lines{QString()};
    int lineStart = m_lineStart;
    int offset = m_offset + 3;
    while (offset < m_length) {
        const char16_t c = at(offset);
        if (c == u'"' && slice(offset, offset + 3) == u"\"\"\"") {
            const Token token = this->token(Token::Kind::BlockString, m_offset, offset + 3,
                                            BlockString::value(lines));
            m_line += int(lines.size()) - 1;
            m_lineStart = lineStart;
            return token;
        }
        if (c == u'\\' && slice(offset, offset + 4) == u"\\\"\"\"") {
            lines.last() += u"\"\"\"";
            offset += 4;
        } else if (c == u'\n' || c == u'\r') {
            offset += c == u'\r' && at(offset + 1) == u'\n' ? 2 : 1;
            lines.append(QString());
            lineStart = offset;
        } else if (!QChar::isSurrogate(c) || isSupplementary(offset)) {
            const int length = QChar::isSurrogate(c) ? 2 : 1;
            lines.last() += slice(offset, offset + length);
            offset += length;
        } else {
            return fail(offset, u"Invalid character within String: %1."_s.arg(printed(offset)));
        }
    }
    return fail(offset, u"Unterminated string."_s);
}

Token Lexer::badCharacter()
{
    const char16_t c = at(m_offset);
    if (c == u'\'')
        return fail(
            m_offset,
            u"Unexpected single quote character ('), did you mean to use a double quote (\")?"_s);
    const bool lone = QChar::isSurrogate(c) && !isSupplementary(m_offset);
    return fail(m_offset,
                (lone ? u"Invalid character: "_s : u"Unexpected character: "_s) + printed(m_offset)
                    + u'.');
}

} // namespace AppSync::GraphQl
