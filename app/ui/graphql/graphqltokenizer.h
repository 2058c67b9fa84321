// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace Syncscope {

//! One lexical piece of a GraphQL text.
struct GraphQlToken {
    enum class Kind {
        Name,
        Variable, //!< with its `$`
        Directive, //!< with its `@`
        Number,
        String,
        BlockString,
        Comment,
        Spread,
        Punctuation,
        Invalid,
    };

    Kind kind = Kind::Invalid;
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] QStringView in(QStringView text) const { return text.sliced(begin, end - begin); }
    [[nodiscard]] bool is(QStringView text, char16_t punctuation) const
    {
        return kind == Kind::Punctuation && text[begin] == punctuation;
    }
};

//! Cuts a text into GraphQL's tokens without judging it, so that it also works on a text that is still being
//! typed, or on one line of it. It never fails.
class GraphQlTokenizer {
public:
    //! \a inBlockString: the text begins inside of `"""`.
    explicit GraphQlTokenizer(QStringView text, bool inBlockString = false)
        : m_text(text), m_inBlockString(inBlockString)
    {
    }

    //! False at the end of the text.
    bool next(GraphQlToken &token);
    //! After the end: a `"""` is still open.
    [[nodiscard]] bool isInBlockString() const { return m_inBlockString; }

private:
    [[nodiscard]] qsizetype endOfBlockString(qsizetype from);
    [[nodiscard]] qsizetype endOfString(qsizetype begin) const;
    [[nodiscard]] qsizetype endOfName(qsizetype begin) const;
    [[nodiscard]] qsizetype endOfNumber(qsizetype begin) const;
    void read(GraphQlToken &token);

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_inBlockString;
};

} // namespace Syncscope
