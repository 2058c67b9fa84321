// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/secrettext.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

using Masking::Change;

namespace {

constexpr qsizetype kLongestName = 128;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

//! Of an identifier, and of the names in forms and queries: `user[password]`, `user%5Bpassword%5D`.
bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '-' || c == '.' || c == '%' || c == '[' || c == ']' || uchar(c) >= 0x80;
}

//! What may end a value, and may as well be a part of it.
bool isPunctuation(char c)
{
    return isQuote(c) || c == ',' || c == ';' || c == '&' || c == '#' || c == ')' || c == ']'
        || c == '}' || c == '\\';
}

bool isNumber(QByteArrayView text)
{
    bool isGood = false;
    (void)text.toByteArray().toDouble(&isGood);
    return isGood;
}

//! True if a quote behind \a run backslashes ends a string that began with one behind \a opening of them: 1 in a
//! string of JSON, 3 in a string within one.
bool isClosing(qsizetype run, qsizetype opening)
{
    for (; opening > 0; opening = (opening - 1) / 2) {
        if (run % 2 == 0)
            return true; // the string around it ends
        run = (run - 1) / 2;
    }
    return run % 2 == 0;
}

class Assignments {
public:
    Assignments(QByteArrayView text, SecretNames *names, QList<Change> *changes)
        : m_text(text), m_names(names), m_changes(changes)
    {
    }

    void collect()
    {
        for (qsizetype at = sign(0); at < m_text.size(); at = sign(qMax(at + 1, m_done)))
            look(at);
    }

private:
    //! What stands in front of a sign.
    struct Name {
        QByteArrayView text;
        QByteArrayView quote; //!< with its backslashes; empty: none
        char before = '\0';
    };

    //! The next `:` or `=`; the size of the text at its end.
    qsizetype sign(qsizetype from)
    {
        const auto next = [&](qsizetype *known, char c) {
            if (*known < from) {
                *known = m_text.indexOf(c, from);
                if (*known < 0)
                    *known = m_text.size();
            }
        };
        next(&m_colon, ':');
        next(&m_equals, '=');
        return qMin(m_colon, m_equals);
    }

    void look(qsizetype at)
    {
        const QByteArrayView rest = m_text.sliced(at + 1);
        if (m_text[at] == ':' && (rest.startsWith("//") || rest.startsWith("\\/\\/")))
            return userInfo(at + (rest.startsWith('/') ? 3 : 5));
        const Name name = nameBefore(at);
        if (name.text.isEmpty() || m_names->kindOf(name.text) == SecretNames::Kind::Other)
            return;
        const bool declaresVariable = m_text[at] == ':' && name.before == '$';
        if (declaresVariable || rest.startsWith(':'))
            return; // `$token: String!` of GraphQL, `Token::new`
        maskValue(at, name);
    }

    [[nodiscard]] Name nameBefore(qsizetype sign) const
    {
        qsizetype end = sign;
        while (end > 0 && (m_text[end - 1] == ' ' || m_text[end - 1] == '\t'))
            --end;
        Name name;
        if (end > 0 && isQuote(m_text[end - 1])) {
            const char quote = m_text[end - 1];
            const qsizetype behind = end;
            end = beginOfBackslashes(end - 1);
            name.quote = m_text.sliced(end, behind - end);
            const QByteArrayView before =
                m_text.first(end).last(qMin(end, kLongestName)); // not farther, or it takes long
            const qsizetype open = before.lastIndexOf(quote);
            if (open >= 0) {
                name.text = before.sliced(open + 1);
                return name;
            }
        }
        qsizetype begin = end;
        while (begin > 0 && end - begin < kLongestName && isNameByte(m_text[begin - 1]))
            --begin;
        name.text = m_text.sliced(begin, end - begin);
        name.before = begin > 0 ? m_text[begin - 1] : '\0';
        return name;
    }

    [[nodiscard]] qsizetype beginOfBackslashes(qsizetype end) const
    {
        while (end > 0 && m_text[end - 1] == '\\')
            --end;
        return end;
    }

    void maskValue(qsizetype sign, const Name &name)
    {
        qsizetype begin = sign + 1;
        while (begin < m_text.size() && (m_text[begin] == '=' || m_text[begin] == '>'))
            ++begin; // of `==` or `=>`
        const auto isBetween = [&](char c) {
            return c == ' ' || c == '\t' || (!name.quote.isEmpty() && isSpace(c));
        };
        while (begin < m_text.size() && isBetween(m_text[begin]))
            ++begin;
        qsizetype quote = begin;
        while (quote < m_text.size() && m_text[quote] == '\\')
            ++quote;
        const bool isQuoted = quote < m_text.size() && isQuote(m_text[quote]);
        // Before its end is looked for, which is far where there are many.
        if (Masking::startsWithMask(m_text.sliced(isQuoted ? quote + 1 : begin)))
            return;
        if (isQuoted)
            return add(quote + 1, endOfQuoted(quote, quote - begin), {});
        if (begin < m_text.size() && !name.quote.isEmpty()
            && (m_text[begin] == '{' || m_text[begin] == '['))
            return add(begin, m_text.size(), name.quote); // nobody knows where it ends
        if (m_text[sign] == ':' && name.quote.isEmpty() && isHeader(name.text))
            return add(begin, endOfLine(begin, name.before), {});
        const qsizetype end = endOfBare(begin);
        if (!isHarmless(m_text.sliced(begin, end - begin), name))
            add(begin, end, name.quote);
    }

    //! Headers with values of several words.
    static bool isHeader(QByteArrayView name)
    {
        const QByteArray small = name.toByteArray().toLower();
        return small.endsWith("authorization") || small.endsWith("cookie");
    }

    [[nodiscard]] bool isHarmless(QByteArrayView value, const Name &name)
    {
        const bool isVariable = value.startsWith('$') && value.size() < kLongestName
            && std::all_of(value.begin() + 1, value.end(), isNameByte)
            && m_names->isSecret(value.sliced(1)); // `login(password: $password)` of GraphQL
        const bool isCount =
            m_names->kindOf(name.text) == SecretNames::Kind::Counter && isNumber(value);
        return isVariable || isCount || value == "null" || value == "true" || value == "false";
    }

    [[nodiscard]] qsizetype endOfQuoted(qsizetype quote, qsizetype backslashes) const
    {
        for (qsizetype at = quote + 1;; ++at) {
            at = m_text.indexOf(m_text[quote], at);
            if (at < 0)
                return m_text.size();
            const qsizetype begin = qMax(quote + 1, beginOfBackslashes(at));
            if (isClosing(at - begin, backslashes))
                return begin == at ? at : at - qMin(at - begin, backslashes);
        }
    }

    [[nodiscard]] qsizetype endOfLine(qsizetype begin, char quote) const
    {
        qsizetype at = begin;
        while (at < m_text.size() && m_text[at] != '\n' && m_text[at] != '\r'
               && !(isQuote(quote) && m_text[at] == quote))
            ++at;
        return at < m_text.size() && isQuote(m_text[at]) ? qMax(begin, beginOfBackslashes(at)) : at;
    }

    //! Secrets may have punctuation in them: it ends one only where nothing follows, or the next name.
    [[nodiscard]] qsizetype endOfBare(qsizetype begin) const
    {
        qsizetype at = begin;
        while (at < m_text.size() && !isSpace(m_text[at])) {
            if (!isPunctuation(m_text[at])) {
                ++at;
                continue;
            }
            qsizetype behind = at;
            while (behind < m_text.size() && isPunctuation(m_text[behind]))
                ++behind;
            if (behind == m_text.size() || isSpace(m_text[behind]) || isName(behind))
                return at;
            at = behind;
        }
        return at;
    }

    //! True if a name and its sign begin at \a at.
    [[nodiscard]] bool isName(qsizetype at) const
    {
        const qsizetype begin = at;
        while (at < m_text.size() && isNameByte(m_text[at]))
            ++at;
        if (at == begin)
            return false;
        while (at < m_text.size() && (m_text[at] == '\\' || isQuote(m_text[at])))
            ++at;
        return at < m_text.size() && (m_text[at] == ':' || m_text[at] == '=');
    }

    //! Of a URL whose authority begins at \a begin.
    void userInfo(qsizetype begin)
    {
        qsizetype at = begin;
        qsizetype end = -1;
        for (; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (isSpace(c) || isQuote(c) || c == '/' || c == '?' || c == '#' || c == '\\')
                break;
            if (c == '@')
                end = at;
        }
        if (end > begin)
            add(begin, end, {});
    }

    void add(qsizetype begin, qsizetype end, QByteArrayView quote)
    {
        if (begin >= end)
            return;
        m_changes->append(
            {begin, end, quote.toByteArray() + Masking::mask(end - begin) + quote.toByteArray()});
        m_done = end;
    }

    const QByteArrayView m_text;
    SecretNames *const m_names;
    QList<Change> *const m_changes;
    qsizetype m_colon = -1;
    qsizetype m_equals = -1;
    qsizetype m_done = 0;
};

} // namespace

void collectTokens(QByteArrayView text, QList<Change> *changes)
{
    if (!text.contains("eyJ") && !text.contains("da2-") && !text.contains("IA")
        && !text.contains("Bearer "))
        return;
    static const QRegularExpression tokens(
        uR"(\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)"
        uR"(|\bda2-[A-Za-z0-9]{20,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bBearer [A-Za-z0-9._~+/=-]{8,})"_s);
    // As Latin-1 each byte is one character, whatever the text is.
    const QString bytes = QString::fromLatin1(text);
    for (auto matches = tokens.globalMatch(bytes); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        changes->append(
            {match.capturedStart(), match.capturedEnd(), Masking::mask(match.capturedLength())});
    }
}

void collectAssigned(QByteArrayView text, SecretNames *names, QList<Change> *changes)
{
    Assignments(text, names, changes).collect();
}

} // namespace Syncscope
