// SPDX-License-Identifier: Apache-2.0
#include "frontdoor_p.h"

#include "../control/apis_p.h"
#include "../events/frames_p.h"
#include "../graphql/graphqlapi_p.h"
#include "../realm_p.h"
#include "certificate_p.h"
#include "httpconnection_p.h"
#include "websocketupgrade_p.h"

#include <QPointer>
#include <QSslSocket>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>

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

ServiceError noSuchApi()
{
    return ServiceError::http(404, u"NotFoundException"_s,
                              u"There is no API with that id here, or it has no GraphQL."_s);
}

} // namespace

FrontDoor::FrontDoor(Apis &apis, QObject *parent)
    : QTcpServer(parent)
    , m_apis(apis)
    , m_first(apis.first())
    , m_routes(apis)
    , m_policy(m_first.options().host, m_first.options().hostNames)
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
    m_first.report(u"connections"_s, u"everybody for now"_s,
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
    auto *connection = new HttpConnection(socket, m_first.options().requestDeadline, this);
    connect(connection, &HttpConnection::requestReceived, this,
            [this, connection](const HttpRequest &request) { onRequest(connection, request); });
    connect(connection, &HttpConnection::upgradeRequested, this,
            [this, connection](const HttpRequest &request) { onUpgrade(connection, request); });
    connect(connection, &HttpConnection::refused, this, [this, connection](const QString &why) {
        m_first.report(u"HTTP request"_s, connection->peer(), why);
    });
}

void FrontDoor::watchTls(QSslSocket *socket)
{
    const QString peer = u"%1:%2"_s.arg(socket->peerAddress().toString()).arg(socket->peerPort());
    connect(socket, &QSslSocket::errorOccurred, this,
            [this, socket, peer](QAbstractSocket::SocketError error) {
                if (error != QAbstractSocket::SslHandshakeFailedError)
                    return;
                m_first.metrics().add(EmulatorMetrics::TlsFailures);
                m_first.report(u"TLS handshake"_s, peer, socket->errorString());
            });
}

std::optional<ServiceError> FrontDoor::strangerProblem(const HttpRequest &request) const
{
    if (!m_policy.allowsHost(request.header("host"))) {
        return ServiceError::http(
            403, u"HostNotAllowed"_s,
            u"The Host header names neither localhost nor an address of this machine. "
            "A further name, as in a network of containers, has to be given to --host-name."_s);
    }
    if (request.count("origin") > 0 && !m_policy.allowsOrigin(request.header("origin"))) {
        return ServiceError::http(
            403, u"OriginNotAllowed"_s,
            u"Only pages of this machine may use this server: serve yours from http://localhost."_s);
    }
    return std::nullopt;
}

void FrontDoor::refuse(HttpConnection *connection, EventsApi &api, const QString &what,
                       const ServiceError &error)
{
    api.report(what, connection->peer(), error.toString());
    HttpResponse response = HttpResponse::problem(error, api.faults());
    response.addHeader("Date", m_apis.realm().httpDate());
    connection->respond(response);
}

void FrontDoor::refuseUpgrade(HttpConnection *connection, EventsApi &api, const ServiceError &error)
{
    api.metrics().add(EmulatorMetrics::UpgradesRefused);
    api.metrics().add(error.httpStatus >= 500 ? EmulatorMetrics::ConnectServerError
                                              : EmulatorMetrics::ConnectClientError);
    refuse(connection, api, u"upgrade"_s, error);
}

void FrontDoor::onRequest(HttpConnection *connection, HttpRequest request)
{
    if (const auto problem = strangerProblem(request))
        return refuse(connection, m_first, u"HTTP request"_s, *problem);
    EventsApi *api = m_apis.resolve(request);
    if (!api || (request.isGraphQl() && api != &m_first))
        return refuse(connection, m_first, u"HTTP request"_s, noSuchApi());
    // Who deletes an API leaves nobody waiting for its answers.
    const auto isGone = connect(api, &QObject::destroyed, connection, [this, connection] {
        refuse(connection, m_first, u"HTTP request"_s, noSuchApi());
    });
    const QPointer<HttpConnection> guard(connection);
    const auto answer = [guard, isGone](const HttpResponse &response) {
        disconnect(isGone);
        if (guard)
            guard->respond(response);
    };
    m_routes.handle(*api, request, connection->peer(), answer);
}

void FrontDoor::onUpgrade(HttpConnection *connection, HttpRequest request)
{
    if (const auto problem = strangerProblem(request))
        return refuseUpgrade(connection, m_first, *problem);
    EventsApi *api = m_apis.resolve(request);
    if (!api || (request.isGraphQl() && api != &m_first))
        return refuseUpgrade(connection, m_first, noSuchApi());
    api->metrics().add(EmulatorMetrics::ConnectRequests);
    if (const auto problem = WebSocketUpgrade::check(request))
        return refuseUpgrade(connection, *api, *problem);
    using Kind = FaultPlan::Kind;
    FaultRules &faults = api->faultRules();
    const FaultTarget target{0, connection->peer()};
    if (faults.happens(Kind::NeverAnswerUpgrade, target))
        return connection->hold();
    if (const FaultPlan::Fault *fault = faults.find(Kind::RefuseUpgradeStatus, target)) {
        return refuseUpgrade(connection, *api,
                             ServiceError::http(fault->value, u"UnauthorizedException"_s,
                                                u"Refused by the fault plan."_s));
    }
    const QByteArray ticket = QByteArray::number(++m_lastTicket);
    QTcpSocket *socket = connection->release();
    // Qt would read the first frames before anybody listens to its WebSocket.
    const QByteArray early = socket->readAll();
    putBack(
        socket,
        WebSocketUpgrade::head(request, ticket, faults.happens(Kind::OtherSubprotocol, target)));
    m_upgrades.insert(ticket, {api, request, socket, early});
    connect(socket, &QObject::destroyed, this, [this, ticket] { m_upgrades.remove(ticket); });
    m_webSockets.handleConnection(socket);
}

void FrontDoor::onWebSocket()
{
    while (QWebSocket *socket = m_webSockets.nextPendingConnection()) {
        const QByteArray ticket = socket->request().rawHeader(WebSocketUpgrade::kTicketHeader);
        const Upgrade upgrade = m_upgrades.take(ticket);
        if (!upgrade.api) { // it was deleted meanwhile
            socket->abort();
            socket->deleteLater();
            continue;
        }
        if (upgrade.request.isGraphQl())
            m_apis.graphQl().openSession(socket, upgrade.socket, ticket.toULongLong(),
                                         upgrade.request);
        else
            upgrade.api->openSession(socket, upgrade.socket, ticket.toULongLong(), upgrade.request);
        if (upgrade.socket && !upgrade.early.isEmpty()) {
            putBack(upgrade.socket, upgrade.early);
            Q_EMIT upgrade.socket->readyRead();
        }
    }
}

bool FrontDoor::isBusy() const
{
    const auto connections = findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly);
    return std::any_of(connections.begin(), connections.end(),
                       [](const HttpConnection *connection) { return connection->isBusy(); });
}

void FrontDoor::dropConnections()
{
    const auto connections = findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly);
    for (HttpConnection *connection : connections)
        connection->abort();
}

} // namespace AppSync::Emulation
