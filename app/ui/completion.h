// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! One thing that could stand at the cursor.
class CompletionProposal {
public:
    QString text; //!< what is put there
    QString detail; //!< its type, or what it is
    QString description;
    bool isDeprecated = false;

    friend bool operator==(const CompletionProposal &, const CompletionProposal &) = default;
};

//! What could stand at a place of a text.
class Completion {
public:
    int begin = 0; //!< of the word that a proposal replaces
    int end = 0;
    QList<CompletionProposal> proposals; //!< the likeliest first

    static constexpr qsizetype kMost = 200;
};

//! The proposals in a list.
class CompletionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to what is completed")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! What a proposal replaces.
    Q_PROPERTY(int begin READ begin NOTIFY changed FINAL)
    Q_PROPERTY(int end READ end NOTIFY changed FINAL)

public:
    enum Role { TextRole = Qt::UserRole + 1, DetailRole, DescriptionRole, DeprecatedRole };
    Q_ENUM(Role)

    explicit CompletionModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_completion.proposals.size()); }
    [[nodiscard]] int begin() const { return m_completion.begin; }
    [[nodiscard]] int end() const { return m_completion.end; }
    [[nodiscard]] const Completion &completion() const { return m_completion; }
    void setCompletion(const Completion &completion);
    Q_INVOKABLE [[nodiscard]] QString textOf(int row) const;

Q_SIGNALS:
    void changed();

private:
    Completion m_completion;
};

} // namespace Syncscope
