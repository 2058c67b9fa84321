// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlanalysis.h"

#include "app/core/jsontext.h"
#include "app/ui/graphql/graphqltokenizer.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlSummary>
#include <AppSync/GraphQlValidator>
#include <AppSync/GraphQlValues>
#include <AppSync/Validation>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using namespace AppSync::GraphQl;

// Input types may contain themselves.
constexpr int kDeepestJson = 3;

QString analysisTr(const char *text)
{
    return QCoreApplication::translate("GraphQlAnalysis", text);
}

int lengthAt(const QString &text, int offset)
{
    if (offset < 0 || offset >= text.size())
        return 1;
    GraphQlTokenizer tokens(QStringView(text).sliced(offset));
    GraphQlToken token;
    return tokens.next(token) && token.begin == 0 ? int(token.end) : 1;
}

GraphQlProblem problemOf(const QString &text, const Diagnostic &diagnostic)
{
    GraphQlProblem problem;
    problem.message = diagnostic.message;
    if (diagnostic.positions.isEmpty())
        return problem;
    const Position &position = diagnostic.positions.first();
    problem.line = position.line;
    problem.column = position.column;
    problem.offset = position.offset;
    problem.length = lengthAt(text, position.offset);
    return problem;
}

QList<GraphQlOperationEntry> entriesOf(const Document &document)
{
    QList<GraphQlOperationEntry> entries;
    const QList<OperationSummary> all = summary(document);
    for (const OperationSummary &operation : all) {
        GraphQlOperationEntry entry;
        entry.name = operation.name;
        entry.kind = operation.kind;
        entry.detail = operation.fields.join(u", "_s);
        entry.begin = operation.position.offset;
        entry.end = operation.end;
        entry.line = operation.position.line;
        entries += entry;
    }
    return entries;
}

//! A place in the text of variables, which counts characters where JSON's checker counts bytes.
GraphQlProblem jsonProblem(const QString &text, qsizetype byteOffset, const QString &message)
{
    const QByteArray utf8 = text.toUtf8();
    const QString before = QString::fromUtf8(utf8.first(std::min(byteOffset, utf8.size())));
    GraphQlProblem problem;
    problem.message = message;
    problem.offset = int(before.size());
    problem.line = int(before.count(u'\n')) + 1;
    problem.column = int(before.size() - (before.lastIndexOf(u'\n') + 1)) + 1;
    return problem;
}

//! Names the variables that are missing, as far as that can be told without a schema.
QList<GraphQlProblem> missingVariables(const OperationDefinition &operation,
                                       const QJsonObject &values)
{
    QList<GraphQlProblem> problems;
    for (const VariableDefinition &variable : operation.variables) {
        const bool isRequired =
            variable.type.kind == TypeReference::Kind::NonNull && !variable.defaultValue;
        if (!isRequired || !values[variable.name.text].isUndefined())
            continue;
        problems += GraphQlProblem{analysisTr("Variable \"$%1\" of required type \"%2\" was not "
                                              "provided.")
                                       .arg(variable.name.text, variable.type.toString())};
    }
    return problems;
}

QList<GraphQlProblem> judgeVariables(const QString &text, const Schema &schema,
                                     const OperationDefinition *operation)
{
    QJsonObject values;
    if (!text.trimmed().isEmpty()) {
        const QByteArray utf8 = text.toUtf8();
        const AppSync::Validation::JsonProblem problem = AppSync::Validation::json(utf8);
        if (problem.isProblem())
            return {jsonProblem(text, problem.offset, problem.message)};
        const QJsonDocument document = QJsonDocument::fromJson(utf8);
        if (!document.isObject())
            return {jsonProblem(text, 0,
                                analysisTr("Variables are a JSON object: { \"name\": value }."))};
        values = document.object();
    }
    if (!operation)
        return {};
    if (schema.isEmpty())
        return missingVariables(*operation, values);
    QList<GraphQlProblem> problems;
    const QList<Diagnostic> errors = coerceVariables(schema, *operation, values).errors;
    const QByteArray utf8 = text.toUtf8();
    for (const Diagnostic &error : errors) {
        GraphQlProblem problem{error.message};
        // The place that helps is in the values, not in the declaration that the message names.
        static const QString kBefore = u"Variable \"$"_s;
        if (error.message.startsWith(kBefore) && !values.isEmpty()) {
            const QString name = error.message.sliced(kBefore.size()).section(u'"', 0, 0);
            if (const auto place = JsonText::find(utf8, {name}))
                problem = jsonProblem(text, place->begin, error.message);
        }
        problems += problem;
    }
    return problems;
}

void findJson(const Schema &schema, const TypeReference &type, const QStringList &path,
              QList<QStringList> *paths)
{
    const TypeReference &inner = type.kind == TypeReference::Kind::NonNull ? type.wrapped() : type;
    if (inner.kind != TypeReference::Kind::Named)
        return; // the elements of a list have no names
    if (inner.name == u"AWSJSON") {
        *paths += path;
        return;
    }
    const TypeDefinition *definition = schema.type(inner.name);
    if (!definition || definition->kind != TypeKind::InputObject || path.size() >= kDeepestJson)
        return;
    for (const InputValueDefinition &field : definition->inputFields)
        findJson(schema, field.type, path + QStringList{field.name.text}, paths);
}

void addFragments(const Document &document, const QList<Selection> &selections,
                  QSet<const FragmentDefinition *> *used)
{
    for (const Selection &selection : selections) {
        if (selection.kind == Selection::Kind::FragmentSpread) {
            const FragmentDefinition *fragment = document.fragment(selection.name.text);
            if (fragment && !used->contains(fragment)) {
                used->insert(fragment);
                addFragments(document, fragment->selections, used);
            }
        }
        addFragments(document, selection.selections, used);
    }
}

//! Where a definition stands that is to be sent.
struct Part {
    int begin = 0;
    int end = 0;
};

} // namespace

GraphQlAnalysis GraphQlAnalysis::of(const GraphQlQuestion &question)
{
    GraphQlAnalysis analysis;
    const QString &text = question.document;
    const OperationDefinition *operation = nullptr;
    // An empty editor is no error.
    const bool isEmpty = text.trimmed().isEmpty();
    const ParsedDocument parsed = isEmpty ? ParsedDocument() : parse(text);
    if (parsed.error) {
        analysis.isBroken = true;
        analysis.problems += problemOf(text, *parsed.error);
    } else {
        analysis.operations = entriesOf(parsed.document);
        analysis.current = operationAt(analysis.operations, question.cursor);
        operation = parsed.document.operations().value(analysis.current);
        if (!question.schema.isEmpty()) {
            const QList<Diagnostic> found = validate(question.schema, parsed.document);
            for (const Diagnostic &diagnostic : found)
                analysis.problems += problemOf(text, diagnostic);
        }
    }
    analysis.variableProblems = judgeVariables(question.variables, question.schema, operation);
    if (operation) {
        for (const VariableDefinition &variable : operation->variables)
            findJson(question.schema, variable.type, {variable.name.text}, &analysis.jsonPaths);
    }
    return analysis;
}

int GraphQlAnalysis::operationAt(const QList<GraphQlOperationEntry> &operations, int cursor)
{
    int found = operations.isEmpty() ? -1 : 0;
    for (int i = 0; i < operations.size(); ++i) {
        if (operations.at(i).begin <= cursor)
            found = i;
    }
    return found;
}

QString GraphQlRequestText::of(const QString &text, const Document &document,
                               const OperationDefinition &operation)
{
    if (document.operations().size() == 1)
        return text;
    QSet<const FragmentDefinition *> used;
    addFragments(document, operation.selections, &used);
    QList<Part> parts{{operation.position.offset, operation.end}};
    for (const FragmentDefinition *fragment : std::as_const(used))
        parts += Part{fragment->position.offset, fragment->end};
    std::sort(parts.begin(), parts.end(),
              [](const Part &a, const Part &b) { return a.begin < b.begin; });
    QString sent;
    int at = 0;
    for (const Part &part : std::as_const(parts)) {
        const QStringView left = QStringView(text).sliced(at, part.begin - at);
        sent += QString(left.count(u'\n'), u'\n');
        // What stands behind something else on a line stays at its column.
        sent += QString(left.size() - (left.lastIndexOf(u'\n') + 1), u' ');
        sent += QStringView(text).sliced(part.begin, part.end - part.begin);
        at = part.end;
    }
    return sent;
}

QByteArray GraphQlRequestText::variablesOf(const QByteArray &variables,
                                           const OperationDefinition &operation)
{
    const QByteArray trimmed = variables.trimmed();
    if (trimmed.isEmpty())
        return {};
    const QList<JsonText::Member> all = JsonText::members(trimmed);
    QList<JsonText::Member> declared;
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(declared),
                 [&](const JsonText::Member &member) {
                     return std::any_of(operation.variables.cbegin(), operation.variables.cend(),
                                        [&](const VariableDefinition &variable) {
                                            return variable.name.text == member.name;
                                        });
                 });
    if (declared.size() == all.size())
        return trimmed;
    return declared.isEmpty() ? QByteArray() : JsonText::object(declared);
}

} // namespace Syncscope
