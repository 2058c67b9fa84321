// SPDX-License-Identifier: Apache-2.0
#include "builtins_p.h"

#include "parser.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl::BuiltIns {

namespace {

const QString kGraphQl = uR"(
"Text of any length."
scalar String
"A whole number of 32 bits with a sign."
scalar Int
"A number of double precision."
scalar Float
"`true` or `false`."
scalar Boolean
"A key that identifies an object: a text, or a whole number which is taken as one."
scalar ID

"What the API offers: its types, its directives and where operations begin."
type __Schema {
  description: String
  "All types of the API."
  types: [__Type!]!
  "Where queries begin."
  queryType: __Type!
  "Where mutations begin, if there are any."
  mutationType: __Type
  "Where subscriptions begin, if there are any."
  subscriptionType: __Type
  "All directives of the API."
  directives: [__Directive!]!
}

"A type, or a list or non-null of one. Which fields have a value depends on its kind."
type __Type {
  kind: __TypeKind!
  name: String
  description: String
  specifiedByURL: String
  fields(includeDeprecated: Boolean = false): [__Field!]
  interfaces: [__Type!]
  possibleTypes: [__Type!]
  enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean = false): [__InputValue!]
  ofType: __Type
}

"What a type is."
enum __TypeKind {
  "A value without fields."
  SCALAR
  "It has fields and interfaces."
  OBJECT
  "It has fields, interfaces and possible types."
  INTERFACE
  "It has possible types."
  UNION
  "It has enum values."
  ENUM
  "It has input fields."
  INPUT_OBJECT
  "A list of `ofType`."
  LIST
  "`ofType`, and never null."
  NON_NULL
}

"A field of an object or interface."
type __Field {
  name: String!
  description: String
  args(includeDeprecated: Boolean = false): [__InputValue!]!
  type: __Type!
  isDeprecated: Boolean!
  deprecationReason: String
}

"An argument, or a field of an input object."
type __InputValue {
  name: String!
  description: String
  type: __Type!
  "As written in the language, if there is one."
  defaultValue: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"One value of an enum."
type __EnumValue {
  name: String!
  description: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"A directive, and where it may be written."
type __Directive {
  name: String!
  description: String
  isRepeatable: Boolean!
  locations: [__DirectiveLocation!]!
  args(includeDeprecated: Boolean = false): [__InputValue!]!
}

"Where a directive may be written."
enum __DirectiveLocation {
  QUERY
  MUTATION
  SUBSCRIPTION
  FIELD
  FRAGMENT_DEFINITION
  FRAGMENT_SPREAD
  INLINE_FRAGMENT
  VARIABLE_DEFINITION
  SCHEMA
  SCALAR
  OBJECT
  FIELD_DEFINITION
  ARGUMENT_DEFINITION
  INTERFACE
  UNION
  ENUM
  ENUM_VALUE
  INPUT_OBJECT
  INPUT_FIELD_DEFINITION
}

"Selects the field or fragment only if the argument is true."
directive @include("Whether it is selected." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Leaves the field or fragment out if the argument is true."
directive @skip("Whether it is left out." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Marks what should no longer be used."
directive @deprecated(
  "Why, and what to use instead."
  reason: String = "No longer supported"
) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
"Names the specification of a scalar."
directive @specifiedBy("Where it is." url: String!) on SCALAR

# What the three functions below return.
type Meta {
  "The name of the object's type."
  __typename: String!
  "The types and directives of the API."
  __schema: __Schema!
  "One type of the API."
  __type(name: String!): __Type
}
)"_s;

const QString kAppSync = uR"(
"A date, such as 1970-01-01Z: ISO 8601, the offset of the time zone may be left out."
scalar AWSDate
"A time, such as 12:30:00.000Z: ISO 8601, the offset of the time zone may be left out."
scalar AWSTime
"A date and time, such as 1970-01-01T12:30:00.000Z: ISO 8601 with the offset of the time zone."
scalar AWSDateTime
"Seconds since 1970-01-01T00:00Z, may be negative."
scalar AWSTimestamp
"An address for e-mail, such as name@example.com."
scalar AWSEmail
"Any JSON value, written as a string."
scalar AWSJSON
"A URL, such as https://example.com/path."
scalar AWSURL
"A telephone number, such as +1 555 0100."
scalar AWSPhone
"An IPv4 or IPv6 address, or a range of them in CIDR notation."
scalar AWSIPAddress

"Names the mutations whose results the subscription receives."
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
"Names the subscriptions that receive the mutation's result (outdated: use aws_subscribe)."
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
"Lets callers in who have an API key."
directive @aws_api_key on OBJECT | FIELD_DEFINITION
"Lets callers in who sign with AWS credentials."
directive @aws_iam on OBJECT | FIELD_DEFINITION
"Lets callers in who have a token of the OIDC provider."
directive @aws_oidc on OBJECT | FIELD_DEFINITION
"Lets callers in whom the Lambda function authorizes."
directive @aws_lambda on OBJECT | FIELD_DEFINITION
"Lets callers in who have a token of the user pool, and are in one of the groups if there are any."
directive @aws_cognito_user_pools(cognito_groups: [String]) on OBJECT | FIELD_DEFINITION
"Lets callers in who are in one of the groups, where the user pool is the only mode of the API."
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
)"_s;

const TypeDefinition &metaType()
{
    static const Document document = parse(kGraphQl).document;
    return std::get<TypeDefinition>(document.definitions.last());
}

} // namespace

const Document &ofGraphQl()
{
    static const Document document = [] {
        Document read = parse(kGraphQl).document;
        read.definitions.removeLast();
        return read;
    }();
    return document;
}

const Document &ofAppSync()
{
    static const Document document = parse(kAppSync).document;
    return document;
}

bool isStandardType(const QString &name)
{
    static const QSet<QString> names = [] {
        QSet<QString> all;
        for (const Definition &definition : ofGraphQl().definitions) {
            if (const auto *type = std::get_if<TypeDefinition>(&definition))
                all += type->name.text;
        }
        return all;
    }();
    return names.contains(name);
}

bool isStandardDirective(const QString &name)
{
    // oneOf is younger than what we read, but a server may speak of it.
    static const QSet<QString> names{u"include"_s, u"skip"_s, u"deprecated"_s, u"specifiedBy"_s,
                                     u"oneOf"_s};
    return names.contains(name);
}

const FieldDefinition &typenameField()
{
    return metaType().fields[0];
}

const FieldDefinition &schemaField()
{
    return metaType().fields[1];
}

const FieldDefinition &typeField()
{
    return metaType().fields[2];
}

} // namespace AppSync::GraphQl::BuiltIns
