// SPDX-License-Identifier: Apache-2.0
#include "jsonscanner_p.h"

namespace AppSync {

namespace {

//! Where a number or a word is over.
bool endsWord(char16_t c)
{
    return c == u',' || c == u'}' || c == u']' || c == u' ' || c == u'\n' || c == u'\t'
        || c == u'\r';
}

} // namespace

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
