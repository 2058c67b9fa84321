// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/frame.h"
#include "../core/limits.h"
#include "../core/logentry.h"
#include "../core/systemmonitor.h"
#include "../core/upgraderequest.h"
#include "channelsubscription.h"
#include "connection.h"

#include <QJsonValue>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QRandomGenerator;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

class EchoOptions;
class EchoReply;
class PublishOptions;

//! The answer of EventsClient::describeUpgrade().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT UpgradeReply : public AppSync::Reply {
    Q_OBJECT
    Q_PROPERTY(AppSync::UpgradeRequest request READ request NOTIFY finished FINAL)

public:
    //! Meaningful once finished without an error.
    [[nodiscard]] UpgradeRequest request() const { return m_request; }

private:
    friend class EventsClient;
    explicit UpgradeReply(QObject *parent) : Reply(parent) { }
    UpgradeRequest m_request;
};

//! A client of one AppSync Events API: subscribe, unsubscribe, publish over WebSocket or HTTP. It opens
//! its connection with the first subscribe or WebSocket publish, or on open(), and keeps it until close().
//! Use it from the thread it lives in.
class APPSYNC_EXPORT EventsClient : public QObject {
    Q_OBJECT
    Q_PROPERTY(
        QString endpoint READ endpointText WRITE setEndpointText NOTIFY endpointChanged FINAL)
    Q_PROPERTY(QString realtimeEndpoint READ realtimeText WRITE setRealtimeText NOTIFY
                   endpointChanged FINAL)
    Q_PROPERTY(AppSync::Authorizer *authorizer READ authorizer WRITE setAuthorizer NOTIFY
                   authorizerChanged FINAL)
    Q_PROPERTY(AppSync::Authorizer *connectAuthorizer READ connectAuthorizer WRITE
                   setConnectAuthorizer NOTIFY authorizerChanged FINAL)
    Q_PROPERTY(AppSync::Authorizer *subscribeAuthorizer READ subscribeAuthorizer WRITE
                   setSubscribeAuthorizer NOTIFY authorizerChanged FINAL)
    Q_PROPERTY(AppSync::Authorizer *publishAuthorizer READ publishAuthorizer WRITE
                   setPublishAuthorizer NOTIFY authorizerChanged FINAL)
    Q_PROPERTY(AppSync::EventsClient::PublishVia publishVia READ publishVia WRITE setPublishVia
                   NOTIFY publishViaChanged FINAL)
    Q_PROPERTY(int waitingPublishes READ waitingPublishes NOTIFY waitingPublishesChanged FINAL)
    Q_PROPERTY(AppSync::LogEntry::Level logLevel READ logLevel WRITE setLogLevel NOTIFY
                   logLevelChanged FINAL)
    Q_PROPERTY(QVariant userData READ userData WRITE setUserData NOTIFY userDataChanged FINAL)
    Q_PROPERTY(AppSync::Connection *connection READ connection CONSTANT FINAL)

public:
    //! What carries publishes. Over Http each is a request of its own and needs no connection.
    enum class PublishVia { WebSocket, Http };
    Q_ENUM(PublishVia)
    //! What close() does with publishes on their way.
    enum class CloseMode {
        Flush, //!< publishes in flight are awaited (within their own deadline), subscriptions unsubscribed
        Discard, //!< at once: what is in flight fails as Cancelled
    };
    Q_ENUM(CloseMode)

    explicit EventsClient(QObject *parent = nullptr);
    //! \a authorizer is not owned.
    EventsClient(const Endpoint &endpoint, Authorizer *authorizer, QObject *parent = nullptr);
    ~EventsClient() override;

    [[nodiscard]] Endpoint endpoint() const; //!< invalid by default: every operation fails
    void setEndpoint(const Endpoint &endpoint); //!< closes an open connection to another endpoint
    //! endpoint() as text, read by Endpoint::fromUserInput().
    [[nodiscard]] QString endpointText() const;
    void setEndpointText(const QString &text);
    //! The realtime URL where it is not the derived one (Endpoint::withRealtime()); empty: the derived one.
    [[nodiscard]] QString realtimeText() const;
    void setRealtimeText(const QString &text);

    //! For all operations that have none of their own. Not owned. The property and its three siblings may
    //! change at any time; the next operation uses the new one.
    [[nodiscard]] Authorizer *authorizer() const;
    void setAuthorizer(Authorizer *authorizer);
    [[nodiscard]] Authorizer *connectAuthorizer() const; //!< null: authorizer()
    void setConnectAuthorizer(Authorizer *authorizer);
    [[nodiscard]] Authorizer *subscribeAuthorizer() const; //!< null: authorizer()
    void setSubscribeAuthorizer(Authorizer *authorizer);
    [[nodiscard]] Authorizer *publishAuthorizer() const; //!< null: authorizer()
    void setPublishAuthorizer(Authorizer *authorizer);

    [[nodiscard]] PublishVia publishVia() const; //!< WebSocket by default
    void setPublishVia(PublishVia via);

    //! Connects now instead of with the first operation; in Backoff it tries at once. Failed subscriptions
    //! are subscribed again. The reply succeeds once connected, and fails with the error with which the
    //! client gives up connecting, or as Cancelled by close(). Aborting it, or \a timeout (none by default),
    //! stops the attempt unless a subscription or a publish waits for the connection too.
    Q_INVOKABLE AppSync::Reply *open();
    Reply *open(std::chrono::milliseconds timeout); //!< with a deadline, counted from the call
    //! Ends the connection; closed() follows. Subscriptions become Inactive until open() is called. While
    //! a flush waits, open() connects anew after it; a new subscribe or publish calls it off. Later, these
    //! open the connection again.
    Q_INVOKABLE void close(AppSync::EventsClient::CloseMode mode = CloseMode::Flush);
    [[nodiscard]] Connection *connection() const; //!< the same for life, owned by the client
    //! Asks the authorizer, and tells how the upgrade would go out now, masked. Nothing is sent.
    Q_INVOKABLE AppSync::UpgradeReply *describeUpgrade();

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

    //! Everything below takes effect with the next connection or operation.
    void setNetworkSettings(const NetworkSettings &settings);
    [[nodiscard]] NetworkSettings networkSettings() const; //!< the system's proxy and certificates
    void setRetryPolicy(const RetryPolicy &policy);
    [[nodiscard]] RetryPolicy retryPolicy() const; //!< for ever by default, 30 s apart at most
    void setDeadlines(const Connection::Deadlines &deadlines);
    [[nodiscard]] Connection::Deadlines deadlines() const; //!< how long connecting may take
    //! How long a publish may take, counted from the call, and a subscribe, counted from when it is asked of
    //! the server: a subscription waits for its connection as long as the client keeps trying. Default 30 s.
    void setOperationTimeout(std::chrono::milliseconds timeout);
    [[nodiscard]] std::chrono::milliseconds operationTimeout() const; //!< zero or less: none
    //! Not owned; null: one of the client's own. Its proxy and cookies are the caller's affair.
    void setNetworkAccessManager(QNetworkAccessManager *manager);
    //! Makes each QWebSocket of the client, which takes it over; for a subclass or special settings. Empty:
    //! plain ones. Credentials, proxy, TLS and sizes are set on it afterwards.
    void setSocketFactory(const std::function<QWebSocket *()> &factory);
    //! For tests: what tells of network, sleep and clock. Not owned; before the first connection.
    void setSystemMonitor(SystemMonitor *monitor);
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
    //! How much logged() tells; default None. The categories appsync.connection and appsync.operations get
    //! the same at debug level, without frames.
    [[nodiscard]] LogEntry::Level logLevel() const;
    void setLogLevel(LogEntry::Level level);
    //! Whatever the caller wants to find here again.
    [[nodiscard]] QVariant userData() const;
    void setUserData(const QVariant &data);

    //! For tests: another clock, another source of jitter. Set before the first use.
    void setClock(Clock *clock);
    void setRandomGenerator(QRandomGenerator *random);

Q_SIGNALS:
    //! The tap: every message of the WebSocket and of HTTP publishes, credentials masked, in the order of
    //! the wire. No Frame is built while nobody is connected.
    void frameSeen(const AppSync::Frame &frame);
    //! Connected; also after each reconnect.
    void opened();
    //! The connection is closed, by close() or because it failed for good; error is none in the first case.
    void closed(const AppSync::Error &error);
    //! An attempt or a connection failed; whether another follows, connection()->state() tells.
    void connectionFailed(const AppSync::Error &error);
    //! An error that belongs to no operation of this client, or a message that nobody understands.
    void errorOccurred(const AppSync::Error &error);
    //! One line of the log, up to logLevel().
    void logged(const AppSync::LogEntry &entry);
    void logLevelChanged();
    void waitingPublishesChanged();
    void userDataChanged();
    void endpointChanged();
    void authorizerChanged();
    void publishViaChanged();

private:
    friend class ChannelSubscription;
    class Private;
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;
    std::unique_ptr<Private> d;
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
