// SPDX-License-Identifier: Apache-2.0
#include "parser_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

ParsedDocument parse(const QString &text, ParseLimits limits)
{
    return Parser(text, limits).document();
}

std::optional<Value> parseValue(const QString &text, ParseLimits limits)
{
    return Parser(text, limits).loneValue();
}

std::optional<TypeReference> parseType(const QString &text, ParseLimits limits)
{
    return Parser(text, limits).loneType();
}

Parser::Parser(const QString &text, ParseLimits limits) : m_lexer(text), m_limits(limits)
{
}

ParsedDocument Parser::document()
{
    ParsedDocument parsed;
    advance();
    do
        parsed.document.definitions.append(definition());
    while (!failed() && !peek(Kind::End));
    if (failed())
        return {{}, m_error};
    return parsed;
}

std::optional<Value> Parser::loneValue()
{
    advance();
    const Value read = value();
    expect(Kind::End);
    return failed() ? std::nullopt : std::optional(read);
}

std::optional<TypeReference> Parser::loneType()
{
    advance();
    const TypeReference read = type();
    expect(Kind::End);
    return failed() ? std::nullopt : std::optional(read);
}

// --- Tokens

void Parser::advance()
{
    if (failed())
        return;
    m_lastEnd = m_token.end;
    m_token = m_ahead ? *std::exchange(m_ahead, {}) : m_lexer.next();
    if (peek(Kind::Invalid))
        m_error = m_lexer.error();
    else if (!peek(Kind::End) && ++m_tokens > m_limits.tokens)
        fail(m_token,
             u"Document contains more than %1 tokens. Parsing aborted."_s.arg(m_limits.tokens));
}

const Token &Parser::lookahead()
{
    if (!m_ahead)
        m_ahead = m_lexer.next();
    if (m_ahead->kind == Kind::Invalid && !failed())
        m_error = m_lexer.error();
    return *m_ahead;
}

bool Parser::take(Kind kind)
{
    if (failed() || !peek(kind))
        return false;
    advance();
    return true;
}

bool Parser::takeKeyword(QStringView word)
{
    return peek(Kind::Name) && m_token.text == word && take(Kind::Name);
}

bool Parser::expect(Kind kind)
{
    if (take(kind))
        return true;
    fail(m_token, u"Expected %1, found %2."_s.arg(Token::describe(kind), m_token.describe()));
    return false;
}

bool Parser::expectKeyword(QStringView word)
{
    if (takeKeyword(word))
        return true;
    fail(m_token, u"Expected \"%1\", found %2."_s.arg(word, m_token.describe()));
    return false;
}

void Parser::fail(const Token &token, const QString &message)
{
    if (!failed())
        m_error = {u"Syntax Error: "_s + message, {token.position}, {}};
}

void Parser::unexpected(const Token &token)
{
    fail(token, u"Unexpected %1."_s.arg(token.describe()));
}

QList<Name> Parser::delimited(Kind delimiter, Name (Parser::*item)())
{
    take(delimiter);
    QList<Name> names;
    do
        names.append((this->*item)());
    while (take(delimiter));
    return names;
}

// Each caller that got true leaves again.
bool Parser::enter()
{
    if (++m_nesting > m_limits.nesting)
        fail(m_token, u"Document nests deeper than %1 levels."_s.arg(m_limits.nesting));
    return !failed();
}

// --- Executable documents

Definition Parser::definition()
{
    if (peek(Kind::BraceLeft))
        return operation();
    const bool hasDescription = peek(Kind::String) || peek(Kind::BlockString);
    const Token keyword = hasDescription ? lookahead() : m_token;
    if (keyword.kind == Kind::Name) {
        static const QStringList words{u"schema"_s, u"scalar"_s, u"type"_s,  u"interface"_s,
                                       u"union"_s,  u"enum"_s,   u"input"_s, u"directive"_s};
        if (words.contains(keyword.text))
            return described();
        if (hasDescription) {
            fail(m_token,
                 u"Unexpected description, descriptions are supported only on type definitions."_s);
            return {};
        }
        if (keyword.text == u"query" || keyword.text == u"mutation"
            || keyword.text == u"subscription")
            return operation();
        if (keyword.text == u"fragment")
            return fragment();
        if (keyword.text == u"extend")
            return extension();
    }
    unexpected(keyword);
    return {};
}

OperationDefinition Parser::operation()
{
    OperationDefinition read;
    read.position = m_token.position;
    if (!peek(Kind::BraceLeft)) {
        read.kind = operationKind();
        if (peek(Kind::Name))
            read.name = name();
        read.variables = optionalMany(Kind::ParenthesisLeft, &Parser::variableDefinition,
                                      Kind::ParenthesisRight);
        read.directives = directives(Constant::No);
    }
    read.selections = selections(read.selectionsPosition);
    read.end = m_lastEnd;
    return read;
}

OperationKind Parser::operationKind()
{
    const Token token = m_token;
    if (!expect(Kind::Name))
        return {};
    for (const auto kind :
         {OperationKind::Query, OperationKind::Mutation, OperationKind::Subscription}) {
        if (token.text == keyword(kind))
            return kind;
    }
    // The token behind it has been read: an error of that one comes first.
    unexpected(token);
    return {};
}

VariableDefinition Parser::variableDefinition()
{
    VariableDefinition read;
    read.position = m_token.position;
    expect(Kind::Dollar);
    read.name = name();
    expect(Kind::Colon);
    read.type = type();
    if (take(Kind::Equals))
        read.defaultValue = constantValue();
    read.directives = directives(Constant::Yes);
    return read;
}

QList<Selection> Parser::selections(Position &position)
{
    QList<Selection> read;
    position = m_token.position;
    if (!peek(Kind::BraceLeft) || enter())
        read = many(Kind::BraceLeft, &Parser::selection, Kind::BraceRight);
    leave();
    return read;
}

Selection Parser::selection()
{
    return peek(Kind::Spread) ? fragmentOrSpread() : field();
}

Selection Parser::field()
{
    Selection read;
    read.position = m_token.position;
    read.name = name();
    if (take(Kind::Colon)) {
        read.alias = read.name;
        read.name = name();
    }
    read.arguments = arguments(Constant::No);
    read.directives = directives(Constant::No);
    if (peek(Kind::BraceLeft))
        read.selections = selections(read.selectionsPosition);
    return read;
}

Selection Parser::fragmentOrSpread()
{
    Selection read;
    read.position = m_token.position;
    expect(Kind::Spread);
    const bool hasCondition = takeKeyword(u"on");
    if (!hasCondition && peek(Kind::Name)) {
        read.kind = Selection::Kind::FragmentSpread;
        read.name = fragmentName();
        read.directives = directives(Constant::No);
        return read;
    }
    read.kind = Selection::Kind::InlineFragment;
    if (hasCondition)
        read.typeCondition = name();
    read.directives = directives(Constant::No);
    read.selections = selections(read.selectionsPosition);
    return read;
}

FragmentDefinition Parser::fragment()
{
    FragmentDefinition read;
    read.position = m_token.position;
    expectKeyword(u"fragment");
    read.name = fragmentName();
    expectKeyword(u"on");
    read.typeCondition = name();
    read.directives = directives(Constant::No);
    read.selections = selections(read.selectionsPosition);
    read.end = m_lastEnd;
    return read;
}

Name Parser::fragmentName()
{
    if (m_token.text == u"on")
        unexpected(m_token);
    return name();
}

// --- Parts of both

Name Parser::name()
{
    Name read{m_token.text, m_token.position};
    return expect(Kind::Name) ? read : Name{};
}

Value Parser::value(Constant constant)
{
    switch (m_token.kind) {
    case Kind::BracketLeft:
        return list(constant);
    case Kind::BraceLeft:
        return object(constant);
    case Kind::Int:
    case Kind::Float: {
        Value read{peek(Kind::Int) ? Value::Kind::Int : Value::Kind::Float, m_token.position,
                   m_token.text};
        advance();
        return read;
    }
    case Kind::String:
    case Kind::BlockString:
        return string();
    case Kind::Name:
        return nameValue();
    case Kind::Dollar:
        return variable(constant);
    default:
        unexpected(m_token);
        return {};
    }
}

Value Parser::nameValue()
{
    Value read{Value::Kind::Enum, m_token.position, m_token.text};
    if (read.text == u"true" || read.text == u"false")
        read.kind = Value::Kind::Boolean;
    else if (read.text == u"null")
        read.kind = Value::Kind::Null;
    advance();
    return read;
}

Value Parser::variable(Constant constant)
{
    const Token dollar = m_token;
    expect(Kind::Dollar);
    if (constant == Constant::Yes) {
        if (peek(Kind::Name))
            fail(dollar, u"Unexpected variable \"$%1\" in constant value."_s.arg(m_token.text));
        else
            unexpected(dollar);
        return {};
    }
    return {Value::Kind::Variable, dollar.position, name().text};
}

Value Parser::list(Constant constant)
{
    Value read{Value::Kind::List, m_token.position};
    if (enter()) {
        expect(Kind::BracketLeft);
        while (!failed() && !take(Kind::BracketRight))
            read.items.append(value(constant));
    }
    leave();
    return read;
}

Value Parser::object(Constant constant)
{
    Value read{Value::Kind::Object, m_token.position};
    if (enter()) {
        expect(Kind::BraceLeft);
        while (!failed() && !take(Kind::BraceRight))
            read.fields.append(argument(constant));
    }
    leave();
    return read;
}

Value Parser::string()
{
    Value read{Value::Kind::String, m_token.position, m_token.text, peek(Kind::BlockString)};
    advance();
    return read;
}

QList<Argument> Parser::arguments(Constant constant)
{
    return optionalMany(Kind::ParenthesisLeft,
                        constant == Constant::Yes ? &Parser::constantArgument
                                                  : qOverload<>(&Parser::argument),
                        Kind::ParenthesisRight);
}

Argument Parser::argument(Constant constant)
{
    Argument read;
    read.name = name();
    if (expect(Kind::Colon))
        read.value = value(constant);
    return read;
}

QList<Directive> Parser::directives(Constant constant)
{
    QList<Directive> read;
    while (!failed() && peek(Kind::At))
        read.append(directive(constant));
    return read;
}

Directive Parser::directive(Constant constant)
{
    Directive read;
    read.position = m_token.position;
    expect(Kind::At);
    read.name = name();
    read.arguments = arguments(constant);
    return read;
}

TypeReference Parser::type()
{
    TypeReference read;
    read.position = m_token.position;
    if (peek(Kind::BracketLeft)) {
        read.kind = TypeReference::Kind::List;
        if (enter()) {
            advance();
            read.inner.append(type());
            expect(Kind::BracketRight);
        }
        leave();
    } else {
        read.name = name().text;
    }
    if (take(Kind::Bang))
        return {TypeReference::Kind::NonNull, read.position, {}, {read}};
    return read;
}

} // namespace AppSync::GraphQl
