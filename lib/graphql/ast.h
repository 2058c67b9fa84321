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
    Position position;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); } //!< there is none
};

struct Argument;

//! A value as written, variables included.
struct Value {
    //! What it is.
    enum class Kind { Null, Int, Float, String, Boolean, Enum, List, Object, Variable };

    Kind kind = Kind::Null;
    Position position = {};
    //! Int, Float: as written. String: its content. Boolean: true or false. Enum, Variable: the name.
    QString text = {};
    bool block = false; //!< a String in `"""`
    QList<Value> items = {}; //!< of a List
    QList<Argument> fields = {}; //!< of an Object
};

//! `name: value`, of a field or directive, and as the field of an input object.
struct Argument {
    Name name;
    Value value;
};

//! `@name(arguments)`
struct Directive {
    Position position; //!< of the `@`
    Name name;
    QList<Argument> arguments;
};

//! `Name`, `[Type]` or either with `!`.
struct TypeReference {
    //! The outermost layer.
    enum class Kind { Named, List, NonNull };

    Kind kind = Kind::Named;
    Position position;
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

    Kind kind = Kind::Field;
    Position position; //!< of a field's alias or name, or of the `...`
    Name alias; //!< of a Field; empty without one
    Name name; //!< of a Field, or of the fragment that a FragmentSpread names
    Name typeCondition; //!< of an InlineFragment; empty without one
    QList<Argument> arguments; //!< of a Field
    QList<Directive> directives;
    Position selectionsPosition; //!< of the `{`, where there are selections
    QList<Selection> selections; //!< of a Field or InlineFragment; a field may have none

    //! Of a Field: the key of its value in the response.
    [[nodiscard]] const Name &responseName() const { return alias.isEmpty() ? name : alias; }
};

//! `$name: Type = default @directives`
struct VariableDefinition {
    Position position; //!< of the `$`
    Name name;
    TypeReference type;
    std::optional<Value> defaultValue;
    QList<Directive> directives;
};

//! What an operation does.
enum class OperationKind { Query, Mutation, Subscription };

//! A query, mutation or subscription.
struct OperationDefinition {
    OperationKind kind = OperationKind::Query;
    Position position;
    int end = 0; //!< offset behind its last character
    Name name; //!< empty if anonymous
    QList<VariableDefinition> variables;
    QList<Directive> directives;
    Position selectionsPosition; //!< of the `{`
    QList<Selection> selections;
};

//! `fragment name on Type { … }`
struct FragmentDefinition {
    Position position;
    int end = 0; //!< offset behind its last character
    Name name;
    Name typeCondition;
    QList<Directive> directives;
    Position selectionsPosition; //!< of the `{`
    QList<Selection> selections;
};

// --- Type system definitions

//! The argument of a field or directive, or the field of an input object.
struct InputValueDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description;
    Name name;
    TypeReference type;
    std::optional<Value> defaultValue;
    QList<Directive> directives;
};

//! The field of an object or interface.
struct FieldDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description;
    Name name;
    QList<InputValueDefinition> arguments;
    TypeReference type;
    QList<Directive> directives;
};

//! One value of an enum.
struct EnumValueDefinition {
    Position position; //!< of its description, else of its name
    std::optional<Value> description;
    Name name;
    QList<Directive> directives;
};

//! `query: Name` in a schema definition.
struct OperationTypeDefinition {
    Position position;
    OperationKind kind = OperationKind::Query;
    Name type;
};

//! `schema { … }` or `extend schema …`
struct SchemaDefinition {
    Position position;
    int end = 0; //!< offset behind its last character
    bool extends = false;
    std::optional<Value> description;
    QList<Directive> directives;
    QList<OperationTypeDefinition> operationTypes;
};

//! What a type is.
enum class TypeKind { Scalar, Object, Interface, Union, Enum, InputObject };

//! A type, or with `extend` what is added to one.
struct TypeDefinition {
    TypeKind kind = TypeKind::Scalar;
    Position position;
    int end = 0; //!< offset behind its last character
    bool extends = false;
    std::optional<Value> description;
    Name name;
    QList<Name> interfaces; //!< of an Object or Interface
    QList<Directive> directives;
    QList<FieldDefinition> fields; //!< of an Object or Interface
    QList<Name> members; //!< of a Union
    QList<EnumValueDefinition> values; //!< of an Enum
    QList<InputValueDefinition> inputFields; //!< of an InputObject
};

//! `directive @name(arguments) repeatable on LOCATIONS`
struct DirectiveDefinition {
    Position position;
    int end = 0; //!< offset behind its last character
    std::optional<Value> description;
    Name name;
    QList<InputValueDefinition> arguments;
    bool repeatable = false;
    QList<Name> locations;
};

//! One of the things that stand next to each other in a document.
using Definition = std::variant<OperationDefinition, FragmentDefinition, SchemaDefinition,
                                TypeDefinition, DirectiveDefinition>;

//! A parsed text. The pointers that its functions return are good as long as the document lives unchanged.
struct APPSYNC_GRAPHQL_EXPORT Document {
    QList<Definition> definitions;

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
