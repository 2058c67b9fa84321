// SPDX-License-Identifier: Apache-2.0
#include "session_p.h"

#include "../access/authmodename_p.h"
#include "../events/eventsapi_p.h"
#include "../events/frames_p.h"
#include "../events/limits_p.h"
#include "../http/httprequest_p.h"
#include "../logging_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! Of a browser or of Amplify, which cannot set the header of that name.
QString userAgentOf(const HttpRequest &request)
{
    QByteArray agent = request.header("user-agent");
    if (agent.isEmpty())
        agent = request.header("x-amz-user-agent");
    return loggable(QString::fromUtf8(agent));
}

//! Codes that QWebSocket closes with on its own.
bool isBreachOfProtocol(QWebSocketProtocol::CloseCode code)
{
    return code == QWebSocketProtocol::CloseCodeProtocolError
        || code == QWebSocketProtocol::CloseCodeWrongDatatype
        || code == QWebSocketProtocol::CloseCodeTooMuchData;
}

} // namespace

Session::Session(QWebSocket *socket, QTcpSocket *transport, quint64 number, EventsApi &api)
    : m_api(api)
    , m_socket(socket)
    , m_transport(transport)
    , m_outlet(transport)
    , m_peer(u"%1:%2"_s.arg(socket->peerAddress().toString()).arg(socket->peerPort()))
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
    connect(socket, &QWebSocket::aboutToClose, this, [this] { m_saidGoodbye = true; });
    connect(&m_keepAlive, &QTimer::timeout, this, &Session::sendKeepAlive);
    m_target.number = number;
    m_target.peer = m_peer;
    m_seen.id = QString::number(number);
    m_seen.apiId = api.apiId();
    m_seen.peer = m_peer;
    m_seen.subprotocol = socket->subprotocol();
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &Session::onEnd);
}

Session::~Session()
{
    m_socket->disconnect(this); // its destructor emits signals
}

void Session::start(const HttpRequest &request)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return onClosed(); // gone during the handshake; no signal will tell
    m_path = request.credentials().path;
    const QPointer<Session> guard(this);
    checkHandshake(request, [this, guard, request](const AuthCheck::Verdict &verdict) {
        if (!guard || m_state != State::Judged)
            return;
        if (verdict.refusal)
            return refuse(*verdict.refusal);
        m_target.authType = AuthModeName::of(verdict.caller.mode);
        m_target.user = verdict.caller.user();
        if (const auto error = m_api.faultRules().error(FaultPlan::Kind::RefuseConnect, m_target,
                                                        u"UnauthorizedException"_s))
            refuse(*error);
        else
            open(request, verdict.caller);
    });
}

void Session::open(const HttpRequest &request, const Caller &caller)
{
    qCDebug(log).noquote() << "connected:" << m_peer;
    m_state = State::Open;
    m_age.start();
    m_seen.since = QDateTime::currentDateTimeUtc();
    m_seen.authType = m_target.authType;
    m_seen.user = caller.user();
    m_seen.userAgent = userAgentOf(request);
    m_api.metrics().add(EmulatorMetrics::ConnectSuccess);
    m_api.metrics().add(EmulatorMetrics::ActiveConnections);
    m_keepAlive.start(m_api.options().keepAliveInterval);
    m_end.start(m_api.options().maxConnectionAge);
    Q_EMIT m_api.connectionOpened(description());
    if (m_api.faultRules().happens(FaultPlan::Kind::HalfOpen, m_target))
        goSilent();
    for (const QString &text : std::exchange(m_early, {}))
        onText(text);
}

EmulatorConnection Session::description() const
{
    EmulatorConnection seen = m_seen;
    seen.subscriptions = subscriptions();
    std::sort(seen.subscriptions.begin(), seen.subscriptions.end(),
              [](const auto &a, const auto &b) {
                  return std::tie(a.since, a.id) < std::tie(b.since, b.id);
              });
    return seen;
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
    if (!protocols.contains(subprotocol()))
        return refuseProtocol(u"SubProtocolNotSupportedError"_s);

    QByteArray shown = otherCredentials(request);
    for (const QByteArray &protocol : protocols) {
        if (protocol.startsWith("header-"))
            shown = protocol;
    }
    if (shown.isEmpty()) // then as the Android and Swift clients do
        return authorize(request.credentials(), answer);
    auto credentials = Credentials::fromSubprotocol(shown);
    if (!credentials)
        return answer({unreadableCredentials(u"header-… is not base64url of a JSON object"_s)});
    if (!credentials->hasHost())
        return answer({unreadableCredentials(u"header-… has no member host"_s)});
    credentials->path = request.credentials().path;
    authorize(*credentials, answer);
}

void Session::refuse(const ServiceError &error)
{
    m_state = State::Refused;
    m_api.metrics().add(error.httpStatus >= 500 ? EmulatorMetrics::ConnectServerError
                                                : EmulatorMetrics::ConnectClientError);
    const bool isWaitedFor = !m_early.isEmpty();
    fail(u"connection_error", {}, u"connect"_s, error);
    // Not at once: a client that is about to send its connection_init would lose the reason to a reset.
    m_keepAlive.stop();
    m_end.start(Limits::kRefusalGrace);
    if (isWaitedFor)
        close(QWebSocketProtocol::CloseCodeNormal, {});
}

void Session::suffer()
{
    if (m_state != State::Open)
        return;
    FaultRules &rules = m_api.faultRules();
    if (rules.happens(FaultPlan::Kind::HalfOpen, m_target))
        goSilent();
    const FaultPlan::Fault *end = rules.find(FaultPlan::Kind::CloseCode, m_target);
    if (end && end->value == QWebSocketProtocol::CloseCodeAbnormalDisconnection)
        cut();
    else if (end)
        close(QWebSocketProtocol::CloseCode(end->value), u"fault plan: closeCode"_s);
}

void Session::sendKeepAlive()
{
    if (m_state == State::Open
        && !m_api.faultRules().happens(FaultPlan::Kind::NeverKeepAlive, m_target))
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

bool Session::isBusy() const
{
    return m_state == State::Open && !m_isSilent
        && (m_pending > 0 || m_delayedBytes > 0 || m_outlet.waiting() > 0);
}

void Session::cut()
{
    if (m_state == State::Closed)
        return;
    m_isCut = true;
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
    countEnd();
    dropSubscriptions();
    m_api.removeSession(this);
    if (m_age.isValid())
        Q_EMIT m_api.connectionClosed(m_seen.id);
}

void Session::countEnd()
{
    if (!m_age.isValid())
        return; // it never was let in
    Metrics &metrics = m_api.metrics();
    metrics.add(EmulatorMetrics::ActiveConnections, {}, -1);
    metrics.add(EmulatorMetrics::ConnectionDuration, m_age.elapsed());
    const bool isBroken =
        m_isDropped || !m_saidGoodbye || isBreachOfProtocol(m_socket->closeCode());
    metrics.add(m_isCut        ? EmulatorMetrics::DisconnectServerError
                    : isBroken ? EmulatorMetrics::DisconnectClientError
                               : EmulatorMetrics::DisconnectSuccess);
}

void Session::onText(const QString &text)
{
    if (m_state == State::Judged)
        return keepForLater(text);
    if (m_state == State::Refused)
        return close(QWebSocketProtocol::CloseCodeNormal, {});
    if (m_state != State::Open || m_isSilent)
        return;
    const QPointer<Session> guard(this);
    m_isHandling = true;
    handleText(text);
    if (guard)
        m_isHandling = false;
}

void Session::keepForLater(const QString &text)
{
    m_earlyCharacters += text.size();
    if (m_early.size() < Limits::kEarlyFrames && m_earlyCharacters <= Limits::kEarlyCharacters)
        return m_early.append(text);
    m_api.report(
        u"frame"_s, m_peer,
        u"more than %1 frames or %2 characters before it was known whether it may connect"_s
            .arg(Limits::kEarlyFrames)
            .arg(Limits::kEarlyCharacters));
    m_early.clear();
    close(QWebSocketProtocol::CloseCodeNormal, {});
}

//! Each refused frame costs an answer and a line of the log, which a client must not ask for without end.
void Session::countRefusal()
{
    if (!m_refusedSince.isValid() || m_refusedSince.elapsed() >= 1'000) {
        m_refusedSince.start();
        m_refused = 0;
    }
    if (++m_refused <= Limits::kRefusedFrames || m_state != State::Open)
        return;
    m_api.report(u"frame"_s, m_peer,
                 u"more than %1 refused frames within a second; the client was cut off"_s.arg(
                     Limits::kRefusedFrames));
    m_isDropped = true;
    m_state = State::Closing; // what the socket has read already is not looked at any more
    m_socket->abort();
}

void Session::handleText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    ++m_seen.framesReceived;
    m_seen.bytesReceived += bytes.size();
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
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

void Session::onInit()
{
    FaultRules &rules = m_api.faultRules();
    if (rules.happens(FaultPlan::Kind::NeverAck, m_target))
        return;
    const std::chrono::milliseconds delay = rules.delay(FaultPlan::Kind::AckDelay, m_target);
    if (delay.count() > 0)
        QTimer::singleShot(delay, Qt::PreciseTimer, this, &Session::sendAck);
    else
        sendAck();
}

void Session::sendAck()
{
    m_wasAcknowledged = true;
    send(ackFrame());
    const FaultPlan::Fault *end =
        m_api.faultRules().find(FaultPlan::Kind::CloseCodeAfterAck, m_target);
    if (end)
        close(QWebSocketProtocol::CloseCode(end->value), u"fault plan: closeCodeAfterAck"_s);
    suffer();
}

Credentials Session::credentials(const QJsonObject &authorization) const
{
    Credentials result = Credentials::fromJson(authorization);
    result.sourceIp = m_socket->peerAddress().toString();
    result.path = m_path;
    return result;
}

void Session::count(EmulatorMetrics::Counter success, const std::optional<ServiceError> &error,
                    const QString &channel)
{
    const int step = !error ? 0 : error->httpStatus >= 500 ? 2 : 1;
    m_api.count(EmulatorMetrics::Counter(success + step), channel);
}

void Session::answer(const QString &frame, const QString &channel)
{
    sendLater(frame.toUtf8(),
              m_api.faultRules().delay(FaultPlan::Kind::AnswerDelay, m_target.on(channel)));
}

void Session::fail(QStringView type, const QString &id, const QString &what,
                   const ServiceError &error, const QString &channel)
{
    m_api.report(what, m_peer, error.toString());
    const FaultPlan &forms = m_api.faultRules().forms(m_target.on(channel));
    answer(failureFrame(type, id, error, forms), channel);
    countRefusal();
}

} // namespace AppSync::Emulation
