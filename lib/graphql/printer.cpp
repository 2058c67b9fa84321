// SPDX-License-Identifier: Apache-2.0
#include "printer.h"

#include "blockstring_p.h"
#include "printing_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace Printing {

QString quoted(const QString &text)
{
    QString result = u"\""_s;
    for (const QChar c : text) {
        constexpr QStringView written = u"\b\t\n\f\r\"\\";
        constexpr QStringView letters = u"btnfr\"\\";
        if (const qsizetype index = written.indexOf(c); index >= 0) {
            result += u'\\';
            result += letters[index];
        } else if (c < u' ' || (c >= u'\u007f' && c <= u'\u009f')) {
            result += u"\\u%1"_s.arg(QString::number(c.unicode(), 16).toUpper(), 4, u'0');
        } else {
            result += c;
        }
    }
    return result + u'"';
}

QString joined(const QStringList &texts, const QString &separator)
{
    QString result;
    for (const QString &text : texts) {
        if (!text.isEmpty() && !result.isEmpty())
            result += separator;
        result += text;
    }
    return result;
}

QString indented(const QString &text)
{
    return text.isEmpty() ? text : u"  "_s + QString(text).replace(u"\n"_s, u"\n  "_s);
}

QString block(const QStringList &items)
{
    return items.isEmpty() ? QString() : u"{\n"_s + indented(items.join(u'\n')) + u"\n}"_s;
}

} // namespace Printing

namespace {

using namespace Printing;

constexpr qsizetype kLineLength = 80;

template <typename T, typename Print> QStringList printedEach(const QList<T> &items, Print print)
{
    QStringList texts;
    texts.reserve(items.size());
    for (const T &item : items)
        texts += print(item);
    return texts;
}

QString enclosed(const QString &text)
{
    return text.isEmpty() ? QString() : u'(' + text + u')';
}

QString printedArgument(const Argument &argument)
{
    return argument.name.text + u": "_s + print(argument.value);
}

QString printedDirective(const Directive &directive)
{
    return u'@' + directive.name.text
        + enclosed(printedEach(directive.arguments, printedArgument).join(u", "_s));
}

QString printedDirectives(const QList<Directive> &directives)
{
    return printedEach(directives, printedDirective).join(u' ');
}

QString textOf(const Name &name)
{
    return name.text;
}

QString spaced(const QStringList &texts)
{
    return joined(texts, u" "_s);
}

QString described(const std::optional<Value> &description, const QString &text)
{
    return description ? print(*description) + u'\n' + text : text;
}

// --- Executable definitions

QString printedSelection(const Selection &selection);

QString printedSelections(const QList<Selection> &selections)
{
    return block(printedEach(selections, printedSelection));
}

QString printedField(const Selection &field)
{
    const QString name =
        field.alias.isEmpty() ? field.name.text : field.alias.text + u": "_s + field.name.text;
    const QStringList arguments = printedEach(field.arguments, printedArgument);
    QString line = name + enclosed(arguments.join(u", "_s));
    if (line.size() > kLineLength && !arguments.isEmpty())
        line = name + u"(\n"_s + indented(arguments.join(u'\n')) + u"\n)"_s;
    return spaced({line, printedDirectives(field.directives), printedSelections(field.selections)});
}

QString printedSelection(const Selection &selection)
{
    switch (selection.kind) {
    case Selection::Kind::Field:
        return printedField(selection);
    case Selection::Kind::FragmentSpread:
        return spaced({u"..."_s + selection.name.text, printedDirectives(selection.directives)});
    case Selection::Kind::InlineFragment:
        return spaced({u"..."_s,
                       selection.typeCondition.isEmpty() ? QString()
                                                         : u"on "_s + selection.typeCondition.text,
                       printedDirectives(selection.directives),
                       printedSelections(selection.selections)});
    }
    return {};
}

QString printedVariable(const VariableDefinition &variable)
{
    QString text = u'$' + variable.name.text + u": "_s + variable.type.toString();
    if (variable.defaultValue)
        text += u" = "_s + print(*variable.defaultValue);
    return spaced({text, printedDirectives(variable.directives)});
}

QString printed(const OperationDefinition &operation)
{
    const QString name = operation.name.text
        + enclosed(printedEach(operation.variables, printedVariable).join(u", "_s));
    const QString prefix =
        spaced({keyword(operation.kind), name, printedDirectives(operation.directives)});
    const QString selections = printedSelections(operation.selections);
    return prefix == u"query" ? selections : prefix + u' ' + selections;
}

QString printed(const FragmentDefinition &fragment)
{
    return spaced({u"fragment"_s, fragment.name.text, u"on"_s, fragment.typeCondition.text,
                   printedDirectives(fragment.directives), printedSelections(fragment.selections)});
}

// --- Type system definitions

QString printedInputValue(const InputValueDefinition &input)
{
    return described(input.description,
                     spaced({input.name.text + u": "_s + input.type.toString(),
                             input.defaultValue ? u"= "_s + print(*input.defaultValue) : QString(),
                             printedDirectives(input.directives)}));
}

QString printedInputs(const QList<InputValueDefinition> &inputs)
{
    const QStringList texts = printedEach(inputs, printedInputValue);
    const QString line = texts.join(u", "_s);
    return line.contains(u'\n') ? u"(\n"_s + indented(texts.join(u'\n')) + u"\n)"_s
                                : enclosed(line);
}

QString printedFieldDefinition(const FieldDefinition &field)
{
    return described(
        field.description,
        spaced({field.name.text + printedInputs(field.arguments) + u": "_s + field.type.toString(),
                printedDirectives(field.directives)}));
}

QString printedEnumValue(const EnumValueDefinition &value)
{
    return described(value.description,
                     spaced({value.name.text, printedDirectives(value.directives)}));
}

QString printedOperationType(const OperationTypeDefinition &type)
{
    return keyword(type.kind) + u": "_s + type.type.text;
}

QString printed(const SchemaDefinition &schema)
{
    return described(schema.description,
                     spaced({schema.extends ? u"extend schema"_s : u"schema"_s,
                             printedDirectives(schema.directives),
                             block(printedEach(schema.operationTypes, printedOperationType))}));
}

QString printedNames(const QString &prefix, const QList<Name> &names, const QString &separator)
{
    return names.isEmpty() ? QString() : prefix + printedEach(names, textOf).join(separator);
}

QString printed(const TypeDefinition &type)
{
    return described(
        type.description,
        spaced({type.extends ? u"extend"_s : QString(), keyword(type.kind), type.name.text,
                printedNames(u"implements "_s, type.interfaces, u" & "_s),
                printedDirectives(type.directives), printedNames(u"= "_s, type.members, u" | "_s),
                block(printedEach(type.fields, printedFieldDefinition)),
                block(printedEach(type.values, printedEnumValue)),
                block(printedEach(type.inputFields, printedInputValue))}));
}

QString printed(const DirectiveDefinition &directive)
{
    return described(
        directive.description,
        spaced({u"directive @"_s + directive.name.text + printedInputs(directive.arguments),
                directive.repeatable ? u"repeatable"_s : QString(), u"on"_s,
                printedNames({}, directive.locations, u" | "_s)}));
}

} // namespace

QString print(const Document &document)
{
    return printedEach(document.definitions, qOverload<const Definition &>(print)).join(u"\n\n"_s);
}

QString print(const Definition &definition)
{
    return std::visit([](const auto &each) { return printed(each); }, definition);
}

QString print(const Value &value)
{
    const auto printValue = qOverload<const Value &>(print);
    switch (value.kind) {
    case Value::Kind::Null:
        return u"null"_s;
    case Value::Kind::Int:
    case Value::Kind::Float:
    case Value::Kind::Boolean:
    case Value::Kind::Enum:
        return value.text;
    case Value::Kind::Variable:
        return u'$' + value.text;
    case Value::Kind::String:
        return value.block ? BlockString::printed(value.text) : quoted(value.text);
    case Value::Kind::List:
        return u'[' + printedEach(value.items, printValue).join(u", "_s) + u']';
    case Value::Kind::Object:
        return u'{' + printedEach(value.fields, printedArgument).join(u", "_s) + u'}';
    }
    return {};
}

} // namespace AppSync::GraphQl
