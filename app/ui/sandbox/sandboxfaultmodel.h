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
        HasErrorTypeRole, //!< it answers with an error, whose type can be changed
        ErrorTypeRole,
        HasConditionsRole, //!< it can hit some only
        PercentRole, //!< how often it hits, 1 to 100
        TimesRole, //!< how often at most; 0: any number
        HasChannelRole, //!< it can be for some channels only
        ChannelRole, //!< for these, as `ns/*`; empty: for all
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
    //! Empty: the service's usual one.
    Q_INVOKABLE void setErrorType(int row, const QString &type);
    //! 1 to 100.
    Q_INVOKABLE void setPercent(int row, int percent);
    //! 0: any number.
    Q_INVOKABLE void setTimes(int row, int times);
    //! `*` is any text, `?` any character, a namespace alone all of it; empty: any channel.
    Q_INVOKABLE void setChannel(int row, const QString &pattern);
    Q_INVOKABLE void clear();
    //! What is switched on, as a plan.
    [[nodiscard]] AppSync::FaultPlan plan() const;

Q_SIGNALS:
    void activeCountChanged();

private:
    struct Setting {
        bool isActive = false;
        int amount = 0;
        QString errorType = {};
        int percent = 100;
        int times = 0;
        QString channel = {};
    };

    [[nodiscard]] bool isRow(int row) const { return row >= 0 && row < m_settings.size(); }
    void apply(int row);

    AppSync::Emulator *m_emulator;
    QList<Setting> m_settings; //!< one for each row
};

} // namespace Syncscope
