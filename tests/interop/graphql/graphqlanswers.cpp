// SPDX-License-Identifier: Apache-2.0
// Answers each line of standard input, a JSON object that says what to `do`, with a line of JSON: what our
// document tools make of it. differential.mjs compares that with the reference implementation.
#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlPrinter>
#include <AppSync/GraphQlSchema>
#include <AppSync/GraphQlValidator>
#include <AppSync/GraphQlValues>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace AppSync::GraphQl;

namespace {

//! Where the nodes of a document are, as "Name:3".
class Places {
public:
    void visit(const OperationDefinition &operation)
    {
        add("Definition", operation.position.offset, operation.end);
        add("Name", operation.name);
        for (const VariableDefinition &variable : operation.variables) {
            add("VariableDefinition", variable.position.offset);
            add("Name", variable.name);
            visit(variable.type);
            visit(variable.defaultValue);
            visit(variable.directives);
        }
        visit(operation.directives);
        visit(operation.selections, operation.selectionsPosition);
    }
    void visit(const FragmentDefinition &fragment)
    {
        add("Definition", fragment.position.offset, fragment.end);
        add("Name", fragment.name);
        add("Name", fragment.typeCondition);
        visit(fragment.directives);
        visit(fragment.selections, fragment.selectionsPosition);
    }
    void visit(const SchemaDefinition &schema)
    {
        add("Definition", schema.position.offset, schema.end);
        visit(schema.description);
        visit(schema.directives);
        for (const OperationTypeDefinition &type : schema.operationTypes) {
            add("OperationTypeDefinition", type.position.offset);
            add("Name", type.type);
        }
    }
    void visit(const TypeDefinition &type)
    {
        add("Definition", type.position.offset, type.end);
        visit(type.description);
        add("Name", type.name);
        for (const Name &name : type.interfaces + type.members)
            add("Name", name);
        visit(type.directives);
        for (const FieldDefinition &field : type.fields) {
            add("FieldDefinition", field.position.offset);
            visit(field.description);
            add("Name", field.name);
            visit(field.arguments);
            visit(field.type);
            visit(field.directives);
        }
        for (const EnumValueDefinition &value : type.values) {
            add("EnumValueDefinition", value.position.offset);
            visit(value.description);
            add("Name", value.name);
            visit(value.directives);
        }
        visit(type.inputFields);
    }
    void visit(const DirectiveDefinition &directive)
    {
        add("Definition", directive.position.offset, directive.end);
        visit(directive.description);
        add("Name", directive.name);
        visit(directive.arguments);
        for (const Name &name : directive.locations)
            add("Name", name);
    }

    [[nodiscard]] QString text()
    {
        m_all.sort();
        return m_all.join(u' ');
    }

private:
    void add(const char *kind, int offset, int end = -1)
    {
        m_all += QString::fromLatin1(kind) + u':' + QString::number(offset)
            + (end < 0 ? QString() : u'-' + QString::number(end));
    }
    void add(const char *kind, const Name &name)
    {
        if (!name.isEmpty())
            add(kind, name.position.offset);
    }
    void visit(const std::optional<Value> &value)
    {
        if (value)
            visit(*value);
    }
    void visit(const Value &value)
    {
        add("Value", value.position.offset);
        for (const Value &item : value.items)
            visit(item);
        visit(value.fields);
    }
    void visit(const QList<Argument> &arguments)
    {
        for (const Argument &argument : arguments) {
            add("Name", argument.name);
            visit(argument.value);
        }
    }
    void visit(const QList<Directive> &directives)
    {
        for (const Directive &directive : directives) {
            add("Directive", directive.position.offset);
            add("Name", directive.name);
            visit(directive.arguments);
        }
    }
    void visit(const TypeReference &type)
    {
        add("Type", type.position.offset);
        for (const TypeReference &inner : type.inner)
            visit(inner);
    }
    void visit(const QList<InputValueDefinition> &inputs)
    {
        for (const InputValueDefinition &input : inputs) {
            add("InputValueDefinition", input.position.offset);
            visit(input.description);
            add("Name", input.name);
            visit(input.type);
            visit(input.defaultValue);
            visit(input.directives);
        }
    }
    void visit(const QList<Selection> &selections, const Position &position)
    {
        add("SelectionSet", position.offset);
        for (const Selection &selection : selections) {
            add("Selection", selection.position.offset);
            add("Name", selection.alias);
            add("Name", selection.name);
            add("Name", selection.typeCondition);
            visit(selection.arguments);
            visit(selection.directives);
            if (!selection.selections.isEmpty())
                visit(selection.selections, selection.selectionsPosition);
        }
    }

    QStringList m_all;
};

QJsonArray errorsOf(const QList<Diagnostic> &diagnostics)
{
    QJsonArray errors;
    for (const Diagnostic &diagnostic : diagnostics) {
        QJsonArray places;
        for (const Position &position : diagnostic.positions)
            places.append(u"%1:%2"_s.arg(position.line).arg(position.column));
        errors.append(QJsonObject{
            {u"message"_s, diagnostic.message}, {u"at"_s, places}, {u"rule"_s, diagnostic.rule}});
    }
    return errors;
}

QJsonObject parseAnswer(const QString &text)
{
    const ParsedDocument parsed = parse(text);
    if (parsed.error)
        return {{u"errors"_s, errorsOf({*parsed.error})}};
    Places places;
    for (const Definition &definition : parsed.document.definitions)
        std::visit([&places](const auto &each) { places.visit(each); }, definition);
    return {{u"print"_s, print(parsed.document)}, {u"places"_s, places.text()}};
}

QJsonObject schemaAnswer(const SchemaResult &result, Schema &schema)
{
    schema = result.schema;
    return {{u"errors"_s, errorsOf(result.errors)}, {u"text"_s, schema.toText()}};
}

QJsonObject validateAnswer(const Schema &schema, const QString &text)
{
    const ParsedDocument parsed = parse(text);
    if (parsed.error)
        return {{u"errors"_s, errorsOf({*parsed.error})}};
    return {{u"errors"_s, errorsOf(validate(schema, parsed.document, 10'000))}};
}

QJsonObject variablesAnswer(const Schema &schema, const QJsonObject &question)
{
    const ParsedDocument parsed = parse(question.value("text"_L1).toString());
    if (parsed.error)
        return {{u"errors"_s, errorsOf({*parsed.error})}};
    const CoercedVariables read = coerceVariables(schema, *parsed.document.operations().first(),
                                                  question.value("variables"_L1).toObject());
    return {{u"errors"_s, errorsOf(read.errors)}, {u"values"_s, read.values}};
}

QJsonObject answer(const QJsonObject &question, Schema &schema)
{
    const QString what = question.value("do"_L1).toString();
    const QString text = question.value("text"_L1).toString();
    if (what == u"parse")
        return parseAnswer(text);
    if (what == u"schema")
        return schemaAnswer(Schema::fromText(text), schema);
    if (what == u"introspection")
        return schemaAnswer(Schema::fromIntrospection(question.value("data"_L1).toObject()),
                            schema);
    if (what == u"validate")
        return validateAnswer(schema, text);
    return variablesAnswer(schema, question);
}

} // namespace

int main()
{
    QFile input;
    QFile output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly))
        return 1;
    Schema schema;
    while (true) {
        const QByteArray line = input.readLine();
        if (line.isEmpty())
            return 0;
        const QJsonObject question = QJsonDocument::fromJson(line).object();
        output.write(QJsonDocument(answer(question, schema)).toJson(QJsonDocument::Compact) + '\n');
        output.flush();
    }
}
