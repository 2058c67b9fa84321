// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace AppSync::Handlers {

//! A piece of JavaScript that is neither white space nor comment.
struct Token {
    enum class Kind {
        Word, //!< identifiers and keywords
        Number,
        String,
        Regex,
        Template, //!< without `${`
        TemplateHead, //!< up to the first `${`
        TemplateMiddle, //!< from `}` to the next `${`
        TemplateTail, //!< from the last `}`
        Punctuator,
    };

    Kind kind = Kind::Punctuator;
    qsizetype begin = 0;
    qsizetype end = 0; //!< behind the last character
    bool startsLine = false; //!< a line break stands before it
};

//! JavaScript as tokens, with the brackets paired.
class Scanner {
public:
    explicit Scanner(const QString &text);

    //! False where a string, comment or bracket does not end: the engine says that better.
    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] qsizetype size() const { return m_tokens.size(); }
    [[nodiscard]] const Token &at(qsizetype i) const { return m_tokens.at(i); }
    //! Empty outside of the text.
    [[nodiscard]] QStringView text(qsizetype i) const;
    [[nodiscard]] bool is(qsizetype i, QStringView text) const { return this->text(i) == text; }
    [[nodiscard]] bool isWord(qsizetype i) const;
    //! Of a bracket: its partner. -1 for everything else.
    [[nodiscard]] qsizetype partner(qsizetype i) const { return m_partners.at(i); }
    //! The innermost bracket around a token; -1: none.
    [[nodiscard]] qsizetype parent(qsizetype i) const { return m_parents.at(i); }
    [[nodiscard]] int lineOf(qsizetype i) const;

private:
    void scan();
    void pair();
    [[nodiscard]] bool skipSpace();
    [[nodiscard]] Token::Kind scanToken();
    void scanString(QChar quote);
    [[nodiscard]] Token::Kind scanTemplate(Token::Kind whole, Token::Kind open);
    [[nodiscard]] bool scanRegex();
    void scanPunctuator();
    [[nodiscard]] bool mayStartRegex() const;

    const QString m_text;
    QList<Token> m_tokens;
    QList<qsizetype> m_partners;
    QList<qsizetype> m_parents;
    QString m_open; //!< brackets around the scanned place; `$`: of a template
    qsizetype m_at = 0;
    bool m_good = true;
};

} // namespace AppSync::Handlers
