// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqml.h>
#include <QVariantList>

namespace Syncscope {

//! What is wrong with a document, at a place of it.
class GraphQlProblem {
public:
    QString message;
    int line = 0; //!< from 1; 0: no place
    int column = 0;
    int offset = -1; //!< in UTF-16 units; -1: no place
    int length = 1; //!< of what is underlined

    friend bool operator==(const GraphQlProblem &, const GraphQlProblem &) = default;
};

//! The problems of a document, in the order of their places.
class GraphQlProblemModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed FINAL)

public:
    enum Role { MessageRole = Qt::UserRole + 1, PlaceRole, OffsetRole };
    Q_ENUM(Role)

    explicit GraphQlProblemModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_problems.size()); }
    //! The lines that have one, from 1.
    [[nodiscard]] QVariantList lines() const;
    [[nodiscard]] const QList<GraphQlProblem> &problems() const { return m_problems; }
    void setProblems(const QList<GraphQlProblem> &problems);

Q_SIGNALS:
    void changed();

private:
    QList<GraphQlProblem> m_problems;
};

} // namespace Syncscope
