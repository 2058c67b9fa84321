// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/GraphQlSchema>

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqml.h>

namespace Syncscope {

//! A page of a schema: all types, one type with its members, or what a search found. Root types come first.
class SchemaModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a schema")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! The type whose page is shown; empty: all types.
    Q_PROPERTY(QString typeName READ typeName NOTIFY changed FINAL)
    Q_PROPERTY(QString typeKind READ typeKind NOTIFY changed FINAL)
    //! Of the type; empty: it has none.
    Q_PROPERTY(QString description READ description NOTIFY changed FINAL)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY changed FINAL)
    //! Looks through the names of types, fields, arguments and values; empty: the page is shown.
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY changed FINAL)
    //! That not everything is listed; empty: it is.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)

public:
    enum Role {
        KindRole = Qt::UserRole + 1, //!< "type", "field", "argument", "value", …
        NameRole,
        SignatureRole, //!< what stands behind the name: `(room: String!): Message`
        DescriptionRole,
        DeprecatedRole, //!< why; empty: it is not
        TargetRole, //!< the type to go to; empty: none
        IndentRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)

    explicit SchemaModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] QString typeName() const { return m_path.isEmpty() ? QString() : m_path.last(); }
    [[nodiscard]] QString typeKind() const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] bool canGoBack() const { return !m_path.isEmpty(); }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] QString remark() const;

    void setSchema(const AppSync::GraphQl::Schema &schema);
    //! The page of a type; does nothing where the schema has none of that name.
    Q_INVOKABLE void goTo(const QString &typeName);
    //! To what the row names: its own page, or that of its type.
    Q_INVOKABLE void follow(int row);
    Q_INVOKABLE void goBack();

    static constexpr qsizetype kMostFound = 500;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QString kind;
        QString name;
        QString signature;
        QString description;
        QString deprecated;
        QString target;
        int indent = 0;
    };

    void rebuild();
    void listTypes();
    void listMembers(const AppSync::GraphQl::TypeDefinition &type);
    void listFound();
    void find(const AppSync::GraphQl::TypeDefinition &type);
    void addType(const AppSync::GraphQl::TypeDefinition &type);
    void addField(const AppSync::GraphQl::FieldDefinition &field, const QString &prefix,
                  bool withArguments);
    void addInput(const AppSync::GraphQl::InputValueDefinition &input, const QString &kind,
                  const QString &prefix, int indent);
    void addValue(const AppSync::GraphQl::EnumValueDefinition &value, const QString &prefix);
    void addReference(const QString &kind, const QString &name);
    [[nodiscard]] QString kindOf(const AppSync::GraphQl::TypeDefinition &type) const;

    AppSync::GraphQl::Schema m_schema;
    QStringList m_path; //!< the pages gone through
    QString m_search;
    QList<Row> m_rows;
    bool m_isCut = false;
};

} // namespace Syncscope
