// SPDX-License-Identifier: Apache-2.0
#include "validationwords_p.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

//! The texts in quotes: names of fields, types and so on.
QStringList quoted(const QString &message)
{
    static const QRegularExpression quotes(u"\"([^\"]*)\""_s);
    QStringList list;
    for (auto it = quotes.globalMatch(message); it.hasNext();) {
        QString name = it.next().captured(1);
        if (name.startsWith(u'$') || name.startsWith(u'@'))
            name.remove(0, 1);
        list.append(name);
    }
    return list;
}

//! As the service's library writes it into messages.
QString shown(const Value &value)
{
    QStringList parts;
    switch (value.kind) {
    case Value::Kind::Null:
        return u"NullValue{}"_s;
    case Value::Kind::Int:
        return u"IntValue{value=%1}"_s.arg(value.text);
    case Value::Kind::Float:
        return u"FloatValue{value=%1}"_s.arg(value.text);
    case Value::Kind::String:
        return u"StringValue{value='%1'}"_s.arg(value.text);
    case Value::Kind::Boolean:
        return u"BooleanValue{value=%1}"_s.arg(value.text);
    case Value::Kind::Enum:
        return u"EnumValue{name='%1'}"_s.arg(value.text);
    case Value::Kind::Variable:
        return u"VariableReference{name='%1'}"_s.arg(value.text);
    case Value::Kind::List:
        for (const Value &item : value.items)
            parts.append(shown(item));
        return u"ArrayValue{values=[%1]}"_s.arg(parts.join(u", "));
    case Value::Kind::Object:
        for (const Argument &field : value.fields)
            parts.append(
                u"ObjectField{name='%1', value=%2}"_s.arg(field.name.text, shown(field.value)));
        return u"ObjectValue{objectFields=[%1]}"_s.arg(parts.join(u", "));
    }
    Q_UNREACHABLE();
}

//! Rules that have one form only; `%1` and so on are the names in quotes.
struct Form {
    QString type;
    QString text;
};

const QHash<QString, Form> &forms()
{
    static const QHash<QString, Form> all{
        {u"FieldsOnCorrectType"_s,
         {u"FieldUndefined"_s, u"Field '%1' in type '%2' is undefined"_s}},
        {u"KnownTypeNames"_s, {u"UnknownType"_s, u"Unknown type %1"_s}},
        {u"KnownFragmentNames"_s, {u"UndefinedFragment"_s, u"Undefined fragment %1"_s}},
        {u"NoUnusedFragments"_s, {u"UnusedFragment"_s, u"Unused fragment %1"_s}},
        {u"NoFragmentCycles"_s, {u"FragmentCycle"_s, u"Fragment cycles not allowed"_s}},
        {u"NoUndefinedVariables"_s, {u"UndefinedVariable"_s, u"Undefined variable %1"_s}},
        {u"NoUnusedVariables"_s, {u"UnusedVariable"_s, u"Unused variable %1"_s}},
        {u"VariablesInAllowedPosition"_s,
         {u"VariableTypeMismatch"_s, u"Variable type doesn't match"_s}},
        {u"VariablesAreInputTypes"_s,
         {u"NonInputTypeOnVariable"_s, u"Input variable %1 type %2 is not an input type"_s}},
        {u"UniqueOperationNames"_s,
         {u"DuplicateOperationName"_s, u"There can be only one operation named '%1'"_s}},
        {u"UniqueFragmentNames"_s,
         {u"DuplicateFragmentName"_s, u"There can be only one fragment named '%1'"_s}},
        {u"UniqueArgumentNames"_s,
         {u"DuplicateArgumentNames"_s, u"There can be only one argument named '%1'"_s}},
        {u"UniqueVariableNames"_s,
         {u"DuplicateVariableName"_s, u"There can be only one variable named '%1'"_s}},
        {u"UniqueDirectivesPerLocation"_s,
         {u"DuplicateDirectiveName"_s,
          u"Non repeatable directives must be uniquely named within a location. The directive "
          "'%1' is not unique"_s}},
        {u"LoneAnonymousOperation"_s,
         {u"LoneAnonymousOperationViolation"_s, u"Anonymous operation with other operations"_s}}};
    return all;
}

const Value *valueAt(const Value &value, int offset)
{
    if (value.position.offset == offset)
        return &value;
    for (const Value &item : value.items) {
        if (const Value *found = valueAt(item, offset))
            return found;
    }
    for (const Argument &field : value.fields) {
        if (field.name.position.offset == offset)
            return &field.value;
        if (const Value *found = valueAt(field.value, offset))
            return found;
    }
    return nullptr;
}

} // namespace

ValidationWords::ValidationWords(const Schema &schema, const Document &document) : m_schema(schema)
{
    for (const Definition &definition : document.definitions) {
        if (const auto *operation = std::get_if<OperationDefinition>(&definition)) {
            m_places.append({operation->position.offset, {}, nullptr, nullptr});
            collect(operation->selections, {}, schema.rootType(operation->kind));
        } else if (const auto *fragment = std::get_if<FragmentDefinition>(&definition)) {
            const QStringList path{fragment->name.text};
            m_places.append({fragment->position.offset, path, nullptr, nullptr});
            collect(fragment->selections, path, schema.type(fragment->typeCondition.text));
        }
    }
}

void ValidationWords::collect(const QList<Selection> &selections, const QStringList &path,
                              const TypeDefinition *type)
{
    for (const Selection &selection : selections) {
        QStringList inner = path;
        const TypeDefinition *innerType = type;
        if (selection.kind == Selection::Kind::Field) {
            inner.append(selection.name.text);
            const FieldDefinition *field =
                type ? m_schema.field(*type, selection.name.text) : nullptr;
            innerType = field ? m_schema.type(field->type) : nullptr;
        } else if (!selection.typeCondition.isEmpty()) {
            innerType = m_schema.type(selection.typeCondition.text);
        }
        m_places.append({selection.position.offset, inner, &selection, type});
        collect(selection.selections, inner, innerType);
    }
}

const ValidationWords::Place *ValidationWords::placeOf(const Diagnostic &diagnostic) const
{
    const Place *found = nullptr;
    if (diagnostic.positions.isEmpty())
        return found;
    // There the variable's definition comes first, and its use second.
    const bool isOfUse = diagnostic.rule == "VariablesInAllowedPosition"_L1;
    const int offset =
        (isOfUse ? diagnostic.positions.last() : diagnostic.positions.first()).offset;
    for (const Place &place : m_places) {
        if (place.offset <= offset)
            found = &place;
    }
    return found;
}

GraphQlError ValidationWords::error(const QString &type, const QString &text,
                                    const QStringList &path, const QList<Position> &positions)
{
    QString message = u"Validation error of type %1: "_s.arg(type) + text;
    if (!path.isEmpty())
        message += u" @ '%1'"_s.arg(path.join(u'/'));
    return {GraphQlError::Kind::Request, message, {}, positions};
}

GraphQlError ValidationWords::of(const Diagnostic &diagnostic) const
{
    if (diagnostic.rule.isEmpty()) // that there are too many
        return {GraphQlError::Kind::Request, diagnostic.message};
    const QStringList names = quoted(diagnostic.message);
    const QString first = names.value(0);
    const Place *place = placeOf(diagnostic);
    const bool isUnused = diagnostic.rule.startsWith("NoUnused"_L1);
    const auto make = [&](const QString &type, const QString &text) {
        return error(type, text, place && !isUnused ? place->path : QStringList(),
                     diagnostic.positions);
    };
    if (const auto form = forms().constFind(diagnostic.rule); form != forms().constEnd()) {
        QString text = form->text;
        for (int i = 1; i <= 3; ++i)
            text.replace(u'%' + QString::number(i), names.value(i - 1));
        return make(form->type, text);
    }
    const bool isOfDirective = diagnostic.message.contains("irective"_L1);
    if (diagnostic.rule == "ScalarLeafs"_L1) {
        const bool isTooMuch = diagnostic.message.contains("must not"_L1);
        return isTooMuch
            ? make(u"SubSelectionNotAllowed"_s,
                   u"Sub selection not allowed on leaf type %1 of field %2"_s.arg(names.value(1),
                                                                                  first))
            : make(u"SubSelectionRequired"_s,
                   u"Sub selection required for type %1 of field %2"_s.arg(names.value(1), first));
    }
    if (diagnostic.rule == "ProvidedRequiredArguments"_L1)
        return isOfDirective
            ? make(u"MissingDirectiveArgument"_s,
                   u"Missing directive argument %1"_s.arg(names.value(1)))
            : make(u"MissingFieldArgument"_s, u"Missing field argument %1"_s.arg(names.value(1)));
    if (diagnostic.rule == "KnownArgumentNames"_L1)
        return make(u"UnknownArgument"_s,
                    isOfDirective ? u"Unknown directive argument %1"_s.arg(first)
                                  : u"Unknown field argument %1"_s.arg(first));
    if (diagnostic.rule == "KnownDirectives"_L1)
        return diagnostic.message.startsWith("Unknown"_L1)
            ? make(u"UnknownDirective"_s, u"Unknown directive %1"_s.arg(first))
            : make(u"MisplacedDirective"_s, u"Directive %1 not allowed here"_s.arg(first));
    if (diagnostic.rule == "ValuesOfCorrectType"_L1)
        return make(u"WrongType"_s, wrongValue(diagnostic, names, place));
    static const QHash<QString, QString> types{
        {u"OverlappingFieldsCanBeMerged"_s, u"FieldsConflict"_s},
        {u"PossibleFragmentSpreads"_s, u"InvalidFragmentType"_s},
        {u"FragmentsOnCompositeTypes"_s, u"FragmentTypeConditionInvalid"_s},
        {u"SingleFieldSubscriptions"_s, u"SubscriptionMultipleRootFields"_s},
        {u"ExecutableDefinitions"_s, u"NonExecutableDefinition"_s}};
    return make(types.value(diagnostic.rule, diagnostic.rule), diagnostic.message);
}

QString ValidationWords::wrongValue(const Diagnostic &diagnostic, const QStringList &names,
                                    const Place *place) const
{
    const QString &message = diagnostic.message;
    const int offset = diagnostic.positions.isEmpty() ? -1 : diagnostic.positions.first().offset;
    const FieldDefinition *field = place && place->selection && place->type
        ? m_schema.field(*place->type, place->selection->name.text)
        : nullptr;
    const QList<Argument> arguments =
        place && place->selection ? place->selection->arguments : QList<Argument>();
    for (const Argument &argument : arguments) {
        if (!valueAt(argument.value, offset))
            continue;
        QString what =
            u"argument '%1' with value '%2' "_s.arg(argument.name.text, shown(argument.value));
        if (message.contains("was not provided"_L1))
            return what
                + u"is missing required fields '[%1]'"_s.arg(names.value(0).section(u'.', 1));
        if (message.contains("is not defined by type"_L1))
            return what
                + u"contains a field not in '%1': '%2'"_s.arg(names.value(1), names.value(0));
        if (message.endsWith("found null."_L1))
            return what + u"must not be null"_s;
        QString type;
        for (const InputValueDefinition &definition :
             field ? field->arguments : QList<InputValueDefinition>()) {
            if (definition.name.text == argument.name.text)
                type = definition.type.named().name;
        }
        return what + u"is not a valid '%1'"_s.arg(type);
    }
    return message;
}

QList<GraphQlError> ValidationWords::introspectionErrors() const
{
    QList<GraphQlError> errors;
    for (const Place &place : m_places) {
        if (!place.selection || place.selection->kind != Selection::Kind::Field)
            continue;
        const QString name = place.selection->name.text;
        if ((name != "__schema"_L1 && name != "__type"_L1) || !place.type)
            continue;
        errors.append(
            error(u"FieldUndefined"_s,
                  u"Field '%1' in type '%2' is undefined"_s.arg(name, place.type->name.text),
                  place.path, {place.selection->name.position}));
    }
    return errors;
}

} // namespace AppSync::Emulation
