// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executableschema_p.h"

#include <QJsonObject>

namespace AppSync::Emulation {

//! Answers fields of `__Schema`, `__Type` and so on. What stands for a type, a field, … between two answers is a
//! JSON value that names it, so that the schema is never unfolded further than a query asks.
class Introspection {
public:
    explicit Introspection(const ExecutableSchema &schema) : m_schema(schema) { }

    //! `__schema` and `__type` of the query type.
    [[nodiscard]] QJsonValue root(const QString &field, const QJsonObject &arguments) const;
    //! The \a field of \a value, which is of the type \a type.
    [[nodiscard]] QJsonValue resolve(const QString &type, const QString &field,
                                     const QJsonValue &value, const QJsonObject &arguments);

private:
    [[nodiscard]] QJsonValue ofSchema(const QString &field) const;
    [[nodiscard]] QJsonValue ofType(const QString &field, const QString &reference,
                                    const QJsonObject &arguments);
    [[nodiscard]] QJsonValue ofNamedType(const QString &field, const GraphQl::TypeDefinition &type,
                                         bool withDeprecated) const;
    [[nodiscard]] QJsonValue ofDirective(const QString &field, const QString &name) const;

    const ExecutableSchema &m_schema;
    QHash<QString, QJsonValue>
        m_lists; //!< that types were asked for, since queries come back to them
};

} // namespace AppSync::Emulation
