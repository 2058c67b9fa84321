// SPDX-License-Identifier: Apache-2.0
// GraphQL documents: a syntax error is inside the text; what was read is printed as a text that reads and prints
// the same; a schema's text makes the same schema; validation ends and names places inside the document. Input: a
// document, and behind a line of `---` a schema; without one the built-in types are all there is.
#include "fuzz.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlPrinter>
#include <AppSync/GraphQlSchema>
#include <AppSync/GraphQlSummary>
#include <AppSync/GraphQlValidator>
#include <AppSync/GraphQlValues>

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace AppSync::GraphQl;

namespace {

void checkPlaces(const QList<Diagnostic> &diagnostics, const QString &text)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        FUZZ_CHECK(!diagnostic.message.isEmpty());
        for (const Position &position : diagnostic.positions) {
            FUZZ_CHECK(position.offset >= 0 && position.offset <= text.size());
            FUZZ_CHECK(position.line >= 1 && position.column >= 1);
        }
    }
}

//! Nothing after an error.
std::optional<Document> checkDocument(const QString &text)
{
    const ParsedDocument parsed = parse(text);
    if (parsed.error) {
        FUZZ_CHECK(parsed.error->positions.size() == 1);
        checkPlaces({*parsed.error}, text);
        return {};
    }
    const QString printed = print(parsed.document);
    const ParsedDocument again = parse(printed);
    FUZZ_CHECK(!again.error);
    FUZZ_CHECK(print(again.document) == printed);
    return parsed.document;
}

Schema checkSchema(const QString &text)
{
    const SchemaResult result = Schema::fromText(text);
    for (const Diagnostic &error : result.errors)
        FUZZ_CHECK(!error.message.isEmpty());
    if (!result.errors.isEmpty())
        return {};
    const QString printed = result.schema.toText();
    const SchemaResult again = Schema::fromText(printed);
    // A type with the name of a root that is none may not be able to be one.
    FUZZ_CHECK(again.errors.isEmpty() ? again.schema.toText() == printed
                                      : !printed.startsWith(u"schema {"));
    return result.schema;
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString input = QString::fromUtf8(Fuzz::bytes(data, size));
    const qsizetype border = input.indexOf(u"\n---\n");
    const Fuzz::ExactText text(border < 0 ? input : input.first(border));
    const Schema schema = border < 0 ? Schema() : checkSchema(input.sliced(border + 5));
    (void)parseValue(text.string());
    (void)parseType(text.string());
    if (border < 0)
        (void)Schema::fromIntrospection(QJsonDocument::fromJson(Fuzz::bytes(data, size)).object());
    const auto document = checkDocument(text.string());
    if (!document)
        return 0;
    checkPlaces(validate(schema, *document), text.string());
    for (const OperationDefinition *operation : document->operations())
        (void)coerceVariables(schema, *operation, {{u"a"_s, 1}, {u"v0"_s, u"text"_s}});
    FUZZ_CHECK(summary(*document).size() == document->operations().size());
    return 0;
}
