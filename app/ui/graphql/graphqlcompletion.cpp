// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlcompletion.h"

#include "app/ui/graphql/graphqlplace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

namespace Graph = AppSync::GraphQl;

QString describe(const std::optional<Graph::Value> &description)
{
    return description ? description->text.simplified() : QString();
}

bool isDeprecated(const QList<Graph::Directive> &directives)
{
    return Graph::deprecationReason(directives).has_value();
}

QList<CompletionProposal> fieldsOf(const Graph::TypeDefinition &type)
{
    QList<CompletionProposal> proposals;
    for (const Graph::FieldDefinition &field : type.fields)
        proposals +=
            CompletionProposal{field.name.text, field.type.toString(), describe(field.description),
                               isDeprecated(field.directives)};
    proposals += CompletionProposal{u"__typename"_s, u"String!"_s, {}, false};
    return proposals;
}

QList<CompletionProposal> inputsOf(const QList<Graph::InputValueDefinition> &inputs,
                                   const QStringList &given)
{
    QList<CompletionProposal> proposals;
    for (const Graph::InputValueDefinition &input : inputs) {
        if (!given.contains(input.name.text))
            proposals +=
                CompletionProposal{input.name.text + u": "_s, input.type.toString(),
                                   describe(input.description), isDeprecated(input.directives)};
    }
    return proposals;
}

QList<CompletionProposal> plain(const QStringList &texts, const QString &detail)
{
    QList<CompletionProposal> proposals;
    for (const QString &text : texts)
        proposals += CompletionProposal{text, detail, {}, false};
    return proposals;
}

QList<CompletionProposal> valuesAt(const GraphQlPlace &place, const Graph::Schema &schema)
{
    QList<CompletionProposal> proposals =
        plain(place.variables(), GraphQlCompletion::tr("variable"));
    const Graph::TypeDefinition *type = place.input() ? schema.type(place.input()->type) : nullptr;
    if (!type)
        return proposals;
    for (const Graph::EnumValueDefinition &value : type->values)
        proposals +=
            CompletionProposal{value.name.text, type->name.text, describe(value.description),
                               isDeprecated(value.directives)};
    if (type->name.text == u"Boolean")
        proposals += plain({u"true"_s, u"false"_s}, u"Boolean"_s);
    return proposals;
}

template <typename Fits> QList<CompletionProposal> typesOf(const Graph::Schema &schema, Fits fits)
{
    QList<CompletionProposal> proposals;
    for (const Graph::TypeDefinition &type : schema.types()) {
        if (fits(type.kind) && !type.name.text.startsWith(u"__"))
            proposals += CompletionProposal{type.name.text, Graph::keyword(type.kind),
                                            describe(type.description), false};
    }
    return proposals;
}

QList<CompletionProposal> directivesOf(const Graph::Schema &schema)
{
    QList<CompletionProposal> proposals;
    static const QStringList kExecutable{u"QUERY"_s, u"MUTATION"_s,        u"SUBSCRIPTION"_s,
                                         u"FIELD"_s, u"FRAGMENT_SPREAD"_s, u"INLINE_FRAGMENT"_s};
    for (const Graph::DirectiveDefinition &directive : schema.directives()) {
        const bool fits =
            std::any_of(directive.locations.cbegin(), directive.locations.cend(),
                        [](const auto &name) { return kExecutable.contains(name.text); });
        if (fits)
            proposals +=
                CompletionProposal{u'@' + directive.name.text, GraphQlCompletion::tr("directive"),
                                   describe(directive.description), false};
    }
    return proposals;
}

QList<CompletionProposal> selectionsAt(const GraphQlPlace &place, const Graph::Schema &schema,
                                       const QStringList &fragments)
{
    if (place.isAfterSpread())
        return plain({u"on "_s}, GraphQlCompletion::tr("type condition"))
            + plain(fragments, GraphQlCompletion::tr("fragment"));
    if (place.isType())
        return typesOf(schema, Graph::isComposite);
    return place.type() ? fieldsOf(*place.type()) : QList<CompletionProposal>();
}

QList<CompletionProposal> proposalsAt(const GraphQlPlace &place, const Graph::Schema &schema,
                                      const QStringList &fragments)
{
    using Scope = GraphQlPlace::Scope;
    switch (place.scope()) {
    case Scope::Document:
        if (place.isType())
            return typesOf(schema, Graph::isComposite);
        return place.isInHead()
            ? QList<CompletionProposal>()
            : plain({u"query "_s, u"mutation "_s, u"subscription "_s, u"fragment "_s},
                    GraphQlCompletion::tr("definition"));
    case Scope::Selections:
        return selectionsAt(place, schema, fragments);
    case Scope::Arguments:
    case Scope::Object:
        if (!place.isValue())
            return place.inputs() ? inputsOf(*place.inputs(), place.given())
                                  : QList<CompletionProposal>();
        return valuesAt(place, schema);
    case Scope::List:
        return valuesAt(place, schema);
    case Scope::Variables:
        break;
    }
    return place.isType() ? typesOf(schema, Graph::isInput) : QList<CompletionProposal>();
}

bool isWordToken(const GraphQlToken &token)
{
    using Kind = GraphQlToken::Kind;
    return token.kind == Kind::Name || token.kind == Kind::Variable
        || token.kind == Kind::Directive;
}

//! Those that begin with \a word, then those that have it somewhere.
QList<CompletionProposal> fitting(const QList<CompletionProposal> &all, const QString &word)
{
    QList<CompletionProposal> begin;
    QList<CompletionProposal> rest;
    for (const CompletionProposal &proposal : all) {
        if (proposal.text.startsWith(word, Qt::CaseInsensitive))
            begin += proposal;
        else if (proposal.text.contains(word, Qt::CaseInsensitive))
            rest += proposal;
    }
    // A word that is complete needs no proposal.
    if (begin.size() == 1 && begin.first().text == word)
        return {};
    return (begin + rest).mid(0, Completion::kMost);
}

} // namespace

Completion GraphQlCompletion::of(const QString &text, int cursor, const Graph::Schema &schema)
{
    Completion completion;
    completion.begin = completion.end = cursor;
    QList<GraphQlToken> before;
    QList<GraphQlToken> all;
    GraphQlTokenizer tokens(text);
    GraphQlToken token;
    QString word;
    while (tokens.next(token)) {
        all += token;
        const bool touches = token.begin < cursor && token.end >= cursor;
        if (touches && isWordToken(token)) {
            completion.begin = int(token.begin);
            completion.end = int(token.end);
            word = text.sliced(token.begin, cursor - token.begin);
        } else if (token.begin < cursor
                   && (token.end > cursor
                       || (touches && token.kind == GraphQlToken::Kind::Comment))) {
            return completion; // in a string or a comment
        } else if (token.end <= cursor) {
            before += token;
        }
    }
    // What comes behind tells whether a name before is a label.
    const GraphQlPlace place(text, before, schema);
    const QList<CompletionProposal> proposals = word.startsWith(u'@')
        ? directivesOf(schema)
        : proposalsAt(place, schema, GraphQlPlace::fragmentNames(text, all));
    completion.proposals = fitting(proposals, word);
    return completion;
}

} // namespace Syncscope
