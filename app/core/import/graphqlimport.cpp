// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/graphqlimport.h"

#include "app/core/import/literalreader.h"

#include <AppSync/GraphQlParser>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope::GraphQlImport {

namespace {

namespace Graph = AppSync::GraphQl;

QString tr(const char *text)
{
    return QCoreApplication::translate("GraphQlImport", text);
}

bool isProgram(const QString &fileName)
{
    static const QStringList kEndings{u".js"_s, u".mjs"_s, u".cjs"_s,
                                      u".ts"_s, u".tsx"_s, u".jsx"_s};
    return std::any_of(kEndings.cbegin(), kEndings.cend(), [&](const QString &ending) {
        return fileName.endsWith(ending, Qt::CaseInsensitive);
    });
}

//! The operations and fragments of \a text; what defines types is counted.
void addDefinitions(const QString &text, const Graph::Document &document, Result *result,
                    int *types)
{
    for (const Graph::Definition &definition : document.definitions) {
        int begin = -1;
        int end = -1;
        if (const auto *operation = std::get_if<Graph::OperationDefinition>(&definition)) {
            begin = operation->position.offset;
            end = operation->end;
        } else if (const auto *fragment = std::get_if<Graph::FragmentDefinition>(&definition)) {
            begin = fragment->position.offset;
            end = fragment->end;
        }
        if (begin < 0) {
            ++*types;
            continue;
        }
        const QString slice = text.sliced(begin, end - begin);
        if (!result->definitions.contains(slice))
            result->definitions += slice;
    }
}

} // namespace

Result read(const QByteArray &bytes, const QString &fileName)
{
    Result result;
    int types = 0;
    const QString text = QString::fromUtf8(bytes);
    const bool isScript = isProgram(fileName);
    const QStringList texts = isScript ? LiteralReader(text).texts() : QStringList{text};
    QString error;
    for (const QString &candidate : texts) {
        const Graph::ParsedDocument parsed = Graph::parse(candidate);
        if (!parsed.error)
            addDefinitions(candidate, parsed.document, &result, &types);
        else if (!isScript) // other texts of a program are none of our business
            error = parsed.error->toString();
    }
    if (types > 0)
        result.note =
            tr("Definitions of types were left out (%1): open them as a schema.").arg(types);
    if (!result.definitions.isEmpty())
        return result;
    result.problem = error.isEmpty()
        ? Problem::file(tr("There is no operation of GraphQL in %1.").arg(fileName),
                        types > 0 ? tr("It defines types: open it as a schema.")
                                  : tr("Choose a .graphql file, or the queries.ts, mutations.ts or "
                                       "subscriptions.ts that Amplify generates."))
        : Problem::file(tr("%1 is no GraphQL document: %2").arg(fileName, error));
    return result;
}

} // namespace Syncscope::GraphQlImport
