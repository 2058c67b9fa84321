// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema_p.h"

#include <QJsonArray>
#include <QJsonObject>

namespace AppSync::GraphQl {

//! Reads the answer to an introspection query.
class IntrospectionReader {
public:
    [[nodiscard]] SchemaResult read(const QJsonObject &answer);

private:
    void readTypes(const QJsonArray &types);
    void readDirectives(const QJsonArray &directives);
    void readRoots(const QJsonObject &schema);
    [[nodiscard]] std::optional<TypeDefinition> readType(const QJsonObject &type);
    [[nodiscard]] QList<Name> readNames(const QJsonObject &type, const QString &key, TypeKind kind);
    [[nodiscard]] QList<FieldDefinition> readFields(const QJsonObject &type);
    [[nodiscard]] QList<EnumValueDefinition> readValues(const QJsonObject &type);
    [[nodiscard]] QList<InputValueDefinition> readInputs(const QJsonArray &inputs,
                                                         const QString &place);
    [[nodiscard]] TypeReference readReference(const QJsonObject &type, bool (*isFitting)(TypeKind),
                                              const QString &place);
    [[nodiscard]] QJsonArray array(const QJsonObject &object, const QString &key,
                                   const QString &place);
    void fail(const QString &message);

    SchemaData m_data;
    QHash<QString, TypeKind> m_kinds;
    QList<Diagnostic> m_errors;
};

} // namespace AppSync::GraphQl
