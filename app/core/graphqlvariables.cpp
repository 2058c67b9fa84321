// SPDX-License-Identifier: Apache-2.0
#include "app/core/graphqlvariables.h"

#include "app/core/jsontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope::GraphQlVariables {

namespace {

using AppSync::GraphQl::OperationDefinition;
using AppSync::GraphQl::TypeReference;
using AppSync::GraphQl::VariableDefinition;

//! Scalars whose values are JSON strings; of AppSync's own, all but the time stamp, which is a number.
bool isText(const QString &scalar)
{
    static const QStringList texts{u"String"_s,      u"ID"_s,          u"AWSDate"_s, u"AWSTime"_s,
                                   u"AWSDateTime"_s, u"AWSEmail"_s,    u"AWSJSON"_s, u"AWSURL"_s,
                                   u"AWSPhone"_s,    u"AWSIPAddress"_s};
    return texts.contains(scalar);
}

const VariableDefinition *find(const OperationDefinition &operation, const QString &name)
{
    const auto found = std::find_if(
        operation.variables.cbegin(), operation.variables.cend(),
        [&](const VariableDefinition &variable) { return variable.name.text == name; });
    return found == operation.variables.cend() ? nullptr : &*found;
}

} // namespace

std::optional<Given> parse(const QString &text, Problem *problem)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon > 0)
        return Given(text.first(colon), text.sliced(colon + 1));
    *problem = Problem::usage(u"A variable is name:value, not \"%1\"."_s.arg(text),
                              u"For example -V room:lobby"_s);
    return std::nullopt;
}

QByteArray json(const QString &text, const TypeReference &type)
{
    const QByteArray bytes = text.toUtf8();
    const bool isJson = JsonText::isValid(bytes);
    const bool isRequired = type.kind == TypeReference::Kind::NonNull;
    const TypeReference &inner = isRequired ? type.wrapped() : type;
    if (inner.kind != TypeReference::Kind::Named || !isText(inner.name))
        return isJson ? bytes : JsonText::quoted(text);
    const QByteArray value = bytes.trimmed();
    const bool isNull = value == "null" && !isRequired;
    return isJson && (value.startsWith('"') || isNull) ? bytes : JsonText::quoted(text);
}

QByteArray of(const OperationDefinition &operation, const QByteArray &base,
              const QList<Given> &given)
{
    QList<JsonText::Member> members;
    if (!base.isEmpty())
        members = JsonText::members(base);
    bool isChanged = false;
    for (const Given &one : given) {
        const VariableDefinition *variable = find(operation, one.first);
        if (!variable)
            continue;
        members.removeIf([&](const JsonText::Member &member) { return member.name == one.first; });
        members.append({one.first, json(one.second, variable->type)});
        isChanged = true;
    }
    return isChanged ? JsonText::object(members) : base;
}

bool declares(const OperationDefinition &operation, const QString &name)
{
    return find(operation, name) != nullptr;
}

} // namespace Syncscope::GraphQlVariables
