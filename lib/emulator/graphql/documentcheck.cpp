// SPDX-License-Identifier: Apache-2.0
#include "documentcheck_p.h"

#include "validationwords_p.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlValidator>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

constexpr qsizetype kKnownCharacters = 4 * 1024 * 1024;
constexpr ParseLimits kLimits{100'000, 200};
constexpr int kMostProblems = 100;

} // namespace

DocumentCheck::DocumentCheck(const std::shared_ptr<const ExecutableSchema> &schema,
                             bool allowsIntrospection)
    : m_schema(schema), m_allowsIntrospection(allowsIntrospection), m_known(kKnownCharacters)
{
}

DocumentCheck::~DocumentCheck() = default;

CheckedDocument DocumentCheck::check(const QString &text)
{
    if (const CheckedDocument *known = m_known.object(text))
        return *known;
    const CheckedDocument result = checked(text);
    m_known.insert(text, new CheckedDocument(result), text.size() + 1);
    return result;
}

CheckedDocument DocumentCheck::checked(const QString &text) const
{
    ParsedDocument parsed = parse(text, kLimits);
    if (parsed.error)
        return {nullptr, parsed.error->toString(), {}};
    if (parsed.document.operations().isEmpty())
        return {nullptr, u"there is no operation in it"_s, {}};
    CheckedDocument result{std::make_shared<Document>(std::move(parsed.document)), {}, {}};
    const ValidationWords words(m_schema->schema(), *result.document);
    const QList<Diagnostic> found = validate(m_schema->schema(), *result.document, kMostProblems);
    for (const Diagnostic &diagnostic : found)
        result.problems.append(words.of(diagnostic));
    if (!m_allowsIntrospection)
        result.problems += words.introspectionErrors();
    return result;
}

} // namespace AppSync::Emulation
