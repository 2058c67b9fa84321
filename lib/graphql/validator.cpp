// SPDX-License-Identifier: Apache-2.0
#include "validator.h"

#include "subscriptionfields_p.h"
#include "validator_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr qsizetype kLongestSpreadPath =
    500; // fragments inside each other, which are followed by recursion

//! Reports all but the first of each name.
template <typename T>
void checkUniqueNames(Diagnostics &diagnostics, const QList<const T *> &definitions,
                      const QString &rule, const QString &what)
{
    QHash<QString, Position> seen;
    for (const T *definition : definitions) {
        const Name &name = definition->name;
        if (name.isEmpty())
            continue;
        if (const auto first = seen.constFind(name.text); first != seen.constEnd())
            diagnostics.add(rule, u"There can be only one %1 named \"%2\"."_s.arg(what, name.text),
                            {*first, name.position});
        else
            seen.insert(name.text, name.position);
    }
}

} // namespace

QList<Diagnostic> validate(const Schema &schema, const Document &document, int most)
{
    QList<Diagnostic> all = Validator(schema, document).check();
    if (all.size() > most) {
        all.resize(most);
        all.append(
            {u"Too many validation errors, error limit reached. Validation aborted."_s, {}, {}});
    }
    return all;
}

Validator::Validator(const Schema &schema, const Document &document)
    : m_schema(schema)
    , m_document(document)
    , m_fragments(m_document)
    , m_directives(m_diagnostics)
    , m_overlapping(m_schema, m_fragments, m_diagnostics)
{
    for (const DirectiveDefinition &directive : m_schema.directives())
        m_directives.define(directive);
}

QList<Diagnostic> Validator::check()
{
    checkExecutable();
    checkNames();
    const auto fragments = m_document.fragments();
    for (const FragmentDefinition *fragment : fragments)
        visit(*fragment);
    const auto operations = m_document.operations();
    for (const OperationDefinition *operation : operations)
        visit(*operation);
    checkUnusedFragments();
    checkCycles();
    for (const OperationDefinition *operation : operations)
        checkVariables(*operation);
    return m_diagnostics.sorted();
}

void Validator::checkExecutable()
{
    const auto check = [this](const auto &definition) {
        using T = std::decay_t<decltype(definition)>;
        if constexpr (std::is_same_v<T, SchemaDefinition>)
            report(u"ExecutableDefinitions"_s, u"The schema definition is not executable."_s,
                   {definition.position});
        else if constexpr (!std::is_same_v<
                               T, OperationDefinition> && !std::is_same_v<T, FragmentDefinition>)
            report(u"ExecutableDefinitions"_s,
                   u"The \"%1\" definition is not executable."_s.arg(definition.name.text),
                   {definition.position});
    };
    for (const Definition &definition : m_document.definitions)
        std::visit(check, definition);
}

void Validator::checkNames()
{
    const auto operations = m_document.operations();
    checkUniqueNames(m_diagnostics, operations, u"UniqueOperationNames"_s, u"operation"_s);
    checkUniqueNames(m_diagnostics, m_document.fragments(), u"UniqueFragmentNames"_s,
                     u"fragment"_s);
    if (operations.size() < 2)
        return;
    for (const OperationDefinition *operation : operations) {
        if (operation->name.isEmpty())
            report(u"LoneAnonymousOperation"_s,
                   u"This anonymous operation must be the only defined operation."_s,
                   {operation->position});
    }
}

void Validator::visit(const OperationDefinition &operation)
{
    m_usage = &m_usages[&operation];
    visitVariables(operation);
    checkDirectives(operation.directives, keyword(operation.kind).toUpper(), nullptr);
    if (operation.kind == OperationKind::Subscription)
        checkSubscription(operation);
    const TypeDefinition *root = m_schema.rootType(operation.kind);
    visit(operation.selections, root && root->kind == TypeKind::Object ? root : nullptr, nullptr);
}

void Validator::visit(const FragmentDefinition &fragment)
{
    m_usage = &m_usages[&fragment];
    const Name &condition = fragment.typeCondition;
    checkTypeName(condition.text, condition.position);
    const TypeDefinition *type = m_schema.type(condition.text);
    if (type && !isComposite(type->kind))
        report(u"FragmentsOnCompositeTypes"_s,
               u"Fragment \"%1\" cannot condition on non composite type \"%2\"."_s.arg(
                   fragment.name.text, condition.text),
               {condition.position});
    checkDirectives(fragment.directives, u"FRAGMENT_DEFINITION"_s, nullptr);
    visit(fragment.selections, composite(condition.text), nullptr);
}

void Validator::visitVariables(const OperationDefinition &operation)
{
    QStringList names; // in the order in which they come first
    QHash<QString, QList<Position>> places;
    for (const VariableDefinition &variable : operation.variables) {
        QList<Position> &each = places[variable.name.text];
        if (each.isEmpty())
            names += variable.name.text;
        each += variable.name.position;

        const TypeReference &named = variable.type.named();
        checkTypeName(named.name, named.position);
        const TypeDefinition *type = m_schema.type(named.name);
        if (type && !isInput(type->kind))
            report(u"VariablesAreInputTypes"_s,
                   u"Variable \"$%1\" cannot be non-input type \"%2\"."_s.arg(
                       variable.name.text, variable.type.toString()),
                   {variable.type.position});
        const bool isKnown = type && isInput(type->kind);
        if (variable.defaultValue) {
            m_directives.checkUniqueFields(*variable.defaultValue);
            visit(*variable.defaultValue, {isKnown ? &variable.type : nullptr, false},
                  Values::Checked);
        }
        checkDirectives(variable.directives, u"VARIABLE_DEFINITION"_s, nullptr);
    }
    for (const QString &name : std::as_const(names)) {
        if (places[name].size() > 1)
            report(u"UniqueVariableNames"_s,
                   u"There can be only one variable named \"$%1\"."_s.arg(name), places[name]);
    }
}

void Validator::checkSubscription(const OperationDefinition &operation)
{
    const TypeDefinition *root = m_schema.rootType(OperationKind::Subscription);
    if (!root)
        return;
    const QString who = operation.name.isEmpty()
        ? u"Anonymous Subscription"_s
        : u"Subscription \"%1\""_s.arg(operation.name.text);
    const auto groups = SubscriptionFields(m_schema, m_fragments).collect(operation, *root);
    QList<Position> others;
    for (const QList<const Selection *> &fields : groups.mid(1)) {
        for (const Selection *field : fields)
            others += field->position;
    }
    if (!others.isEmpty())
        report(u"SingleFieldSubscriptions"_s, who + u" must select only one top level field."_s,
               others);
    for (const QList<const Selection *> &fields : groups) {
        if (!fields.first()->name.text.startsWith(u"__"))
            continue;
        QList<Position> places;
        for (const Selection *field : fields)
            places += field->position;
        report(u"SingleFieldSubscriptions"_s,
               who + u" must not select an introspection top level field."_s, places);
    }
}

void Validator::checkUnusedFragments()
{
    QSet<QString> used;
    const auto operations = m_document.operations();
    for (const OperationDefinition *operation : operations) {
        const auto reached = m_fragments.reached(operation->selections);
        for (const FragmentDefinition *fragment : reached)
            used += fragment->name.text;
    }
    const auto fragments = m_document.fragments();
    for (const FragmentDefinition *fragment : fragments) {
        if (!used.contains(fragment->name.text))
            report(u"NoUnusedFragments"_s,
                   u"Fragment \"%1\" is never used."_s.arg(fragment->name.text),
                   {fragment->position});
    }
}

void Validator::checkCycles()
{
    const auto fragments = m_document.fragments();
    for (const FragmentDefinition *fragment : fragments)
        checkCycles(*fragment);
}

void Validator::checkCycles(const FragmentDefinition &fragment)
{
    const QString &name = fragment.name.text;
    if (m_visited.contains(name))
        return;
    if (m_spreads.size() == kLongestSpreadPath) {
        report(u"NoFragmentCycles"_s,
               u"Fragments nest deeper than %1 levels."_s.arg(kLongestSpreadPath),
               {fragment.position});
        return;
    }
    m_visited.insert(name);
    m_spreadIndex.insert(name, m_spreads.size());
    const auto spreads = Fragments::spreads(fragment.selections);
    for (const Selection *spread : spreads) {
        m_spreads += spread;
        const qsizetype start = m_spreadIndex.value(spread->name.text, -1);
        if (start >= 0)
            reportCycle(*spread, start);
        else if (const FragmentDefinition *next = m_fragments.find(spread->name.text))
            checkCycles(*next);
        m_spreads.removeLast();
    }
    m_spreadIndex.remove(name);
}

void Validator::reportCycle(const Selection &spread, qsizetype start)
{
    QStringList via;
    QList<Position> places;
    for (const Selection *step : m_spreads.sliced(start)) {
        via += u'"' + step->name.text + u'"';
        places += step->position;
    }
    via.removeLast();
    report(u"NoFragmentCycles"_s,
           u"Cannot spread fragment \"%1\" within itself"_s.arg(spread.name.text)
               + (via.isEmpty() ? u"."_s : u" via "_s + via.join(u", "_s) + u'.'),
           places);
}

void Validator::report(const QString &rule, const QString &message,
                       const QList<Position> &positions)
{
    m_diagnostics.add(rule, message, positions);
}

} // namespace AppSync::GraphQl
