// SPDX-License-Identifier: Apache-2.0
#include "subscriptionfields_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr int kDeepestFragment = 500;

bool isRuledOut(const QList<Directive> &directives)
{
    for (const Directive &directive : directives) {
        const bool skips = directive.name.text == u"skip";
        if (!skips && directive.name.text != u"include")
            continue;
        for (const Argument &argument : directive.arguments) {
            if (argument.name.text == u"if" && argument.value.kind == Value::Kind::Boolean
                && (argument.value.text == u"true") == skips)
                return true;
        }
    }
    return false;
}

} // namespace

QList<QList<const Selection *>> SubscriptionFields::collect(const OperationDefinition &operation,
                                                            const TypeDefinition &root)
{
    collect(operation.selections, root, 0);
    return m_groups;
}

void SubscriptionFields::collect(const QList<Selection> &selections, const TypeDefinition &root,
                                 int depth)
{
    if (depth > kDeepestFragment)
        return; // reported where cycles are looked for
    for (const Selection &selection : selections) {
        if (isRuledOut(selection.directives))
            continue;
        if (selection.kind == Selection::Kind::Field) {
            const QString &name = selection.responseName().text;
            const auto index = m_index.constFind(name);
            if (index != m_index.constEnd()) {
                m_groups[*index] += &selection;
            } else {
                m_index.insert(name, m_groups.size());
                m_groups += QList<const Selection *>{&selection};
            }
        } else if (selection.kind == Selection::Kind::InlineFragment) {
            if (matches(selection.typeCondition, root))
                collect(selection.selections, root, depth + 1);
        } else if (!m_seen.contains(selection.name.text)) {
            m_seen.insert(selection.name.text);
            const FragmentDefinition *fragment = m_fragments.find(selection.name.text);
            if (fragment && matches(fragment->typeCondition, root))
                collect(fragment->selections, root, depth + 1);
        }
    }
}

bool SubscriptionFields::matches(const Name &condition, const TypeDefinition &root) const
{
    if (condition.isEmpty())
        return true;
    const TypeDefinition *type = m_schema.type(condition.text);
    return type && (type == &root || (isAbstract(type->kind) && m_schema.isSubType(*type, root)));
}

} // namespace AppSync::GraphQl
