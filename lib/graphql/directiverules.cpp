// SPDX-License-Identifier: Apache-2.0
#include "directiverules_p.h"

#include "schema.h"
#include "suggestions_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

void DirectiveRules::define(const DirectiveDefinition &directive)
{
    m_known.insert(directive.name.text, &directive);
}

void DirectiveRules::check(const QList<Directive> &directives, const QString &location)
{
    Seen seen;
    check(directives, location, seen);
}

void DirectiveRules::check(const QList<Directive> &directives, const QString &location, Seen &seen)
{
    for (const Directive &directive : directives) {
        checkOne(directive, location);
        const DirectiveDefinition *definition = m_known.value(directive.name.text);
        if (!definition || definition->repeatable)
            continue;
        if (const auto first = seen.constFind(directive.name.text); first != seen.constEnd())
            m_diagnostics.add(
                u"UniqueDirectivesPerLocation"_s,
                u"The directive \"@%1\" can only be used once at this location."_s.arg(
                    directive.name.text),
                {*first, directive.position});
        else
            seen.insert(directive.name.text, directive.position);
    }
}

void DirectiveRules::checkOne(const Directive &directive, const QString &location)
{
    checkUnique(directive.arguments);
    for (const Argument &argument : directive.arguments)
        checkUniqueFields(argument.value);
    const DirectiveDefinition *definition = m_known.value(directive.name.text);
    if (!definition) {
        m_diagnostics.add(u"KnownDirectives"_s,
                          u"Unknown directive \"@%1\"."_s.arg(directive.name.text),
                          {directive.position});
        return;
    }
    const auto &locations = definition->locations;
    if (std::none_of(locations.begin(), locations.end(),
                     [&location](const Name &each) { return each.text == location; }))
        m_diagnostics.add(
            u"KnownDirectives"_s,
            u"Directive \"@%1\" may not be used on %2."_s.arg(directive.name.text, location),
            {directive.position});
    checkArguments(directive, *definition);
}

void DirectiveRules::checkArguments(const Directive &directive,
                                    const DirectiveDefinition &definition)
{
    QStringList known;
    for (const InputValueDefinition &input : definition.arguments)
        known += input.name.text;
    QStringList given;
    for (const Argument &argument : directive.arguments) {
        given += argument.name.text;
        if (!known.contains(argument.name.text))
            m_diagnostics.add(
                u"KnownArgumentNames"_s,
                u"Unknown argument \"%1\" on directive \"@%2\"."_s.arg(argument.name.text,
                                                                       directive.name.text)
                    + Suggestions::question(Suggestions::near(argument.name.text, known)),
                {argument.name.position});
    }
    for (const InputValueDefinition &input : definition.arguments) {
        if (isRequired(input) && !given.contains(input.name.text))
            m_diagnostics.add(
                u"ProvidedRequiredArguments"_s,
                u"Directive \"@%1\" argument \"%2\" of type \"%3\" is required, but it was not provided."_s
                    .arg(directive.name.text, input.name.text, input.type.toString()),
                {directive.position});
    }
}

void DirectiveRules::checkUnique(const QList<Argument> &arguments)
{
    if (arguments.size() < 2)
        return;
    QStringList names; // in the order in which they come first
    QHash<QString, QList<Position>> places;
    for (const Argument &argument : arguments) {
        QList<Position> &each = places[argument.name.text];
        if (each.isEmpty())
            names += argument.name.text;
        each += argument.name.position;
    }
    for (const QString &name : std::as_const(names)) {
        if (places[name].size() > 1)
            m_diagnostics.add(u"UniqueArgumentNames"_s,
                              u"There can be only one argument named \"%1\"."_s.arg(name),
                              places[name]);
    }
}

void DirectiveRules::checkUniqueFields(const Value &value)
{
    for (const Value &item : value.items)
        checkUniqueFields(item);
    QHash<QString, Position> seen;
    for (const Argument &field : value.fields) {
        if (const auto first = seen.constFind(field.name.text); first != seen.constEnd())
            m_diagnostics.add(
                u"UniqueInputFieldNames"_s,
                u"There can be only one input field named \"%1\"."_s.arg(field.name.text),
                {*first, field.name.position});
        else
            seen.insert(field.name.text, field.name.position);
        checkUniqueFields(field.value);
    }
}

} // namespace AppSync::GraphQl
