// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/GraphQlSchema>

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! One thing that could stand at the cursor.
class GraphQlProposal {
public:
    QString text; //!< what is put there
    QString detail; //!< its type, or what it is
    QString description;
    bool isDeprecated = false;

    friend bool operator==(const GraphQlProposal &, const GraphQlProposal &) = default;
};

//! What could stand at a place of a document, by its schema. The text may be unfinished and wrong anywhere.
class GraphQlCompletion {
public:
    int begin = 0; //!< of the word that a proposal replaces
    int end = 0;
    //! Those that begin as the word does come first.
    QList<GraphQlProposal> proposals;

    [[nodiscard]] static GraphQlCompletion of(const QString &text, int cursor,
                                              const AppSync::GraphQl::Schema &schema);

    static constexpr qsizetype kMost = 200;
};

//! The proposals in a list.
class GraphQlCompletionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! What a proposal replaces.
    Q_PROPERTY(int begin READ begin NOTIFY changed FINAL)
    Q_PROPERTY(int end READ end NOTIFY changed FINAL)

public:
    enum Role { TextRole = Qt::UserRole + 1, DetailRole, DescriptionRole, DeprecatedRole };
    Q_ENUM(Role)

    explicit GraphQlCompletionModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_completion.proposals.size()); }
    [[nodiscard]] int begin() const { return m_completion.begin; }
    [[nodiscard]] int end() const { return m_completion.end; }
    [[nodiscard]] const GraphQlCompletion &completion() const { return m_completion; }
    void setCompletion(const GraphQlCompletion &completion);
    Q_INVOKABLE [[nodiscard]] QString textOf(int row) const;

Q_SIGNALS:
    void changed();

private:
    GraphQlCompletion m_completion;
};

} // namespace Syncscope
