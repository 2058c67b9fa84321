// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/frame.h"
#include "../core/limits.h"
#include "../core/logentry.h"
#include "../core/systemmonitor.h"
#include "../core/upgraderequest.h"
#include "connection.h"
#include "subscription.h"

#include <functional>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QRandomGenerator;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

struct Protocol;

//! The answer of Client::describeUpgrade().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT UpgradeReply : public AppSync::Reply {
    Q_OBJECT
    Q_PROPERTY(AppSync::UpgradeRequest request READ request NOTIFY finished FINAL)

public:
    //! Meaningful once finished without an error.
    [[nodiscard]] UpgradeRequest request() const { return m_request; }

private:
    friend class Client;
    explicit UpgradeReply(QObject *parent) : Reply(parent) { }
    UpgradeRequest m_request;
};

//! What EventsClient and GraphQlClient have in common: the endpoint, the credentials, and one connection with
//! many subscriptions. It opens its connection with the first subscription, or on open(), and keeps it until
//! close(). Use it from the thread it lives in.
class APPSYNC_EXPORT Client : public QObject {
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
    Q_PROPERTY(AppSync::Connection::Handshake handshake READ handshake WRITE setHandshake NOTIFY
                   handshakeChanged FINAL)
    Q_PROPERTY(AppSync::LogEntry::Level logLevel READ logLevel WRITE setLogLevel NOTIFY
                   logLevelChanged FINAL)
    Q_PROPERTY(QVariant userData READ userData WRITE setUserData NOTIFY userDataChanged FINAL)
    Q_PROPERTY(AppSync::Connection *connection READ connection CONSTANT FINAL)

public:
    //! What close() does with operations on their way.
    enum class CloseMode {
        Flush, //!< those over the WebSocket are awaited (within their own deadline), subscriptions unsubscribed
        Discard, //!< at once: what is in flight fails as Cancelled
    };
    Q_ENUM(CloseMode)

    ~Client() override;

    [[nodiscard]] Endpoint endpoint() const; //!< invalid by default: every operation fails
    void setEndpoint(const Endpoint &endpoint); //!< closes an open connection to another endpoint
    //! endpoint() as text, read by Endpoint::fromUserInput().
    [[nodiscard]] QString endpointText() const;
    void setEndpointText(const QString &text);
    //! The realtime URL where it is not the derived one (Endpoint::withRealtime()); empty: the derived one.
    [[nodiscard]] QString realtimeText() const;
    void setRealtimeText(const QString &text);

    //! For all operations that have none of their own. Not owned. The property and its siblings may
    //! change at any time; the next operation uses the new one.
    [[nodiscard]] Authorizer *authorizer() const;
    void setAuthorizer(Authorizer *authorizer);
    [[nodiscard]] Authorizer *connectAuthorizer() const; //!< null: authorizer()
    void setConnectAuthorizer(Authorizer *authorizer);
    [[nodiscard]] Authorizer *subscribeAuthorizer() const; //!< null: authorizer()
    void setSubscribeAuthorizer(Authorizer *authorizer);
    //! How the request for the WebSocket carries the credentials. For the next connection.
    [[nodiscard]] Connection::Handshake handshake() const; //!< in a subprotocol by default
    void setHandshake(Connection::Handshake handshake);

    //! Connects now instead of with the first operation; in Backoff it tries at once. Failed subscriptions
    //! are subscribed again. The reply succeeds once connected, and fails with the error with which the
    //! client gives up connecting, or as Cancelled by close(). Aborting it, or \a timeout (none by default),
    //! stops the attempt unless a subscription or another operation waits for the connection too.
    Q_INVOKABLE AppSync::Reply *open();
    Reply *open(std::chrono::milliseconds timeout); //!< with a deadline, counted from the call
    //! Ends the connection; closed() follows. Subscriptions become Inactive until open() is called. While
    //! a flush waits, open() connects anew after it; a new operation calls it off. Later, these
    //! open the connection again.
    Q_INVOKABLE void close(AppSync::Client::CloseMode mode = CloseMode::Flush);
    [[nodiscard]] Connection *connection() const; //!< the same for life, owned by the client
    //! Asks the authorizer, and tells how the upgrade would go out now, masked. Nothing is sent.
    Q_INVOKABLE AppSync::UpgradeReply *describeUpgrade();

    //! Everything below takes effect with the next connection or operation.
    void setNetworkSettings(const NetworkSettings &settings);
    [[nodiscard]] NetworkSettings networkSettings() const; //!< the system's proxy and certificates
    void setRetryPolicy(const RetryPolicy &policy);
    [[nodiscard]] RetryPolicy retryPolicy() const; //!< for ever by default, 30 s apart at most
    void setDeadlines(const Connection::Deadlines &deadlines);
    [[nodiscard]] Connection::Deadlines deadlines() const; //!< how long connecting may take
    //! How long an operation may take, counted from the call, and a subscribe, counted from when it is asked of
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
    //! How much logged() tells; default None. The categories appsync.connection and appsync.operations get
    //! the same at debug level, without frames.
    [[nodiscard]] LogEntry::Level logLevel() const;
    void setLogLevel(LogEntry::Level level);
    //! Whatever the caller wants to find here again.
    [[nodiscard]] QVariant userData() const;
    void setUserData(const QVariant &data);

    //! For tests: another clock, another source of jitter. Set before the first use.
    virtual void setClock(Clock *clock);
    void setRandomGenerator(QRandomGenerator *random);

Q_SIGNALS:
    //! The tap: every message of the WebSocket and of HTTP, credentials masked, in the order of
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
    void userDataChanged();
    void endpointChanged();
    void authorizerChanged();
    void handshakeChanged();

protected:
    class Private;
    //! For the library: a client that speaks \a protocol.
    Client(const Protocol &protocol, QObject *parent);
    //! Every subscription, before what belongs to it is gone.
    void endSubscriptions();
    std::unique_ptr<Private> d; //!< what is common

private:
    friend class Subscription;
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;
};

} // namespace AppSync
