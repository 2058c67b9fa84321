// SPDX-License-Identifier: Apache-2.0
#include "overlappingfields_p.h"

#include "printer.h"
#include "suggestions_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr int kDeepest = 1000; // fields and fragments that are followed by recursion
constexpr int kMostComparisons = 200'000; // of two fields; n of one name take n²/2
constexpr qsizetype kManyFields = 50; // of one name in one set

//! \a value with the fields of its objects in one order.
Value ordered(Value value)
{
    for (Value &item : value.items)
        item = ordered(item);
    for (Argument &field : value.fields)
        field.value = ordered(field.value);
    std::stable_sort(value.fields.begin(), value.fields.end(),
                     [](const Argument &left, const Argument &right) {
                         return Suggestions::isBefore(left.name.text, right.name.text);
                     });
    return value;
}

bool haveSameArguments(const QList<Argument> &left, const QList<Argument> &right)
{
    if (left.size() != right.size())
        return false;
    QHash<QString, const Value *> others;
    for (const Argument &argument : right)
        others.insert(argument.name.text, &argument.value);
    return std::all_of(left.begin(), left.end(), [&others](const Argument &argument) {
        const Value *other = others.value(argument.name.text);
        return other && print(ordered(argument.value)) == print(ordered(*other));
    });
}

} // namespace

OverlappingFields::OverlappingFields(const Schema &schema, const Fragments &fragments,
                                     Diagnostics &diagnostics)
    : m_schema(schema), m_fragments(fragments), m_diagnostics(diagnostics)
{
}

void OverlappingFields::check(const QList<Selection> &selections, const TypeDefinition *parent)
{
    Conflicts conflicts;
    const Set &set = setOf(selections, parent);
    within(conflicts, set);
    for (qsizetype i = 0; i < set.fragments.size(); ++i) {
        withFragment(conflicts, set, set.fragments[i], false);
        for (qsizetype j = i + 1; j < set.fragments.size(); ++j)
            fragments(conflicts, set.fragments[i], set.fragments[j], false);
    }
    for (const Conflict &conflict : std::as_const(conflicts))
        m_diagnostics.add(
            u"OverlappingFieldsCanBeMerged"_s,
            u"Fields \"%1\" conflict because %2. Use different aliases on the fields to fetch both if this was intentional."_s
                .arg(conflict.name, conflict.reason),
            conflict.left + conflict.right);
}

const OverlappingFields::Set &OverlappingFields::setOf(const QList<Selection> &selections,
                                                       const TypeDefinition *parent)
{
    std::shared_ptr<const Set> &known = m_sets[&selections];
    if (!known) {
        auto set = std::make_shared<Set>();
        collect(*set, selections, parent);
        known = set;
    }
    return *known;
}

const OverlappingFields::Set &OverlappingFields::setOf(const FragmentDefinition &fragment)
{
    return setOf(fragment.selections, m_schema.type(fragment.typeCondition.text));
}

void OverlappingFields::collect(Set &set, const QList<Selection> &selections,
                                const TypeDefinition *parent)
{
    for (const Selection &selection : selections) {
        if (selection.kind == Selection::Kind::FragmentSpread) {
            if (!set.fragments.contains(selection.name.text))
                set.fragments += selection.name.text;
        } else if (selection.kind == Selection::Kind::InlineFragment) {
            collect(set, selection.selections,
                    selection.typeCondition.isEmpty()
                        ? parent
                        : m_schema.type(selection.typeCondition.text));
        } else {
            const QString &name = selection.responseName().text;
            const auto index = set.index.constFind(name);
            const qsizetype place = index == set.index.constEnd() ? set.fields.size() : *index;
            if (index == set.index.constEnd()) {
                set.index.insert(name, place);
                set.fields.append({name, {}});
            }
            const bool isMeta = selection.name.text.startsWith(u"__");
            set.fields[place].second +=
                Field{parent, &selection,
                      parent && !isMeta ? m_schema.field(*parent, selection.name.text) : nullptr};
        }
    }
}

void OverlappingFields::within(Conflicts &conflicts, const Set &set)
{
    for (const auto &[name, all] : set.fields) {
        QList<Field> fields = all;
        if (all.size() > kManyFields) {
            // Those that say the same need no comparison of their own.
            fields.clear();
            QSet<QString> seen;
            for (const Field &field : all) {
                QString text = QString::number(quintptr(field.parent)) + field.node->name.text;
                for (const Argument &argument : field.node->arguments)
                    text += argument.name.text + u':' + print(argument.value);
                if (field.node->selections.isEmpty() && seen.contains(text))
                    continue;
                seen.insert(text);
                fields += field;
            }
        }
        for (qsizetype i = 0; i < fields.size(); ++i) {
            for (qsizetype j = i + 1; j < fields.size(); ++j) {
                if (!mayCompare())
                    return;
                if (const auto conflict = compare(name, fields[i], fields[j], false))
                    conflicts += *conflict;
            }
        }
    }
}

void OverlappingFields::between(Conflicts &conflicts, const Set &left, const Set &right,
                                bool exclusive)
{
    for (const auto &[name, fields] : left.fields) {
        const qsizetype index = right.index.value(name, -1);
        if (index < 0)
            continue;
        for (const Field &field : fields) {
            for (const Field &other : right.fields[index].second) {
                if (!mayCompare())
                    return;
                if (const auto conflict = compare(name, field, other, exclusive))
                    conflicts += *conflict;
            }
        }
    }
}

void OverlappingFields::withFragment(Conflicts &conflicts, const Set &set, const QString &name,
                                     bool exclusive)
{
    const std::pair key(static_cast<const void *>(&set), name);
    const auto compared = m_comparedFragments.constFind(key);
    if (compared != m_comparedFragments.constEnd() && (exclusive || !*compared))
        return;
    m_comparedFragments.insert(key, exclusive);
    const FragmentDefinition *fragment = m_fragments.find(name);
    if (!fragment || !goDeeper())
        return;
    const Set &other = setOf(*fragment);
    if (&other != &set) {
        between(conflicts, set, other, exclusive);
        for (const QString &next : other.fragments)
            withFragment(conflicts, set, next, exclusive);
    }
    --m_depth;
}

void OverlappingFields::fragments(Conflicts &conflicts, const QString &left, const QString &right,
                                  bool exclusive)
{
    if (left == right)
        return;
    const std::pair key(qMin(left, right), qMax(left, right));
    const auto compared = m_comparedPairs.constFind(key);
    if (compared != m_comparedPairs.constEnd() && (exclusive || !*compared))
        return;
    m_comparedPairs.insert(key, exclusive);
    const FragmentDefinition *one = m_fragments.find(left);
    const FragmentDefinition *other = m_fragments.find(right);
    if (!one || !other || !goDeeper())
        return;
    const Set &leftSet = setOf(*one);
    const Set &rightSet = setOf(*other);
    between(conflicts, leftSet, rightSet, exclusive);
    for (const QString &next : rightSet.fragments)
        fragments(conflicts, left, next, exclusive);
    for (const QString &next : leftSet.fragments)
        fragments(conflicts, next, right, exclusive);
    --m_depth;
}

OverlappingFields::Conflicts OverlappingFields::subselections(const Field &left, const Field &right,
                                                              bool exclusive)
{
    const std::pair key(
        std::pair<const void *, const void *>(&left.node->selections, &right.node->selections),
        exclusive);
    if (m_harmless.contains(key) || !goDeeper())
        return {};
    const auto typeOf = [this](const Field &field) {
        return field.definition ? m_schema.type(field.definition->type) : nullptr;
    };
    const Set &leftSet = setOf(left.node->selections, typeOf(left));
    const Set &rightSet = setOf(right.node->selections, typeOf(right));
    Conflicts conflicts;
    between(conflicts, leftSet, rightSet, exclusive);
    for (const QString &name : rightSet.fragments)
        withFragment(conflicts, leftSet, name, exclusive);
    for (const QString &name : leftSet.fragments)
        withFragment(conflicts, rightSet, name, exclusive);
    for (const QString &name : leftSet.fragments) {
        for (const QString &other : rightSet.fragments)
            fragments(conflicts, name, other, exclusive);
    }
    --m_depth;
    if (conflicts.isEmpty())
        m_harmless.insert(key);
    return conflicts;
}

std::optional<OverlappingFields::Conflict> OverlappingFields::compare(const QString &name,
                                                                      const Field &left,
                                                                      const Field &right,
                                                                      bool exclusive)
{
    // No value can be of two object types, so that their fields never meet.
    exclusive = exclusive
        || (left.parent != right.parent && left.parent && right.parent
            && left.parent->kind == TypeKind::Object && right.parent->kind == TypeKind::Object);
    const Selection &one = *left.node;
    const Selection &other = *right.node;
    const auto conflict = [&](const QString &reason) {
        return Conflict{name, reason, {one.position}, {other.position}};
    };
    if (!exclusive && one.name.text != other.name.text)
        return conflict(
            u"\"%1\" and \"%2\" are different fields"_s.arg(one.name.text, other.name.text));
    if (!exclusive && !haveSameArguments(one.arguments, other.arguments))
        return conflict(u"they have differing arguments"_s);
    if (left.definition && right.definition
        && typesConflict(left.definition->type, right.definition->type))
        return conflict(u"they return conflicting types \"%1\" and \"%2\""_s.arg(
            left.definition->type.toString(), right.definition->type.toString()));
    if (one.selections.isEmpty() || other.selections.isEmpty())
        return {};
    const Conflicts inside = subselections(left, right, exclusive);
    if (inside.isEmpty())
        return {};
    QStringList reasons;
    Conflict result = conflict({});
    for (const Conflict &each : inside) {
        reasons += u"subfields \"%1\" conflict because %2"_s.arg(each.name, each.reason);
        result.left += each.left;
        result.right += each.right;
    }
    result.reason = reasons.join(u" and "_s);
    return result;
}

// Composite types do not conflict by themselves: their fields are compared.
bool OverlappingFields::typesConflict(const TypeReference &left, const TypeReference &right) const
{
    if (left.kind != TypeReference::Kind::Named || right.kind != TypeReference::Kind::Named)
        return left.kind != right.kind || typesConflict(left.wrapped(), right.wrapped());
    const TypeDefinition *one = m_schema.type(left.name);
    const TypeDefinition *other = m_schema.type(right.name);
    return one && other && (isLeaf(one->kind) || isLeaf(other->kind)) && one != other;
}

bool OverlappingFields::mayCompare()
{
    if (++m_comparisons <= kMostComparisons)
        return true;
    if (m_comparisons == kMostComparisons + 1)
        m_diagnostics.add(
            u"OverlappingFieldsCanBeMerged"_s,
            u"Too many fields have the same name: more than %1 pairs of them would have to be "
            "compared."_s.arg(kMostComparisons),
            {});
    return false;
}

// Each caller that got true counts m_depth down again.
bool OverlappingFields::goDeeper()
{
    if (++m_depth <= kDeepest)
        return true;
    --m_depth;
    if (!m_isTooDeep)
        m_diagnostics.add(u"OverlappingFieldsCanBeMerged"_s,
                          u"Fields and fragments nest deeper than %1 levels."_s.arg(kDeepest), {});
    m_isTooDeep = true;
    return false;
}

} // namespace AppSync::GraphQl
