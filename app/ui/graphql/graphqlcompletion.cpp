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

QList<GraphQlProposal> fieldsOf(const Graph::TypeDefinition &type)
{
    QList<GraphQlProposal> proposals;
    for (const Graph::FieldDefinition &field : type.fields)
        proposals += GraphQlProposal{field.name.text, field.type.toString(),
                                     describe(field.description), isDeprecated(field.directives)};
    proposals += GraphQlProposal{u"__typename"_s, u"String!"_s, {}, false};
    return proposals;
}

QList<GraphQlProposal> inputsOf(const QList<Graph::InputValueDefinition> &inputs,
                                const QStringList &given)
{
    QList<GraphQlProposal> proposals;
    for (const Graph::InputValueDefinition &input : inputs) {
        if (!given.contains(input.name.text))
            proposals +=
                GraphQlProposal{input.name.text + u": "_s, input.type.toString(),
                                describe(input.description), isDeprecated(input.directives)};
    }
    return proposals;
}

QList<GraphQlProposal> plain(const QStringList &texts, const QString &detail)
{
    QList<GraphQlProposal> proposals;
    for (const QString &text : texts)
        proposals += GraphQlProposal{text, detail, {}, false};
    return proposals;
}

QList<GraphQlProposal> valuesAt(const GraphQlPlace &place, const Graph::Schema &schema)
{
    QList<GraphQlProposal> proposals =
        plain(place.variables(), GraphQlCompletionModel::tr("variable"));
    const Graph::TypeDefinition *type = place.input() ? schema.type(place.input()->type) : nullptr;
    if (!type)
        return proposals;
    for (const Graph::EnumValueDefinition &value : type->values)
        proposals += GraphQlProposal{value.name.text, type->name.text, describe(value.description),
                                     isDeprecated(value.directives)};
    if (type->name.text == u"Boolean")
        proposals += plain({u"true"_s, u"false"_s}, u"Boolean"_s);
    return proposals;
}

template <typename Fits> QList<GraphQlProposal> typesOf(const Graph::Schema &schema, Fits fits)
{
    QList<GraphQlProposal> proposals;
    for (const Graph::TypeDefinition &type : schema.types()) {
        if (fits(type.kind) && !type.name.text.startsWith(u"__"))
            proposals += GraphQlProposal{type.name.text, Graph::keyword(type.kind),
                                         describe(type.description), false};
    }
    return proposals;
}

QList<GraphQlProposal> directivesOf(const Graph::Schema &schema)
{
    QList<GraphQlProposal> proposals;
    static const QStringList kExecutable{u"QUERY"_s, u"MUTATION"_s,        u"SUBSCRIPTION"_s,
                                         u"FIELD"_s, u"FRAGMENT_SPREAD"_s, u"INLINE_FRAGMENT"_s};
    for (const Graph::DirectiveDefinition &directive : schema.directives()) {
        const bool fits =
            std::any_of(directive.locations.cbegin(), directive.locations.cend(),
                        [](const auto &name) { return kExecutable.contains(name.text); });
        if (fits)
            proposals +=
                GraphQlProposal{u'@' + directive.name.text, GraphQlCompletionModel::tr("directive"),
                                describe(directive.description), false};
    }
    return proposals;
}

QList<GraphQlProposal> selectionsAt(const GraphQlPlace &place, const Graph::Schema &schema,
                                    const QStringList &fragments)
{
    if (place.isAfterSpread())
        return plain({u"on "_s}, GraphQlCompletionModel::tr("type condition"))
            + plain(fragments, GraphQlCompletionModel::tr("fragment"));
    if (place.isType())
        return typesOf(schema, Graph::isComposite);
    return place.type() ? fieldsOf(*place.type()) : QList<GraphQlProposal>();
}

QList<GraphQlProposal> proposalsAt(const GraphQlPlace &place, const Graph::Schema &schema,
                                   const QStringList &fragments)
{
    using Scope = GraphQlPlace::Scope;
    switch (place.scope()) {
    case Scope::Document:
        if (place.isType())
            return typesOf(schema, Graph::isComposite);
        return place.isInHead()
            ? QList<GraphQlProposal>()
            : plain({u"query "_s, u"mutation "_s, u"subscription "_s, u"fragment "_s},
                    GraphQlCompletionModel::tr("definition"));
    case Scope::Selections:
        return selectionsAt(place, schema, fragments);
    case Scope::Arguments:
    case Scope::Object:
        if (!place.isValue())
            return place.inputs() ? inputsOf(*place.inputs(), place.given())
                                  : QList<GraphQlProposal>();
        return valuesAt(place, schema);
    case Scope::List:
        return valuesAt(place, schema);
    case Scope::Variables:
        break;
    }
    return place.isType() ? typesOf(schema, Graph::isInput) : QList<GraphQlProposal>();
}

bool isWordToken(const GraphQlToken &token)
{
    using Kind = GraphQlToken::Kind;
    return token.kind == Kind::Name || token.kind == Kind::Variable
        || token.kind == Kind::Directive;
}

//! Those that begin with \a word, then those that have it somewhere.
QList<GraphQlProposal> fitting(const QList<GraphQlProposal> &all, const QString &word)
{
    QList<GraphQlProposal> begin;
    QList<GraphQlProposal> rest;
    for (const GraphQlProposal &proposal : all) {
        if (proposal.text.startsWith(word, Qt::CaseInsensitive))
            begin += proposal;
        else if (proposal.text.contains(word, Qt::CaseInsensitive))
            rest += proposal;
    }
    // A word that is complete needs no proposal.
    if (begin.size() == 1 && begin.first().text == word)
        return {};
    return (begin + rest).mid(0, GraphQlCompletion::kMost);
}

} // namespace

GraphQlCompletion GraphQlCompletion::of(const QString &text, int cursor,
                                        const Graph::Schema &schema)
{
    GraphQlCompletion completion;
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
        } else if (token.begin < cursor && token.end > cursor) {
            return completion; // in a string or a comment
        } else if (touches && token.kind == GraphQlToken::Kind::Comment) {
            return completion;
        } else if (token.end <= cursor) {
            before += token;
        }
    }
    // What comes behind tells whether a name before is a label.
    const GraphQlPlace place(text, before, schema);
    const QList<GraphQlProposal> proposals = word.startsWith(u'@')
        ? directivesOf(schema)
        : proposalsAt(place, schema, GraphQlPlace::fragmentNames(text, all));
    completion.proposals = fitting(proposals, word);
    return completion;
}

int GraphQlCompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant GraphQlCompletionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GraphQlProposal &proposal = m_completion.proposals.at(index.row());
    switch (Role(role)) {
    case TextRole:
        return proposal.text;
    case DetailRole:
        return proposal.detail;
    case DescriptionRole:
        return proposal.description;
    case DeprecatedRole:
        return proposal.isDeprecated;
    }
    return {};
}

QHash<int, QByteArray> GraphQlCompletionModel::roleNames() const
{
    return {{TextRole, "proposal"},
            {DetailRole, "detail"},
            {DescriptionRole, "description"},
            {DeprecatedRole, "deprecated"}};
}

void GraphQlCompletionModel::setCompletion(const GraphQlCompletion &completion)
{
    beginResetModel();
    m_completion = completion;
    endResetModel();
    Q_EMIT changed();
}

QString GraphQlCompletionModel::textOf(int row) const
{
    return m_completion.proposals.value(row).text;
}

} // namespace Syncscope
