// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlplace.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

namespace Graph = AppSync::GraphQl;
using TokenKind = GraphQlToken::Kind;

// Deeper documents are none that people complete by hand.
constexpr qsizetype kDeepestFrame = 200;

std::optional<Graph::OperationKind> operationKind(QStringView word)
{
    if (word == u"query")
        return Graph::OperationKind::Query;
    if (word == u"mutation")
        return Graph::OperationKind::Mutation;
    if (word == u"subscription")
        return Graph::OperationKind::Subscription;
    return std::nullopt;
}

const Graph::InputValueDefinition *inputNamed(const QList<Graph::InputValueDefinition> *inputs,
                                              const QString &name)
{
    if (!inputs)
        return nullptr;
    const auto found = std::find_if(inputs->cbegin(), inputs->cend(),
                                    [&](const auto &input) { return input.name.text == name; });
    return found == inputs->cend() ? nullptr : &*found;
}

} // namespace

GraphQlPlace::GraphQlPlace(QStringView text, const QList<GraphQlToken> &tokens,
                           const Graph::Schema &schema)
    : m_text(text), m_schema(schema)
{
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const bool isLabel = i + 1 < tokens.size() && tokens.at(i + 1).is(text, u':');
        read(tokens.at(i), isLabel);
    }
}

QStringList GraphQlPlace::fragmentNames(QStringView text, const QList<GraphQlToken> &tokens)
{
    QStringList names;
    for (qsizetype i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens.at(i).in(text) == u"fragment" && tokens.at(i + 1).kind == TokenKind::Name)
            names += tokens.at(i + 1).in(text).toString();
    }
    return names;
}

void GraphQlPlace::read(const GraphQlToken &token, bool isLabel)
{
    if (token.kind == TokenKind::Comment)
        return;
    if (token.kind == TokenKind::Directive) {
        m_directive = m_schema.directive(token.in(m_text).sliced(1).toString());
        m_isAfterSpread = false;
        return;
    }
    switch (scope()) {
    case Scope::Document:
        readInDocument(token);
        break;
    case Scope::Selections:
        readInSelections(token, isLabel);
        break;
    case Scope::Arguments:
    case Scope::Object:
    case Scope::List:
        readInInputs(token, isLabel);
        break;
    case Scope::Variables:
        readInVariables(token);
        break;
    }
    m_isAfterSpread = token.kind == TokenKind::Spread;
}

void GraphQlPlace::readInDocument(const GraphQlToken &token)
{
    const QString word = token.in(m_text).toString();
    if (token.is(m_text, u'{')) {
        if (!m_isInHead)
            m_next = m_schema.rootType(Graph::OperationKind::Query);
        return openSelections();
    }
    if (token.is(m_text, u'('))
        return m_directive ? openArguments() : m_frames.append(Frame{Scope::Variables});
    if (token.kind != TokenKind::Name)
        return;
    const auto kind = operationKind(word);
    if (m_isType) {
        m_next = m_schema.type(word);
        m_isType = false;
    } else if (word == u"on" && m_isInHead) {
        m_isType = true;
    } else if (!m_isInHead) {
        m_variables.clear();
        m_isInHead = true;
        m_next = kind ? m_schema.rootType(*kind) : nullptr;
    }
}

void GraphQlPlace::readInSelections(const GraphQlToken &token, bool isLabel)
{
    if (token.is(m_text, u'}'))
        return pop();
    if (token.is(m_text, u'{'))
        return openSelections();
    if (token.is(m_text, u'('))
        return openArguments();
    if (token.kind == TokenKind::Spread) {
        m_next = type();
        m_field = nullptr;
        m_directive = nullptr;
        return;
    }
    if (token.kind != TokenKind::Name || isLabel)
        return;
    const QString word = token.in(m_text).toString();
    m_directive = nullptr;
    if (m_isAfterSpread) {
        m_isType = word == u"on";
        return;
    }
    if (m_isType) {
        m_next = m_schema.type(word);
        m_isType = false;
        return;
    }
    m_field = type() ? m_schema.field(*type(), word) : nullptr;
    m_next = m_field ? m_schema.type(m_field->type) : nullptr;
}

void GraphQlPlace::readInInputs(const GraphQlToken &token, bool isLabel)
{
    if (token.is(m_text, u')') || token.is(m_text, u'}') || token.is(m_text, u']'))
        return pop();
    Frame &frame = m_frames.last();
    if (token.is(m_text, u'{'))
        return openObject();
    if (token.is(m_text, u'[')) {
        Frame list{Scope::List};
        list.input = frame.input;
        list.isValue = true;
        return m_frames.append(list);
    }
    if (token.is(m_text, u':')) {
        frame.isValue = true;
    } else if (token.kind == TokenKind::Name && isLabel) {
        const QString name = token.in(m_text).toString();
        frame.input = inputNamed(frame.inputs, name);
        frame.given += name;
        frame.isValue = false;
    } else if (frame.scope != Scope::List) {
        frame.isValue = false; // this was it
    }
}

void GraphQlPlace::readInVariables(const GraphQlToken &token)
{
    if (token.is(m_text, u')')) {
        m_isType = false;
        return pop();
    }
    if (token.kind == TokenKind::Variable) {
        m_variables += token.in(m_text).toString();
        m_isType = false;
    } else if (token.is(m_text, u':')) {
        m_isType = true;
    } else if (token.is(m_text, u'=') || token.kind == TokenKind::Name) {
        m_isType = false;
    }
}

void GraphQlPlace::openSelections()
{
    Frame frame{Scope::Selections};
    frame.type = std::exchange(m_next, nullptr);
    m_frames.append(frame);
    m_field = nullptr;
    m_directive = nullptr;
    m_isInHead = true;
    m_isType = false;
}

void GraphQlPlace::openArguments()
{
    Frame frame{Scope::Arguments};
    const auto *directive = std::exchange(m_directive, nullptr);
    frame.inputs = directive ? &directive->arguments : m_field ? &m_field->arguments : nullptr;
    m_frames.append(frame);
}

void GraphQlPlace::openObject()
{
    Frame frame{Scope::Object};
    const Graph::InputValueDefinition *input = m_frames.last().input;
    const Graph::TypeDefinition *type = input ? m_schema.type(input->type) : nullptr;
    frame.inputs = type ? &type->inputFields : nullptr;
    m_frames.append(frame);
}

void GraphQlPlace::pop()
{
    if (m_frames.size() > 1 && m_frames.size() <= kDeepestFrame)
        m_frames.removeLast();
    Frame &frame = m_frames.last();
    if (frame.scope == Scope::Document)
        m_isInHead = false;
    else if (frame.scope != Scope::List)
        frame.isValue = false;
    if (frame.scope == Scope::Document && m_frames.size() == 1)
        m_next = m_isInHead ? m_next : nullptr;
}

} // namespace Syncscope
