// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"
#include "app/ui/notice.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The saved profiles, as their file had them when it was read last.
class ProfileList : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! Why the file cannot be read.
    Q_PROPERTY(Syncscope::Notice problem READ problem NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole,
        AddressRole, //!< host, for people
        AuthRole, //!< the modes in words
        SecretsRole, //!< where the secrets are, in words; empty: there are none
        ServiceRole, //!< Events, GraphQL or both; empty: the address tells none
    };

    explicit ProfileList(const QString &path, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_profiles.size()); }
    [[nodiscard]] Notice problem() const { return m_problem; }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] Profile profile(int row) const { return m_profiles.value(row); }
    [[nodiscard]] int rowOf(const QString &name) const;
    //! A name that none of them has.
    [[nodiscard]] QString freeName(const QString &wanted) const;
    //! Reads the file again.
    void reload();

Q_SIGNALS:
    void changed();

private:
    const QString m_path;
    QList<Profile> m_profiles;
    Notice m_problem;
};

} // namespace Syncscope
