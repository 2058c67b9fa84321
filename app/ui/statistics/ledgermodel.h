// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/publishledger.h"

#include <AppSync/Clock>

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! All events that were published, the newest first: the ledger as people read it.
class LedgerModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the statistics")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    //! That older ones are not listed; empty: all are.
    Q_PROPERTY(QString remark READ remark NOTIFY countChanged FINAL)

public:
    enum Role {
        ChannelRole = Qt::UserRole + 1,
        TimeRole,
        PreviewRole,
        OutcomeRole, //!< an Outcome
        VerdictRole, //!< identifier, or why it was refused
        SeenRole, //!< where and when it was seen again, or why not
        WasSeenRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Outcome { Pending, Accepted, Refused, Unknown };
    Q_ENUM(Outcome)

    explicit LedgerModel(const AppSync::Clock *clock, QObject *parent = nullptr);

    //! What it shows from now on, with all that is in it.
    void show(const PublishLedger *ledger);
    //! The ledger took this in.
    void apply(const PublishLedger::Effect &effect);
    //! A second has passed: what is waited for is older.
    void tick();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] QString remark() const;
    //! Where event \a index of the publish \a operation was seen; empty: it is not known, or was refused.
    [[nodiscard]] QString seenText(const QString &operation, int index) const;

Q_SIGNALS:
    void countChanged();
    //! What it says about an event of \a operation; empty: of any.
    void amended(const QString &operation);

private:
    [[nodiscard]] const PublishLedger::Entry &entry(int row) const;
    [[nodiscard]] int rowOf(qint64 serial) const;
    [[nodiscard]] QString seenText(const PublishLedger::Entry &entry) const;
    [[nodiscard]] bool isWaiting(const PublishLedger::Entry &entry) const;

    const AppSync::Clock *const m_clock;
    const PublishLedger *m_ledger = nullptr;
    qint64 m_newest = 0; //!< serial of the first row
    int m_count = 0;
};

} // namespace Syncscope
