// SPDX-License-Identifier: Apache-2.0
#include "app/cli/graphqloptions.h"

#include "app/cli/globaloptions.h"
#include "app/core/jsontext.h"

#include <AppSync/GraphQlParser>

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using AppSync::GraphQl::OperationDefinition;

// No document comes near; a device that never ends must not fill the memory.
constexpr qint64 kLargestDocument = 16 * 1024 * 1024;

std::optional<QByteArray> contentsOf(const QString &path, Problem *problem)
{
    const bool isStdin = path == u"-";
    const QString name = isStdin ? u"standard input"_s : path;
    QFile file(path);
    const bool isOpen =
        isStdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const QByteArray bytes = isOpen ? file.read(kLargestDocument + 1) : QByteArray();
    if (!isOpen || file.error() != QFileDevice::NoError)
        *problem = Problem::file(u"Cannot read %1: %2."_s.arg(name, file.errorString()));
    else if (bytes.size() > kLargestDocument)
        *problem = Problem::file(u"%1 is larger than any document can be."_s.arg(name));
    else
        return bytes;
    return std::nullopt;
}

QStringList namesOf(const QList<const OperationDefinition *> &operations)
{
    QStringList names;
    for (const OperationDefinition *operation : operations)
        names.append(operation->name.isEmpty() ? u"one without a name"_s : operation->name.text);
    return names;
}

} // namespace

std::optional<GraphQlOptions> GraphQlOptions::read(const CommandLine &line,
                                                   const OutputFormat &format, Problem *problem)
{
    GraphQlOptions options;
    options.check = !line.has("no-check");
    options.control = line.has("control");
    options.nulTerminated = line.has("null");
    if (options.readDocuments(line, problem) && options.readVariables(line, problem)
        && options.readBounds(line, format, problem))
        return options;
    return std::nullopt;
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
            const auto bytes =
                contentsOf(argument == u"-" ? argument : argument.sliced(1), problem);
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
        m_operations.append(OperationDefinition());
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
    requests.append(request);
    m_operations.append(*operation);
    return true;
}

bool GraphQlOptions::readVariables(const CommandLine &line, Problem *problem)
{
    QByteArray base;
    if (line.has("variables")) {
        const QString argument = line.value("variables");
        const auto bytes = argument.startsWith(u'@') ? contentsOf(argument.sliced(1), problem)
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
        const auto declaresIt = [&](const OperationDefinition &operation) {
            return GraphQlVariables::declares(operation, one->first);
        };
        if (check && std::none_of(m_operations.cbegin(), m_operations.cend(), declaresIt)) {
            *problem = Problem::refused(u"No operation has a variable $%1."_s.arg(one->first),
                                        u"See the declarations behind the operation's name."_s);
            return false;
        }
        given.append(*one);
    }
    for (qsizetype i = 0; i < requests.size(); ++i)
        requests[i].variables = GraphQlVariables::of(m_operations[i], base, given);
    return true;
}

bool GraphQlOptions::readBounds(const CommandLine &line, const OutputFormat &format,
                                Problem *problem)
{
    if (line.has("count")) {
        bounds.count = readNumber(line, "count", 1, std::numeric_limits<qint64>::max(), problem);
        if (!bounds.count)
            return false;
    }
    if (!readDuration(line, "for", &bounds.duration, problem)
        || !readDuration(line, "idle", &bounds.idle, problem))
        return false;
    for (const char *flag : {"count", "for", "idle"}) {
        if (line.has(flag) && !hasSubscriptions()) {
            *problem = Problem::usage(
                u"--%1 bounds a subscription, and there is none."_s.arg(QLatin1StringView(flag)));
            return false;
        }
    }
    if (line.has("ts")) {
        const auto style = parseTimeStyle(line.value("ts"), problem);
        if (!style)
            return false;
        timeStyle = *style;
    }
    if (format.kind == OutputFormat::Kind::Raw && line.has("ts") && timeStyle != TimeStyle::None) {
        *problem = Problem::usage(u"-o raw has results only, so --ts cannot apply."_s);
        return false;
    }
    if (nulTerminated
        && (format.kind == OutputFormat::Kind::Json || format.kind == OutputFormat::Kind::Pretty)) {
        *problem = Problem::usage(u"-0 goes with -o ndjson, raw or template."_s);
        return false;
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
