// SPDX-License-Identifier: Apache-2.0
#include "session_p.h"

#include "../access/authmodename_p.h"
#include "../http/httprequest_p.h"
#include "../logging_p.h"
#include "channelname_p.h"
#include "eventsapi_p.h"
#include "limits_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

bool isOperationId(QStringView id)
{
    return !id.isEmpty() && id.size() <= Limits::kOperationIdLength
        && std::all_of(id.begin(), id.end(), [](QChar c) {
               return c.unicode() < 0x80
                   && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'+');
           });
}

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
    leave();
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
    for (auto it = m_subscriptions.cbegin(); it != m_subscriptions.cend(); ++it) {
        if (it->isLive)
            seen.subscriptions.append(
                {it.key(), u'/' + *ChannelName::forSubscribe(it->channel), it->since});
    }
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
    for (auto it = m_subscriptions.cbegin(); it != m_subscriptions.cend(); ++it) {
        if (it->isLive)
            m_api.unsubscribe(this, it.key(), it->channel);
    }
    m_subscriptions.clear();
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
    if (m_state == State::Judged && m_early.size() < Limits::kEarlyFrames)
        return m_early.append(text);
    if (m_state == State::Judged)
        m_api.report(u"frame"_s, m_peer,
                     u"more than %1 frames before it was known whether it may connect"_s.arg(
                         Limits::kEarlyFrames));
    if (m_state == State::Refused || m_state == State::Judged)
        return close(QWebSocketProtocol::CloseCodeNormal, {});
    if (m_state != State::Open || m_isSilent)
        return;
    const QPointer<Session> guard(this);
    m_isHandling = true;
    handleText(text);
    if (guard)
        m_isHandling = false;
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
    send(Frames::connectionAck(m_api.options().connectionTimeout));
    const FaultPlan::Fault *end =
        m_api.faultRules().find(FaultPlan::Kind::CloseCodeAfterAck, m_target);
    if (end)
        close(QWebSocketProtocol::CloseCode(end->value), u"fault plan: closeCodeAfterAck"_s);
    suffer();
}

//! Those of an operation.
Credentials Session::credentials(const QJsonObject &frame) const
{
    Credentials result = Credentials::fromJson(frame.value("authorization"_L1).toObject());
    result.sourceIp = m_socket->peerAddress().toString();
    result.path = m_path;
    return result;
}

void Session::onSubscribe(const QString &id, const QJsonObject &frame)
{
    const QString channel = frame.value("channel"_L1).toString();
    const QString what = u"subscribe to "_s + channel;
    const FaultTarget target = m_target.on(ChannelName::forSubscribe(channel).value_or(channel));
    FaultRules &rules = m_api.faultRules();
    if (rules.happens(FaultPlan::Kind::NeverAnswerSubscribe, target))
        return;
    auto error = subscribeProblem(id);
    if (!error)
        error =
            rules.error(FaultPlan::Kind::SubscribeError, target, u"SubscriptionProcessingError"_s);
    const auto refuseIt = [=, this](const ServiceError &why) {
        count(EmulatorMetrics::SubscribeSuccess, why, channel);
        fail(u"subscribe_error", id, what, why, target.channel);
    };
    if (error)
        return refuseIt(*error);
    m_subscriptions.insert(id, {channel});
    ++m_pending;
    m_api.subscribe(this, id, channel, credentials(frame),
                    [=, this](const std::optional<ServiceError> &refusal) {
                        --m_pending;
                        if (!refusal)
                            return onSubscribed(id, channel);
                        m_subscriptions.remove(id);
                        refuseIt(*refusal);
                    });
}

void Session::onSubscribed(const QString &id, const QString &channel)
{
    Subscription &subscription = m_subscriptions[id];
    subscription.isLive = true;
    subscription.since = QDateTime::currentDateTimeUtc();
    count(EmulatorMetrics::SubscribeSuccess, {}, channel);
    Q_EMIT m_api.connectionChanged(description());
    answer(Frames::success(u"subscribe_success", id), *ChannelName::forSubscribe(channel));
}

//! \a success or, after an error, the counter beside it.
void Session::count(EmulatorMetrics::Counter success, const std::optional<ServiceError> &error,
                    const QString &channel)
{
    const int step = !error ? 0 : error->httpStatus >= 500 ? 2 : 1;
    m_api.count(EmulatorMetrics::Counter(success + step), channel);
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
        m_api.metrics().add(EmulatorMetrics::UnsubscribeClientError);
        return fail(u"unsubscribe_error", id, u"unsubscribe"_s,
                    {u"UnknownOperationError"_s, u"Unknown operation id %1"_s.arg(id), 0, 400, {}});
    }
    if (!subscription->isLive)
        return; // the service is reported to ignore one that overtakes its subscribe
    const QString channel = m_subscriptions.take(id).channel;
    m_api.unsubscribe(this, id, channel);
    m_api.count(EmulatorMetrics::UnsubscribeSuccess, channel);
    Q_EMIT m_api.connectionChanged(description());
    answer(Frames::success(u"unsubscribe_success", id), *ChannelName::forSubscribe(channel));
}

void Session::onPublish(const QString &id, const QJsonObject &frame)
{
    const QString channel = frame.value("channel"_L1).toString();
    const QString what = u"publish to "_s + channel;
    const FaultTarget target = m_target.on(ChannelName::forPublish(channel).value_or(channel));
    if (m_api.faultRules().happens(FaultPlan::Kind::NeverAnswerPublish, target))
        return;
    const auto refuseIt = [=, this](const ServiceError &why) {
        count(EmulatorMetrics::PublishSuccess, why, channel);
        fail(u"publish_error", id, what, why, target.channel);
    };
    if (!m_publishes.take()) {
        return refuseIt(ServiceError::rateLimited(
            u"more than %1 publishes per second"_s.arg(m_api.options().limits.publishesPerSecond)));
    }
    const PublishPath::Request request{frame.value("channel"_L1),
                                       frame.value("events"_L1),
                                       credentials(frame),
                                       PublishPath::Transport::WebSocket,
                                       {},
                                       {},
                                       m_target};
    const QPointer<Session> guard(this);
    ++m_pending;
    m_api.publishPath().publish(request, [=, this](const PublishPath::Result &result) {
        if (!guard)
            return;
        --m_pending;
        if (m_api.faultRules().happens(FaultPlan::Kind::DropOnPublish, target))
            return cut();
        if (result.error)
            return refuseIt(*result.error);
        count(EmulatorMetrics::PublishSuccess, {}, channel);
        answer(Frames::publishSuccess(id, result.verdicts, m_api.faultRules().forms(target)),
               target.channel);
    });
}

//! To an operation on \a channel.
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
    answer(Frames::failure(type, id, error, forms), channel);
}

} // namespace AppSync::Emulation
