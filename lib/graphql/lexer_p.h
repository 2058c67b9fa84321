// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostic.h"

namespace AppSync::GraphQl {

//! One piece of a document: punctuation, name, number or string.
struct Token {
    enum class Kind {
        Start,
        End,
        Bang,
        Dollar,
        Ampersand,
        ParenthesisLeft,
        ParenthesisRight,
        Spread,
        Colon,
        Equals,
        At,
        BracketLeft,
        BracketRight,
        BraceLeft,
        Pipe,
        BraceRight,
        Name,
        Int,
        Float,
        String,
        BlockString,
        Invalid, //!< the lexer has an error
    };

    Kind kind = Kind::Start;
    Position position;
    int end = 0; //!< offset behind it
    QString text; //!< of a name or number as written, of a string its content

    //! As graphql-js names a kind in errors: `"{"`, `Name`, `<EOF>`.
    [[nodiscard]] static QString describe(Kind kind);
    [[nodiscard]] QString describe() const; //!< the same with the content: `Name "foo"`
};

//! Cuts a text into tokens; white space, commas and comments are skipped.
class Lexer {
public:
    explicit Lexer(const QString &text);

    //! The next token; after the last one and after an error the same one again.
    [[nodiscard]] Token next();
    //! After an Invalid token.
    [[nodiscard]] const Diagnostic &error() const { return m_error; }

private:
    [[nodiscard]] char16_t at(int offset) const;
    [[nodiscard]] bool isSupplementary(int offset) const;
    [[nodiscard]] QString printed(int offset) const;
    [[nodiscard]] QStringView slice(int from, int to) const;
    [[nodiscard]] Position positionOf(int offset) const;
    Token token(Token::Kind kind, int start, int end, const QString &text = {});
    Token fail(int offset, const QString &message);
    bool skipIgnored();
    void skipComment();
    Token punctuation(Token::Kind kind, int length);
    Token name();
    Token number();
    bool digits(int &offset);
    Token string();
    bool escape(int &offset, QString &text);
    bool unicodeEscape(int &offset, QString &text);
    bool bracedEscape(int &offset, QString &text);
    [[nodiscard]] int hexUnit(int offset) const;
    Token blockString();
    Token badCharacter();

    const QString m_text;
    const int m_length;
    int m_offset = 0;
    int m_line = 1;
    int m_lineStart = 0;
    Token m_last; //!< of the end or the error, which come again
    Diagnostic m_error;
};

} // namespace AppSync::GraphQl
