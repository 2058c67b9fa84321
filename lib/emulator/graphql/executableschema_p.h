// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/GraphQlAst>

#include <QHash>
#include <QSet>

#include <memory>

namespace AppSync::Emulation {

//! A schema as execution wants it: what it says of a type or field is one look-up away. With AppSync's scalars
//! and directives, and the types of introspection.
class ExecutableSchema {
public:
    //! Null, with a \a problem that names the line, if \a sdl is none that the service would take.
    [[nodiscard]] static std::shared_ptr<const ExecutableSchema> load(const QString &sdl,
                                                                      QString *problem);
    //! That of an API without any: messages in rooms.
    [[nodiscard]] static QString sampleSdl();

    //! Null: there is none of that name.
    [[nodiscard]] const GraphQl::TypeDefinition *type(const QString &name) const;
    //! Null: it has none of that name. `__typename`, `__schema` and `__type` are found where they may stand.
    [[nodiscard]] const GraphQl::FieldDefinition *field(const GraphQl::TypeDefinition &type,
                                                        const QString &name) const;
    //! Of Query, Mutation or Subscription, however they are called; null: there is none.
    [[nodiscard]] const GraphQl::TypeDefinition *root(GraphQl::OperationKind kind) const;
    [[nodiscard]] bool isRoot(const GraphQl::TypeDefinition &type) const;
    //! Whether the object type \a object is \a type, implements it or is a member of it.
    [[nodiscard]] bool isOf(const QString &object, const QString &type) const;
    [[nodiscard]] QStringList
    possibleTypes(const QString &abstractType) const; //!< in the schema's order
    //! Those that introspection shows: the schema's, and of those that every schema has the ones in use.
    [[nodiscard]] QList<const GraphQl::TypeDefinition *> visibleTypes() const;
    //! Those that introspection shows: not AppSync's, as the service does.
    [[nodiscard]] QList<const GraphQl::DirectiveDefinition *> visibleDirectives() const;
    [[nodiscard]] QString description() const { return m_description; }
    //! Fields of Subscription that `@aws_subscribe` ties to the field \a mutation of Mutation.
    [[nodiscard]] QStringList subscriptionsTo(const QString &mutation) const
    {
        return m_subscriptions.value(mutation);
    }

private:
    ExecutableSchema() = default;
    [[nodiscard]] QString build(const QString &sdl);
    [[nodiscard]] QString add(const GraphQl::Document &document, bool isOwn);
    [[nodiscard]] QString merge(const GraphQl::TypeDefinition &extension);
    [[nodiscard]] QString checkReferences() const;
    void index();

    QHash<QString, std::shared_ptr<GraphQl::TypeDefinition>> m_types;
    QList<const GraphQl::TypeDefinition *> m_order;
    qsizetype m_ownTypes = 0; //!< how many of m_order every schema has
    QList<GraphQl::DirectiveDefinition> m_directives;
    QHash<const GraphQl::TypeDefinition *, QHash<QString, const GraphQl::FieldDefinition *>>
        m_fields;
    QHash<QString, QSet<QString>> m_possible; //!< object types, by abstract one
    QHash<QString, QStringList> m_subscriptions;
    QHash<int, QString> m_roots; //!< by OperationKind
    QString m_description;
};

} // namespace AppSync::Emulation
