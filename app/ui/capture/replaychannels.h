// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/replay/replayplan.h"
#include "app/core/replay/replaysurvey.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The channels of a capture, and where the events of each are to go.
class ReplayChannels : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a replay")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        EventsRole, //!< how many, in words
        TargetRole,
        PatternRole, //!< it is a wildcard: the service does not tell where its events were
        ProblemRole, //!< of the target, in words
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    //! Targets that were set stay with their channels.
    void setChannels(const QList<ReplaySurvey::Channel> &channels);
    Q_INVOKABLE void setTarget(int row, const QString &target);
    //! Of the first row that has one; empty: all have a target.
    [[nodiscard]] QString problem() const;
    //! Lets each channel go to its target.
    void addTo(ReplayPlan *plan) const;

    //! What is wrong with a channel to publish to, in words.
    [[nodiscard]] static QString problemOf(const QString &target);

Q_SIGNALS:
    void changed();

private:
    struct Row {
        ReplaySurvey::Channel channel;
        QString target;

        [[nodiscard]] bool isPattern() const { return channel.name.contains(u'*'); }
        [[nodiscard]] QString problem() const;
    };

    QList<Row> m_rows;
    QHash<QString, QString> m_chosen; //!< targets by channel
};

} // namespace Syncscope
