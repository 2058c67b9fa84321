// SPDX-License-Identifier: Apache-2.0
#include "eventsapi_p.h"

#include "../logging_p.h"
#include "../signin/signedbody_p.h"
#include "channelname_p.h"
#include "eventssession_p.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

EventsApi::EventsApi(const QString &apiId, const EmulatorOptions &options, Realm &realm,
                     QObject *parent)
    : QObject(parent)
    , m_apiId(apiId)
    , m_options(options)
    , m_realm(realm)
    , m_faults(options.seed)
    , m_auth(realm, m_options, apiId)
    , m_handlers(m_options)
    , m_publishPath(m_auth, m_tree, m_options, m_faults, m_metrics)
    , m_connects(m_options.limits.connectsPerSecond)
{
    setFaults(options.faults);
    m_publishPath.setHandlers(&m_handlers);
    m_publishPath.onDropped([this](const QString &channel, const QString &why) {
        report(u"delivery on "_s + channel, u"its subscribers"_s, why);
    });
    connect(&m_handlers, &NamespaceHandlers::problem, this, &EventsApi::handlerProblem);
    connect(&m_handlers, &NamespaceHandlers::logged, this, &EventsApi::handlerLogged);
}

EventsApi::~EventsApi()
{
    endSessions();
}

void EventsApi::endSessions()
{
    const QSet<Session *> sessions = std::exchange(m_sessions, {});
    qDeleteAll(sessions);
}

void EventsApi::setNamespaces(const QList<EmulatorOptions::Namespace> &namespaces)
{
    m_options.namespaces = namespaces;
    m_auth.update();
    m_handlers.update();
    Q_EMIT namespacesChanged();
}

void EventsApi::setFaults(const FaultPlan &faults)
{
    m_faults.set(faults);
    m_options.faults = m_faults.always(); // of which AuthCheck knows one
    armStrikes();
}

//! Faults that hit connections which are open when their time has come.
void EventsApi::armStrikes()
{
    m_strikes = std::make_unique<QObject>();
    bool isDue = false;
    for (const std::chrono::milliseconds time : m_faults.strikes()) {
        if (time.count() <= 0)
            isDue = true;
        else // Not a moment too early, since the plan asks the clock.
            QTimer::singleShot(time + std::chrono::milliseconds(1), Qt::PreciseTimer,
                               m_strikes.get(), [this] { strike(); });
    }
    if (isDue) // before anything else can happen on a connection
        strike();
}

void EventsApi::strike()
{
    const QSet<Session *> sessions = m_sessions;
    for (Session *session : sessions)
        session->suffer();
}

void EventsApi::count(EmulatorMetrics::Counter counter, const QString &channel)
{
    const QString name = ChannelName::namespaceOf(channel);
    m_metrics.add(counter, m_auth.hasNamespace(name) ? name : QString());
}

void EventsApi::openSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                            const HttpRequest &request)
{
    admit(new EventsSession(socket, transport, number, *this), request);
}

void EventsApi::admit(Session *session, const HttpRequest &request)
{
    m_sessions.insert(session);
    Q_EMIT sessionCountChanged();
    if (!m_connects.take())
        session->refuse(ServiceError::rateLimited(
            u"more than %1 connects per second"_s.arg(m_options.limits.connectsPerSecond)));
    else
        session->start(request);
}

void EventsApi::subscribe(EventsSession *session, const QString &id, const QString &channel,
                          const Credentials &credentials,
                          const std::function<void(const std::optional<ServiceError> &)> &answer)
{
    const auto name = ChannelName::forSubscribe(channel);
    if (!name)
        return answer(ServiceError::badRequest(u"Invalid Channel Format"_s));
    const auto body = [channel] { return SignedBody::subscribe(channel); };
    m_auth.check({AuthCheck::Operation::Kind::Subscribe, *name, credentials, body},
                 [this, guard = QPointer<EventsSession>(session), id, name, credentials,
                  answer](const AuthCheck::Verdict &verdict) {
                     if (!guard || !m_sessions.contains(guard))
                         return;
                     if (verdict.refusal)
                         return answer(verdict.refusal);
                     if (!m_handlers.handles(ChannelName::namespaceOf(*name)))
                         return addSubscription(guard, id, *name, answer);
                     m_metrics.add(EmulatorMetrics::SubscribeHandlerInvocations,
                                   ChannelName::namespaceOf(*name));
                     m_handlers.run({*name, false, verdict.caller, credentials}, {},
                                    [this, guard, id, name, answer](const HandlerOutcome &outcome) {
                                        if (!guard || !m_sessions.contains(guard))
                                            return;
                                        if (outcome.error)
                                            return answer(outcome.error);
                                        addSubscription(guard, id, *name, answer);
                                    });
                 });
}

void EventsApi::addSubscription(EventsSession *session, const QString &id, const QString &channel,
                                const SubscribeAnswer &answer)
{
    m_tree.add(channel, {session, id, std::chrono::steady_clock::now()});
    countSubscription(ChannelName::namespaceOf(channel), 1);
    answer({});
}

void EventsApi::unsubscribe(EventsSession *session, const QString &id, const QString &channel)
{
    const QString name = *ChannelName::forSubscribe(channel);
    m_tree.remove(name, session, id);
    countSubscription(ChannelName::namespaceOf(name), -1);
}

void EventsApi::countSubscription(const QString &nameSpace, int step)
{
    m_subscriptionCount += step;
    m_metrics.add(EmulatorMetrics::ActiveSubscriptions, nameSpace, step);
    Q_EMIT subscriptionCountChanged();
}

void EventsApi::removeSession(Session *session)
{
    m_toFlush.removeOne(session);
    if (m_sessions.remove(session))
        Q_EMIT sessionCountChanged();
}

void EventsApi::flushSoon(Session *session)
{
    if (m_toFlush.isEmpty())
        QMetaObject::invokeMethod(this, &EventsApi::flushSessions, Qt::QueuedConnection);
    m_toFlush.append(session);
}

void EventsApi::flushSessions()
{
    while (!m_toFlush.isEmpty())
        m_toFlush.takeLast()->flush(); // may end sessions that wait here too
}

bool EventsApi::isBusy() const
{
    return std::any_of(m_sessions.begin(), m_sessions.end(),
                       [](const Session *session) { return session->isBusy(); });
}

void EventsApi::closeSessions()
{
    const QSet<Session *> sessions = m_sessions;
    for (Session *session : sessions)
        session->close(QWebSocketProtocol::CloseCodeGoingAway, u"the local AppSync stops"_s);
}

void EventsApi::dropSessions()
{
    const QSet<Session *> sessions = m_sessions;
    for (Session *session : sessions)
        session->cut();
}

void EventsApi::sendKeepAlives()
{
    const QSet<Session *> sessions = m_sessions;
    for (Session *session : sessions)
        session->sendKeepAlive();
}

QList<EmulatorConnection> EventsApi::connections() const
{
    QList<Session *> sessions = m_sessions.values();
    sessions.removeIf([](const Session *session) { return !session->isOpen(); });
    std::sort(sessions.begin(), sessions.end(), [](const Session *a, const Session *b) {
        return a->target().number < b->target().number;
    });
    QList<EmulatorConnection> list;
    for (const Session *session : std::as_const(sessions))
        list.append(session->description());
    return list;
}

Session *EventsApi::find(const QString &id) const
{
    for (Session *session : m_sessions) {
        if (session->isOpen() && QString::number(session->target().number) == id)
            return session;
    }
    return nullptr;
}

bool EventsApi::closeConnection(const QString &id, QWebSocketProtocol::CloseCode code)
{
    Session *session = find(id);
    if (session)
        session->close(code, u"closed at the local AppSync"_s);
    return session;
}

bool EventsApi::dropConnection(const QString &id)
{
    Session *session = find(id);
    if (session)
        session->cut();
    return session;
}

void EventsApi::report(const QString &what, const QString &whom, const QString &why)
{
    const QString line =
        u"%1 refused for %2: %3"_s.arg(loggable(what), loggable(whom), loggable(why));
    m_metrics.add(EmulatorMetrics::Refused);
    qCInfo(log).noquote() << line;
    Q_EMIT refused(line);
}

} // namespace AppSync::Emulation
