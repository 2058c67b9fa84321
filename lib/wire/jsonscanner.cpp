// SPDX-License-Identifier: Apache-2.0
#include "jsonscanner_p.h"

#include "../core/utf16scan_p.h"

namespace AppSync {

JsonScanner::JsonScanner(QStringView text, qsizetype at)
    : m_text(text.utf16()), m_size(text.size()), m_at(at)
{
}

void JsonScanner::skipSpace()
{
    while (m_at < m_size) {
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

bool JsonScanner::nextMember(Member &member)
{
    if (!separator(u'}') || m_text[m_at] != u'"')
        return false;
    Value key;
    if (!readString(key))
        return false;
    member.key = QStringView(m_text + key.begin, key.end - key.begin);
    member.keyHasEscapes = key.hasEscapes;
    skipSpace();
    if (m_at >= m_size || m_text[m_at] != u':')
        return false;
    ++m_at;
    skipSpace();
    return readValue(member.value);
}

bool JsonScanner::nextItem(Value &value)
{
    return separator(u']') && readValue(value);
}

bool JsonScanner::nothingFollows()
{
    skipSpace();
    return m_at == m_size;
}

bool JsonScanner::readString(Value &value)
{
    value.type = Type::String;
    value.begin = ++m_at;
    value.hasEscapes = false;
    const char16_t *at = m_text + m_at;
    const char16_t *const end = m_text + m_size;
    while ((at = Utf16Scan::quoteOrBackslash(at, end)) < end) {
        if (*at == u'"') {
            value.end = at - m_text;
            m_at = value.end + 1;
            return true;
        }
        value.hasEscapes = true;
        if (end - at < 2)
            break;
        at += 2;
    }
    m_at = m_size;
    return false;
}

bool JsonScanner::readValue(Value &value)
{
    if (m_at >= m_size)
        return false;
    const char16_t c = m_text[m_at];
    if (c == u'"')
        return readString(value);
    value.begin = m_at;
    value.hasEscapes = false;
    if (c == u'{' || c == u'[') {
        value.type = c == u'{' ? Type::Object : Type::Array;
        if (!skipContainer())
            return false;
    } else {
        value.type = Type::Other;
        while (m_at < m_size && m_text[m_at] != u',' && m_text[m_at] != u'}'
               && m_text[m_at] != u']')
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
