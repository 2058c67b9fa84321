// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/event.h"
#include "subscription.h"

namespace AppSync {

class EventsClient;

//! One subscription to a channel of Events.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT ChannelSubscription : public AppSync::Subscription {
    Q_OBJECT
    Q_MOC_INCLUDE(<AppSync / EventsClient>)
    Q_PROPERTY(AppSync::EventsClient *client READ client WRITE setClient NOTIFY clientChanged FINAL)
    Q_PROPERTY(QString channel READ channel WRITE setChannel NOTIFY channelChanged FINAL)

public:
    //! Inactive until it has a client and a channel; then it subscribes by itself unless active is false.
    explicit ChannelSubscription(QObject *parent = nullptr);
    ~ChannelSubscription() override;

    //! Null by default and once the client is deleted. Not owned, though it may be the parent.
    [[nodiscard]] EventsClient *client() const;
    void setClient(EventsClient *client);
    //! `namespace/a/b` or `namespace/*`; a leading slash is optional.
    [[nodiscard]] QString channel() const { return m_channel; }
    void setChannel(const QString &channel);

Q_SIGNALS:
    //! An event came. Events come in the order of the wire.
    void received(const AppSync::Event &event);
    void clientChanged();
    void channelChanged();

protected:
    [[nodiscard]] QString topicName() const override { return m_channel; }
    [[nodiscard]] Topic beginTopic() override;
    void deliver(const Delivery &delivery) override;

private:
    QString m_channel;
    QString m_subscribed; //!< by the present run, normalized
};

} // namespace AppSync
