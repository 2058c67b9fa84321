// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/ratemeter.h"

#include <AppSync/ChannelSubscription>

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <memory>
#include <vector>

namespace AppSync {
class EventsClient;
}

namespace Syncscope {

class FrameLog;

//! The subscriptions of one session: state, count, rate, and a colour with a glyph that stays.
class SubscriptionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int liveCount READ liveCount NOTIFY summaryChanged FINAL)

public:
    enum Role {
        ChannelRole = Qt::UserRole + 1,
        StateRole,
        StateTextRole,
        SlotRole,
        CountRole,
        CountTextRole,
        RateTextRole,
        ErrorRole,
        NextStepRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    //! As people see it; the library's states say what is asked of the server.
    enum State { Off, Pending, Live, Refused };
    Q_ENUM(State)

    explicit SubscriptionModel(AppSync::EventsClient *client, QObject *parent = nullptr);
    ~SubscriptionModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_entries.size()); }
    [[nodiscard]] int liveCount() const;

    //! What is wrong with \a channel as a new subscription, in words; empty if nothing.
    Q_INVOKABLE [[nodiscard]] QString problemOf(const QString &channel) const;
    //! Subscribes; false if problemOf() has something to say.
    Q_INVOKABLE bool add(const QString &channel);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void retry(int row);

    //! Tells \a log that its last frame is about the subscription with this id, if there is one.
    void attribute(FrameLog *log, const QString &subscriptionId) const;
    //! Once a second.
    void tickRates();

Q_SIGNALS:
    void countChanged();
    void summaryChanged();
    void received(const AppSync::Event &event, int slot);

private:
    struct Entry {
        std::unique_ptr<AppSync::ChannelSubscription> subscription;
        int slot = 0;
        qint64 events = 0;
        bool countShown = true; //!< the count on the screen is up to date
        RateMeter rate;
    };

    void onReceived(AppSync::ChannelSubscription *subscription, const AppSync::Event &event);
    void onStateChanged(AppSync::ChannelSubscription *subscription);
    [[nodiscard]] int rowOf(const AppSync::ChannelSubscription *subscription) const;
    [[nodiscard]] int freeSlot() const;
    [[nodiscard]] static State stateOf(const Entry &entry);
    [[nodiscard]] static QString stateText(const Entry &entry);

    QPointer<AppSync::EventsClient> m_client;
    std::vector<Entry> m_entries;
};

} // namespace Syncscope
