// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlanalysis.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The operations of a document, and which of them is at the cursor.
class OperationModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    //! The one at the cursor, which runs; -1: there is none.
    Q_PROPERTY(int current READ current NOTIFY currentChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        KindRole, //!< query, mutation, subscription
        DetailRole, //!< root fields
        OffsetRole, //!< where it begins in the document
        CurrentRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)

    explicit OperationModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_operations.size()); }
    [[nodiscard]] bool isEmpty() const { return m_operations.isEmpty(); }
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] const GraphQlOperationEntry *currentEntry() const
    {
        return m_current < 0 ? nullptr : &m_operations.at(m_current);
    }
    void setOperations(const QList<GraphQlOperationEntry> &operations, int cursor);
    void setCursor(int cursor);
    //! Where the operation begins in the document.
    Q_INVOKABLE [[nodiscard]] int offsetOf(int row) const { return m_operations.value(row).begin; }

Q_SIGNALS:
    void countChanged();
    void currentChanged();

private:
    QList<GraphQlOperationEntry> m_operations;
    int m_current = -1;
};

} // namespace Syncscope
