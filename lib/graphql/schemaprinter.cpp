// SPDX-License-Identifier: Apache-2.0
#include "blockstring_p.h"
#include "builtins_p.h"
#include "printer.h"
#include "printing_p.h"
#include "schema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

enum class Place { First, Later }; // in a block; a later description has an empty line before it

QString descriptionText(const std::optional<Value> &description, const QString &indent, Place place)
{
    if (!description)
        return {};
    const QString &text = description->text;
    QString printed =
        BlockString::isPrintable(text) ? BlockString::printed(text) : Printing::quoted(text);
    printed.replace(u"\n"_s, u'\n' + indent);
    return (place == Place::Later && !indent.isEmpty() ? u"\n"_s : QString()) + indent + printed
        + u'\n';
}

QString deprecation(const QList<Directive> &directives)
{
    const auto reason = deprecationReason(directives);
    if (!reason)
        return {};
    return *reason == u"No longer supported"
        ? u" @deprecated"_s
        : u" @deprecated(reason: "_s + Printing::quoted(*reason) + u')';
}

QString inputText(const InputValueDefinition &input)
{
    QString text = input.name.text + u": "_s + input.type.toString();
    if (input.defaultValue)
        text += u" = "_s + print(*input.defaultValue);
    return text + deprecation(input.directives);
}

QString argumentsText(const QList<InputValueDefinition> &arguments, const QString &indent)
{
    if (arguments.isEmpty())
        return {};
    QStringList texts;
    if (std::all_of(arguments.begin(), arguments.end(), [](const InputValueDefinition &argument) {
            return !argument.description || argument.description->text.isEmpty();
        })) {
        for (const InputValueDefinition &argument : arguments)
            texts += inputText(argument);
        return u'(' + texts.join(u", "_s) + u')';
    }
    for (const InputValueDefinition &argument : arguments) {
        const Place place = texts.isEmpty() ? Place::First : Place::Later;
        texts += descriptionText(argument.description, indent + u"  "_s, place) + indent + u"  "_s
            + inputText(argument);
    }
    return u"(\n"_s + texts.join(u'\n') + u'\n' + indent + u')';
}

template <typename T, typename Print> QString blockText(const QList<T> &items, Print print)
{
    QStringList texts;
    for (const T &item : items) {
        const Place place = texts.isEmpty() ? Place::First : Place::Later;
        texts += descriptionText(item.description, u"  "_s, place) + u"  "_s + print(item);
    }
    return texts.isEmpty() ? QString() : u" {\n"_s + texts.join(u'\n') + u"\n}"_s;
}

QString fieldText(const FieldDefinition &field)
{
    return field.name.text + argumentsText(field.arguments, u"  "_s) + u": "_s
        + field.type.toString() + deprecation(field.directives);
}

QString enumValueText(const EnumValueDefinition &value)
{
    return value.name.text + deprecation(value.directives);
}

QString namesText(const QString &prefix, const QList<Name> &names, const QString &separator)
{
    QStringList texts;
    for (const Name &name : names)
        texts += name.text;
    return texts.isEmpty() ? QString() : prefix + texts.join(separator);
}

QString specificationText(const TypeDefinition &type)
{
    for (const Directive &directive : type.directives) {
        if (type.kind == TypeKind::Scalar && directive.name.text == u"specifiedBy"
            && !directive.arguments.isEmpty())
            return u" @specifiedBy(url: "_s
                + Printing::quoted(directive.arguments.first().value.text) + u')';
    }
    return {};
}

QString typeText(const TypeDefinition &type)
{
    return descriptionText(type.description, {}, Place::First) + keyword(type.kind) + u' '
        + type.name.text + namesText(u" implements "_s, type.interfaces, u" & "_s)
        + namesText(u" = "_s, type.members, u" | "_s) + specificationText(type)
        + blockText(type.fields, fieldText) + blockText(type.values, enumValueText)
        + blockText(type.inputFields, inputText);
}

QString directiveText(const DirectiveDefinition &directive)
{
    return descriptionText(directive.description, {}, Place::First) + u"directive @"_s
        + directive.name.text + argumentsText(directive.arguments, {})
        + (directive.repeatable ? u" repeatable on "_s : u" on "_s)
        + namesText({}, directive.locations, u" | "_s);
}

QString rootsText(const Schema &schema)
{
    QStringList texts;
    bool isUsual = true;
    for (const auto kind :
         {OperationKind::Query, OperationKind::Mutation, OperationKind::Subscription}) {
        const TypeDefinition *type = schema.rootType(kind);
        if (!type)
            continue;
        QString usual = keyword(kind);
        usual[0] = usual[0].toUpper();
        isUsual = isUsual && type->name.text == usual;
        texts += u"  "_s + keyword(kind) + u": "_s + type->name.text;
    }
    const auto text = schema.description();
    if (isUsual && !text)
        return {};
    const auto description =
        text ? std::optional(Value{Value::Kind::String, {}, *text}) : std::nullopt;
    return descriptionText(description, {}, Place::First) + u"schema {\n"_s + texts.join(u'\n')
        + u"\n}"_s;
}

} // namespace

QString Schema::toText() const
{
    QStringList texts{rootsText(*this)};
    for (const DirectiveDefinition &directive : directives()) {
        if (!isBuiltIn(directive) && !BuiltIns::isStandardDirective(directive.name.text))
            texts += directiveText(directive);
    }
    for (const TypeDefinition &type : types()) {
        if (!isBuiltIn(type))
            texts += typeText(type);
    }
    texts.removeAll(QString());
    return texts.join(u"\n\n"_s);
}

} // namespace AppSync::GraphQl
