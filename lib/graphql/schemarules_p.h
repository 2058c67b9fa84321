// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "directiverules_p.h"

#include <QSet>

namespace AppSync::GraphQl {

//! The rules that type system definitions have to keep before a schema can be made of them: names are known and
//! unique, directives are in their places, extensions fit.
class SchemaRules {
public:
    explicit SchemaRules(const QList<Definition> &definitions);

    [[nodiscard]] QList<Diagnostic> check();

private:
    void visit(const SchemaDefinition &schema);
    void visit(const TypeDefinition &type);
    void visit(const DirectiveDefinition &directive);
    void visit(const OperationDefinition &) { }
    void visit(const FragmentDefinition &) { }
    void checkTypeName(const TypeDefinition &type);
    void checkExtension(const TypeDefinition &type);
    void checkMembers(const TypeDefinition &type);
    void checkArguments(const QString &parent, const QList<InputValueDefinition> &arguments);
    void checkInput(const InputValueDefinition &input, const QString &location);
    void checkReference(const TypeReference &type);
    void checkReference(const Name &type);
    void checkOnce(QHash<QString, Position> &seen, const Name &name, const QString &rule,
                   const QString &message);

    const QList<Definition> m_definitions;
    Diagnostics m_diagnostics;
    DirectiveRules m_directives;
    QHash<QString, const TypeDefinition *> m_types; //!< without extensions
    QStringList m_typeNames;
    QHash<QString, Position> m_seenTypes;
    QHash<QString, Position> m_seenDirectives;
    QHash<QString, QHash<QString, Position>> m_seenMembers; //!< by type
    QHash<QString, DirectiveRules::Seen> m_seenAtType;
    DirectiveRules::Seen m_seenAtSchema;
    QHash<OperationKind, Position> m_operationTypes;
    bool m_hasSchema = false;
};

} // namespace AppSync::GraphQl
