// SPDX-License-Identifier: Apache-2.0
#include "literalreader_p.h"
#include "printer.h"
#include "suggestions_p.h"
#include "validator_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

const TypeReference *withoutNonNull(const TypeReference *type)
{
    return type && type->kind == TypeReference::Kind::NonNull ? &type->wrapped() : type;
}

} // namespace

Validator::Expected Validator::expectedOf(const InputValueDefinition *input) const
{
    if (!input)
        return {};
    const TypeDefinition *type = m_schema.type(input->type);
    return {type && isInput(type->kind) ? &input->type : nullptr, input->defaultValue.has_value()};
}

void Validator::visitArguments(const QList<Argument> &arguments,
                               const QList<InputValueDefinition> *known)
{
    for (const Argument &argument : arguments) {
        const InputValueDefinition *input = nullptr;
        if (known) {
            const auto found =
                std::find_if(known->begin(), known->end(), [&argument](const auto &each) {
                    return each.name.text == argument.name.text;
                });
            input = found == known->end() ? nullptr : &*found;
        }
        visit(argument.value, expectedOf(input), Values::Checked);
    }
}

void Validator::visit(const Value &value, Expected expected, Values mode)
{
    switch (value.kind) {
    case Value::Kind::Variable:
        m_usage->append({value.text, value.position, expected.type, expected.hasDefault});
        break;
    case Value::Kind::List:
        visitList(value, expected.type, mode);
        break;
    case Value::Kind::Object:
        visitObject(value, expected.type, mode);
        break;
    case Value::Kind::Null:
        if (mode == Values::Checked && expected.type
            && expected.type->kind == TypeReference::Kind::NonNull)
            report(u"ValuesOfCorrectType"_s,
                   u"Expected value of type \"%1\", found null."_s.arg(expected.type->toString()),
                   {value.position});
        break;
    default:
        if (mode == Values::Checked)
            checkLiteral(value, expected.type);
        break;
    }
}

void Validator::visitList(const Value &list, const TypeReference *type, Values mode)
{
    const TypeReference *nullable = withoutNonNull(type);
    const bool isList = nullable && nullable->kind == TypeReference::Kind::List;
    const TypeReference *item = isList ? &nullable->wrapped() : nullable;
    if (!isList && mode == Values::Checked) {
        checkLiteral(list, item);
        mode = Values::Unchecked;
    }
    for (const Value &each : list.items)
        visit(each, {item, false}, mode);
}

void Validator::visitObject(const Value &object, const TypeReference *type, Values mode)
{
    const TypeDefinition *named = type ? m_schema.type(*type) : nullptr;
    const bool isObject = named && named->kind == TypeKind::InputObject;
    if (!isObject && mode == Values::Checked) {
        checkLiteral(object, type);
        mode = Values::Unchecked;
    }
    QSet<QString> given;
    for (const Argument &field : object.fields) {
        given.insert(field.name.text);
        const auto *input = isObject ? m_schema.inputField(*named, field.name.text) : nullptr;
        const Expected expected = expectedOf(input);
        if (isObject && !expected.type && mode == Values::Checked) {
            QStringList known;
            for (const InputValueDefinition &each : named->inputFields)
                known += each.name.text;
            report(u"ValuesOfCorrectType"_s,
                   u"Field \"%1\" is not defined by type \"%2\"."_s.arg(field.name.text,
                                                                        named->name.text)
                       + Suggestions::question(Suggestions::near(field.name.text, known)),
                   {field.name.position});
        }
        visit(field.value, expected, mode);
    }
    if (!isObject || mode == Values::Unchecked)
        return;
    for (const InputValueDefinition &field : named->inputFields) {
        if (isRequired(field) && !given.contains(field.name.text))
            report(u"ValuesOfCorrectType"_s,
                   u"Field \"%1.%2\" of required type \"%3\" was not provided."_s.arg(
                       named->name.text, field.name.text, field.type.toString()),
                   {object.position});
    }
}

void Validator::checkLiteral(const Value &value, const TypeReference *type)
{
    const TypeDefinition *named = type ? m_schema.type(*type) : nullptr;
    if (!named)
        return;
    if (!isLeaf(named->kind))
        report(u"ValuesOfCorrectType"_s,
               u"Expected value of type \"%1\", found %2."_s.arg(type->toString(), print(value)),
               {value.position});
    else if (named->kind == TypeKind::Enum)
        checkEnum(value, *named);
    else
        checkScalar(value, *named);
}

void Validator::checkEnum(const Value &value, const TypeDefinition &type)
{
    const bool isEnum = value.kind == Value::Kind::Enum;
    if (isEnum && m_schema.enumValue(type, value.text))
        return;
    const QString text = print(value);
    QStringList known;
    for (const EnumValueDefinition &each : type.values)
        known += each.name.text;
    const QString message = isEnum
        ? u"Value \"%1\" does not exist in \"%2\" enum."_s.arg(text, type.name.text)
        : u"Enum \"%1\" cannot represent non-enum value: %2."_s.arg(type.name.text, text);
    report(u"ValuesOfCorrectType"_s,
           message + Suggestions::question(Suggestions::near(text, known), u"the enum value"_s),
           {value.position});
}

void Validator::checkScalar(const Value &value, const TypeDefinition &type)
{
    const QString &name = type.name.text;
    if (LiteralReader::fitsScalar(value, name))
        return;
    static const QHash<QString, QString> words{
        {u"Int"_s, u"Int cannot represent non-integer value: "_s},
        {u"Float"_s, u"Float cannot represent non numeric value: "_s},
        {u"String"_s, u"String cannot represent a non string value: "_s},
        {u"Boolean"_s, u"Boolean cannot represent a non boolean value: "_s},
        {u"ID"_s, u"ID cannot represent a non-string and non-integer value: "_s},
    };
    const bool isTooBig = name == u"Int" && value.kind == Value::Kind::Int;
    report(
        u"ValuesOfCorrectType"_s,
        (isTooBig ? u"Int cannot represent non 32-bit signed integer value: "_s : words.value(name))
            + print(value),
        {value.position});
}

void Validator::checkVariables(const OperationDefinition &operation)
{
    QHash<QString, const VariableDefinition *> variables;
    for (const VariableDefinition &variable : operation.variables)
        variables.insert(variable.name.text, &variable);
    QSet<QString> used;
    const auto checkUsages = [&](const QList<Usage> &usages) {
        for (const Usage &usage : usages) {
            used.insert(usage.name);
            checkUsage(usage, operation, variables.value(usage.name));
        }
    };
    checkUsages(m_usages.value(&operation));
    const auto reached = m_fragments.reached(operation.selections);
    for (const FragmentDefinition *fragment : reached)
        checkUsages(m_usages.value(fragment));
    for (const VariableDefinition &variable : operation.variables) {
        if (used.contains(variable.name.text))
            continue;
        const QString message = u"Variable \"$%1\" is never used"_s.arg(variable.name.text);
        report(u"NoUnusedVariables"_s,
               operation.name.isEmpty()
                   ? message + u'.'
                   : message + u" in operation \"%1\"."_s.arg(operation.name.text),
               {variable.position});
    }
}

void Validator::checkUsage(const Usage &usage, const OperationDefinition &operation,
                           const VariableDefinition *variable)
{
    if (!variable) {
        const QString message = u"Variable \"$%1\" is not defined"_s.arg(usage.name);
        report(u"NoUndefinedVariables"_s,
               operation.name.isEmpty()
                   ? message + u'.'
                   : message + u" by operation \"%1\"."_s.arg(operation.name.text),
               {usage.position, operation.position});
        return;
    }
    if (!usage.type || !m_schema.type(variable->type) || mayStand(*variable, usage))
        return;
    report(u"VariablesInAllowedPosition"_s,
           u"Variable \"$%1\" of type \"%2\" used in position expecting type \"%3\"."_s.arg(
               usage.name, variable->type.toString(), usage.type->toString()),
           {variable->position, usage.position});
}

bool Validator::mayStand(const VariableDefinition &variable, const Usage &usage) const
{
    const bool mayBeNull = variable.type.kind != TypeReference::Kind::NonNull;
    if (usage.type->kind != TypeReference::Kind::NonNull || !mayBeNull)
        return m_schema.isSubType(variable.type, *usage.type);
    const bool hasDefault =
        variable.defaultValue && variable.defaultValue->kind != Value::Kind::Null;
    return (hasDefault || usage.hasDefault)
        && m_schema.isSubType(variable.type, usage.type->wrapped());
}

} // namespace AppSync::GraphQl
