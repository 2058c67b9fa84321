// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! How one JSON text differs from another: by path, since the order of members means nothing there.
class PayloadDiff : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! How many values are the same.
    Q_PROPERTY(int same READ same NOTIFY changed FINAL)

public:
    enum Role {
        PathRole = Qt::UserRole + 1,
        ChangeRole,
        BeforeRole, //!< as written; empty: it was not there
        AfterRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Change { Added, Removed, Changed };
    Q_ENUM(Change)

    struct Row {
        QString path;
        Change change = Changed;
        QString before;
        QString after;
    };
    struct Difference {
        QList<Row> rows;
        int same = 0;
    };

    explicit PayloadDiff(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    //! Both must be valid JSON. May be called on any thread.
    [[nodiscard]] static Difference between(const QByteArray &before, const QByteArray &after);
    void show(const Difference &difference);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_shown.rows.size()); }
    [[nodiscard]] int same() const { return m_shown.same; }
    //! All rows, a line each.
    [[nodiscard]] QString text() const;

    static constexpr qsizetype kMostValues =
        200'000; //!< of each; what comes on top is not compared
    static constexpr qsizetype kShownLength = 500; //!< of a value
    static constexpr int kDeepest = 100; //!< what is deeper is compared as a whole

Q_SIGNALS:
    void changed();

private:
    Difference m_shown;
};

} // namespace Syncscope
