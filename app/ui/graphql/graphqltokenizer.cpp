// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqltokenizer.h"

#include <algorithm>

namespace Syncscope {

namespace {

bool startsGraphQlName(QChar c)
{
    return c == u'_' || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool continuesGraphQlName(QChar c)
{
    return startsGraphQlName(c) || (c >= u'0' && c <= u'9');
}

} // namespace

bool GraphQlTokenizer::next(GraphQlToken &token)
{
    if (m_inBlockString && m_at < m_text.size()) {
        token = {GraphQlToken::Kind::BlockString, m_at, endOfBlockString(m_at)};
        m_at = token.end;
        return true;
    }
    while (
        m_at < m_text.size()
        && (m_text[m_at].isSpace() || m_text[m_at] == u',' || m_text[m_at] == QChar::ByteOrderMark))
        ++m_at;
    if (m_at >= m_text.size())
        return false;
    read(token);
    m_at = token.end;
    return true;
}

void GraphQlTokenizer::read(GraphQlToken &token)
{
    using Kind = GraphQlToken::Kind;
    const QStringView rest = m_text.sliced(m_at);
    const QChar c = rest.front();
    token.begin = m_at;
    if (c == u'#') {
        const qsizetype line = rest.indexOf(u'\n');
        token.kind = Kind::Comment;
        token.end = line < 0 ? m_text.size() : m_at + line;
    } else if (rest.startsWith(u"\"\"\"")) {
        token.kind = Kind::BlockString;
        token.end = endOfBlockString(m_at + 3);
    } else if (c == u'"') {
        token.kind = Kind::String;
        token.end = endOfString(m_at);
    } else if (rest.startsWith(u"...")) {
        token.kind = Kind::Spread;
        token.end = m_at + 3;
    } else if (c == u'$' || c == u'@') {
        token.kind = c == u'$' ? Kind::Variable : Kind::Directive;
        token.end = endOfName(m_at + 1);
    } else if (startsGraphQlName(c)) {
        token.kind = Kind::Name;
        token.end = endOfName(m_at);
    } else if (c.isDigit() || c == u'-') {
        token.kind = Kind::Number;
        token.end = endOfNumber(m_at);
    } else {
        token.kind = QStringView(u"!()[]{}:=|&").contains(c) ? Kind::Punctuation : Kind::Invalid;
        token.end = m_at + 1;
    }
}

//! Behind the next `"""` that no backslash takes away; else the end of the text, which is then inside.
qsizetype GraphQlTokenizer::endOfBlockString(qsizetype from)
{
    qsizetype found = m_text.indexOf(u"\"\"\"", from);
    while (found > 0 && m_text[found - 1] == u'\\')
        found = m_text.indexOf(u"\"\"\"", found + 3);
    m_inBlockString = found < 0;
    return found < 0 ? m_text.size() : found + 3;
}

qsizetype GraphQlTokenizer::endOfString(qsizetype begin) const
{
    qsizetype end = begin + 1;
    while (end < m_text.size() && m_text[end] != u'"' && m_text[end] != u'\n')
        end += m_text[end] == u'\\' ? 2 : 1;
    if (end < m_text.size() && m_text[end] == u'"')
        ++end;
    return std::min(end, m_text.size());
}

qsizetype GraphQlTokenizer::endOfName(qsizetype begin) const
{
    while (begin < m_text.size() && continuesGraphQlName(m_text[begin]))
        ++begin;
    return begin;
}

qsizetype GraphQlTokenizer::endOfNumber(qsizetype begin) const
{
    ++begin;
    while (begin < m_text.size()
           && (continuesGraphQlName(m_text[begin]) || m_text[begin] == u'.' || m_text[begin] == u'+'
               || m_text[begin] == u'-'))
        ++begin;
    return begin;
}

} // namespace Syncscope
