// SPDX-License-Identifier: Apache-2.0
#include "parser_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

static constexpr std::array kTypeKinds{TypeKind::Scalar, TypeKind::Object, TypeKind::Interface,
                                       TypeKind::Union,  TypeKind::Enum,   TypeKind::InputObject};

static std::optional<TypeKind> typeKindOf(const QString &word)
{
    const auto kind = std::find_if(kTypeKinds.begin(), kTypeKinds.end(),
                                   [&word](TypeKind each) { return keyword(each) == word; });
    return kind == kTypeKinds.end() ? std::nullopt : std::optional(*kind);
}

// A definition that may have a description before its keyword.
Definition Parser::described()
{
    const Position position = m_token.position;
    const std::optional<Value> text = description();
    const auto finish = [&](auto read) {
        read.position = position;
        read.description = text;
        read.end = m_lastEnd;
        return Definition(read);
    };
    if (peek(Kind::Name) && m_token.text == u"schema")
        return finish(schema());
    if (peek(Kind::Name) && m_token.text == u"directive")
        return finish(directiveDefinition());
    const auto kind = typeKindOf(m_token.text);
    return kind ? finish(typeDefinition(*kind)) : Definition();
}

Definition Parser::extension()
{
    const Position position = m_token.position;
    const Token word = lookahead();
    const auto kind = word.kind == Kind::Name ? typeKindOf(word.text) : std::nullopt;
    if (!kind && !(word.kind == Kind::Name && word.text == u"schema")) {
        unexpected(word);
        return {};
    }
    advance();
    const auto finish = [&](auto read, bool isEmpty) {
        if (isEmpty)
            unexpected(m_token);
        read.position = position;
        read.extends = true;
        read.end = m_lastEnd;
        return Definition(read);
    };
    if (!kind) {
        expectKeyword(u"schema");
        SchemaDefinition read;
        read.directives = directives(Constant::Yes);
        read.operationTypes =
            optionalMany(Kind::BraceLeft, &Parser::operationType, Kind::BraceRight);
        return finish(read, read.directives.isEmpty() && read.operationTypes.isEmpty());
    }
    const TypeDefinition read = typeDefinition(*kind);
    return finish(read,
                  read.interfaces.isEmpty() && read.directives.isEmpty() && read.fields.isEmpty()
                      && read.members.isEmpty() && read.values.isEmpty()
                      && read.inputFields.isEmpty());
}

SchemaDefinition Parser::schema()
{
    SchemaDefinition read;
    expectKeyword(u"schema");
    read.directives = directives(Constant::Yes);
    read.operationTypes = many(Kind::BraceLeft, &Parser::operationType, Kind::BraceRight);
    return read;
}

OperationTypeDefinition Parser::operationType()
{
    OperationTypeDefinition read;
    read.position = m_token.position;
    read.kind = operationKind();
    expect(Kind::Colon);
    read.type = name();
    return read;
}

TypeDefinition Parser::typeDefinition(TypeKind kind)
{
    TypeDefinition read;
    read.kind = kind;
    expectKeyword(keyword(kind));
    read.name = name();
    if ((kind == TypeKind::Object || kind == TypeKind::Interface) && takeKeyword(u"implements"))
        read.interfaces = delimited(Kind::Ampersand, &Parser::name);
    read.directives = directives(Constant::Yes);
    typeBody(read);
    return read;
}

void Parser::typeBody(TypeDefinition &type)
{
    switch (type.kind) {
    case TypeKind::Scalar:
        break;
    case TypeKind::Object:
    case TypeKind::Interface:
        type.fields = optionalMany(Kind::BraceLeft, &Parser::fieldDefinition, Kind::BraceRight);
        break;
    case TypeKind::Union:
        if (take(Kind::Equals))
            type.members = delimited(Kind::Pipe, &Parser::name);
        break;
    case TypeKind::Enum:
        type.values = optionalMany(Kind::BraceLeft, &Parser::enumValue, Kind::BraceRight);
        break;
    case TypeKind::InputObject:
        type.inputFields = optionalMany(Kind::BraceLeft, &Parser::inputValue, Kind::BraceRight);
        break;
    }
}

FieldDefinition Parser::fieldDefinition()
{
    FieldDefinition read;
    read.position = m_token.position;
    read.description = description();
    read.name = name();
    read.arguments =
        optionalMany(Kind::ParenthesisLeft, &Parser::inputValue, Kind::ParenthesisRight);
    expect(Kind::Colon);
    read.type = type();
    read.directives = directives(Constant::Yes);
    return read;
}

InputValueDefinition Parser::inputValue()
{
    InputValueDefinition read;
    read.position = m_token.position;
    read.description = description();
    read.name = name();
    expect(Kind::Colon);
    read.type = type();
    if (take(Kind::Equals))
        read.defaultValue = constantValue();
    read.directives = directives(Constant::Yes);
    return read;
}

EnumValueDefinition Parser::enumValue()
{
    EnumValueDefinition read;
    read.position = m_token.position;
    read.description = description();
    if (m_token.text == u"true" || m_token.text == u"false" || m_token.text == u"null")
        fail(m_token,
             u"%1 is reserved and cannot be used for an enum value."_s.arg(m_token.describe()));
    read.name = name();
    read.directives = directives(Constant::Yes);
    return read;
}

DirectiveDefinition Parser::directiveDefinition()
{
    DirectiveDefinition read;
    expectKeyword(u"directive");
    expect(Kind::At);
    read.name = name();
    read.arguments =
        optionalMany(Kind::ParenthesisLeft, &Parser::inputValue, Kind::ParenthesisRight);
    read.repeatable = takeKeyword(u"repeatable");
    expectKeyword(u"on");
    read.locations = delimited(Kind::Pipe, &Parser::directiveLocation);
    return read;
}

Name Parser::directiveLocation()
{
    static const QStringList known{
        u"QUERY"_s,
        u"MUTATION"_s,
        u"SUBSCRIPTION"_s,
        u"FIELD"_s,
        u"FRAGMENT_DEFINITION"_s,
        u"FRAGMENT_SPREAD"_s,
        u"INLINE_FRAGMENT"_s,
        u"VARIABLE_DEFINITION"_s,
        u"SCHEMA"_s,
        u"SCALAR"_s,
        u"OBJECT"_s,
        u"FIELD_DEFINITION"_s,
        u"ARGUMENT_DEFINITION"_s,
        u"INTERFACE"_s,
        u"UNION"_s,
        u"ENUM"_s,
        u"ENUM_VALUE"_s,
        u"INPUT_OBJECT"_s,
        u"INPUT_FIELD_DEFINITION"_s,
    };
    const Token token = m_token;
    Name read = name();
    if (!known.contains(read.text))
        unexpected(token);
    return read;
}

std::optional<Value> Parser::description()
{
    if (!peek(Kind::String) && !peek(Kind::BlockString))
        return std::nullopt;
    return string();
}

} // namespace AppSync::GraphQl
