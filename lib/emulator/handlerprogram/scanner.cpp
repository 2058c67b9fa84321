// SPDX-License-Identifier: Apache-2.0
#include "scanner.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Handlers {

namespace {

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$' || c.isSurrogate();
}

//! Longest first, so that the first that fits is the right one. Only those that matter here.
const QList<QStringView> &punctuators()
{
    static const QList<QStringView> list{
        u">>>=", u"...", u"===", u"!==", u"**=", u"<<=", u">>=", u">>>", u"&&=", u"||=", u"?\?=",
        u"=>",   u"==",  u"!=",  u"<=",  u">=",  u"&&",  u"||",  u"??",  u"?.",  u"++",  u"--",
        u"+=",   u"-=",  u"*=",  u"/=",  u"%=",  u"&=",  u"|=",  u"^=",  u"<<",  u">>",  u"**"};
    return list;
}

} // namespace

Scanner::Scanner(const QString &text) : m_text(text)
{
    scan();
    pair();
}

QStringView Scanner::text(qsizetype i) const
{
    if (i < 0 || i >= m_tokens.size())
        return {};
    return QStringView(m_text).mid(m_tokens[i].begin, m_tokens[i].end - m_tokens[i].begin);
}

bool Scanner::isWord(qsizetype i) const
{
    return i >= 0 && i < m_tokens.size() && m_tokens[i].kind == Token::Kind::Word;
}

int Scanner::lineOf(qsizetype i) const
{
    return 1 + int(QStringView(m_text).left(m_tokens[i].begin).count(u'\n'));
}

void Scanner::scan()
{
    while (m_good) {
        const bool startsLine = skipSpace();
        if (m_at >= m_text.size() || !m_good)
            return;
        Token token;
        token.startsLine = startsLine;
        token.begin = m_at;
        token.kind = scanToken();
        token.end = m_at;
        m_tokens.append(token);
    }
}

//! Whether a line ended on the way.
bool Scanner::skipSpace()
{
    bool newLine = false;
    while (m_at < m_text.size()) {
        const QStringView rest = QStringView(m_text).sliced(m_at);
        if (rest[0].isSpace() || rest[0] == QChar(0xfeff)) {
            newLine = newLine || rest[0] == u'\n';
            ++m_at;
        } else if (rest.startsWith(u"//")) {
            const qsizetype end = m_text.indexOf(u'\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else if (rest.startsWith(u"/*")) {
            const qsizetype end = m_text.indexOf(u"*/"_s, m_at + 2);
            newLine = newLine || (end > 0 && rest.left(end - m_at).contains(u'\n'));
            m_good = end > 0;
            m_at = end < 0 ? m_text.size() : end + 2;
        } else {
            break;
        }
    }
    return newLine;
}

Token::Kind Scanner::scanToken()
{
    const QChar c = m_text[m_at];
    if (c == u'"' || c == u'\'') {
        scanString(c);
        return Token::Kind::String;
    }
    if (c == u'`')
        return scanTemplate(Token::Kind::Template, Token::Kind::TemplateHead);
    if (c == u'}' && m_open.endsWith(u'$')) {
        m_open.chop(1);
        return scanTemplate(Token::Kind::TemplateTail, Token::Kind::TemplateMiddle);
    }
    const bool isNumber =
        c.isDigit() || (c == u'.' && m_at + 1 < m_text.size() && m_text[m_at + 1].isDigit());
    if (isNumber || isWordCharacter(c) || c == u'#' || c == u'\\') {
        const auto goesOn = [&](QChar next, QChar last) {
            return isWordCharacter(next) || (isNumber && next == u'.')
                || (isNumber && (next == u'+' || next == u'-') && last.toLower() == u'e'
                    && m_text[m_at - 1] != u'x');
        };
        for (++m_at; m_at < m_text.size() && goesOn(m_text[m_at], m_text[m_at - 1]);)
            ++m_at;
        return isNumber ? Token::Kind::Number : Token::Kind::Word;
    }
    if (c == u'/' && mayStartRegex() && scanRegex())
        return Token::Kind::Regex;
    scanPunctuator();
    return Token::Kind::Punctuator;
}

void Scanner::scanString(QChar quote)
{
    for (++m_at; m_at < m_text.size(); ++m_at) {
        if (m_text[m_at] == quote) {
            ++m_at;
            return;
        }
        if (m_text[m_at] == u'\\')
            ++m_at;
        else if (m_text[m_at] == u'\n')
            break;
    }
    m_good = false;
}

Token::Kind Scanner::scanTemplate(Token::Kind whole, Token::Kind open)
{
    for (++m_at; m_at < m_text.size(); ++m_at) {
        if (m_text[m_at] == u'\\') {
            ++m_at;
        } else if (m_text[m_at] == u'`') {
            ++m_at;
            return whole;
        } else if (QStringView(m_text).sliced(m_at).startsWith(u"${")) {
            m_at += 2;
            m_open += u'$';
            return open;
        }
    }
    m_good = false;
    return whole;
}

bool Scanner::mayStartRegex() const
{
    if (m_tokens.isEmpty())
        return true;
    const qsizetype last = m_tokens.size() - 1;
    static const QList<QStringView> before{u"return", u"typeof", u"case",  u"in",    u"of",
                                           u"delete", u"void",   u"throw", u"yield", u"await"};
    switch (m_tokens[last].kind) {
    case Token::Kind::Word:
        return before.contains(text(last));
    case Token::Kind::Punctuator:
        return !is(last, u")") && !is(last, u"]") && !is(last, u"++") && !is(last, u"--");
    case Token::Kind::TemplateHead:
    case Token::Kind::TemplateMiddle:
        return true;
    default:
        return false;
    }
}

//! False: it is a division after all, since nothing ends it in this line.
bool Scanner::scanRegex()
{
    bool inClass = false;
    for (qsizetype i = m_at + 1; i < m_text.size() && m_text[i] != u'\n'; ++i) {
        if (m_text[i] == u'\\') {
            ++i;
        } else if (m_text[i] == u'[') {
            inClass = true;
        } else if (m_text[i] == u']') {
            inClass = false;
        } else if (m_text[i] == u'/' && !inClass) {
            for (++i; i < m_text.size() && isWordCharacter(m_text[i]);)
                ++i;
            m_at = i;
            return true;
        }
    }
    return false;
}

void Scanner::scanPunctuator()
{
    const QChar c = m_text[m_at];
    if (QStringView(u"([{").contains(c))
        m_open += c;
    else if (QStringView(u")]}").contains(c) && !m_open.isEmpty())
        m_open.chop(1);
    const QStringView rest = QStringView(m_text).sliced(m_at);
    const auto &all = punctuators();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](QStringView one) { return rest.startsWith(one); });
    m_at += found == all.end() ? 1 : found->size();
}

void Scanner::pair()
{
    m_partners.fill(-1, m_tokens.size());
    m_parents.fill(-1, m_tokens.size());
    QList<qsizetype> open;
    for (qsizetype i = 0; i < m_tokens.size() && m_good; ++i) {
        const Token::Kind kind = m_tokens[i].kind;
        const bool isPunctuator = kind == Token::Kind::Punctuator;
        const bool closes = kind == Token::Kind::TemplateMiddle || kind == Token::Kind::TemplateTail
            || (isPunctuator && (is(i, u")") || is(i, u"]") || is(i, u"}")));
        if (closes) {
            m_good = !open.isEmpty();
            if (!m_good)
                return;
            m_partners[i] = open.takeLast();
            m_partners[m_partners[i]] = i;
        }
        m_parents[i] = open.isEmpty() ? -1 : open.last();
        const bool opens = kind == Token::Kind::TemplateHead || kind == Token::Kind::TemplateMiddle
            || (isPunctuator && (is(i, u"(") || is(i, u"[") || is(i, u"{")));
        if (opens)
            open.append(i);
    }
    m_good = m_good && open.isEmpty();
}

} // namespace AppSync::Handlers
