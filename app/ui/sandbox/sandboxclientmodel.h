// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QAbstractListModel>
#include <QList>
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
    [[nodiscard]] int count() const { return int(m_clients.size()); }

    //! Cuts the connection of that row.
    Q_INVOKABLE void drop(int row);

Q_SIGNALS:
    void countChanged();

private:
    //! Takes over who is there now; rows of those who stay keep their place.
    void refresh();
    [[nodiscard]] static QString whoText(const AppSync::EmulatorConnection &client);
    [[nodiscard]] static QString trafficText(const AppSync::EmulatorConnection &client);

    AppSync::Emulator *m_emulator;
    QList<AppSync::EmulatorConnection> m_clients;
    QTimer m_refresh; //!< once a second while somebody is there, and soon after a change
};

} // namespace Syncscope
