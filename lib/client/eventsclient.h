// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "channelsubscription.h"
#include "client.h"

#include <QJsonValue>

#include <optional>

namespace AppSync {

class EchoOptions;
class EchoReply;
class PublishOptions;

//! A client of one AppSync Events API: subscribe, unsubscribe, publish over WebSocket or HTTP. Its connection
//! opens with the first subscribe or WebSocket publish.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT EventsClient : public AppSync::Client {
    Q_OBJECT
    Q_PROPERTY(AppSync::Authorizer *publishAuthorizer READ publishAuthorizer WRITE
                   setPublishAuthorizer NOTIFY authorizerChanged FINAL)
    Q_PROPERTY(AppSync::EventsClient::PublishVia publishVia READ publishVia WRITE setPublishVia
                   NOTIFY publishViaChanged FINAL)
    Q_PROPERTY(int waitingPublishes READ waitingPublishes NOTIFY waitingPublishesChanged FINAL)

public:
    //! What carries publishes. Over Http each is a request of its own and needs no connection.
    enum class PublishVia { WebSocket, Http };
    Q_ENUM(PublishVia)

    explicit EventsClient(QObject *parent = nullptr);
    //! \a authorizer is not owned.
    EventsClient(const Endpoint &endpoint, Authorizer *authorizer, QObject *parent = nullptr);
    ~EventsClient() override;

    [[nodiscard]] Authorizer *publishAuthorizer() const; //!< null: authorizer()
    void setPublishAuthorizer(Authorizer *authorizer);

    [[nodiscard]] PublishVia publishVia() const; //!< WebSocket by default
    void setPublishVia(PublishVia via);

    //! Subscribes to \a channel; the result is owned by the client, delete it to unsubscribe.
    Q_INVOKABLE AppSync::ChannelSubscription *subscribe(const QString &channel,
                                                        AppSync::Authorizer *authorizer = nullptr);

    //! Publishes \a events, each the UTF-8 text of one JSON value; the bytes are sent as they are. The
    //! reply is owned by the client. A bad channel, no or more than five events, an event over 240 KB end it
    //! with Error::Kind::InvalidInput, bad JSON with Encoding before anything is sent, unless options.check
    //! is false. A publish that was in flight when the connection was lost ends with ConnectionLost: whether
    //! it was carried out is unknown, and it is never sent again by itself.
    PublishReply *publish(const QString &channel, const QList<QByteArray> &events,
                          const PublishOptions &options);
    PublishReply *publish(const QString &channel,
                          const QList<QByteArray> &events); //!< with the defaults
    PublishReply *publish(const QString &channel, const QByteArray &event); //!< of one event
    //! A convenience for QML: \a event is any JavaScript value. Integers above 2^53 are rounded and keys
    //! sorted by then; use publishText() where that matters.
    Q_INVOKABLE AppSync::PublishReply *publish(const QString &channel, const QJsonValue &event);
    //! As publish(), with the JSON text of each event.
    Q_INVOKABLE AppSync::PublishReply *publishText(const QString &channel,
                                                   const QStringList &events);

    //! Measures how long events take on \a channel, and how long after its acknowledgement a subscription
    //! gets them: see <AppSync/Echo>. The reply is owned by the client.
    EchoReply *echo(const QString &channel, const EchoOptions &options);

    //! At most so many publishes a second over the WebSocket; the others wait in the order of their calls
    //! (the service allows 25 per connection and refuses more with LimitExceeded). Default 0: as fast as
    //! they come.
    void setPublishRate(int perSecond);
    [[nodiscard]] int publishRate() const; //!< a second; 0: not limited
    //! At most so many publishes wait or are in flight; one more ends with LimitExceeded. Default 1000.
    void setMaximumPublishes(int count);
    [[nodiscard]] int maximumPublishes() const; //!< 1000 by default
    //! How many publishes have not been sent yet: for want of a connection, of credentials, by their rate.
    [[nodiscard]] int waitingPublishes() const;
    void setClock(Clock *clock) override;

Q_SIGNALS:
    void waitingPublishesChanged();
    void publishViaChanged();

private:
    class Publishing;
    std::unique_ptr<Publishing> m_publishing;
};

//! How one publish differs from the client's defaults.
class PublishOptions {
public:
    Authorizer *authorizer = nullptr; //!< null: the client's publish authorizer
    std::optional<EventsClient::PublishVia> via; //!< unset: the client's publishVia
    //! From the call to the answer; unset: the client's operation timeout, zero: none.
    std::optional<std::chrono::milliseconds> timeout;
    QString id; //!< of its frames, 1 to 128 letters, digits, - _ +; empty: one is given
    bool check = true; //!< false: send even what the service will refuse, to see its own answer
};

} // namespace AppSync
