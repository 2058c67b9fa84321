// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Who is connected to the sandbox.
class SandboxClientModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a sandbox")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1, //!< where it comes from
        WhoRole, //!< as whom, by which mode, since when
        TrafficRole, //!< what was sent to it
        SubscriptionsRole, //!< its channels, one in each line
        AccessibleNameRole,
    };
    Q_ENUM(Role)

    explicit SandboxClientModel(AppSync::Emulator *emulator, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return 0; }

    //! Cuts the connection of that row.
    Q_INVOKABLE void drop(int row);

Q_SIGNALS:
    void countChanged();

private:
    AppSync::Emulator *m_emulator;
};

} // namespace Syncscope
