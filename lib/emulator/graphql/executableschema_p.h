// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/GraphQlSchema>

#include <QHash>
#include <QSet>

#include <memory>

namespace AppSync::Emulation {

//! The schema of an API, with what its execution asks of it again and again one look-up away.
class ExecutableSchema {
public:
    //! Null, with a \a problem that names the place, if \a sdl is none that the service would take.
    [[nodiscard]] static std::shared_ptr<const ExecutableSchema> load(const QString &sdl,
                                                                      QString *problem);
    //! That of an API without any: messages in rooms.
    [[nodiscard]] static QString sampleSdl();

    [[nodiscard]] const GraphQl::Schema &schema() const { return m_schema; }
    [[nodiscard]] const GraphQl::TypeDefinition *type(const QString &name) const
    {
        return m_schema.type(name);
    }
    [[nodiscard]] const GraphQl::FieldDefinition *field(const GraphQl::TypeDefinition &type,
                                                        const QString &name) const
    {
        return m_schema.field(type, name);
    }
    [[nodiscard]] const GraphQl::TypeDefinition *root(GraphQl::OperationKind kind) const
    {
        return m_schema.rootType(kind);
    }
    [[nodiscard]] bool isRoot(const GraphQl::TypeDefinition &type) const;
    //! Whether the object type \a object is \a type, implements it or is a member of it.
    [[nodiscard]] bool isOf(const QString &object, const QString &type) const;
    [[nodiscard]] QStringList possibleTypes(const QString &abstractType) const;
    //! Those that introspection shows: the schema's, and of those that every schema has the ones in use.
    [[nodiscard]] QList<const GraphQl::TypeDefinition *> visibleTypes() const;
    //! Those that introspection shows: not AppSync's, as the service does.
    [[nodiscard]] QList<const GraphQl::DirectiveDefinition *> visibleDirectives() const;
    //! Fields of Subscription that `@aws_subscribe` ties to the field \a mutation of Mutation.
    [[nodiscard]] QStringList subscriptionsTo(const QString &mutation) const
    {
        return m_subscriptions.value(mutation);
    }

private:
    explicit ExecutableSchema(const GraphQl::Schema &schema);

    const GraphQl::Schema m_schema;
    QHash<QString, QSet<QString>> m_possible; //!< object types, by abstract one
    QHash<QString, QStringList> m_subscriptions;
};

} // namespace AppSync::Emulation
