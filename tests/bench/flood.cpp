// SPDX-License-Identifier: Apache-2.0
// A source that is faster than any receiver: answers one upgrade, one connection_init and one subscribe,
// then writes pre-encoded `data` frames in large blocks, and closes. One write per frame would cap every
// receiver far below what it can do.
//   bench_flood FRAMES EVENT_BYTES     prints its port
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

constexpr int kFramesPerBlock = 1024;
constexpr qint64 kMostUnwritten = 8 * 1024 * 1024;

QByteArray frame(const QByteArray &text)
{
    QByteArray bytes("\x81");
    if (text.size() < 126) {
        bytes += char(text.size());
    } else {
        bytes += char(126);
        const quint16 size = qToBigEndian(quint16(text.size()));
        bytes.append(reinterpret_cast<const char *>(&size), 2);
    }
    return bytes + text;
}

//! The text of the masked client frame at the front of \a bytes, which it takes off; null if incomplete.
QByteArray takeMasked(QByteArray &bytes)
{
    if (bytes.size() < 6)
        return {};
    qsizetype size = bytes[1] & 0x7f;
    qsizetype at = 2;
    if (size == 126) {
        size = qFromBigEndian<quint16>(bytes.constData() + 2);
        at = 4;
    }
    if (bytes.size() < at + 4 + size)
        return {};
    const QByteArray mask = bytes.mid(at, 4);
    QByteArray text = bytes.mid(at + 4, size);
    for (qsizetype i = 0; i < text.size(); ++i)
        text[i] = char(text[i] ^ mask[i % 4]);
    bytes.remove(0, at + 4 + size);
    return text;
}

//! An object of \a size bytes with the usual share of quotes, as it stands escaped in a frame.
QByteArray escapedEvent(int size)
{
    QByteArray event =
        R"({"device":"truck-7","speed":61.25,"position":{"lat":52.52,"lon":13.4},"tags":["a","b"],"text":")"_ba;
    event += QByteArray(qMax(0, size - int(event.size()) - 2), 'x') + R"("})";
    return event.replace('"', "\\\"");
}

class Flood : public QObject {
    Q_OBJECT

public:
    Flood(qint64 frames, int eventBytes) : m_left(frames), m_event(escapedEvent(eventBytes))
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            connect(m_socket, &QTcpSocket::readyRead, this, &Flood::read);
            connect(m_socket, &QTcpSocket::bytesWritten, this, &Flood::write);
            connect(m_socket, &QTcpSocket::disconnected, qApp, &QCoreApplication::quit);
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

private:
    void read()
    {
        m_read += m_socket->readAll();
        if (!m_upgraded)
            upgrade();
        while (m_upgraded) {
            const QByteArray text = takeMasked(m_read);
            if (text.isEmpty())
                return;
            answer(QJsonDocument::fromJson(text).object());
        }
    }

    void upgrade()
    {
        const qsizetype end = m_read.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = m_read.left(end).toLower();
        const qsizetype at = head.indexOf("sec-websocket-key:") + 18;
        const QByteArray key = m_read.mid(at, m_read.indexOf('\r', at) - at).trimmed();
        m_read.remove(0, end + 4);
        m_socket->write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Protocol: aws-appsync-event-ws\r\nSec-WebSocket-Accept: "
            + QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                       QCryptographicHash::Sha1)
                  .toBase64()
            + "\r\n\r\n");
        m_upgraded = true;
    }

    void answer(const QJsonObject &message)
    {
        const QString type = message[u"type"_s].toString();
        const QByteArray id = message[u"id"_s].toString().toUtf8();
        if (type == u"connection_init") {
            m_socket->write(frame(R"({"type":"connection_ack","connectionTimeoutMs":300000})"_ba));
        } else if (type == u"subscribe") {
            m_socket->write(frame(R"({"type":"subscribe_success","id":")"_ba + id + R"("})"));
            m_frame =
                frame(R"({"type":"data","id":")"_ba + id + R"(","event":")" + m_event + R"("})");
            m_block = m_frame.repeated(kFramesPerBlock);
            write();
        }
    }

    void write()
    {
        while (!m_block.isEmpty() && m_left > 0 && m_socket->bytesToWrite() < kMostUnwritten) {
            if (m_left < kFramesPerBlock)
                m_block.truncate(m_left * m_frame.size());
            m_socket->write(m_block); // shared, not copied
            m_left -= kFramesPerBlock;
        }
    }

    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr;
    qint64 m_left;
    QByteArray m_event;
    QByteArray m_read;
    QByteArray m_frame;
    QByteArray m_block;
    bool m_upgraded = false;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 3)
        return 2;
    Flood flood(arguments[1].toLongLong(), arguments[2].toInt());
    QTextStream(stdout) << flood.port() << Qt::endl;
    return app.exec();
}

#include "flood.moc"
