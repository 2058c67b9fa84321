// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fragments_p.h"
#include "linter.h"

#include <QMap>

namespace AppSync::GraphQl {

//! A document with what looks up its fragments.
struct LintDocument {
    explicit LintDocument(const Document &text) : document(text), fragments(document) { }

    const Document document;
    const Fragments fragments;
};

//! Fields of one object by their names, whatever they are called in the response, fragments unfolded.
class FieldsByName {
public:
    using Sets = QList<const QList<Selection> *>;

    //! \a sets: selections of the same object.
    FieldsByName(const Sets &sets, const Fragments &fragments);

    [[nodiscard]] QStringList names() const { return m_fields.keys(); }
    [[nodiscard]] bool contains(const QString &name) const { return m_fields.contains(name); }
    //! Where a field stands for the first time.
    [[nodiscard]] const Selection &first(const QString &name) const
    {
        return *m_fields[name].first();
    }
    //! What is selected of a field, all its places together.
    [[nodiscard]] Sets selections(const QString &name) const;

private:
    void collect(const QList<Selection> &selections, const Fragments &fragments,
                 QSet<QString> &seen, int depth);

    QMap<QString, QList<const Selection *>> m_fields;
};

//! Looks at requests one after the other.
class Linter {
public:
    Linter(const Schema &schema, const QList<Document> &others);

    [[nodiscard]] QList<LintFinding> check(const QList<LintRequest> &requests);

private:
    //! A mutation that triggers the subscription that is looked at.
    struct Trigger {
        QString name; //!< of the mutation's field
        FieldsByName::Sets selections;
        const Fragments *fragments = nullptr;
    };

    void checkSubscription(const OperationDefinition &operation, const LintDocument &document,
                           const QJsonObject &variables);
    void checkArguments(const Selection &field, const OperationDefinition &operation,
                        const QJsonObject &variables);
    void checkTriggers(const Selection &field, const LintDocument &document,
                       const QJsonObject &variables, const OperationDefinition &operation);
    void compare(const FieldsByName &wanted, const Fragments &fragments, const Trigger &trigger,
                 const TypeDefinition *type, const QString &path);
    void checkMutation(const OperationDefinition &operation, const QJsonObject &variables);
    [[nodiscard]] QList<Trigger> triggersOf(const FieldDefinition &field) const;
    [[nodiscard]] const FieldDefinition *rootField(const Selection &field) const;
    void add(LintFinding::Rule rule, const Position &position, const QString &message,
             const QString &reason, const QString &nextStep);

    const Schema m_schema;
    QList<std::shared_ptr<const LintDocument>> m_documents; //!< the requests' first
    QList<LintFinding> m_findings;
    int m_request = -1; //!< the one that is looked at
    int m_steps = 0; //!< of comparing, which recursive fragments could go on with for ever
    QString m_subscription; //!< the field that is compared
};

} // namespace AppSync::GraphQl
