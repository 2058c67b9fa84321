// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostic.h"
#include "parser.h"

#include <QJsonObject>

#include <memory>

namespace AppSync::GraphQl {

struct SchemaData;
struct SchemaResult;

//! The types and directives of an API. Extensions are merged into what they extend, and the built-in types are
//! there: those of GraphQL, and the scalars and directives of AppSync. Copies share their data, which never
//! changes; the pointers that functions return are good as long as one copy lives.
class APPSYNC_GRAPHQL_EXPORT Schema {
public:
    Schema(); //!< without types of its own

    //! Reads the schema definition language.
    [[nodiscard]] static SchemaResult fromText(const QString &text, ParseLimits limits = {});
    //! Executable definitions in \a document are left out.
    [[nodiscard]] static SchemaResult fromDocument(const Document &document);
    //! Reads the answer to an introspection query: the whole response, its `data`, or the `__schema` in it.
    [[nodiscard]] static SchemaResult fromIntrospection(const QJsonObject &answer);

    [[nodiscard]] bool isEmpty() const; //!< there are only built-in types
    //! The API's own types in their order, then the built-in ones.
    [[nodiscard]] const QList<TypeDefinition> &types() const;
    [[nodiscard]] bool
    isBuiltIn(const TypeDefinition &type) const; //!< \a type is not the API's own
    [[nodiscard]] const TypeDefinition *type(const QString &name) const; //!< or null
    [[nodiscard]] const TypeDefinition *
    type(const TypeReference &type) const; //!< inside lists and `!`
    //! The API's own directives, then the built-in ones.
    [[nodiscard]] const QList<DirectiveDefinition> &directives() const;
    [[nodiscard]] bool
    isBuiltIn(const DirectiveDefinition &directive) const; //!< it is not the API's own
    [[nodiscard]] const DirectiveDefinition *directive(const QString &name) const; //!< or null
    [[nodiscard]] const TypeDefinition *rootType(OperationKind kind) const; //!< or null
    [[nodiscard]] std::optional<QString> description() const; //!< of the schema as a whole
    [[nodiscard]] const QList<Directive> &schemaDirectives() const; //!< at the schema as a whole

    //! A field of an object or interface, or null. `__typename` is one of each, and of unions; `__schema` and
    //! `__type` are fields of the query type.
    [[nodiscard]] const FieldDefinition *field(const TypeDefinition &type,
                                               const QString &name) const;
    //! A field of an input object, or null.
    [[nodiscard]] const InputValueDefinition *inputField(const TypeDefinition &type,
                                                         const QString &name) const;
    //! A value of an enum, or null.
    [[nodiscard]] const EnumValueDefinition *enumValue(const TypeDefinition &type,
                                                       const QString &name) const;
    //! The objects that a value of \a type may be: itself, the members of a union, what implements an interface.
    [[nodiscard]] QList<const TypeDefinition *> possibleTypes(const TypeDefinition &type) const;
    //! \a type is a member of the union or implements the interface \a abstractType.
    [[nodiscard]] bool isSubType(const TypeDefinition &abstractType,
                                 const TypeDefinition &type) const;
    //! A value of type \a type may stand where \a expected is asked for.
    [[nodiscard]] bool isSubType(const TypeReference &type, const TypeReference &expected) const;

    //! In the schema definition language, as graphql-js prints a schema: without built-in types, and of the
    //! directives only `@deprecated` and `@specifiedBy`.
    [[nodiscard]] QString toText() const;

private:
    explicit Schema(std::shared_ptr<const SchemaData> data);
    friend class SchemaBuilder;

    std::shared_ptr<const SchemaData> d;
};

//! A schema, or why there is none.
struct SchemaResult {
    Schema schema; //!< empty after an error
    QList<Diagnostic> errors; //!< in the order of their places
};

//! It has no fields.
[[nodiscard]] constexpr bool isLeaf(TypeKind kind)
{
    return kind == TypeKind::Scalar || kind == TypeKind::Enum;
}

//! Arguments and variables may have such a type.
[[nodiscard]] constexpr bool isInput(TypeKind kind)
{
    return isLeaf(kind) || kind == TypeKind::InputObject;
}

//! Fields may have such a type.
[[nodiscard]] constexpr bool isOutput(TypeKind kind)
{
    return kind != TypeKind::InputObject;
}

//! Its values are selected from.
[[nodiscard]] constexpr bool isComposite(TypeKind kind)
{
    return isOutput(kind) && !isLeaf(kind);
}

//! Its values are of one of several object types.
[[nodiscard]] constexpr bool isAbstract(TypeKind kind)
{
    return kind == TypeKind::Interface || kind == TypeKind::Union;
}

//! `!` and without a default value.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT bool isRequired(const InputValueDefinition &input);
//! Why what has these directives is deprecated, if it is.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<QString>
deprecationReason(const QList<Directive> &directives);

} // namespace AppSync::GraphQl
