// SPDX-License-Identifier: Apache-2.0
// A server that is faster than any client: answers the handshake and subscribes, writes pre-encoded `data`
// frames in large blocks once every subscription is there, and acknowledges publishes. One write per frame
// would cap every receiver far below what it can do. Prints its port; ends with its first connection.
//   bench_flood [--frames N] [--size BYTES] [--subscriptions N] [--certificate FILE]
#include "lib/emulator/http/certificate_p.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QtEndian>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBlockBytes = 512 * 1024;
constexpr qint64 kMostUnwritten = 2 * 1024 * 1024;

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
QByteArray takeMasked(QByteArrayView &bytes)
{
    if (bytes.size() < 6)
        return {};
    qsizetype size = bytes[1] & 0x7f;
    qsizetype at = 2;
    if (size == 126) {
        size = qFromBigEndian<quint16>(bytes.data() + 2);
        at = 4;
    }
    if (bytes.size() < at + 4 + size)
        return {};
    const QByteArrayView mask = bytes.sliced(at, 4);
    QByteArray text = bytes.sliced(at + 4, size).toByteArray();
    char *units = text.data();
    for (qsizetype i = 0; i < size; ++i)
        units[i] = char(units[i] ^ mask[i % 4]);
    bytes = bytes.sliced(at + 4 + size);
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

//! The publish's answer, without parsing what it publishes; null if \a text is no publish.
QByteArray publishSuccess(const QByteArray &text)
{
    const qsizetype key = text.indexOf(R"("id":")");
    if (key < 0 || !text.contains(R"("type":"publish")"))
        return {};
    const qsizetype begin = key + 6;
    return frame(
        R"({"type":"publish_success","id":")" + text.sliced(begin, text.indexOf('"', begin) - begin)
        + R"(","successful":[{"identifier":"c6c6ed1d-8e2f-4a5b-9a39-3f2d8a7f0b11","index":0}],"failed":[]})");
}

struct Options {
    qint64 frames = 0;
    int size = 300;
    int subscriptions = 1;
};

class Flood : public QObject {
public:
    explicit Flood(const Options &options) : m_options(options), m_left(options.frames) { }

    void serve(QTcpSocket *socket)
    {
        m_socket = socket;
        connect(m_socket, &QTcpSocket::readyRead, this, &Flood::read);
        connect(m_socket, &QTcpSocket::bytesWritten, this, &Flood::write);
        connect(m_socket, &QTcpSocket::disconnected, qApp, &QCoreApplication::quit);
        read();
    }

private:
    void read()
    {
        m_read += m_socket->readAll();
        if (!m_upgraded)
            upgrade();
        if (!m_upgraded)
            return;
        QByteArrayView rest(m_read);
        QByteArray answers;
        for (QByteArray text = takeMasked(rest); !text.isEmpty(); text = takeMasked(rest)) {
            const QByteArray published = publishSuccess(text);
            answers +=
                published.isEmpty() ? answer(QJsonDocument::fromJson(text).object()) : published;
        }
        m_read = rest.toByteArray();
        m_socket->write(answers);
        if (m_ids.size() == m_options.subscriptions && m_block.isEmpty()) {
            makeBlock();
            write();
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

    QByteArray answer(const QJsonObject &message)
    {
        const QString type = message[u"type"_s].toString();
        if (type == u"connection_init")
            return frame(R"({"type":"connection_ack","connectionTimeoutMs":300000})"_ba);
        if (type != u"subscribe")
            return {};
        m_ids << message[u"id"_s].toString().toUtf8();
        return frame(R"({"type":"subscribe_success","id":")"_ba + m_ids.last() + R"("})");
    }

    //! Frames for each subscription in turn, until it is large.
    void makeBlock()
    {
        const QByteArray event = escapedEvent(m_options.size);
        while (m_block.size() < kBlockBytes) {
            for (const QByteArray &id : std::as_const(m_ids)) {
                m_block +=
                    frame(R"({"type":"data","id":")"_ba + id + R"(","event":")" + event + R"("})");
                m_ends << m_block.size();
            }
        }
    }

    void write()
    {
        while (m_left > 0 && !m_block.isEmpty() && m_socket->bytesToWrite() < kMostUnwritten) {
            if (m_left < m_ends.size())
                m_block.truncate(m_ends[m_left - 1]);
            m_socket->write(m_block); // shared, not copied
            m_left -= m_ends.size();
        }
    }

    const Options m_options;
    qint64 m_left;
    QTcpSocket *m_socket = nullptr;
    QByteArray m_read;
    QList<QByteArray> m_ids;
    QByteArray m_block;
    QList<qsizetype> m_ends; //!< of the frames in the block
    bool m_upgraded = false;
};

//! Makes a certificate and leaves at \a path what a client must trust.
bool configureTls(QSslServer &server, const QString &path)
{
    const auto identity = AppSync::Emulation::ServerIdentity::make(QHostAddress::LocalHost);
    QFile file(path);
    if (!identity || !file.open(QIODevice::WriteOnly))
        return false;
    file.write(identity->trustAnchor());
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(identity->chain);
    configuration.setPrivateKey(identity->key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    server.setSslConfiguration(configuration);
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption frames(u"frames"_s, u"How many to send."_s, u"N"_s, u"0"_s);
    const QCommandLineOption size(u"size"_s, u"Bytes of an event."_s, u"BYTES"_s, u"300"_s);
    const QCommandLineOption subscriptions(u"subscriptions"_s, u"To wait for."_s, u"N"_s, u"1"_s);
    const QCommandLineOption certificate(u"certificate"_s,
                                         u"Speak TLS; where the certificate goes."_s, u"FILE"_s);
    parser.addOptions({frames, size, subscriptions, certificate});
    parser.process(app);

    Flood flood({parser.value(frames).toLongLong(), parser.value(size).toInt(),
                 parser.value(subscriptions).toInt()});
    QSslServer tlsServer;
    QTcpServer plainServer;
    const bool isTls = parser.isSet(certificate);
    if (isTls && !configureTls(tlsServer, parser.value(certificate)))
        return 1;
    QTcpServer &server = isTls ? tlsServer : plainServer;
    QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &flood, [&] {
        if (QTcpSocket *socket = server.nextPendingConnection())
            flood.serve(socket);
    });
    if (!server.listen(QHostAddress::LocalHost))
        return 1;
    QTextStream(stdout) << server.serverPort() << Qt::endl;
    return app.exec();
}
