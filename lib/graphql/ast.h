// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_graphql_export.h>

#include <QList>
#include <QString>

#include <optional>
#include <variant>

//! GraphQL documents as the specification of October 2021 has them: parsing, printing, schemas, validation.
//! Everything here is a value without hidden state, to be used from any thread.
namespace AppSync::GraphQl {

//! A place in a document. Columns and offsets count UTF-16 units.
struct Position {
    int offset = 0; //!< from the beginning of the document, at 0
    int line = 1; //!< the first is 1
    int column = 1; //!< the first is 1

    friend bool operator==(const Position &, const Position &) = default;
};

//! A name, without the `$` or `@` before it.
struct Name {
    QString text; //!< empty where the grammar lets a name be absent
    Position position; //!< where it begins

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); } //!< there is none
};

struct Argument;

//! A value as written, variables included.
struct Value {
    //! What it is.
    enum class Kind { Null, Int, Float, String, Boolean, Enum, List, Object, Variable };

    Kind kind = Kind::Null; //!< what it is
    Position position = {}; //!< where it begins
    //! Int, Float: as written. String: its content. Boolean: true or false. Enum, Variable: the name.
    QString text = {};
    bool block = false; //!< a String in `"""`
    QList<Value> items = {}; //!< of a List
    QList<Argument> fields = {}; //!< of an Object
};

//! `name: value`, of a field or directive, and as the field of an input object.
struct Argument {
    Name name; //!< its name
    Value value; //!< a variable where it may be one
};

//! `@name(arguments)`
struct Directive {
    Position position; //!< of the `@`
    Name name; //!< its name
    QList<Argument> arguments; //!< in their order
};

//! `Name`, `[Type]` or either with `!`.
struct TypeReference {
    //! The outermost layer.
    enum class Kind { Named, List, NonNull };

    Kind kind = Kind::Named; //!< the outermost layer
    Position position; //!< where it begins
    QString name; //!< of a Named
    QList<TypeReference> inner; //!< the one wrapped type of a List or NonNull

    [[nodiscard]] const TypeReference &wrapped() const { return inner.first(); } //!< not of a Named
    //! The type inside all lists and `!`.
    [[nodiscard]] APPSYNC_GRAPHQL_EXPORT const TypeReference &named() const;
    //! As in a document: `[String!]`
    [[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString toString() const;
};

// --- Executable definitions

//! One entry of a selection set.
struct Selection {
    //! What it is.
    enum class Kind { Field, FragmentSpread, InlineFragment };

    Kind kind = Kind::Field; //!< what it is
    Position position; //!< of a field's alias or name, or of the `...`
    Name alias; //!< of a Field; empty without one
    Name name; //!< of a Field, or of the fragment that a FragmentSpread names
    Name typeCondition; //!< of an InlineFragment; empty without one
    QList<Argument> arguments; //!< of a Field
    QList<Directive> directives; //!< in their order
    Position selectionsPosition; //!< of the `{`, where there are selections
    QList<Selection> selections; //!< of a Field or InlineFragment; a field may have none

    //! Of a Field: the key of its value in the response.
    [[nodiscard]] const Name &responseName() const { return alias.isEmpty() ? name : alias; }
};

//! `$name: Type = default @directives`
struct VariableDefinition {
    Position position; //!< of the `$`
    Name name; //!< its name
    TypeReference type; //!< its type
    std::optional<Value> defaultValue; //!< if it has one
    QList<Directive> directives; //!< in their order
};

//! What an operation does.
enum class OperationKind { Query, Mutation, Subscription };

//! A query, mutation or subscription.
struct OperationDefinition {
    OperationKind kind = OperationKind::Query; //!< what it is
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    Name name; //!< empty if anonymous
    QList<VariableDefinition> variables; //!< in their order
    QList<Directive> directives; //!< in their order
    Position selectionsPosition; //!< of the `{`
    QList<Selection> selections; //!< at least one
};

//! `fragment name on Type { … }`
struct FragmentDefinition {
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    Name name; //!< its name
    Name typeCondition; //!< the type behind `on`
    QList<Directive> directives; //!< in their order
    Position selectionsPosition; //!< of the `{`
    QList<Selection> selections; //!< at least one
};

// --- Type system definitions

//! The argument of a field or directive, or the field of an input object.
struct InputValueDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description; //!< a String, if it has one
    Name name; //!< its name
    TypeReference type; //!< its type
    std::optional<Value> defaultValue; //!< if it has one
    QList<Directive> directives; //!< in their order
};

//! The field of an object or interface.
struct FieldDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description; //!< a String, if it has one
    Name name; //!< its name
    QList<InputValueDefinition> arguments; //!< in their order
    TypeReference type; //!< its type
    QList<Directive> directives; //!< in their order
};

//! One value of an enum.
struct EnumValueDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description; //!< a String, if it has one
    Name name; //!< its name
    QList<Directive> directives; //!< in their order
};

//! `query: Name` in a schema definition.
struct OperationTypeDefinition {
    Position position; //!< where it begins
    OperationKind kind = OperationKind::Query; //!< what it is
    Name type; //!< the type where such operations begin
};

//! `schema { … }` or `extend schema …`
struct SchemaDefinition {
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    bool extends = false; //!< it began with `extend`
    std::optional<Value> description; //!< a String, if it has one
    QList<Directive> directives; //!< in their order
    QList<OperationTypeDefinition> operationTypes; //!< in their order
};

//! What a type is.
enum class TypeKind { Scalar, Object, Interface, Union, Enum, InputObject };

//! A type, or with `extend` what is added to one.
struct TypeDefinition {
    TypeKind kind = TypeKind::Scalar; //!< what the type is
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    bool extends = false; //!< it began with `extend`
    std::optional<Value> description; //!< a String, if it has one
    Name name; //!< its name
    QList<Name> interfaces; //!< of an Object or Interface
    QList<Directive> directives; //!< in their order
    QList<FieldDefinition> fields; //!< of an Object or Interface
    QList<Name> members; //!< of a Union
    QList<EnumValueDefinition> values; //!< of an Enum
    QList<InputValueDefinition> inputFields; //!< of an InputObject
};

//! `directive @name(arguments) repeatable on LOCATIONS`
struct DirectiveDefinition {
    Position position; //!< where it begins
    int end = 0; //!< offset behind its last character
    std::optional<Value> description; //!< a String, if it has one
    Name name; //!< its name
    QList<InputValueDefinition> arguments; //!< in their order
    bool repeatable = false; //!< it may stand several times at one place
    QList<Name> locations; //!< where it may stand, such as `FIELD`
};

//! One of the things that stand next to each other in a document.
using Definition = std::variant<OperationDefinition, FragmentDefinition, SchemaDefinition,
                                TypeDefinition, DirectiveDefinition>;

//! A parsed text. The pointers that its functions return are good as long as the document lives unchanged.
struct APPSYNC_GRAPHQL_EXPORT Document {
    QList<Definition> definitions; //!< in their order

    [[nodiscard]] QList<const OperationDefinition *>
    operations() const; //!< in the document's order
    [[nodiscard]] QList<const FragmentDefinition *> fragments() const; //!< in the document's order
    //! The first fragment of that name, or null.
    [[nodiscard]] const FragmentDefinition *fragment(QStringView name) const;
    //! The operation that a request with this `operationName` asks for: the only one if the name is empty.
    //! Null if there is none of that name, or if it takes a name to tell which.
    [[nodiscard]] const OperationDefinition *operation(QStringView name) const;
};

//! query, mutation or subscription
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString keyword(OperationKind kind);
//! scalar, type, interface, union, enum or input
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString keyword(TypeKind kind);

} // namespace AppSync::GraphQl
