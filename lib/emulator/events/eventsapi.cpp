// SPDX-License-Identifier: Apache-2.0
#include "eventsapi_p.h"

#include "../logging_p.h"
#include "../signin/signedbody_p.h"
#include "channelname_p.h"
#include "session_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! Channel names and addresses come from clients: one line, no control characters, not endless.
QString loggable(const QString &text)
{
    QString out = text.left(200);
    for (QChar &c : out) {
        if (!c.isPrint())
            c = u'?';
    }
    return out;
}

} // namespace

EventsApi::EventsApi(const EmulatorOptions &options, Realm &realm, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_realm(realm)
    , m_auth(realm, m_options)
    , m_handlers(m_options)
    , m_publishPath(m_auth, m_tree, m_options)
    , m_connects(m_options.limits.connectsPerSecond)
{
    m_publishPath.setHandlers(&m_handlers);
    m_publishPath.onDropped([this](const QString &channel, const QString &why) {
        report(u"delivery on "_s + channel, u"its subscribers"_s, why);
    });
    connect(&m_handlers, &NamespaceHandlers::problem, this, &EventsApi::handlerProblem);
    connect(&m_handlers, &NamespaceHandlers::logged, this, &EventsApi::handlerLogged);
}

EventsApi::~EventsApi()
{
    const QSet<Session *> sessions = std::exchange(m_sessions, {});
    qDeleteAll(sessions);
}

void EventsApi::openSession(QWebSocket *socket, QTcpSocket *transport, const HttpRequest &request)
{
    auto *session = new Session(socket, transport, *this);
    m_sessions.insert(session);
    Q_EMIT sessionCountChanged();
    if (!m_connects.take())
        session->refuse(ServiceError::rateLimited(
            u"more than %1 connects per second"_s.arg(m_options.limits.connectsPerSecond)));
    else
        session->start(request);
}

void EventsApi::subscribe(Session *session, const QString &id, const QString &channel,
                          const Credentials &credentials,
                          const std::function<void(const std::optional<ServiceError> &)> &answer)
{
    const auto name = ChannelName::forSubscribe(channel);
    if (!name)
        return answer(ServiceError::badRequest(u"Invalid Channel Format"_s));
    const auto body = [channel] { return SignedBody::subscribe(channel); };
    m_auth.check({AuthCheck::Operation::Kind::Subscribe, *name, credentials, body},
                 [this, guard = QPointer<Session>(session), id, name, credentials,
                  answer](const AuthCheck::Verdict &verdict) {
                     if (!guard || !m_sessions.contains(guard))
                         return;
                     if (verdict.refusal)
                         return answer(verdict.refusal);
                     if (!m_handlers.handles(ChannelName::namespaceOf(*name)))
                         return addSubscription(guard, id, *name, answer);
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

void EventsApi::addSubscription(Session *session, const QString &id, const QString &channel,
                                const SubscribeAnswer &answer)
{
    m_tree.add(channel, {session, id, std::chrono::steady_clock::now()});
    Q_EMIT subscriptionCountChanged();
    answer({});
}

void EventsApi::unsubscribe(Session *session, const QString &id, const QString &channel)
{
    m_tree.remove(*ChannelName::forSubscribe(channel), session, id);
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

void EventsApi::report(const QString &what, const QString &whom, const QString &why)
{
    const QString line =
        u"%1 refused for %2: %3"_s.arg(loggable(what), loggable(whom), loggable(why));
    qCInfo(log).noquote() << line;
    Q_EMIT refused(line);
}

} // namespace AppSync::Emulation
