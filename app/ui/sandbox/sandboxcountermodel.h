// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QAbstractListModel>
#include <QList>
#include <QtQml/qqml.h>

namespace Syncscope {

//! What the sandbox counted, with the names of CloudWatch's metrics; those that are not zero.
class SandboxCounterModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a sandbox")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role { NameRole = Qt::UserRole + 1, ValueRole, HelpRole };
    Q_ENUM(Role)

    explicit SandboxCounterModel(AppSync::Emulator *emulator, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_rows.size()); }

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        AppSync::EmulatorMetrics::Counter counter = AppSync::EmulatorMetrics::ConnectSuccess;
        qint64 value = 0;
    };

    void refresh();

    AppSync::Emulator *m_emulator;
    QList<Row> m_rows;
};

} // namespace Syncscope
