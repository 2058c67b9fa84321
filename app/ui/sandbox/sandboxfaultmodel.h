// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QAbstractListModel>
#include <QList>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The faults that the sandbox can have at a click.
class SandboxFaultModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a sandbox")
    Q_PROPERTY(int activeCount READ activeCount NOTIFY activeCountChanged FINAL)

public:
    enum Role {
        GroupRole = Qt::UserRole + 1, //!< of the first row of a group; empty for the others
        TitleRole,
        HelpRole,
        ActiveRole,
        HasAmountRole, //!< it has a figure that can be changed
        AmountRole,
        UnitRole, //!< of the amount
    };
    Q_ENUM(Role)

    explicit SandboxFaultModel(AppSync::Emulator *emulator, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int activeCount() const;

    Q_INVOKABLE void toggle(int row);
    //! In the unit of that row, 1 or more.
    Q_INVOKABLE void setAmount(int row, int amount);
    Q_INVOKABLE void clear();
    //! What is switched on, as a plan.
    [[nodiscard]] AppSync::FaultPlan plan() const;

Q_SIGNALS:
    void activeCountChanged();

private:
    struct Setting {
        bool isActive = false;
        int amount = 0;
    };

    void apply(int row);

    AppSync::Emulator *m_emulator;
    QList<Setting> m_settings; //!< one for each row
};

} // namespace Syncscope
