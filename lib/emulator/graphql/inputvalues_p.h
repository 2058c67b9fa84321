// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executableschema_p.h"

#include <QJsonObject>

namespace AppSync::Emulation {

//! Brings the values of variables and arguments into the form that their types have.
class InputValues {
public:
    explicit InputValues(const ExecutableSchema &schema) : m_schema(schema) { }

    //! Of \a operation, from what came as \a given: with defaults, without those that were left out. The
    //! \a problem is in the service's words.
    [[nodiscard]] QJsonObject variables(const GraphQl::OperationDefinition &operation,
                                        const QJsonObject &given, QString *problem) const;
    //! Of a field or directive. What was left out and has no default is left out here.
    [[nodiscard]] QJsonObject arguments(const QList<GraphQl::InputValueDefinition> &definitions,
                                        const QList<GraphQl::Argument> &given,
                                        const QJsonObject &variables, QString *problem) const;

private:
    [[nodiscard]] QJsonValue coerced(const GraphQl::TypeReference &type, const QJsonValue &value,
                                     const QString &what, QString *problem) const;
    [[nodiscard]] QJsonValue coercedNamed(const GraphQl::TypeReference &type,
                                          const QJsonValue &value, const QString &what,
                                          QString *problem) const;
    [[nodiscard]] QJsonValue coercedObject(const GraphQl::TypeDefinition &type,
                                           const QJsonObject &value, const QString &what,
                                           QString *problem) const;
    //! As written; undefined where a variable has no value.
    [[nodiscard]] QJsonValue literal(const GraphQl::Value &value,
                                     const QJsonObject &variables) const;

    const ExecutableSchema &m_schema;
};

} // namespace AppSync::Emulation
