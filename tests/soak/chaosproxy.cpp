// SPDX-License-Identifier: Apache-2.0
#include "chaosproxy.h"

#include <QPointer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct ChaosProxy::Pipe : public QObject {
    explicit Pipe(QObject *parent) : QObject(parent) { }
    QTcpSocket *client = nullptr;
    QTcpSocket *server = nullptr;
    QTimer hold; //!< while it runs, nothing is forwarded
    bool isSilent = false; //!< for ever
};

namespace {

constexpr auto kShortestPeace = 400; // ms
constexpr auto kLongestPeace = 4000;

} // namespace

ChaosProxy::ChaosProxy(quint16 target, quint32 seed, QObject *parent)
    : QObject(parent), m_target(target), m_random(seed)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ChaosProxy::accept);
    m_server.listen(QHostAddress::LocalHost);
    m_mischief.setSingleShot(true);
    connect(&m_mischief, &QTimer::timeout, this, &ChaosProxy::misbehave);
    m_mischief.start(kLongestPeace);
}

void ChaosProxy::calmDown()
{
    m_mischief.stop();
    for (Pipe *pipe : std::as_const(m_pipes)) {
        if (pipe->isSilent)
            close(pipe);
    }
}

void ChaosProxy::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        auto *pipe = new Pipe(this);
        pipe->client = socket;
        socket->setParent(pipe);
        pipe->server = new QTcpSocket(pipe);
        pipe->hold.setSingleShot(true);
        m_pipes.append(pipe);
        const auto forwardBoth = [this, pipe] {
            forward(pipe, pipe->client, pipe->server);
            forward(pipe, pipe->server, pipe->client);
        };
        connect(socket, &QTcpSocket::readyRead, pipe, forwardBoth);
        connect(pipe->server, &QTcpSocket::readyRead, pipe, forwardBoth);
        connect(pipe->server, &QTcpSocket::connected, pipe, forwardBoth);
        connect(&pipe->hold, &QTimer::timeout, pipe, forwardBoth);
        connect(socket, &QTcpSocket::disconnected, pipe, [this, pipe] { close(pipe); });
        connect(pipe->server, &QTcpSocket::disconnected, pipe, [this, pipe] {
            if (!pipe->isSilent) // else nobody hears of it
                close(pipe);
        });
        // A later connection may overtake this one.
        QTimer::singleShot(below(300), pipe, [this, pipe] { connectOnwards(pipe); });
    }
}

void ChaosProxy::connectOnwards(Pipe *pipe) const
{
    pipe->server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

void ChaosProxy::forward(Pipe *pipe, QTcpSocket *from, QTcpSocket *to)
{
    const bool canForward =
        !pipe->isSilent && !pipe->hold.isActive() && to->state() == QAbstractSocket::ConnectedState;
    if (canForward && from->bytesAvailable() > 0)
        to->write(from->readAll());
}

void ChaosProxy::misbehave()
{
    m_mischief.start(kShortestPeace + below(kLongestPeace - kShortestPeace));
    if (m_pipes.isEmpty())
        return;
    Pipe *pipe = m_pipes[below(int(m_pipes.size()))];
    switch (below(4)) {
    case 0:
    case 1: {
        const int ms = 20 + below(700);
        pipe->hold.start(ms);
        Q_EMIT misbehaved(u"delays for %1 ms"_s.arg(ms));
        break;
    }
    case 2:
        Q_EMIT misbehaved(u"cuts a connection"_s);
        close(pipe);
        break;
    default:
        if (!pipe->isSilent)
            Q_EMIT misbehaved(u"goes silent"_s);
        pipe->isSilent = true;
    }
}

void ChaosProxy::close(Pipe *pipe)
{
    if (!m_pipes.removeOne(pipe))
        return;
    pipe->client->disconnect(pipe);
    pipe->server->disconnect(pipe);
    pipe->client->abort();
    pipe->server->abort();
    pipe->deleteLater();
}
