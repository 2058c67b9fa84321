// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostics_p.h"
#include "schema.h"

#include <QSet>

namespace AppSync::GraphQl {

//! The rules that a schema as a whole has to keep: types stand where they may, objects have what their interfaces
//! ask for, input objects can be written.
class SchemaChecks {
public:
    SchemaChecks(const Schema &schema, const QList<Definition> &definitions);

    [[nodiscard]] QList<Diagnostic> check();

private:
    void checkRoots();
    void checkDirective(const DirectiveDefinition &directive);
    void checkType(const TypeDefinition &type);
    void checkName(const QString &name, const Position &position);
    void checkFields(const TypeDefinition &type);
    void checkArguments(const TypeDefinition &type, const FieldDefinition &field);
    void checkInterfaces(const TypeDefinition &type);
    void checkAncestors(const TypeDefinition &type, const TypeDefinition &interface);
    void checkImplements(const TypeDefinition &type, const TypeDefinition &interface);
    void checkImplements(const TypeDefinition &type, const FieldDefinition &field,
                         const TypeDefinition &interface, const FieldDefinition &expected);
    void checkMembers(const TypeDefinition &type);
    void checkInputFields(const TypeDefinition &type);
    void checkCycles(const TypeDefinition &type);
    void checkDeprecation(const InputValueDefinition &input, const QString &what);
    [[nodiscard]] bool isInputType(const TypeReference &type) const;
    [[nodiscard]] QList<Position> placesOf(const TypeDefinition &type) const;
    void report(const QString &message, const QList<Position> &positions);

    const Schema m_schema;
    QHash<QString, QList<Position>> m_places; //!< of each type and its extensions
    QHash<OperationKind, Position> m_rootPlaces;
    QList<Position> m_schemaPlace; //!< of the schema definition, if there is one
    Diagnostics m_diagnostics;
    QSet<QString> m_visited; //!< input objects
    QList<const InputValueDefinition *> m_path; //!< through input objects
    QHash<QString, qsizetype> m_pathIndex;
};

} // namespace AppSync::GraphQl
