// SPDX-License-Identifier: Apache-2.0
#include "eventsapi_p.h"

#include "../logging_p.h"
#include "../signin/signedbody_p.h"
#include "channelname_p.h"
#include "limits_p.h"
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
    , m_publishPath(m_auth, m_tree, m_options.faults)
    , m_connects(Limits::kConnectsPerSecond)
{
    m_publishPath.limitRates(limitsRates());
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
    if (limitsRates() && !m_connects.take())
        session->refuse(ServiceError::rateLimited(
            u"more than %1 connects per second"_s.arg(Limits::kConnectsPerSecond)));
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
                 [this, guard = QPointer<Session>(session), id, name,
                  answer](const AuthCheck::Verdict &verdict) {
                     if (!guard || !m_sessions.contains(guard))
                         return;
                     if (verdict.refusal)
                         return answer(verdict.refusal);
                     m_tree.add(*name, {guard, id, std::chrono::steady_clock::now()});
                     Q_EMIT subscriptionCountChanged();
                     answer({});
                 });
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
