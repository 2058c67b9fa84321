// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace AppSync {

//! Checks a text against RFC 8259 to the letter, at any depth and without recursion, and tells where and
//! why it is not JSON. (QJsonDocument takes raw line breaks in strings, unknown escapes and `1.`, and no
//! value deeper than 1024 levels; a strict reader at the other end does not.)
class JsonChecker {
public:
    explicit JsonChecker(const QByteArray &text);

    //! True if the text is one value with nothing but white space around it.
    [[nodiscard]] bool check();
    //! After a check that failed: where, in bytes, and why, as a translatable text of AppSync::Validation.
    [[nodiscard]] qsizetype offset() const { return m_at - m_begin; }
    [[nodiscard]] const char *reason() const { return m_reason; }

private:
    bool fail(const char *reason);
    void skipSpace();
    bool take(char c);
    bool takeValue();
    bool takeEnds();
    bool takeKey();
    bool takeScalar();
    bool takeWord(QByteArrayView word);
    bool takeRestOfString();
    bool takeEscape();
    bool takeNumber();
    bool takeDigits();
    [[nodiscard]] bool inObject() const { return m_open.endsWith('{'); }

    const char *const m_begin;
    const char *m_at;
    const char *const m_end;
    QByteArray m_open; //!< the brackets around the position
    const char *m_reason = "";
};

} // namespace AppSync
