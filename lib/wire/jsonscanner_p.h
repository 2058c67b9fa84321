// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/utf16scan_p.h"

#include <QStringView>

namespace AppSync {

//! Walks the members of one JSON object or array without building anything: a frame is small and
//! regular, and only the place of a few members in it matters. Values are skipped, not checked. What every
//! frame goes through is inline.
class JsonScanner {
public:
    enum class Type : quint8 { None, String, Object, Array, Other };

    struct Value {
        qsizetype begin = 0; //!< of the value; of a string: behind its opening quote
        qsizetype end = 0; //!< behind the value; of a string: at its closing quote
        Type type = Type::None;
        bool hasEscapes = false; //!< strings only
    };

    struct Key {
        QStringView name; //!< without quotes, escapes unresolved
        bool hasEscapes = false;
    };

    explicit JsonScanner(QStringView text, qsizetype at = 0);

    //! Moves into the object or array that begins here.
    bool enter(char16_t bracket);
    //! The key of the next member of the object that was entered; value() must follow. False at its end, or
    //! where the text is broken.
    bool nextKey(Key &key);
    //! The value that belongs to the key. False where the text is broken.
    bool value(Value &value);
    //! The next item of the array that was entered.
    bool nextItem(Value &value);
    //! True if the last false of nextKey() or nextItem() was a proper end.
    [[nodiscard]] bool atProperEnd() const { return m_ended; }
    //! True if nothing but white space follows.
    [[nodiscard]] bool nothingFollows();

private:
    void skipSpace();
    bool separator(char16_t closing);
    bool readString(Value &value);
    bool readOther(Value &value);
    bool skipContainer();

    const char16_t *m_text;
    qsizetype m_size;
    qsizetype m_at;
    bool m_first = true;
    bool m_ended = false;
};

inline JsonScanner::JsonScanner(QStringView text, qsizetype at)
    : m_text(text.utf16()), m_size(text.size()), m_at(at)
{
}

inline void JsonScanner::skipSpace()
{
    while (m_at < m_size && m_text[m_at] <= u' ') {
        const char16_t c = m_text[m_at];
        if (c != u' ' && c != u'\n' && c != u'\t' && c != u'\r')
            return;
        ++m_at;
    }
}

inline bool JsonScanner::enter(char16_t bracket)
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
inline bool JsonScanner::separator(char16_t closing)
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

inline bool JsonScanner::nextKey(Key &key)
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

inline bool JsonScanner::value(Value &value)
{
    return m_at < m_size && m_text[m_at] == u'"' ? readString(value) : readOther(value);
}

inline bool JsonScanner::readString(Value &value)
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

} // namespace AppSync
