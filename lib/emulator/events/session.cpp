// SPDX-License-Identifier: Apache-2.0
#include "session_p.h"

#include "../http/httprequest_p.h"
#include "../logging_p.h"
#include "eventsapi_p.h"
#include "limits_p.h"

#include <QJsonDocument>
#include <QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! More than this does not wait for the end of a turn of the event loop.
constexpr qint64 kFlushedAtOnce = 64 * 1024;

bool isOperationId(QStringView id)
{
    return !id.isEmpty() && id.size() <= Limits::kOperationIdLength
        && std::all_of(id.begin(), id.end(), [](QChar c) {
               return c.unicode() < 0x80
                   && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'+');
           });
}

//! Codes that QWebSocket closes with on its own.
bool isBreachOfProtocol(QWebSocketProtocol::CloseCode code)
{
    return code == QWebSocketProtocol::CloseCodeProtocolError
        || code == QWebSocketProtocol::CloseCodeWrongDatatype
        || code == QWebSocketProtocol::CloseCodeTooMuchData;
}

} // namespace

Session::Session(QWebSocket *socket, QTcpSocket *transport, EventsApi &api)
    : m_api(api)
    , m_socket(socket)
    , m_transport(transport)
    , m_outlet(transport)
    , m_peer(u"%1:%2"_s.arg(socket->peerAddress().toString()).arg(socket->peerPort()))
    , m_publishes(api.options().limits.publishesPerSecond)
{
    socket->setParent(this);
    socket->setMaxAllowedIncomingMessageSize(Limits::kMessageBytes);
    socket->setMaxAllowedIncomingFrameSize(Limits::kMessageBytes);
    connect(socket, &QWebSocket::textMessageReceived, this, &Session::onText);
    connect(socket, &QWebSocket::binaryMessageReceived, this, &Session::onBinary);
    connect(socket, &QWebSocket::disconnected, this, &Session::onClosed);
    // After QWebSocket, which answers every ping.
    if (transport)
        connect(transport, &QIODevice::readyRead, this, &Session::dropIfNotReading);
    connect(&m_keepAlive, &QTimer::timeout, this, &Session::sendKeepAlive);
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &Session::onEnd);
}

Session::~Session()
{
    m_socket->disconnect(this); // its destructor emits signals
    leave();
}

void Session::start(const HttpRequest &request)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return onClosed(); // gone during the handshake; no signal will tell
    if (m_api.faults().refuseConnect)
        return refuse(ServiceError::notAuthorized(u"fault plan: refuseConnect"_s));
    const QPointer<Session> guard(this);
    checkHandshake(request, [this, guard](const AuthCheck::Verdict &verdict) {
        if (!guard || m_state != State::Judged)
            return;
        if (verdict.refusal)
            refuse(*verdict.refusal);
        else
            open();
    });
}

void Session::open()
{
    qCDebug(log).noquote() << "connected:" << m_peer;
    m_state = State::Open;
    m_keepAlive.start(m_api.options().keepAliveInterval);
    m_end.start(m_api.options().maxConnectionAge);
    for (const QString &text : std::exchange(m_early, {}))
        onText(text);
}

void Session::checkHandshake(const HttpRequest &request, const AuthCheck::Answer &answer) const
{
    const QList<QByteArray> protocols = request.listHeader("sec-websocket-protocol");
    // As the service's GraphQL side tells it; for Events the same is assumed.
    const auto refuseProtocol = [&](const QString &message) {
        answer({ServiceError{u"BadRequestException"_s, message, 400, 400, {}}});
    };
    if (protocols.isEmpty())
        return refuseProtocol(u"NoProtocolError"_s);
    if (!protocols.contains(QByteArray(kSubprotocol)))
        return refuseProtocol(u"SubProtocolNotSupportedError"_s);

    for (const QByteArray &protocol : protocols) {
        if (!protocol.startsWith("header-"))
            continue;
        const auto credentials = Credentials::fromSubprotocol(protocol);
        if (!credentials)
            return answer({ServiceError::notAuthorized(
                u"the header-… subprotocol is not base64url of a JSON object"_s)});
        if (!credentials->hasHost())
            return answer(
                {ServiceError::notAuthorized(u"the header-… subprotocol has no member host"_s)});
        return m_api.auth().connect(*credentials, answer);
    }
    // as the Android and Swift clients do
    m_api.auth().connect(request.credentials(), answer);
}

void Session::refuse(const ServiceError &error)
{
    m_state = State::Refused;
    const bool isWaitedFor = !m_early.isEmpty();
    fail(u"connection_error", {}, u"connect"_s, error);
    // Not at once: a client that is about to send its connection_init would lose the reason to a reset.
    m_keepAlive.stop();
    m_end.start(Limits::kRefusalGrace);
    if (isWaitedFor)
        close(QWebSocketProtocol::CloseCodeNormal, {});
}

void Session::send(const QString &frame)
{
    write(frame.toUtf8(), {});
}

void Session::sendData(const QString &id, const QByteArray &tail)
{
    QVarLengthArray<char, Limits::kOperationIdLength + 16> head;
    Frames::appendDataHead(head, id);
    write({head.data(), head.size()}, tail);
}

void Session::write(QByteArrayView head, QByteArrayView tail)
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    const FaultPlan &faults = m_api.faults();
    if (faults.silentAfterFrames > 0 && m_framesSent >= faults.silentAfterFrames)
        return;
    ++m_framesSent;
    if (m_framesSent == faults.cutInsideFrame)
        return cutInside(head.toByteArray() + tail.toByteArray());
    m_outlet.append(head, tail);
    if (faults.dropAfterFrames > 0 && m_framesSent >= faults.dropAfterFrames)
        return cut();
    if (m_framesSent == faults.silentAfterFrames)
        return stopReading();
    leaveOutlet();
    dropIfNotReading();
}

//! Now, if much waits or QWebSocket may write next; else with whatever else is sent in this turn.
void Session::leaveOutlet()
{
    if (m_isHandling)
        return m_outlet.handOver(); // a close frame may stand behind the one that is answered
    if (m_outlet.frames().size() > kFlushedAtOnce)
        return m_outlet.flush();
    if (!std::exchange(m_isToFlush, true))
        m_api.flushSoon(this);
}

void Session::flush()
{
    m_isToFlush = false;
    // Nothing may follow a close frame.
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_outlet.flush();
}

//! Half of a frame with \a text goes out, as where a cable is pulled.
void Session::cutInside(const QByteArray &text)
{
    Outlet whole(nullptr);
    whole.append(text);
    m_outlet.flush();
    if (m_transport) {
        m_transport->write(whole.frames().first(whole.frames().size() / 2));
        m_transport->flush();
    }
    cut();
}

//! TCP stays open, but nobody is there: Qt's WebSocket would go on answering pings.
void Session::stopReading()
{
    m_outlet.flush();
    if (m_transport)
        disconnect(m_transport, &QIODevice::readyRead, m_socket, nullptr);
}

void Session::dropIfNotReading()
{
    const qint64 waiting = m_outlet.waiting();
    if (waiting <= Limits::kUnreadBytes)
        return;
    m_api.countDroppedReader();
    m_api.report(u"delivery"_s, m_peer,
                 u"%1 bytes wait for a client that does not read; it was dropped"_s.arg(waiting));
    m_socket->abort();
}

void Session::sendKeepAlive()
{
    if (m_state == State::Open && !m_api.faults().neverKeepAlive)
        send(Frames::keepAlive());
}

void Session::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    m_state = State::Closing;
    // A client that does not read must not keep the socket for ever.
    m_end.start(Limits::kRefusalGrace);
    m_outlet.flush();
    m_socket->close(code, reason);
}

void Session::onEnd()
{
    if (m_state == State::Closing)
        m_socket->abort();
    else
        close(QWebSocketProtocol::CloseCodeNormal, {}); // as the service does, failed or not
}

void Session::cut()
{
    if (m_state == State::Closed)
        return;
    m_outlet.flush();
    m_socket->flush();
    m_socket->abort();
}

void Session::onClosed()
{
    if (isBreachOfProtocol(m_socket->closeCode()))
        m_api.report(u"frame"_s, m_peer, m_socket->closeReason());
    leave();
    deleteLater();
}

void Session::leave()
{
    if (std::exchange(m_state, State::Closed) == State::Closed)
        return;
    m_keepAlive.stop();
    m_end.stop();
    for (auto it = m_subscriptions.cbegin(); it != m_subscriptions.cend(); ++it) {
        if (it->isLive)
            m_api.unsubscribe(this, it.key(), it->channel);
    }
    m_subscriptions.clear();
    m_api.removeSession(this);
}

void Session::onText(const QString &text)
{
    if (m_state == State::Judged && m_early.size() < Limits::kEarlyFrames)
        return m_early.append(text);
    if (m_state == State::Refused || m_state == State::Judged)
        return close(QWebSocketProtocol::CloseCodeNormal, {});
    if (m_state != State::Open)
        return;
    const QPointer<Session> guard(this);
    m_isHandling = true;
    handleText(text);
    if (guard)
        m_isHandling = false;
}

void Session::handleText(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        return fail(u"error", {}, u"frame"_s,
                    ServiceError::badRequest(u"The frame is not a JSON object"_s));
    handle(document.object());
}

void Session::onBinary()
{
    if (m_state == State::Open)
        fail(u"error", {}, u"frame"_s,
             ServiceError::badRequest(u"Only text frames are supported"_s));
}

void Session::handle(const QJsonObject &frame)
{
    const QString type = frame.value("type"_L1).toString();
    if (type == "connection_init"_L1)
        return onInit();
    const bool isOperation =
        type == "subscribe"_L1 || type == "unsubscribe"_L1 || type == "publish"_L1;
    if (!isOperation) {
        return fail(u"error", {}, u"frame of type \"%1\""_s.arg(type),
                    {u"UnsupportedOperation"_s,
                     u"Operation not supported through the realtime channel"_s,
                     0,
                     400,
                     {}});
    }
    const QString id = frame.value("id"_L1).toString();
    if (id.isEmpty())
        return fail(u"error", {}, type, ServiceError::badRequest(u"The frame has no id"_s));
    if (!isOperationId(id)) {
        return fail(
            QString(type + u"_error"_s), id, type,
            ServiceError::badRequest(u"An id has 1 to 128 of the characters a-z A-Z 0-9 - _ +"_s));
    }
    if (type == "subscribe"_L1)
        onSubscribe(id, frame);
    else if (type == "unsubscribe"_L1)
        onUnsubscribe(id);
    else
        onPublish(id, frame);
}

void Session::onInit()
{
    if (m_api.faults().neverAck)
        return;
    send(Frames::connectionAck(m_api.options().connectionTimeout));
    if (const int code = m_api.faults().closeCodeAfterAck)
        close(QWebSocketProtocol::CloseCode(code), u"fault plan: closeCodeAfterAck"_s);
}

//! Those of an operation.
Credentials Session::credentials(const QJsonObject &frame) const
{
    Credentials result = Credentials::fromJson(frame.value("authorization"_L1).toObject());
    result.sourceIp = m_socket->peerAddress().toString();
    return result;
}

void Session::onSubscribe(const QString &id, const QJsonObject &frame)
{
    if (m_api.faults().neverAnswerSubscribe)
        return;
    const QString channel = frame.value("channel"_L1).toString();
    const QString what = u"subscribe to "_s + channel;
    if (const auto error = subscribeProblem(id))
        return fail(u"subscribe_error", id, what, *error);
    m_subscriptions.insert(id, {channel});
    m_api.subscribe(this, id, channel, credentials(frame),
                    [=, this](const std::optional<ServiceError> &error) {
                        if (error) {
                            m_subscriptions.remove(id);
                            return fail(u"subscribe_error", id, what, *error);
                        }
                        m_subscriptions[id].isLive = true;
                        send(Frames::success(u"subscribe_success", id));
                    });
}

std::optional<ServiceError> Session::subscribeProblem(const QString &id) const
{
    // The service says so too; its type and words were never captured.
    if (m_subscriptions.contains(id)) {
        return ServiceError{u"DuplicatedOperationError"_s,
                            u"Operation id %1 is already in use"_s.arg(id),
                            0,
                            400,
                            {}};
    }
    if (m_subscriptions.size() >= m_api.options().limits.subscriptionsPerConnection) {
        return ServiceError{u"MaxSubscriptionsReachedError"_s,
                            {},
                            0,
                            400,
                            u"%1 subscriptions are open"_s.arg(m_subscriptions.size())};
    }
    return std::nullopt;
}

void Session::onUnsubscribe(const QString &id)
{
    const auto subscription = m_subscriptions.constFind(id);
    if (subscription == m_subscriptions.constEnd()) {
        return fail(u"unsubscribe_error", id, u"unsubscribe"_s,
                    {u"UnknownOperationError"_s, u"Unknown operation id %1"_s.arg(id), 0, 400, {}});
    }
    if (!subscription->isLive)
        return; // the service is reported to ignore one that overtakes its subscribe
    m_api.unsubscribe(this, id, m_subscriptions.take(id).channel);
    send(Frames::success(u"unsubscribe_success", id));
}

void Session::onPublish(const QString &id, const QJsonObject &frame)
{
    if (m_api.faults().neverAnswerPublish)
        return;
    const QString what = u"publish to "_s + frame.value("channel"_L1).toString();
    if (!m_publishes.take()) {
        return fail(u"publish_error", id, what,
                    ServiceError::rateLimited(u"more than %1 publishes per second"_s.arg(
                        m_api.options().limits.publishesPerSecond)));
    }
    const PublishPath::Request request{frame.value("channel"_L1), frame.value("events"_L1),
                                       credentials(frame), PublishPath::Transport::WebSocket};
    const QPointer<Session> guard(this);
    m_api.publishPath().publish(request, [=, this](const PublishPath::Result &result) {
        if (!guard)
            return;
        if (m_api.faults().dropOnPublish)
            cut();
        else if (result.error)
            fail(u"publish_error", id, what, *result.error);
        else
            send(Frames::publishSuccess(id, result.verdicts, m_api.faults()));
    });
}

void Session::fail(QStringView type, const QString &id, const QString &what,
                   const ServiceError &error)
{
    m_api.report(what, m_peer, error.toString());
    send(Frames::failure(type, id, error, m_api.faults()));
}

} // namespace AppSync::Emulation
