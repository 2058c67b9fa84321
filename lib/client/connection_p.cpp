// SPDX-License-Identifier: Apache-2.0
#include "connection_p.h"

#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "clientlog_p.h"
#include "handshakeprobe_p.h"
#include "transporterror_p.h"
#include "upgrade_p.h"

#include <QMetaEnum>
#include <QNetworkRequest>
#include <QPointer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qint64 kReadAhead = 262'144; // 256 KB

Error timeout(const QString &message, const QString &nextStep)
{
    return Error::local(Error::Kind::Timeout, message, nextStep);
}

QString nameOf(Connection::State state)
{
    return QString::fromLatin1(QMetaEnum::fromType<Connection::State>().valueToKey(int(state)));
}

qint64 secondsOf(std::chrono::milliseconds duration)
{
    return std::chrono::round<std::chrono::seconds>(duration).count();
}

} // namespace

Connection::Private::Private(Connection *connection, const Protocol &protocol,
                             const ClientSettings &clientSettings, FrameTap &tap)
    : q(connection), settings(clientSettings), m_protocol(protocol), m_tap(tap)
{
    setClock(settings.clock);
}

Connection::Private::~Private()
{
    const bool isInsideSocketSignal = m_socketSignal != nullptr;
    for (SocketSignal *signal = m_socketSignal; signal; signal = signal->outer)
        signal->handler = nullptr;
    if (!m_socket)
        return;
    // ~QWebSocket emits signals: nobody of ours may hear them any more.
    m_socket->disconnect(q);
    sayGoodbye();
    if (isInsideSocketSignal) {
        m_socket->setParent(nullptr);
        m_socket->deleteLater();
    }
}

//! A close frame where there is somebody to read it; Qt 6.8 warns of one written before that.
void Connection::Private::sayGoodbye()
{
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->close(QWebSocketProtocol::CloseCodeNormal);
    else
        m_socket->abort();
}

Connection::Private::SocketSignal::SocketSignal(Private *its)
    : handler(its), outer(std::exchange(its->m_socketSignal, this))
{
}

Connection::Private::SocketSignal::~SocketSignal()
{
    if (handler)
        handler->m_socketSignal = outer;
}

void Connection::Private::setClock(Clock *clock)
{
    delete m_timer;
    m_timer = clock->createTimer(q);
    QObject::connect(m_timer, &ClockTimer::timedOut, q, [this] { onTimer(); });
}

//! One of the system is asked for with the first connection only: a client that publishes over HTTP needs
//! none.
void Connection::Private::setMonitor(SystemMonitor *monitor)
{
    if (m_monitor)
        m_monitor->disconnect(q);
    m_monitor = monitor;
    QObject::connect(monitor, &SystemMonitor::networkChanged, q, [this](bool isOnline) {
        if (isOnline)
            onTimeJumped();
    });
    QObject::connect(monitor, &SystemMonitor::timeJumped, q, [this] { onTimeJumped(); });
}

void Connection::Private::open()
{
    if (!m_monitor)
        setMonitor(SystemMonitor::system());
    if (state == State::Disconnected) {
        attempt = 0;
        cause = {};
        m_credentialsRenewed = false;
    } else if (state != State::Backoff) {
        return;
    }
    enter(State::Authorizing);
}

void Connection::Private::close()
{
    if (state == State::Disconnected)
        return;
    error = cause = {};
    if (m_socket) {
        m_socket->disconnect(q);
        sayGoodbye();
        m_socket->deleteLater();
        m_socket = nullptr;
    }
    const QPointer<Connection> alive(q);
    enter(State::Disconnected);
    if (alive)
        onLost({}, state != State::Disconnected);
}

//! The only place that changes the state. The signal comes before the action, and a slot may have moved
//! the machine on (or deleted it) by the time it returns.
void Connection::Private::enter(State next)
{
    const quint64 mine = ++m_generation;
    const QPointer<Connection> alive(q);
    settings.log->debug(LogEntry::Area::Connection, u"%1 -> %2"_s.arg(nameOf(state), nameOf(next)));
    if (!alive || mine != m_generation)
        return;
    state = next;
    stateSinceMs = settings.clock->wallMs();
    nextAttemptMs = 0;
    m_timer->stop();
    m_pingAt.reset();
    if (m_probe)
        std::exchange(m_probe, nullptr)->deleteLater();
    if (next == State::Ready) {
        error = cause = {};
        upgradeAnswer = {};
        m_lastErrorWords.clear();
        m_readySince = m_lastInbound = settings.clock->monotonic();
    } else if (next == State::Backoff) {
        m_backoffDelay = settings.retry.delay(++attempt, *settings.random);
        nextAttemptMs = stateSinceMs + m_backoffDelay.count();
    }
    Q_EMIT q->stateChanged(next);
    if (alive && mine == m_generation)
        act();
}

void Connection::Private::act()
{
    switch (state) {
    case State::Disconnected:
        break; // fail() and close() dropped the socket
    case State::Authorizing:
        authorize();
        break;
    case State::Opening:
        break; // the socket was made with the headers at hand, see authorize()
    case State::Handshaking:
        handshake();
        break;
    case State::Ready:
        becomeReady();
        break;
    case State::Backoff:
        m_timer->start(m_backoffDelay);
        break;
    }
}

void Connection::Private::startTimer(std::chrono::milliseconds delay)
{
    if (delay > std::chrono::milliseconds::zero())
        m_timer->start(delay);
}

void Connection::Private::authorize()
{
    if (!settings.endpoint.isValid())
        return fail(settings.endpoint.problem());
    if (const Error problem = Upgrade::problem(settings); problem.isError())
        return fail(problem);
    startTimer(settings.deadlines.authorizing);
    const quint64 mine = m_generation;
    requestAuthorization(
        settings.authorizerFor(SignableRequest::Operation::Connect),
        settings.connectRequest(m_protocol), q,
        [this, mine](const Error &why, const Headers &headers) {
            if (mine != m_generation)
                return;
            if (why.isError())
                return fail(why);
            const QPointer<Connection> alive(q);
            enter(State::Opening);
            if (alive && state == State::Opening && m_generation == mine + 1)
                openSocket(headers);
        },
        [this, mine](bool isWaiting) {
            if (mine != m_generation)
                return;
            if (isWaiting)
                m_timer->stop();
            else
                startTimer(settings.deadlines.authorizing);
        });
}

UpgradeRequest Connection::Private::upgradeRequest(const Headers &headers, bool isMasked) const
{
    UpgradeRequest request = Upgrade::request(settings, m_protocol, headers, isMasked);
    if (!m_absent.isEmpty() && m_absent == settings.endpoint.realtime())
        request.url.setPath(settings.endpoint.http().path(QUrl::FullyEncoded), QUrl::StrictMode);
    return request;
}

void Connection::Private::openSocket(const Headers &headers)
{
    startTimer(settings.deadlines.opening);
    m_upgrade = upgradeRequest(headers, false);
    QNetworkRequest request(m_upgrade.url);
    for (const auto &[name, value] : m_upgrade.headers) {
        if (name.compare("host", Qt::CaseInsensitive) != 0) // QWebSocket writes its own
            request.setRawHeader(name, value);
    }

    // A fresh socket each time: a used one keeps the old close code and can stay in ConnectingState.
    m_socket = settings.socketFactory
        ? settings.socketFactory()
        : new QWebSocket(QString(), QWebSocketProtocol::VersionLatest);
    m_socket->setParent(q);
    m_tlsProblems.clear();
    m_endNoted = false;
    m_socket->setSslConfiguration(settings.network.tls);
    m_socket->setProxy(settings.network.proxy);
    m_socket->setMaxAllowedIncomingMessageSize(quint64(settings.network.maxIncomingBytes));
    m_socket->setMaxAllowedIncomingFrameSize(quint64(settings.network.maxIncomingBytes));
    // What is not handled yet waits with the sender, not in memory here. Less than the largest frame would
    // never be read, since Qt waits for whole frames.
    m_socket->setReadBufferSize(settings.network.maxIncomingBytes + kReadAhead);
    m_socket->setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    watch(m_socket);

    QWebSocketHandshakeOptions options;
    options.setSubprotocols(m_upgrade.subprotocols);
    m_socket->open(request, options);
}

void Connection::Private::watch(QWebSocket *opened)
{
    QObject::connect(opened, &QWebSocket::connected, q, [this] {
        const SocketSignal signal(this);
        enter(State::Handshaking);
    });
    QObject::connect(opened, &QWebSocket::textMessageReceived, q, [this](const QString &text) {
        const SocketSignal signal(this);
        onText(text);
    });
    QObject::connect(opened, &QWebSocket::binaryMessageReceived, q, [this](const QByteArray &data) {
        const SocketSignal signal(this);
        onBinary(data);
    });
    QObject::connect(opened, &QWebSocket::pong, q,
                     [this] { m_lastInbound = settings.clock->monotonic(); });
    QObject::connect(opened, &QWebSocket::sslErrors, q, [this](const QList<QSslError> &errors) {
        for (const QSslError &problem : errors)
            m_tlsProblems << problem.errorString();
    });
    QObject::connect(opened, &QWebSocket::disconnected, q, [this] { onSocketEnded(); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(opened, &QWebSocket::errorOccurred, q, [this] { onSocketEnded(); });
#else
    QObject::connect(opened, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), q,
                     [this] { onSocketEnded(); });
#endif
}

//! `error` and `disconnected` come in either order, once or twice, and only after both does the socket
//! tell the whole story.
void Connection::Private::onSocketEnded()
{
    if (m_endNoted)
        return;
    m_endNoted = true;
    QMetaObject::invokeMethod(
        q,
        [this, ended = m_socket] {
            if (m_socket != ended)
                return;
            if (state != State::Opening)
                return fail(droppedError(*m_socket, m_lastErrorWords));
            const Error why = openingError(*m_socket, settings.endpoint.realtime(), m_tlsProblems);
            if (why.kind == Error::Kind::UpgradeRefused)
                probe(why);
            else
                fail(why);
        },
        Qt::QueuedConnection);
}

//! QWebSocket hides what a server says instead of 101; the state stays Opening until that is known.
void Connection::Private::probe(const Error &refusal)
{
    dropSocket();
    startTimer(settings.deadlines.opening);
    m_refusal = refusal;
    m_probe = new HandshakeProbe(settings.networkAccess, m_upgrade, settings.network, q);
    QObject::connect(m_probe, &HandshakeProbe::finished, q, [this](const HttpAnswer &answer) {
        upgradeAnswer = withoutCredentials(answer);
        fail(explainedRefusal(m_refusal, settings.endpoint.realtime(), m_protocol.subprotocol,
                              upgradeAnswer));
    });
}

//! After sleep, a set clock or with the network back, a connection may be dead without knowing it.
void Connection::Private::onTimeJumped()
{
    if (state == State::Ready)
        askForSignOfLife();
    else if (state == State::Backoff)
        enter(State::Authorizing);
}

void Connection::Private::askForSignOfLife()
{
    if (m_pingAt || settings.deadlines.signOfLife <= std::chrono::milliseconds::zero())
        return;
    m_pingAt = settings.clock->monotonic();
    m_socket->ping();
    m_timer->start(settings.deadlines.signOfLife);
}

void Connection::Private::handshake()
{
    // One that names none is given the benefit of the doubt.
    const QString chosen = m_socket->subprotocol();
    if (!chosen.isEmpty() && chosen != m_protocol.subprotocol)
        return fail(otherProtocol(settings.endpoint.realtime(), chosen, m_protocol.subprotocol));
    startTimer(settings.deadlines.handshaking);
    send(m_protocol.connectionInit, u"connection_init", {}, m_protocol.connectionInit);
}

void Connection::Private::becomeReady()
{
    m_credentialsRenewed = false;
    startTimer(keepAliveTimeout);
    const QPointer<Connection> alive(q);
    settings.log->info(LogEntry::Area::Connection,
                       u"Connected to %1."_s.arg(settings.endpoint.realtime().host()));
    if (alive && state == State::Ready)
        onReady();
}

std::chrono::milliseconds Connection::Private::silenceLeft() const
{
    return std::chrono::ceil<std::chrono::milliseconds>(m_lastInbound + keepAliveTimeout
                                                        - settings.clock->monotonic());
}

bool Connection::Private::adopt(Private &other)
{
    for (const Private *each : {this, &other}) {
        if (each->state != State::Ready || each->m_endNoted)
            return false;
    }
    m_socket->disconnect(q);
    other.m_socket->disconnect(other.q);
    std::swap(m_socket, other.m_socket);
    std::swap(keepAliveTimeout, other.keepAliveTimeout);
    std::swap(m_lastInbound, other.m_lastInbound);
    std::swap(m_readySince, other.m_readySince);
    std::swap(m_tlsProblems, other.m_tlsProblems);
    for (Private *each : {this, &other}) {
        each->m_socket->setParent(each->q);
        each->watch(each->m_socket);
        each->m_pingAt.reset();
        each->startTimer(each->keepAliveTimeout);
    }
    return true;
}

void Connection::Private::onTimer()
{
    switch (state) {
    case State::Disconnected:
        break;
    case State::Authorizing:
        fail(timeout(tr("The authorizer gave no credentials within %1 s.")
                         .arg(secondsOf(settings.deadlines.authorizing)),
                     tr("Look at the sign-in or the command that supplies them.")));
        break;
    case State::Opening:
        if (m_probe)
            return fail(m_refusal);
        fail(timeout(tr("%1 did not accept the WebSocket within %2 s.")
                         .arg(settings.endpoint.realtime().host())
                         .arg(secondsOf(settings.deadlines.opening)),
                     tr("Check the network, a proxy or a firewall in between.")));
        break;
    case State::Handshaking:
        fail(
            timeout(tr("The server did not acknowledge the connection within %1 s.")
                        .arg(secondsOf(settings.deadlines.handshaking)),
                    tr("The WebSocket is open, but nobody speaks AppSync on it: check the path.")));
        break;
    case State::Ready:
        if (const auto since = std::exchange(m_pingAt, std::nullopt);
            since && m_lastInbound <= *since)
            return fail(timeout(
                tr("No sign of life for %1 s after the computer slept or its network came back.")
                    .arg(secondsOf(settings.deadlines.signOfLife)),
                tr("The network path is dead; events in between are lost.")));
        // Each frame only stamps the time; the timer looks at it when it fires.
        if (const auto left = silenceLeft(); left > std::chrono::milliseconds::zero())
            m_timer->start(left);
        else
            fail(timeout(tr("Nothing, not even a keep-alive, arrived for %1 s.")
                             .arg(secondsOf(keepAliveTimeout)),
                         tr("The network path is dead; events in between are lost.")));
        break;
    case State::Backoff:
        enter(State::Authorizing);
        break;
    }
}

//! Frames that came with one read of the socket arrived together, and share one look at the clocks.
void Connection::Private::noteInbound()
{
    if (std::exchange(m_inboundNoted, true))
        return;
    m_lastInbound = settings.clock->monotonic();
    lastFrameMs = settings.clock->wallMs();
    QMetaObject::invokeMethod(
        q, [this] { m_inboundNoted = false; }, Qt::QueuedConnection);
}

void Connection::Private::onText(const QString &text)
{
    noteInbound();
    const Incoming message = m_protocol.decode(text);
    const bool tapped = m_tap.isEnabled();
    const QPointer<Connection> alive(tapped ? q : nullptr);
    const qint64 seq = m_tap.seen(Frame::Direction::In, Frame::Transport::WebSocket, message.type,
                                  message.id, text);
    if (tapped && !alive)
        return; // a listener deleted us
    switch (message.kind) {
    case Incoming::Kind::Ack:
        if (state != State::Handshaking)
            return;
        keepAliveTimeout = message.connectionTimeout.count() > 0 ? message.connectionTimeout
                                                                 : settings.deadlines.keepAlive;
        enter(State::Ready);
        break;
    case Incoming::Kind::KeepAlive:
        lastKeepAliveMs = lastFrameMs;
        Q_EMIT q->keepAliveReceived();
        break;
    case Incoming::Kind::ConnectionError:
        fail(ServerError::described(message.errors.first(), tr("The connection")));
        break;
    case Incoming::Kind::Malformed: {
        Error odd = Error::local(message.problemKind, message.problem);
        odd.serverMessage = text.left(200);
        onProblem(odd);
        break;
    }
    case Incoming::Kind::Error:
    case Incoming::Kind::OperationError:
        m_lastErrorWords = message.errors.first().serverMessage;
        // An error that names no operation takes the place of the ack.
        if (state == State::Handshaking && message.id.isEmpty()) {
            fail(ServerError::described(message.errors.first(), tr("The connection")));
            break;
        }
        [[fallthrough]];
    default:
        onMessage(message, text, seq);
    }
}

void Connection::Private::onBinary(const QByteArray &data)
{
    noteInbound();
    const QString shown = tr("<binary message, %1 bytes>").arg(data.size());
    const QPointer<Connection> alive(q);
    m_tap.seen(Frame::Direction::In, Frame::Transport::WebSocket, {}, {}, shown);
    if (alive)
        onProblem(
            Error::local(Error::Kind::Receiving,
                         tr("The server sent a binary message of %1 bytes; AppSync uses text only.")
                             .arg(data.size())));
}

bool Connection::Private::send(const QByteArray &frame, QStringView type, QStringView id,
                               const QByteArray &masked)
{
    if (!m_socket || !m_socket->isValid())
        return false;
    m_socket->sendTextMessage(QString::fromUtf8(frame));
    m_tap.seen(Frame::Direction::Out, Frame::Transport::WebSocket, type, id,
               m_tap.isEnabled() ? QString::fromUtf8(masked) : QString());
    return true;
}

qint64 Connection::Private::unsentBytes() const
{
    return m_socket ? m_socket->bytesToWrite() : 0;
}

//! Every way in which an attempt or a connection can end badly comes here.
void Connection::Private::fail(const Error &why)
{
    if (state == State::Ready
        && settings.clock->monotonic() - m_readySince >= settings.deadlines.stableAfter)
        attempt = 0;
    const quint64 mine = m_generation;
    const QPointer<Connection> present(q);
    settings.log->warning(LogEntry::Area::Connection, u"%1 failed."_s.arg(nameOf(state)), why);
    if (!present || mine != m_generation)
        return;
    error = why;
    if (!cause.isError())
        cause = why;
    dropSocket();
    const QPointer<Connection> alive(q);
    enter(stateAfter(why));
    if (alive)
        onLost(why, state != State::Disconnected);
    if (alive)
        Q_EMIT q->failed(why);
}

Connection::State Connection::Private::stateAfter(const Error &why)
{
    if (turnToOtherPath(why))
        return State::Authorizing;
    if (why.needsNewCredentials()) {
        Authorizer *authorizer = settings.authorizerFor(SignableRequest::Operation::Connect);
        if (m_credentialsRenewed || !authorizer || !authorizer->invalidate())
            return State::Disconnected;
        m_credentialsRenewed = true;
        return State::Authorizing;
    }
    return why.isRetryable() && settings.retry.allows(attempt + 1) ? State::Backoff
                                                                   : State::Disconnected;
}

// The documentation has /graphql/realtime for domains of one's own, and in one example /graphql, as other servers do.
bool Connection::Private::turnToOtherPath(const Error &why)
{
    const QUrl realtime = settings.endpoint.realtime();
    const QUrl http = settings.endpoint.http();
    const bool isDerived = Endpoint(http).realtime() == realtime; // else it was given, and holds
    const bool isAbsent = state == State::Opening && why.httpStatus == 404;
    if (!isAbsent || m_protocol.service != Endpoint::Service::GraphQl || !isDerived
        || realtime.path() == http.path())
        return false;
    const bool isFirst = m_absent != realtime;
    m_absent = isFirst ? realtime : QUrl();
    return isFirst;
}

void Connection::Private::dropSocket()
{
    if (!m_socket)
        return;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(q);
    socket->abort();
    socket->deleteLater();
}

} // namespace AppSync
