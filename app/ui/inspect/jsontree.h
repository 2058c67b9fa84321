// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/jsonindex.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

#include <vector>

namespace Syncscope {

//! JSON texts as a tree, of which the rows are what is unfolded. Everything is shown as it is written: numbers of any
//! length, the order of members, and those that occur twice. What is folded costs nothing, and of long lists only a part
//! is unfolded at a time.
class JsonTree : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, //!< of the member, or index of the element; empty at the top
        ValueRole, //!< its text, shortened; of objects and arrays how much is in them
        KindRole,
        DepthRole,
        UnfoldedRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Kind {
        Object,
        Array,
        String,
        Number,
        Literal,
        Rest
    }; //!< Rest: members that are not shown yet
    Q_ENUM(Kind)

    explicit JsonTree(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    //! \a texts must be valid JSON; each is a tree of its own. \a isResult: of GraphQL, where filters begin below
    //! `data`.
    //! \a indexes are of the texts; without them they are made here.
    void setTexts(const QList<QByteArray> &texts, bool isResult,
                  const QList<JsonIndex> &indexes = {});

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_rows.size()); }

    Q_INVOKABLE void toggle(int row);
    Q_INVOKABLE [[nodiscard]] bool isUnfolded(int row) const;
    //! Of a Rest: shows the next ones in its place.
    Q_INVOKABLE void setUnfolded(int row, bool unfolded);
    //! Unfolds what the value is in that begins at \a begin of the text \a part, and returns its row; -1: there is none.
    Q_INVOKABLE int reveal(int part, int begin);
    //! The row that the one of \a row is in; -1: it is at the top.
    Q_INVOKABLE [[nodiscard]] int parentOf(int row) const;
    //! `event.player.name`, as filters name it; empty: they cannot.
    Q_INVOKABLE [[nodiscard]] QString pathOf(int row) const;
    //! As it is written.
    Q_INVOKABLE [[nodiscard]] QString textOf(int row) const;
    //! A filter for rows that have the same there; of objects and arrays, for those that have it at all. Empty:
    //! there is none.
    Q_INVOKABLE [[nodiscard]] QString filterFor(int row) const;
    //! A filter that compares with what is there, which is no object or array: \a sign is `!=`, `<`, `>` and so on.
    Q_INVOKABLE [[nodiscard]] QString comparison(int row, const QString &sign) const;
    //! A filter for rows that have it at all.
    Q_INVOKABLE [[nodiscard]] QString presence(int row) const;
    Q_INVOKABLE [[nodiscard]] bool isBranchAt(int row) const;
    Q_INVOKABLE [[nodiscard]] bool isNumberAt(int row) const;

    static constexpr qsizetype kShownLength = 500;
    static constexpr int kUnfoldedAtFirst = 60; //!< rows
    static constexpr qsizetype kMembersAtOnce = 1000; //!< of one object or array

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        QByteArrayView text; //!< within m_texts
        QString name;
        QString path; //!< for filters; empty: none
        int part = 0; //!< of m_texts
        int depth = 0;
        bool isUnfolded = false;
        qsizetype first = 0; //!< of a Rest: index of its first member
        qsizetype count = -1; //!< of a Rest: how many they are; of others below 0
    };
    [[nodiscard]] static Kind kindOf(const Row &row);
    [[nodiscard]] static bool isBranch(const Row &row);
    [[nodiscard]] qsizetype countOf(const Row &branch) const;
    [[nodiscard]] qsizetype placeOf(const Row &row) const;
    [[nodiscard]] std::vector<Row> childrenOf(const Row &branch) const;
    [[nodiscard]] std::vector<Row> childrenOf(const Row &branch, const Row &rest) const;
    [[nodiscard]] Row childOf(const Row &branch, const JsonMembers &member, qsizetype index) const;
    [[nodiscard]] JsonMembers membersOf(const Row &branch, qsizetype at) const;
    [[nodiscard]] static Row restOf(const Row &branch, qsizetype first, qsizetype count);
    void unfoldTop();
    void unfoldRest(int row);
    void revealIn(int row, const char *place);
    void insertRows(int row, std::vector<Row> rows);
    void eraseRows(int row, int count);
    [[nodiscard]] int topRow(int part) const;
    [[nodiscard]] int childWith(int row, const char *place);

    QList<QByteArray> m_texts;
    QList<JsonIndex> m_indexes;
    bool m_isResult = false;
    std::vector<Row> m_rows;
};

} // namespace Syncscope
