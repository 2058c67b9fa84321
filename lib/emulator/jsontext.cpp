// SPDX-License-Identifier: Apache-2.0
#include "jsontext_p.h"

#include <QVarLengthArray>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::JsonText {

namespace {

//! Walks a text once, without recursion, so that deep nesting costs memory and no stack.
class Checker {
public:
    explicit Checker(QStringView text) : m_at(text.utf16()), m_end(text.utf16() + text.size()) { }

    bool check()
    {
        if (!openValue())
            return false;
        while (!m_open.isEmpty()) {
            if (!continueContainer())
                return false;
        }
        skipSpace();
        return m_at == m_end;
    }

private:
    [[nodiscard]] char16_t peek() const { return m_at < m_end ? *m_at : u'\0'; }

    bool take(char16_t c)
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_end
               && (*m_at == u' ' || *m_at == u'\n' || *m_at == u'\r' || *m_at == u'\t'))
            ++m_at;
    }

    //! Reads a whole scalar, or the opening bracket of a container with what must follow it.
    bool openValue()
    {
        for (;;) {
            skipSpace();
            if (take(u'[')) {
                m_open.append(u']');
                skipSpace();
                if (peek() == u']')
                    return true;
                continue;
            }
            if (take(u'{')) {
                m_open.append(u'}');
                skipSpace();
                if (peek() == u'}')
                    return true;
                if (!key())
                    return false;
                continue;
            }
            return scalar();
        }
    }

    //! Behind a value, or in an empty container: closes it or goes on to its next value.
    bool continueContainer()
    {
        skipSpace();
        const char16_t close = m_open.last();
        if (take(close)) {
            m_open.removeLast();
            return true;
        }
        if (!take(u','))
            return false;
        if (close == u'}' && !key())
            return false;
        return openValue();
    }

    bool key()
    {
        skipSpace();
        if (!string())
            return false;
        skipSpace();
        return take(u':');
    }

    bool scalar()
    {
        switch (peek()) {
        case u'"':
            return string();
        case u't':
            return word(u"true");
        case u'f':
            return word(u"false");
        case u'n':
            return word(u"null");
        default:
            return number();
        }
    }

    bool word(QStringView expected)
    {
        if (!QStringView(m_at, m_end).startsWith(expected))
            return false;
        m_at += expected.size();
        return true;
    }

    bool string()
    {
        if (!take(u'"'))
            return false;
        while (m_at < m_end) {
            const char16_t c = *m_at++;
            if (c == u'"')
                return true;
            if (c < 0x20 || (c == u'\\' && !escape()))
                return false;
        }
        return false;
    }

    bool escape()
    {
        if (m_at == m_end)
            return false;
        const char16_t c = *m_at++;
        if (c != u'u')
            return QStringView(u"\"\\/bfnrt").contains(QChar(c));
        for (int i = 0; i < 4; ++i) {
            if (m_at == m_end || !isHexDigit(*m_at++))
                return false;
        }
        return true;
    }

    bool number()
    {
        take(u'-');
        if (!take(u'0') && !digits())
            return false;
        if (take(u'.') && !digits())
            return false;
        if (take(u'e') || take(u'E')) {
            if (!take(u'+'))
                take(u'-');
            return digits();
        }
        return true;
    }

    bool digits()
    {
        const char16_t *start = m_at;
        while (m_at < m_end && *m_at >= u'0' && *m_at <= u'9')
            ++m_at;
        return m_at > start;
    }

    static bool isHexDigit(char16_t c)
    {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    }

    const char16_t *m_at;
    const char16_t *m_end;
    QVarLengthArray<char16_t, 64> m_open; //!< the closing bracket of every open container
};

bool isPairAt(QStringView text, qsizetype i)
{
    return text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
}

void appendEscape(QString &out, char16_t c)
{
    static constexpr char16_t kHex[] = u"0123456789abcdef";
    const QChar escape[] = {
        u'\\', u'u', kHex[c >> 12], kHex[(c >> 8) & 15], kHex[(c >> 4) & 15], kHex[c & 15]};
    out.append(escape, 6);
}

//! The letter of a short escape, or 0.
char16_t shortEscape(char16_t c)
{
    switch (c) {
    case u'"':
    case u'\\':
        return c;
    case u'\b':
        return u'b';
    case u'\f':
        return u'f';
    case u'\n':
        return u'n';
    case u'\r':
        return u'r';
    case u'\t':
        return u't';
    default:
        return 0;
    }
}

} // namespace

bool isValue(QStringView text)
{
    return Checker(text).check();
}

qsizetype utf8Size(QStringView text)
{
    qsizetype size = 0;
    for (const QChar c : text) {
        if (c.unicode() < 0x80)
            size += 1;
        else if (c.unicode() < 0x800 || c.isSurrogate()) // a pair is four bytes
            size += 2;
        else
            size += 3;
    }
    return size;
}

void appendString(QString &out, QStringView text)
{
    out.reserve(out.size() + text.size() + text.size() / 8 + 2);
    out += u'"';
    qsizetype plain = 0; // start of the run that needs no escape
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c >= 0x20 && c != u'"' && c != u'\\' && !QChar::isSurrogate(c))
            continue;
        if (isPairAt(text, i)) {
            ++i;
            continue;
        }
        out += text.sliced(plain, i - plain);
        plain = i + 1;
        if (const char16_t letter = shortEscape(c)) {
            out += u'\\';
            out += QChar(letter);
        } else {
            appendEscape(out, c);
        }
    }
    out += text.sliced(plain);
    out += u'"';
}

} // namespace AppSync::Emulation::JsonText
