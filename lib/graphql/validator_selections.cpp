// SPDX-License-Identifier: Apache-2.0
#include "suggestions_p.h"
#include "validator_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

void Validator::visit(const QList<Selection> &selections, const TypeDefinition *parent,
                      const FieldDefinition *field)
{
    m_overlapping.check(selections, parent);
    for (const Selection &selection : selections) {
        switch (selection.kind) {
        case Selection::Kind::Field:
            visitField(selection, parent);
            break;
        case Selection::Kind::InlineFragment:
            visitInline(selection, parent, field);
            break;
        case Selection::Kind::FragmentSpread:
            visitSpread(selection, parent, field);
            break;
        }
    }
}

void Validator::visitField(const Selection &selection, const TypeDefinition *parent)
{
    const FieldDefinition *field = parent ? m_schema.field(*parent, selection.name.text) : nullptr;
    if (parent && !field)
        reportUnknownField(selection, *parent);
    if (field)
        checkLeaf(selection, field->type);
    checkArguments(selection, parent, field);
    checkDirectives(selection.directives, u"FIELD"_s, field);
    if (!selection.selections.isEmpty())
        visit(selection.selections, field ? composite(field->type.named().name) : nullptr, field);
}

void Validator::visitInline(const Selection &fragment, const TypeDefinition *parent,
                            const FieldDefinition *field)
{
    const Name &condition = fragment.typeCondition;
    const TypeDefinition *type = parent;
    if (!condition.isEmpty()) {
        checkTypeName(condition.text, condition.position);
        const TypeDefinition *named = m_schema.type(condition.text);
        if (named && !isComposite(named->kind))
            report(u"FragmentsOnCompositeTypes"_s,
                   u"Fragment cannot condition on non composite type \"%1\"."_s.arg(condition.text),
                   {condition.position});
        type = composite(condition.text);
    }
    if (type && parent && !overlap(*type, *parent))
        report(
            u"PossibleFragmentSpreads"_s,
            u"Fragment cannot be spread here as objects of type \"%1\" can never be of type \"%2\"."_s
                .arg(parent->name.text, type->name.text),
            {fragment.position});
    checkDirectives(fragment.directives, u"INLINE_FRAGMENT"_s, field);
    visit(fragment.selections, type, field);
}

void Validator::visitSpread(const Selection &spread, const TypeDefinition *parent,
                            const FieldDefinition *field)
{
    const QString &name = spread.name.text;
    const FragmentDefinition *fragment = m_fragments.find(name);
    if (!fragment)
        report(u"KnownFragmentNames"_s, u"Unknown fragment \"%1\"."_s.arg(name),
               {spread.name.position});
    const TypeDefinition *type = fragment ? composite(fragment->typeCondition.text) : nullptr;
    if (type && parent && !overlap(*type, *parent))
        report(
            u"PossibleFragmentSpreads"_s,
            u"Fragment \"%1\" cannot be spread here as objects of type \"%2\" can never be of type \"%3\"."_s
                .arg(name, parent->name.text, type->name.text),
            {spread.position});
    checkDirectives(spread.directives, u"FRAGMENT_SPREAD"_s, field);
}

void Validator::reportUnknownField(const Selection &selection, const TypeDefinition &parent)
{
    const QString &name = selection.name.text;
    QString question =
        Suggestions::question(typesWithField(parent, name), u"to use an inline fragment on"_s);
    if (question.isEmpty()) {
        QStringList names;
        for (const FieldDefinition &field : parent.fields)
            names += field.name.text;
        question = Suggestions::question(Suggestions::near(name, names));
    }
    report(u"FieldsOnCorrectType"_s,
           u"Cannot query field \"%1\" on type \"%2\"."_s.arg(name, parent.name.text) + question,
           {selection.position});
}

// Of an interface or union: the types with that field, the ones that cover most objects first.
QStringList Validator::typesWithField(const TypeDefinition &type, const QString &field) const
{
    if (!isAbstract(type.kind))
        return {};
    QList<const TypeDefinition *> found;
    QHash<const TypeDefinition *, int> uses;
    const auto use = [&](const TypeDefinition *each) {
        if (uses[each]++ == 0)
            found += each;
    };
    const auto possible = m_schema.possibleTypes(type);
    for (const TypeDefinition *object : possible) {
        if (!m_schema.field(*object, field))
            continue;
        use(object);
        for (const Name &name : object->interfaces) {
            const TypeDefinition *interface = m_schema.type(name.text);
            if (interface && m_schema.field(*interface, field))
                use(interface);
        }
    }
    const auto covers = [this](const TypeDefinition &one, const TypeDefinition &other) {
        return one.kind == TypeKind::Interface && m_schema.isSubType(one, other);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const TypeDefinition *left, const TypeDefinition *right) {
                         if (uses[left] != uses[right])
                             return uses[left] > uses[right];
                         if (covers(*left, *right) || covers(*right, *left))
                             return covers(*left, *right);
                         return Suggestions::isBefore(left->name.text, right->name.text);
                     });
    QStringList names;
    for (const TypeDefinition *each : std::as_const(found))
        names += each->name.text;
    return names;
}

void Validator::checkLeaf(const Selection &selection, const TypeReference &type)
{
    const TypeDefinition *named = m_schema.type(type);
    if (!named || !isOutput(named->kind))
        return;
    const QString &name = selection.name.text;
    if (isLeaf(named->kind) && !selection.selections.isEmpty())
        report(u"ScalarLeafs"_s,
               u"Field \"%1\" must not have a selection since type \"%2\" has no subfields."_s.arg(
                   name, type.toString()),
               {selection.selectionsPosition});
    else if (!isLeaf(named->kind) && selection.selections.isEmpty())
        report(
            u"ScalarLeafs"_s,
            u"Field \"%1\" of type \"%2\" must have a selection of subfields. Did you mean \"%1 { ... }\"?"_s
                .arg(name, type.toString()),
            {selection.position});
}

void Validator::checkArguments(const Selection &selection, const TypeDefinition *parent,
                               const FieldDefinition *field)
{
    m_directives.checkUnique(selection.arguments);
    for (const Argument &argument : selection.arguments)
        m_directives.checkUniqueFields(argument.value);
    visitArguments(selection.arguments, field ? &field->arguments : nullptr);
    if (!field)
        return;
    QStringList known;
    for (const InputValueDefinition &input : field->arguments)
        known += input.name.text;
    QStringList given;
    for (const Argument &argument : selection.arguments) {
        given += argument.name.text;
        if (parent && !known.contains(argument.name.text))
            report(u"KnownArgumentNames"_s,
                   u"Unknown argument \"%1\" on field \"%2.%3\"."_s.arg(
                       argument.name.text, parent->name.text, field->name.text)
                       + Suggestions::question(Suggestions::near(argument.name.text, known)),
                   {argument.name.position});
    }
    for (const InputValueDefinition &input : field->arguments) {
        if (isRequired(input) && !given.contains(input.name.text))
            report(
                u"ProvidedRequiredArguments"_s,
                u"Field \"%1\" argument \"%2\" of type \"%3\" is required, but it was not provided."_s
                    .arg(field->name.text, input.name.text, input.type.toString()),
                {selection.position});
    }
}

void Validator::checkDirectives(const QList<Directive> &directives, const QString &location,
                                const FieldDefinition *field)
{
    m_directives.check(directives, location);
    for (const Directive &directive : directives) {
        const DirectiveDefinition *definition = m_schema.directive(directive.name.text);
        // The arguments of an unknown one are taken for those of the field around it, as the reference
        // implementation does.
        visitArguments(directive.arguments,
                       definition ? &definition->arguments : (field ? &field->arguments : nullptr));
    }
}

void Validator::checkTypeName(const QString &name, const Position &position)
{
    if (m_schema.type(name))
        return;
    QStringList known;
    for (const TypeDefinition &type : m_schema.types())
        known += type.name.text;
    report(u"KnownTypeNames"_s,
           u"Unknown type \"%1\"."_s.arg(name)
               + Suggestions::question(Suggestions::near(name, known)),
           {position});
}

bool Validator::overlap(const TypeDefinition &one, const TypeDefinition &other) const
{
    if (&one == &other)
        return true;
    const auto left = m_schema.possibleTypes(one);
    const auto right = m_schema.possibleTypes(other);
    return std::any_of(left.begin(), left.end(),
                       [&right](const TypeDefinition *type) { return right.contains(type); });
}

const TypeDefinition *Validator::composite(const QString &name) const
{
    const TypeDefinition *type = m_schema.type(name);
    return type && isComposite(type->kind) ? type : nullptr;
}

} // namespace AppSync::GraphQl
