// SPDX-License-Identifier: Apache-2.0
#include "httpconnection_p.h"

#include "../emulatoroptions.h"
#include "../events/limits_p.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr std::chrono::milliseconds kDrainTime{2'000};
//! A client that pipelines requests without reading the answers waits when so much lies unread.
constexpr qint64 kUnreadAnswers = 65'536;
constexpr char kTlsHandshake = 0x16; // the first byte of what a client of TLS says
constexpr QLatin1StringView kTooLarge("The body is larger than 8 MB; a publish may have 1.2 MB.");

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, std::chrono::milliseconds deadline,
                               QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_peer(u"%1:%2"_s.arg(socket->peerAddress().toString()).arg(socket->peerPort()))
    , m_deadlineAfter(deadline)
{
    socket->setParent(this);
    socket->setReadBufferSize(Limits::kMessageBytes + Limits::kRequestHeadBytes);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onReadyRead);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    m_deadline.start(m_deadlineAfter);
}

HttpConnection::~HttpConnection()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this); // its destructor emits signals
    m_socket->flush();
}

void HttpConnection::onReadyRead()
{
    switch (m_state) {
    case State::ReadingHead:
        return readHead();
    case State::ReadingBody:
        return readBody();
    case State::Waiting:
        return;
    case State::Draining:
        m_socket->readAll();
    }
}

void HttpConnection::onDeadline()
{
    if (m_state == State::Draining || (m_idle && m_socket->bytesAvailable() == 0))
        return abort();
    refuse(408, u"The request did not arrive in time."_s);
}

void HttpConnection::readHead()
{
    if (m_socket->bytesAvailable() == 0 || m_socket->bytesToWrite() > kUnreadAnswers)
        return;
    if (std::exchange(m_idle, false))
        m_deadline.start(m_deadlineAfter);
    const QByteArray start = m_socket->peek(Limits::kRequestHeadBytes);
    if (start.front() == kTlsHandshake)
        return refuse(400,
                      u"This port speaks HTTP without TLS: use http:// and ws://, or start the "
                      "local AppSync with --tls."_s);
    const qsizetype end = start.indexOf("\r\n\r\n");
    if (end < 0) {
        if (start.size() >= Limits::kRequestHeadBytes)
            refuse(431,
                   u"The request line and headers exceed 64 KB; is the token in them that long?"_s);
        return;
    }
    const auto request = HttpRequest::parse(m_socket->read(end + 4));
    if (!request)
        return refuse(400, u"The request is not HTTP/1.1."_s);
    m_request = *request;
    if (m_request.count("host") != 1)
        return refuse(400, u"The request needs exactly one Host header."_s);
    if (m_request.wantsWebSocket()) {
        m_state = State::Waiting;
        m_deadline.stop();
        Q_EMIT upgradeRequested(m_request);
        return;
    }
    startBody();
}

void HttpConnection::startBody()
{
    m_bodySize = 0;
    m_chunks.reset();
    if (!readLength())
        return;
    if (m_request.count("expect") > 0) {
        if (!m_request.listHeaderHas("expect", "100-continue"))
            return refuse(417, u"The only expectation understood is 100-continue."_s);
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    m_state = State::ReadingBody;
    m_deadline.start(m_deadlineAfter);
    readBody();
}

bool HttpConnection::readLength()
{
    const auto wrong = [this](int status, const QString &message) {
        refuse(status, message);
        return false;
    };
    const bool hasLength = m_request.count("content-length") > 0;
    if (m_request.count("transfer-encoding") > 0) {
        // With both, readers disagree where the body ends.
        if (hasLength || m_request.isHttp10)
            return wrong(400,
                         u"Transfer-Encoding goes with neither Content-Length nor HTTP/1.0."_s);
        const QList<QByteArray> encodings = m_request.listHeader("transfer-encoding");
        if (encodings.size() != 1 || encodings.first().toLower() != "chunked")
            return wrong(501, u"The only Transfer-Encoding understood is chunked."_s);
        m_chunks.emplace();
        return true;
    }
    if (!hasLength)
        return true;
    const QByteArray length = m_request.header("content-length");
    bool isNumber =
        std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    m_bodySize = isNumber ? length.toLongLong(&isNumber) : 0;
    if (!isNumber || m_request.count("content-length") > 1)
        return wrong(400, u"Content-Length is not one number."_s);
    if (m_bodySize > Limits::kMessageBytes)
        return wrong(413, kTooLarge);
    return true;
}

void HttpConnection::readBody()
{
    if (m_chunks)
        return readChunks();
    if (m_socket->bytesAvailable() < m_bodySize)
        return;
    m_request.body = m_socket->read(m_bodySize);
    handOut();
}

void HttpConnection::readChunks()
{
    switch (m_chunks->read(*m_socket)) {
    case ChunkedBody::Status::Incomplete:
        return;
    case ChunkedBody::Status::Malformed:
        return refuse(400, u"The body is not in chunks as HTTP/1.1 has them."_s);
    case ChunkedBody::Status::TooLarge:
        return refuse(413, kTooLarge);
    case ChunkedBody::Status::Complete:
        break;
    }
    m_request.body = m_chunks->take();
    handOut();
}

void HttpConnection::handOut()
{
    m_state = State::Waiting;
    m_deadline.stop();
    Q_EMIT requestReceived(m_request);
}

void HttpConnection::respond(const HttpResponse &response)
{
    Q_ASSERT(m_state == State::Waiting);
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return; // the client left while the answer was made
    const bool keepAlive = m_request.keepsAlive() && !m_request.wantsWebSocket();
    write(response, keepAlive);
    if (!keepAlive) {
        m_state = State::Draining;
        m_deadline.start(kDrainTime);
        m_socket->disconnectFromHost();
        return;
    }
    m_state = State::ReadingHead;
    m_idle = true;
    m_deadline.start(Limits::kIdleHttp);
    // The next request may be here already; not from within the handler of this one.
    QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::refuse(int status, const QString &message)
{
    const ServiceError error = ServiceError::http(status, u"BadRequestException"_s, message);
    Q_EMIT refused(error.toString());
    write(HttpResponse::problem(error, {}), false);
    // Closing now, with input unread, would reset the connection and could take the answer with it.
    m_state = State::Draining;
    m_deadline.start(kDrainTime);
    m_socket->readAll();
}

void HttpConnection::write(const HttpResponse &response, bool keepAlive)
{
    m_socket->write(response.encode(keepAlive, m_request.method != "HEAD"));
}

void HttpConnection::hold()
{
    m_deadline.stop();
}

QTcpSocket *HttpConnection::release()
{
    QTcpSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->setParent(nullptr);
    socket->setReadBufferSize(0); // else QWebSocket stalls on large frames
    deleteLater();
    return socket;
}

void HttpConnection::abort()
{
    m_socket->abort();
    deleteLater(); // a socket still in its handshake says nothing
}

} // namespace AppSync::Emulation
