// SPDX-License-Identifier: Apache-2.0
#include "app/cli/graphqloptions.h"

#include "app/cli/inputfile.h"
#include "app/core/jsontext.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlValidator>

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using AppSync::GraphQl::OperationDefinition;

QStringList namesOf(const QList<const OperationDefinition *> &operations)
{
    QStringList names;
    for (const OperationDefinition *operation : operations)
        names.append(operation->name.isEmpty() ? u"one without a name"_s : operation->name.text);
    return names;
}

} // namespace

OperationDefinition GraphQlRequest::operation() const
{
    const OperationDefinition *operation = parsed.operation(name);
    return operation ? *operation : OperationDefinition();
}

std::optional<GraphQlOptions> GraphQlOptions::read(const CommandLine &line,
                                                   const OutputFormat &format, Problem *problem)
{
    GraphQlOptions options;
    options.check = !line.has("no-check");
    if (options.readSchema(line, problem) && options.readDocuments(line, problem)
        && options.readVariables(line, problem) && options.readStream(line, format, problem))
        return options;
    return std::nullopt;
}

bool GraphQlOptions::readSchema(const CommandLine &line, Problem *problem)
{
    if (!line.has("schema"))
        return true;
    const QString path = line.value("schema");
    const auto bytes = readInput(path, kLargestDocument, problem);
    if (!bytes)
        return false;
    using AppSync::GraphQl::Schema;
    const bool isJson = bytes->trimmed().startsWith('{');
    const auto [read, errors] = isJson
        ? Schema::fromIntrospection(QJsonDocument::fromJson(*bytes).object())
        : Schema::fromText(QString::fromUtf8(*bytes));
    if (!errors.isEmpty()) {
        *problem =
            Problem::file(u"%1 is no schema: %2"_s.arg(path, errors.first().toString()),
                          u"It wants the schema language, or an introspection result as JSON."_s);
        return false;
    }
    schema = read;
    return true;
}

bool GraphQlOptions::readDocuments(const CommandLine &line, Problem *problem)
{
    const QStringList arguments = line.positional();
    if (arguments.isEmpty()) {
        *problem = Problem::usage(u"graphql wants a document: its text, @FILE or - for standard "
                                  "input."_s,
                                  u"For example: syncscope-cli graphql '{ __typename }'"_s);
        return false;
    }
    const bool readsStdin = arguments.contains(u"-"_s);
    if (arguments.count(u"-"_s) > 1 || (readsStdin && line.value("token-file") == u"-")) {
        *problem = Problem::usage(u"Standard input can be read once only."_s);
        return false;
    }
    for (const QString &argument : arguments) {
        const bool isFile = argument.startsWith(u'@') || argument == u"-";
        QString text = argument;
        if (isFile) {
            const auto bytes = readInput(argument == u"-" ? argument : argument.sliced(1),
                                         kLargestDocument, problem);
            if (!bytes)
                return false;
            text = QString::fromUtf8(*bytes);
        }
        const QString place = !isFile ? u"The document"_s
            : argument == u"-"        ? u"Standard input"_s
                                      : argument.sliced(1);
        if (!addRequest(place, text, line.value("operation-name"), problem))
            return false;
    }
    return true;
}

bool GraphQlOptions::addRequest(const QString &place, const QString &text, const QString &wanted,
                                Problem *problem)
{
    GraphQlRequest request;
    request.document = text;
    const auto parsed = AppSync::GraphQl::parse(text);
    if (parsed.error && !check) {
        request.name = wanted;
        request.isNameSent = !wanted.isEmpty();
        requests.append(request);
        return true;
    }
    if (parsed.error) {
        *problem = Problem::refused(
            u"%1 is no GraphQL document: %2"_s.arg(place, parsed.error->toString()),
            u"--no-check sends it all the same."_s);
        return false;
    }
    const QList<const OperationDefinition *> operations = parsed.document.operations();
    if (operations.isEmpty()) {
        *problem = Problem::refused(u"%1 has no query, mutation or subscription."_s.arg(place));
        return false;
    }
    const OperationDefinition *operation = parsed.document.operation(wanted);
    if (!operation) {
        const QString names = namesOf(operations).join(u", "_s);
        *problem = wanted.isEmpty()
            ? Problem::usage(u"%1 has several operations."_s.arg(place),
                             u"Choose one with --operation-name: %1"_s.arg(names))
            : Problem::usage(u"%1 has no operation \"%2\"."_s.arg(place, wanted),
                             u"It has: %1"_s.arg(names));
        return false;
    }
    request.name = operation->name.text;
    request.isNameSent = operations.size() > 1;
    request.kind = operation->kind;
    request.parsed = parsed.document;
    if (check && !schema.isEmpty()) {
        const auto errors = AppSync::GraphQl::validate(schema, parsed.document);
        if (!errors.isEmpty()) {
            *problem = Problem::refused(
                u"%1 does not fit the schema: %2"_s.arg(place, errors.first().toString()),
                u"--no-check sends it all the same."_s);
            return false;
        }
    }
    requests.append(request);
    return true;
}

bool GraphQlOptions::readVariables(const CommandLine &line, Problem *problem)
{
    QByteArray base;
    if (line.has("variables")) {
        const QString argument = line.value("variables");
        const auto bytes = argument.startsWith(u'@')
            ? readInput(argument.sliced(1), kLargestDocument, problem)
            : std::optional(argument.toUtf8());
        if (!bytes)
            return false;
        base = bytes->trimmed();
        if (!base.startsWith('{') || !JsonText::isValid(base)) {
            *problem = Problem::usage(u"--variables wants a JSON object."_s,
                                      u"For example --variables '{\"room\":\"lobby\"}'"_s);
            return false;
        }
    }
    QList<GraphQlVariables::Given> given;
    for (const QString &text : line.values("variable")) {
        const auto one = GraphQlVariables::parse(text, problem);
        if (!one)
            return false;
        const auto declaresIt = [&](const GraphQlRequest &request) {
            return GraphQlVariables::declares(request.operation(), one->first);
        };
        if (check && std::none_of(requests.cbegin(), requests.cend(), declaresIt)) {
            *problem = Problem::refused(u"No operation has a variable $%1."_s.arg(one->first),
                                        u"See the declarations behind the operation's name."_s);
            return false;
        }
        given.append(*one);
    }
    for (GraphQlRequest &request : requests)
        request.variables = GraphQlVariables::of(request.operation(), base, given);
    return true;
}

bool GraphQlOptions::readStream(const CommandLine &line, const OutputFormat &format,
                                Problem *problem)
{
    const auto options = StreamOptions::read(line, format, problem);
    if (!options)
        return false;
    stream = *options;
    for (const char *flag : {"count", "for", "idle"}) {
        if (line.has(flag) && !hasSubscriptions()) {
            *problem = Problem::usage(
                u"--%1 bounds a subscription, and there is none."_s.arg(QLatin1StringView(flag)));
            return false;
        }
    }
    return true;
}

bool GraphQlOptions::hasSubscriptions() const
{
    return std::any_of(requests.cbegin(), requests.cend(),
                       [](const GraphQlRequest &request) { return request.isSubscription(); });
}

bool GraphQlOptions::hasExecutions() const
{
    return std::any_of(requests.cbegin(), requests.cend(),
                       [](const GraphQlRequest &request) { return !request.isSubscription(); });
}

} // namespace Syncscope::Cli
