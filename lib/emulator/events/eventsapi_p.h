// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "../handlers/namespacehandlers_p.h"
#include "../metrics/emulatorconnection.h"
#include "channeltree_p.h"
#include "publishpath_p.h"
#include "ratelimit_p.h"

#include <QObject>
#include <QSet>
#include <QWebSocketProtocol>

QT_BEGIN_NAMESPACE
class QTcpSocket;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync::Emulation {

class EventsSession;
class Realm;
class Session;
struct HttpRequest;

//! One emulated Event API: its settings, its faults, its open WebSockets and who subscribed to what.
class EventsApi : public QObject {
    Q_OBJECT

public:
    //! \a options: with its namespaces and API keys.
    EventsApi(const QString &apiId, const EmulatorOptions &options, Realm &realm, QObject *parent);
    ~EventsApi() override;

    [[nodiscard]] QString apiId() const { return m_apiId; }
    [[nodiscard]] const EmulatorOptions &options() const { return m_options; }
    //! Of the options that which may change while it runs. Subscriptions stay, whatever becomes of their
    //! namespace.
    void setNamespaces(const QList<EmulatorOptions::Namespace> &namespaces);
    void setApiKeys(const QList<EmulatorOptions::ApiKey> &keys) { m_options.apiKeys = keys; }
    void setConnectModes(const QList<EmulatorOptions::AuthMode> &modes)
    {
        m_options.connectModes = modes;
    }
    void setFaults(const FaultPlan &faults);
    [[nodiscard]] FaultRules &faultRules() { return m_faults; }
    [[nodiscard]] const FaultPlan &faults() const { return m_faults.plan(); }
    [[nodiscard]] Metrics &metrics() { return m_metrics; }
    //! Counts for the API, and for the namespace of \a channel if there is one.
    void count(EmulatorMetrics::Counter counter, const QString &channel);
    [[nodiscard]] const AuthCheck &auth() const { return m_auth; }
    [[nodiscard]] Realm &realm() const { return m_realm; }
    [[nodiscard]] NamespaceHandlers &handlers() { return m_handlers; }
    [[nodiscard]] PublishPath &publishPath() { return m_publishPath; }

    //! Takes over a WebSocket whose upgrade \a request was accepted. \a transport is the socket below it,
    //! \a number unique among all of the emulator.
    void openSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                     const HttpRequest &request);
    //! Takes over \a session, of either kind, and starts it if there are not too many connects.
    void admit(Session *session, const HttpRequest &request);
    //! Calls \a answer once, now or later, as long as the session is open. Without an error: subscribed.
    void subscribe(EventsSession *session, const QString &id, const QString &channel,
                   const Credentials &credentials,
                   const std::function<void(const std::optional<ServiceError> &)> &answer);
    void unsubscribe(EventsSession *session, const QString &id, const QString &channel);
    void removeSession(Session *session);
    //! One more or, with a \a step of -1, one less. \a nameSpace: empty for GraphQL.
    void countSubscription(const QString &nameSpace, int step);
    //! Has Session::flush() called once the event loop has dealt with what is there now: what many publishes
    //! mean for one client then leaves at once.
    void flushSoon(Session *session);

    [[nodiscard]] bool isBusy() const; //!< with operations that were not answered yet
    void closeSessions();
    void endSessions(); //!< without a word to anybody
    void dropSessions();
    void sendKeepAlives();
    //! Those that were let in, oldest first.
    [[nodiscard]] QList<EmulatorConnection> connections() const;
    //! False: there is none with that id.
    bool closeConnection(const QString &id, QWebSocketProtocol::CloseCode code);
    bool dropConnection(const QString &id);

    [[nodiscard]] int sessionCount() const { return int(m_sessions.size()); }
    [[nodiscard]] int subscriptionCount() const { return m_subscriptionCount; }
    //! Tells the world that \a what was refused to \a whom. Nothing of it may hold a credential.
    void report(const QString &what, const QString &whom, const QString &why);

Q_SIGNALS:
    void sessionCountChanged();
    void subscriptionCountChanged();
    void refused(const QString &line);
    void connectionOpened(const AppSync::EmulatorConnection &connection);
    //! What it is subscribed to.
    void connectionChanged(const AppSync::EmulatorConnection &connection);
    void connectionClosed(const QString &id);
    void namespacesChanged();
    //! See Emulator.
    void handlerProblem(const QString &nameSpace, const QString &file, int line,
                        const QString &message);
    void handlerLogged(const QString &nameSpace, const QString &level, const QString &text);

private:
    using SubscribeAnswer = std::function<void(const std::optional<ServiceError> &)>;

    void addSubscription(EventsSession *session, const QString &id, const QString &channel,
                         const SubscribeAnswer &answer);
    void flushSessions();

    void armStrikes();
    void strike();
    [[nodiscard]] Session *find(const QString &id) const;

    const QString m_apiId;
    EmulatorOptions m_options;
    Realm &m_realm;
    Metrics m_metrics;
    FaultRules m_faults;
    std::unique_ptr<QObject> m_strikes; //!< whose timers end with it
    AuthCheck m_auth;
    NamespaceHandlers m_handlers;
    ChannelTree m_tree;
    PublishPath m_publishPath;
    RateLimit m_connects;
    QSet<Session *> m_sessions;
    int m_subscriptionCount = 0; //!< of all sessions
    QList<Session *> m_toFlush;
};

} // namespace AppSync::Emulation
