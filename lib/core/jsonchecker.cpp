// SPDX-License-Identifier: Apache-2.0
#include "jsonchecker_p.h"

#include "jsonstring_p.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>

namespace AppSync {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr auto kNotANumber = QT_TRANSLATE_NOOP("AppSync::Validation", "this is not a JSON number");
constexpr auto kBadEscape =
    QT_TRANSLATE_NOOP("AppSync::Validation",
                      "JSON knows no such escape; a backslash itself is written as two of them");

} // namespace

JsonChecker::JsonChecker(const QByteArray &text)
    : m_begin(text.cbegin()), m_at(m_begin), m_end(text.cend())
{
}

bool JsonChecker::check()
{
    do {
        if (!takeValue())
            return false;
    } while (!m_open.isEmpty());
    skipSpace();
    return m_at == m_end
        || fail(QT_TRANSLATE_NOOP("AppSync::Validation",
                                  "one JSON value was expected, but more text follows it"));
}

bool JsonChecker::fail(const char *reason)
{
    m_reason = reason;
    return false;
}

void JsonChecker::skipSpace()
{
    while (m_at < m_end && isSpace(*m_at))
        ++m_at;
}

bool JsonChecker::take(char c)
{
    skipSpace();
    if (m_at == m_end || *m_at != c)
        return false;
    ++m_at;
    return true;
}

//! One value, or the opening of one, and every comma and bracket that follows.
bool JsonChecker::takeValue()
{
    if (take('{') || take('[')) {
        m_open += *(m_at - 1);
        if (!take(inObject() ? '}' : ']'))
            return !inObject() || takeKey();
        m_open.chop(1);
    } else if (!takeScalar()) {
        return false;
    }
    return takeEnds();
}

bool JsonChecker::takeEnds()
{
    while (!m_open.isEmpty()) {
        if (take(','))
            return !inObject() || takeKey();
        if (!take(inObject() ? '}' : ']'))
            return fail(
                inObject() ? QT_TRANSLATE_NOOP("AppSync::Validation", "a , or } is expected here")
                           : QT_TRANSLATE_NOOP("AppSync::Validation", "a , or ] is expected here"));
        m_open.chop(1);
    }
    return true;
}

bool JsonChecker::takeKey()
{
    if (!take('"'))
        return fail(QT_TRANSLATE_NOOP("AppSync::Validation",
                                      "a member's name in quotation marks is expected here"));
    if (!takeRestOfString())
        return false;
    return take(':')
        || fail(QT_TRANSLATE_NOOP("AppSync::Validation", "a : is expected after a member's name"));
}

bool JsonChecker::takeScalar()
{
    if (take('"'))
        return takeRestOfString();
    if (takeWord("true") || takeWord("false") || takeWord("null"))
        return true;
    if (m_at < m_end && (*m_at == '-' || isDigit(*m_at)))
        return takeNumber();
    if (m_at < m_end && (isalpha(uchar(*m_at)) || *m_at == '\''))
        return fail(
            QT_TRANSLATE_NOOP("AppSync::Validation",
                              "this is no JSON value; a text needs quotation marks around it"));
    return fail(QT_TRANSLATE_NOOP("AppSync::Validation", "a value is expected here"));
}

bool JsonChecker::takeWord(QByteArrayView word)
{
    if (!QByteArrayView(m_at, m_end).startsWith(word))
        return false;
    m_at += word.size();
    return true;
}

bool JsonChecker::takeRestOfString()
{
    for (m_at = JsonString::firstSpecial(m_at, m_end); m_at < m_end && *m_at != '"';
         m_at = JsonString::firstSpecial(m_at + 1, m_end)) {
        if (uchar(*m_at) < 0x20)
            return fail(
                QT_TRANSLATE_NOOP("AppSync::Validation",
                                  "a line break, tab or other control character cannot stand "
                                  "in a string; write it as \\n, \\t or \\u00XX"));
        if (*m_at == '\\' && !takeEscape())
            return false;
    }
    return take('"')
        || fail(QT_TRANSLATE_NOOP("AppSync::Validation", "the closing quotation mark is missing"));
}

//! Leaves the position at the escape's last character, or at the backslash of a bad one.
bool JsonChecker::takeEscape()
{
    const auto left = m_end - m_at;
    if (left >= 2 && m_at[1] != 'u' && QByteArrayView("\"\\/bfnrt").contains(m_at[1])) {
        ++m_at;
        return true;
    }
    const bool isUnicode = left >= 6 && m_at[1] == 'u'
        && std::all_of(m_at + 2, m_at + 6, [](char c) { return isxdigit(uchar(c)) != 0; });
    if (!isUnicode)
        return fail(kBadEscape);
    m_at += 5;
    return true;
}

bool JsonChecker::takeDigits()
{
    const char *const begin = m_at;
    while (m_at < m_end && isDigit(*m_at))
        ++m_at;
    return m_at > begin;
}

bool JsonChecker::takeNumber()
{
    if (*m_at == '-')
        ++m_at;
    const char *const begin = m_at;
    if (!takeDigits() || (*begin == '0' && m_at > begin + 1))
        return fail(kNotANumber);
    if (m_at < m_end && *m_at == '.') {
        ++m_at;
        if (!takeDigits())
            return fail(kNotANumber);
    }
    if (m_at == m_end || (*m_at != 'e' && *m_at != 'E'))
        return true;
    ++m_at;
    if (m_at < m_end && (*m_at == '+' || *m_at == '-'))
        ++m_at;
    return takeDigits() || fail(kNotANumber);
}

} // namespace AppSync
