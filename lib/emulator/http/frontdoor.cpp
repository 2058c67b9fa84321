// SPDX-License-Identifier: Apache-2.0
#include "frontdoor_p.h"

#include "../events/eventsapi_p.h"
#include "../events/frames_p.h"
#include "../realm_p.h"
#include "certificate_p.h"
#include "httpconnection_p.h"
#include "websocketupgrade_p.h"

#include <QPointer>
#include <QSslSocket>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#ifdef Q_OS_UNIX
#    include <sys/resource.h>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! After which a server that had no descriptors left tries again.
constexpr std::chrono::milliseconds kAcceptAgain{100};

#ifdef Q_OS_UNIX
//! Whether \a descriptor, the lowest that was free, is among the last that this process may have. Some are
//! left for whatever else it opens.
bool isAmongTheLast(qintptr descriptor)
{
    constexpr rlim_t kSpare = 16;
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && rlim_t(descriptor) + kSpare >= limit.rlim_cur;
}

bool areDescriptorsScarce(qintptr any)
{
    const int next = ::dup(int(any));
    if (next < 0)
        return true;
    ::close(next);
    return isAmongTheLast(next);
}
#else
bool isAmongTheLast(qintptr)
{
    return false;
}

bool areDescriptorsScarce(qintptr)
{
    return false;
}
#endif

//! Makes \a bytes the next that the reader of \a socket sees.
void putBack(QTcpSocket *socket, const QByteArray &bytes)
{
    for (qsizetype i = bytes.size(); i > 0; --i)
        socket->ungetChar(bytes[i - 1]);
}

} // namespace

FrontDoor::FrontDoor(EventsApi &api, QObject *parent)
    : QTcpServer(parent)
    , m_api(api)
    , m_routes(api)
    , m_policy(api.options().host)
    , m_webSockets(u"Syncscope local AppSync"_s,
                   QWebSocketServer::NonSecureMode) // TLS ends before it
{
    m_webSockets.setSupportedSubprotocols(
        {QString::fromLatin1(kSubprotocol), QString::fromLatin1(kOtherSubprotocol)});
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &FrontDoor::onWebSocket);
    connect(this, &QTcpServer::acceptError, this, &FrontDoor::waitForDescriptors);
    m_retry.setSingleShot(true);
    m_retry.setInterval(kAcceptAgain);
    connect(&m_retry, &QTimer::timeout, this, &FrontDoor::acceptAgain);
}

FrontDoor::~FrontDoor()
{
    const QHash<QByteArray, Upgrade> upgrades = std::exchange(m_upgrades, {});
    for (const Upgrade &upgrade : upgrades)
        delete upgrade.socket; // nobody's while Qt shakes hands
}

void FrontDoor::setTls(const ServerIdentity &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(identity.chain);
    tls.setPrivateKey(identity.key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone); // clients show no certificates
    tls.setAllowedNextProtocols({"http/1.1"});
    m_tls = tls;
}

//! Whoever comes waits with the system until there are descriptors again. Qt alone would try again and again,
//! without a pause.
void FrontDoor::waitForDescriptors()
{
    pauseAccepting();
    if (m_retry.isActive())
        return;
    m_api.report(u"connections"_s, u"everybody for now"_s,
                 u"this process has no more descriptors: raise its limit (ulimit -n)"_s);
    m_retry.start();
}

void FrontDoor::acceptAgain()
{
    if (areDescriptorsScarce(socketDescriptor()))
        m_retry.start();
    else
        resumeAccepting();
}

void FrontDoor::incomingConnection(qintptr descriptor)
{
    if (isAmongTheLast(descriptor))
        waitForDescriptors();
    auto *tls = m_tls ? new QSslSocket : nullptr;
    QTcpSocket *socket = tls ? tls : new QTcpSocket;
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    serve(socket);
    if (tls) {
        watchTls(tls);
        tls->setSslConfiguration(*m_tls);
        tls->startServerEncryption();
    }
}

void FrontDoor::serve(QTcpSocket *socket)
{
    auto *connection = new HttpConnection(socket, m_api.options().requestDeadline, this);
    connect(connection, &HttpConnection::requestReceived, this,
            [this, connection](const HttpRequest &request) { onRequest(connection, request); });
    connect(connection, &HttpConnection::upgradeRequested, this,
            [this, connection](const HttpRequest &request) { onUpgrade(connection, request); });
    connect(connection, &HttpConnection::refused, this, [this, connection](const QString &why) {
        m_api.report(u"HTTP request"_s, connection->peer(), why);
    });
}

void FrontDoor::watchTls(QSslSocket *socket)
{
    const QString peer = u"%1:%2"_s.arg(socket->peerAddress().toString()).arg(socket->peerPort());
    connect(socket, &QSslSocket::errorOccurred, this,
            [this, socket, peer](QAbstractSocket::SocketError error) {
                if (error == QAbstractSocket::SslHandshakeFailedError)
                    m_api.report(u"TLS handshake"_s, peer, socket->errorString());
            });
}

std::optional<ServiceError> FrontDoor::strangerProblem(const HttpRequest &request) const
{
    if (!m_policy.allowsHost(request.header("host"))) {
        return ServiceError::http(
            403, u"HostNotAllowed"_s,
            u"The Host header names neither localhost nor an address of this machine."_s);
    }
    if (request.count("origin") > 0 && !m_policy.allowsOrigin(request.header("origin"))) {
        return ServiceError::http(
            403, u"OriginNotAllowed"_s,
            u"Only pages of this machine may use this server: serve yours from http://localhost."_s);
    }
    return std::nullopt;
}

void FrontDoor::refuse(HttpConnection *connection, const QString &what, const ServiceError &error)
{
    m_api.report(what, connection->peer(), error.toString());
    HttpResponse response = HttpResponse::problem(error, m_api.faults());
    response.addHeader("Date", m_api.realm().httpDate());
    connection->respond(response);
}

void FrontDoor::onRequest(HttpConnection *connection, const HttpRequest &request)
{
    if (const auto problem = strangerProblem(request))
        return refuse(connection, u"HTTP request"_s, *problem);
    if (m_api.faults().neverAnswerHttp && request.path == "/event")
        return connection->hold();
    const QPointer<HttpConnection> guard(connection);
    m_routes.handle(request, connection->peer(), [guard](const HttpResponse &response) {
        if (guard)
            guard->respond(response);
    });
}

void FrontDoor::onUpgrade(HttpConnection *connection, const HttpRequest &request)
{
    if (const auto problem = strangerProblem(request))
        return refuse(connection, u"upgrade"_s, *problem);
    if (const auto problem = WebSocketUpgrade::check(request))
        return refuse(connection, u"upgrade"_s, *problem);
    if (m_api.faults().neverAnswerUpgrade)
        return connection->hold();
    if (const int status = m_api.faults().refuseUpgradeStatus) {
        return refuse(connection, u"upgrade"_s,
                      ServiceError::http(status, u"UnauthorizedException"_s,
                                         u"Refused by the fault plan."_s));
    }
    const QByteArray ticket = QByteArray::number(++m_lastTicket);
    QTcpSocket *socket = connection->release();
    // Qt would read the first frames before anybody listens to its WebSocket.
    const QByteArray early = socket->readAll();
    putBack(socket, WebSocketUpgrade::head(request, ticket, m_api.faults().otherSubprotocol));
    m_upgrades.insert(ticket, {request, socket, early});
    connect(socket, &QObject::destroyed, this, [this, ticket] { m_upgrades.remove(ticket); });
    m_webSockets.handleConnection(socket);
}

void FrontDoor::onWebSocket()
{
    while (QWebSocket *socket = m_webSockets.nextPendingConnection()) {
        const Upgrade upgrade =
            m_upgrades.take(socket->request().rawHeader(WebSocketUpgrade::kTicketHeader));
        m_api.openSession(socket, upgrade.socket, upgrade.request);
        if (upgrade.socket && !upgrade.early.isEmpty()) {
            putBack(upgrade.socket, upgrade.early);
            Q_EMIT upgrade.socket->readyRead();
        }
    }
}

void FrontDoor::dropConnections()
{
    const auto connections = findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly);
    for (HttpConnection *connection : connections)
        connection->abort();
}

} // namespace AppSync::Emulation
