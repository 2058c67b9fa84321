// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "directiverules_p.h"
#include "fragments_p.h"
#include "overlappingfields_p.h"
#include "schema.h"

namespace AppSync::GraphQl {

//! Walks through a document once and checks the rules on the way; what takes the whole document comes last.
class Validator {
public:
    Validator(const Schema &schema, const Document &document);

    [[nodiscard]] QList<Diagnostic> check();

private:
    //! A variable where it is used.
    struct Usage {
        QString name;
        Position position;
        const TypeReference *type = nullptr; //!< that is expected there; null if unknown
        bool hasDefault = false; //!< the place has a default value
    };
    //! What a value stands for.
    struct Expected {
        const TypeReference *type = nullptr; //!< null if unknown
        bool hasDefault = false; //!< the place has a default value
    };
    enum class Values { Checked, Unchecked }; //!< Unchecked: inside a value that does not fit

    // Definitions
    void visit(const OperationDefinition &operation);
    void visit(const FragmentDefinition &fragment);
    void visitVariables(const OperationDefinition &operation);
    void checkNames();
    void checkExecutable();
    void checkSubscription(const OperationDefinition &operation);
    void checkUnusedFragments();
    void checkCycles();
    void checkCycles(const FragmentDefinition &fragment);
    void reportCycle(const Selection &spread, qsizetype start);

    // Selections. field: the one that they are inside of, or null.
    void visit(const QList<Selection> &selections, const TypeDefinition *parent,
               const FieldDefinition *field);
    void visitField(const Selection &selection, const TypeDefinition *parent);
    void visitInline(const Selection &fragment, const TypeDefinition *parent,
                     const FieldDefinition *field);
    void visitSpread(const Selection &spread, const TypeDefinition *parent,
                     const FieldDefinition *field);
    void reportUnknownField(const Selection &selection, const TypeDefinition &parent);
    void checkLeaf(const Selection &selection, const TypeReference &type);
    void checkArguments(const Selection &selection, const TypeDefinition *parent,
                        const FieldDefinition *field);
    void checkDirectives(const QList<Directive> &directives, const QString &location,
                         const FieldDefinition *field);
    void checkTypeName(const QString &name, const Position &position);
    [[nodiscard]] bool overlap(const TypeDefinition &one, const TypeDefinition &other) const;
    [[nodiscard]] QStringList typesWithField(const TypeDefinition &type,
                                             const QString &field) const;
    [[nodiscard]] const TypeDefinition *composite(const QString &name) const;

    // Values
    void visitArguments(const QList<Argument> &arguments, const QList<InputValueDefinition> *known);
    void visit(const Value &value, Expected expected, Values mode);
    void visitList(const Value &list, const TypeReference *type, Values mode);
    void visitObject(const Value &object, const TypeReference *type, Values mode);
    void checkLiteral(const Value &value, const TypeReference *type);
    void checkEnum(const Value &value, const TypeDefinition &type);
    void checkScalar(const Value &value, const TypeDefinition &type);
    [[nodiscard]] Expected expectedOf(const InputValueDefinition *input) const;

    // Variables
    void checkVariables(const OperationDefinition &operation);
    void checkUsage(const Usage &usage, const OperationDefinition &operation,
                    const VariableDefinition *variable);
    [[nodiscard]] bool mayStand(const VariableDefinition &variable, const Usage &usage) const;

    void report(const QString &rule, const QString &message, const QList<Position> &positions);

    const Schema m_schema;
    const Document m_document;
    const Fragments m_fragments;
    Diagnostics m_diagnostics;
    DirectiveRules m_directives;
    OverlappingFields m_overlapping;
    QHash<const void *, QList<Usage>> m_usages; //!< by operation or fragment
    QList<Usage> *m_usage = nullptr; //!< of the one that is visited

    // Fragments that spread themselves
    QSet<QString> m_visited;
    QList<const Selection *> m_spreads;
    QHash<QString, qsizetype> m_spreadIndex;
};

} // namespace AppSync::GraphQl
