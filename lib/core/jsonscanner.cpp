// SPDX-License-Identifier: Apache-2.0
#include "jsonscanner_p.h"

#include "utf16scan_p.h"

namespace AppSync {

namespace {

//! Where a number or a word is over.
bool endsWord(char16_t c)
{
    return c == u',' || c == u'}' || c == u']' || c == u' ' || c == u'\n' || c == u'\t'
        || c == u'\r';
}

} // namespace

JsonScanner::JsonScanner(QStringView text, qsizetype at)
    : m_text(text.utf16()), m_size(text.size()), m_at(at)
{
}

void JsonScanner::skipSpace()
{
    while (m_at < m_size && m_text[m_at] <= u' ') {
        const char16_t c = m_text[m_at];
        if (c != u' ' && c != u'\n' && c != u'\t' && c != u'\r')
            return;
        ++m_at;
    }
}

bool JsonScanner::enter(char16_t bracket)
{
    skipSpace();
    if (m_at >= m_size || m_text[m_at] != bracket)
        return false;
    ++m_at;
    m_first = true;
    m_ended = false;
    return true;
}

//! Steps over the comma between two entries. False at \a closing and where there is neither.
bool JsonScanner::separator(char16_t closing)
{
    skipSpace();
    if (m_at >= m_size)
        return false;
    if (m_text[m_at] == closing) {
        ++m_at;
        m_ended = true;
        return false;
    }
    if (!m_first) {
        if (m_text[m_at] != u',')
            return false;
        ++m_at;
        skipSpace();
    }
    m_first = false;
    return m_at < m_size;
}

bool JsonScanner::nextKey(Key &key)
{
    if (!separator(u'}') || m_text[m_at] != u'"')
        return false;
    const Utf16Scan::Literal literal = Utf16Scan::literal(m_text + m_at + 1, m_text + m_size);
    if (!literal.quote)
        return false;
    key.name = QStringView(m_text + m_at + 1, literal.quote);
    key.hasEscapes = literal.hasEscapes;
    m_at = literal.quote - m_text + 1;
    skipSpace();
    if (m_at >= m_size || m_text[m_at] != u':')
        return false;
    ++m_at;
    skipSpace();
    return true;
}

bool JsonScanner::value(Value &value)
{
    return m_at < m_size && m_text[m_at] == u'"' ? readString(value) : readOther(value);
}

bool JsonScanner::readString(Value &value)
{
    const Utf16Scan::Literal literal = Utf16Scan::literal(m_text + m_at + 1, m_text + m_size);
    if (!literal.quote) {
        m_at = m_size;
        return false;
    }
    value.type = Type::String;
    value.begin = m_at + 1;
    value.end = literal.quote - m_text;
    value.hasEscapes = literal.hasEscapes;
    m_at = value.end + 1;
    return true;
}

bool JsonScanner::nextItem(Value &value)
{
    return separator(u']') && this->value(value);
}

bool JsonScanner::nothingFollows()
{
    skipSpace();
    return m_at == m_size;
}

//! Anything but a string.
bool JsonScanner::readOther(Value &value)
{
    if (m_at >= m_size)
        return false;
    const char16_t c = m_text[m_at];
    value.begin = m_at;
    value.hasEscapes = false;
    if (c == u'{' || c == u'[') {
        value.type = c == u'{' ? Type::Object : Type::Array;
        if (!skipContainer())
            return false;
    } else {
        value.type = Type::Other;
        while (m_at < m_size && !endsWord(m_text[m_at]))
            ++m_at;
    }
    value.end = m_at;
    return value.end > value.begin;
}

//! Counts brackets, so that no depth can exhaust the stack.
bool JsonScanner::skipContainer()
{
    qsizetype depth = 0;
    Value string;
    while (m_at < m_size) {
        switch (m_text[m_at]) {
        case u'"':
            if (!readString(string))
                return false;
            continue;
        case u'{':
        case u'[':
            ++depth;
            break;
        case u'}':
        case u']':
            --depth;
            break;
        default:
            break;
        }
        ++m_at;
        if (depth == 0)
            return true;
    }
    return false;
}

} // namespace AppSync
