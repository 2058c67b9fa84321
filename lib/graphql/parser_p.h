// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lexer_p.h"
#include "parser.h"

namespace AppSync::GraphQl {

//! Reads by recursive descent with one token ahead. After the first error each part reads nothing more, so that
//! its callers return without a check of their own.
class Parser {
public:
    Parser(const QString &text, ParseLimits limits);

    [[nodiscard]] ParsedDocument document();
    [[nodiscard]] std::optional<Value> loneValue();
    [[nodiscard]] std::optional<TypeReference> loneType();

private:
    using Kind = Token::Kind;
    enum class Constant { No, Yes }; //!< Yes: variables are not allowed

    // Tokens
    void advance();
    const Token &lookahead();
    [[nodiscard]] bool peek(Kind kind) const { return m_token.kind == kind; }
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    bool take(Kind kind);
    bool takeKeyword(QStringView word);
    bool expect(Kind kind);
    bool expectKeyword(QStringView word);
    void fail(const Token &token, const QString &message);
    void unexpected(const Token &token);
    template <typename T> QList<T> many(Kind open, T (Parser::*item)(), Kind close);
    template <typename T> QList<T> optionalMany(Kind open, T (Parser::*item)(), Kind close);
    QList<Name> delimited(Kind delimiter, Name (Parser::*item)());
    bool enter();
    void leave() { --m_nesting; }

    // Executable documents
    Definition definition();
    OperationDefinition operation();
    OperationKind operationKind();
    VariableDefinition variableDefinition();
    QList<Selection> selections(Position &position);
    Selection selection();
    Selection field();
    Selection fragmentOrSpread();
    FragmentDefinition fragment();
    Name fragmentName();

    // Parts of both
    Name name();
    Value value() { return value(Constant::No); }
    Value constantValue() { return value(Constant::Yes); }
    Value value(Constant constant);
    Value nameValue();
    Value variable(Constant constant);
    Value list(Constant constant);
    Value object(Constant constant);
    Value string();
    QList<Argument> arguments(Constant constant);
    Argument argument() { return argument(Constant::No); }
    Argument constantArgument() { return argument(Constant::Yes); }
    Argument argument(Constant constant);
    QList<Directive> directives(Constant constant);
    Directive directive(Constant constant);
    TypeReference type();

    // Type systems
    Definition described();
    Definition extension();
    SchemaDefinition schema();
    OperationTypeDefinition operationType();
    TypeDefinition typeDefinition(TypeKind kind);
    void typeBody(TypeDefinition &type);
    FieldDefinition fieldDefinition();
    InputValueDefinition inputValue();
    EnumValueDefinition enumValue();
    DirectiveDefinition directiveDefinition();
    Name directiveLocation();
    std::optional<Value> description();

    Lexer m_lexer;
    const ParseLimits m_limits;
    Token m_token;
    std::optional<Token> m_ahead;
    int m_lastEnd = 0; //!< of the token before
    int m_tokens = 0;
    int m_nesting = 0;
    std::optional<Diagnostic> m_error;
};

template <typename T> QList<T> Parser::many(Kind open, T (Parser::*item)(), Kind close)
{
    QList<T> items;
    if (!expect(open))
        return items;
    do
        items.append((this->*item)());
    while (!failed() && !take(close));
    return items;
}

template <typename T> QList<T> Parser::optionalMany(Kind open, T (Parser::*item)(), Kind close)
{
    return peek(open) ? many(open, item, close) : QList<T>();
}

} // namespace AppSync::GraphQl
