// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "../handlers/namespacehandlers_p.h"
#include "channeltree_p.h"
#include "publishpath_p.h"
#include "ratelimit_p.h"

#include <QObject>
#include <QSet>

QT_BEGIN_NAMESPACE
class QTcpSocket;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync::Emulation {

class Realm;
class Session;
struct HttpRequest;

//! One emulated Event API: its settings, its faults, its open WebSockets and who subscribed to what.
class EventsApi : public QObject {
    Q_OBJECT

public:
    EventsApi(const EmulatorOptions &options, Realm &realm, QObject *parent);
    ~EventsApi() override;

    [[nodiscard]] const EmulatorOptions &options() const { return m_options; }
    [[nodiscard]] const FaultPlan &faults() const { return m_options.faults; }
    void setFaults(const FaultPlan &faults) { m_options.faults = faults; }
    [[nodiscard]] const AuthCheck &auth() const { return m_auth; }
    [[nodiscard]] Realm &realm() const { return m_realm; }
    [[nodiscard]] NamespaceHandlers &handlers() { return m_handlers; }
    [[nodiscard]] PublishPath &publishPath() { return m_publishPath; }

    //! Takes over a WebSocket whose upgrade \a request was accepted. \a transport is the socket below it.
    void openSession(QWebSocket *socket, QTcpSocket *transport, const HttpRequest &request);
    //! Calls \a answer once, now or later, as long as the session is open. Without an error: subscribed.
    void subscribe(Session *session, const QString &id, const QString &channel,
                   const Credentials &credentials,
                   const std::function<void(const std::optional<ServiceError> &)> &answer);
    void unsubscribe(Session *session, const QString &id, const QString &channel);
    void removeSession(Session *session);
    //! Has Session::flush() called once the event loop has dealt with what is there now: what many publishes
    //! mean for one client then leaves at once.
    void flushSoon(Session *session);

    void closeSessions();
    void dropSessions();
    void sendKeepAlives();

    [[nodiscard]] int sessionCount() const { return int(m_sessions.size()); }
    [[nodiscard]] int subscriptionCount() const { return int(m_tree.size()); }
    [[nodiscard]] int droppedReaders() const { return m_droppedReaders; }
    void countDroppedReader() { ++m_droppedReaders; }
    //! Tells the world that \a what was refused to \a whom. Nothing of it may hold a credential.
    void report(const QString &what, const QString &whom, const QString &why);

Q_SIGNALS:
    void sessionCountChanged();
    void subscriptionCountChanged();
    void refused(const QString &line);
    //! See Emulator.
    void handlerProblem(const QString &nameSpace, const QString &file, int line,
                        const QString &message);
    void handlerLogged(const QString &nameSpace, const QString &level, const QString &text);

private:
    using SubscribeAnswer = std::function<void(const std::optional<ServiceError> &)>;

    void addSubscription(Session *session, const QString &id, const QString &channel,
                         const SubscribeAnswer &answer);
    void flushSessions();

    EmulatorOptions m_options;
    Realm &m_realm;
    AuthCheck m_auth;
    NamespaceHandlers m_handlers;
    ChannelTree m_tree;
    PublishPath m_publishPath;
    RateLimit m_connects;
    QSet<Session *> m_sessions;
    QList<Session *> m_toFlush;
    int m_droppedReaders = 0;
};

} // namespace AppSync::Emulation
