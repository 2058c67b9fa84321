// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace AppSync::Emulation {

//! An enhanced filter: groups of which one must hold, and in a group filters which must all hold. In the form of
//! `extensions.setSubscriptionFilter()`, where `filterGroup` is a list of `{"filters": [{"fieldName",
//! "operator", "value"}]}`.
class SubscriptionFilter {
public:
    //! Nothing, with a \a problem, if \a json is none or breaks the service's limits.
    [[nodiscard]] static std::optional<SubscriptionFilter> fromJson(const QJsonValue &json,
                                                                    QString *problem);
    //! Whether \a value is for the one who set this. Only objects can be.
    [[nodiscard]] bool matches(const QJsonValue &value) const;
    [[nodiscard]] QJsonArray toJson() const { return m_groups; }

    //! The filter that the \a arguments of a subscription are by themselves: those that were given must equal
    //! the members of \a value with their names, and null means one that is null or missing.
    [[nodiscard]] static bool argumentsMatch(const QJsonObject &arguments, const QJsonValue &value);

private:
    QJsonArray m_groups;
};

} // namespace AppSync::Emulation
