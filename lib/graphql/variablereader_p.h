// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "values.h"

namespace AppSync::GraphQl {

//! Reads the JSON value of one variable by its declared type.
class VariableReader {
public:
    VariableReader(const Schema &schema, const VariableDefinition &variable,
                   QList<Diagnostic> &errors);

    //! What \a value means for the type; without meaning after an error.
    [[nodiscard]] QJsonValue read(const QJsonValue &value, const TypeReference &type);

private:
    QJsonValue readList(const QJsonValue &value, const TypeReference &item);
    QJsonValue readObject(const QJsonValue &value, const TypeDefinition &type);
    QJsonValue readEnum(const QJsonValue &value, const TypeDefinition &type);
    QJsonValue readScalar(const QJsonValue &value, const QString &name);
    void fail(const QJsonValue &value, const QString &message);

    const Schema m_schema;
    const VariableDefinition &m_variable;
    QList<Diagnostic> &m_errors;
    QString m_path; //!< inside the variable: `.field[0]`
};

} // namespace AppSync::GraphQl
