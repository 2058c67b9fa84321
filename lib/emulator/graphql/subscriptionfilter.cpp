// SPDX-License-Identifier: Apache-2.0
#include "subscriptionfilter_p.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

// The service's limits, as far as it tells them.
constexpr qsizetype kGroups = 10;
constexpr qsizetype kFilters = 5; // of a group
constexpr qsizetype kNesting = 5;
constexpr qsizetype kInValues = 5;
constexpr qsizetype kContainsAnyValues = 20;

const QStringList &operators()
{
    static const QStringList names{u"eq"_s,         u"ne"_s, u"le"_s,       u"lt"_s,
                                   u"ge"_s,         u"gt"_s, u"contains"_s, u"notContains"_s,
                                   u"beginsWith"_s, u"in"_s, u"notIn"_s,    u"between"_s,
                                   u"containsAny"_s};
    return names;
}

QString problemOf(const QJsonObject &filter)
{
    const QString name = filter.value("fieldName"_L1).toString();
    const QString op = filter.value("operator"_L1).toString();
    const qsizetype count = filter.value("value"_L1).toArray().size();
    if (name.isEmpty())
        return u"a filter needs a fieldName"_s;
    if (!operators().contains(op))
        return u"the filter of %1 has the unknown operator \"%2\""_s.arg(name, op);
    const qsizetype most = op == "containsAny"_L1 ? kContainsAnyValues : kInValues;
    if ((op == "in"_L1 || op == "notIn"_L1 || op == "containsAny"_L1) && count > most)
        return u"Operator %1 exceeds maximum value limit of %2"_s.arg(op).arg(most);
    if (op == "between"_L1 && count != 2)
        return u"the filter of %1 needs two values for between"_s.arg(name);
    return {};
}

//! A number or text as what it is compared by; nothing: neither.
std::optional<int> compared(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isDouble() && b.isDouble())
        return a.toDouble() < b.toDouble() ? -1 : a.toDouble() > b.toDouble() ? 1 : 0;
    if (a.isString() && b.isString())
        return a.toString().compare(b.toString());
    return std::nullopt;
}

bool contains(const QJsonValue &whole, const QJsonValue &part)
{
    if (whole.isString())
        return part.isString() && whole.toString().contains(part.toString());
    return whole.toArray().contains(part);
}

bool holds(const QJsonValue &value, const QString &op, const QJsonValue &operand)
{
    const QJsonArray list = operand.toArray();
    if (op == "eq"_L1)
        return value == operand;
    if (op == "ne"_L1)
        return value != operand;
    if (op == "in"_L1)
        return list.contains(value);
    if (op == "notIn"_L1)
        return !list.contains(value);
    if (op == "contains"_L1)
        return contains(value, operand);
    if (op == "notContains"_L1)
        return !contains(value, operand);
    if (op == "containsAny"_L1)
        return std::any_of(list.begin(), list.end(),
                           [&](const QJsonValue &one) { return contains(value, one); });
    if (op == "beginsWith"_L1)
        return value.isString() && operand.isString()
            && value.toString().startsWith(operand.toString());
    if (op == "between"_L1)
        return compared(value, list.at(0)).value_or(-1) >= 0
            && compared(value, list.at(1)).value_or(1) <= 0;
    const std::optional<int> order = compared(value, operand);
    if (!order)
        return false;
    return (op == "lt"_L1 && *order < 0) || (op == "le"_L1 && *order <= 0)
        || (op == "gt"_L1 && *order > 0) || (op == "ge"_L1 && *order >= 0);
}

bool holds(const QJsonObject &filter, const QJsonObject &object)
{
    const QStringList names = filter.value("fieldName"_L1).toString().split(u'.');
    if (names.size() > kNesting)
        return true; // such rules are ignored
    QJsonValue value = object;
    for (const QString &name : names)
        value = value.toObject().value(name);
    if (value.isUndefined())
        value = QJsonValue(QJsonValue::Null);
    return holds(value, filter.value("operator"_L1).toString(), filter.value("value"_L1));
}

} // namespace

std::optional<SubscriptionFilter> SubscriptionFilter::fromJson(const QJsonValue &json,
                                                               QString *problem)
{
    // An object with the groups, the list of groups, or one group alone.
    QJsonValue groups = json.toObject().value("filterGroup"_L1);
    if (groups.isUndefined())
        groups = json.isArray() ? json : QJsonArray{json};
    SubscriptionFilter filter;
    filter.m_groups = groups.isArray() ? groups.toArray() : QJsonArray{groups};
    if (filter.m_groups.isEmpty() || filter.m_groups.size() > kGroups) {
        *problem = u"filterGroup exceeds maximum value limit of %1"_s.arg(kGroups);
        return std::nullopt;
    }
    for (const QJsonValue group : std::as_const(filter.m_groups)) {
        const QJsonArray filters = group.toObject().value("filters"_L1).toArray();
        if (filters.isEmpty())
            *problem = u"a group of a filter needs filters"_s;
        else if (filters.size() > kFilters)
            *problem = u"filters exceeds maximum value limit of %1"_s.arg(kFilters);
        for (const QJsonValue one : filters) {
            if (problem->isEmpty())
                *problem = problemOf(one.toObject());
        }
        if (!problem->isEmpty())
            return std::nullopt;
    }
    return filter;
}

bool SubscriptionFilter::matches(const QJsonValue &value) const
{
    if (!value.isObject())
        return false;
    const QJsonObject object = value.toObject();
    return std::any_of(m_groups.begin(), m_groups.end(), [&](const QJsonValue &group) {
        const QJsonArray filters = group.toObject().value("filters"_L1).toArray();
        return std::all_of(filters.begin(), filters.end(), [&](const QJsonValue &filter) {
            return holds(filter.toObject(), object);
        });
    });
}

bool SubscriptionFilter::argumentsMatch(const QJsonObject &arguments, const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        const QJsonValue member = object.value(it.key());
        const bool isMissing = member.isNull() || member.isUndefined();
        if (it.value().isNull() ? !isMissing : member != it.value())
            return false;
    }
    return true;
}

} // namespace AppSync::Emulation
