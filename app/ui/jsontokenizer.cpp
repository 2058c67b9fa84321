// SPDX-License-Identifier: Apache-2.0
#include "app/ui/jsontokenizer.h"

namespace Syncscope {

namespace {

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

bool isPunctuation(QChar c)
{
    return c == u'{' || c == u'}' || c == u'[' || c == u']' || c == u':' || c == u',';
}

JsonToken::Kind kindOfWord(QStringView word)
{
    if (word == u"true" || word == u"false" || word == u"null")
        return JsonToken::Kind::Literal;
    const QChar first = word.front();
    const bool number = first == u'-' || (first >= u'0' && first <= u'9');
    return number ? JsonToken::Kind::Number : JsonToken::Kind::Invalid;
}

} // namespace

bool JsonTokenizer::next(JsonToken &token)
{
    while (m_at < m_text.size() && isSpace(m_text[m_at]))
        ++m_at;
    if (m_at >= m_text.size())
        return false;
    token.begin = m_at;
    const QChar c = m_text[m_at];
    if (c == u'"') {
        token.kind = JsonToken::Kind::String;
        token.end = endOfString(m_at);
    } else if (isPunctuation(c)) {
        token.kind = JsonToken::Kind::Punctuation;
        token.end = m_at + 1;
    } else {
        token.end = endOfWord(m_at);
        token.kind = kindOfWord(m_text.sliced(m_at, token.end - m_at));
    }
    m_at = token.end;
    return true;
}

qsizetype JsonTokenizer::endOfString(qsizetype begin) const
{
    for (qsizetype i = begin + 1; i < m_text.size(); ++i) {
        if (m_text[i] == u'\\')
            ++i;
        else if (m_text[i] == u'"')
            return i + 1;
    }
    return m_text.size();
}

qsizetype JsonTokenizer::endOfWord(qsizetype begin) const
{
    qsizetype i = begin + 1;
    while (i < m_text.size() && !isSpace(m_text[i]) && !isPunctuation(m_text[i])
           && m_text[i] != u'"')
        ++i;
    return i;
}

} // namespace Syncscope
