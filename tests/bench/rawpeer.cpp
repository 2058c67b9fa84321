// SPDX-License-Identifier: Apache-2.0
#include "rawpeer.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTextStream>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Bench {

QSslConfiguration Peer::tls() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!certificate.isEmpty())
        configuration.setCaCertificates(QSslCertificate::fromPath(certificate));
    return configuration;
}

std::unique_ptr<QTcpSocket> openRaw(const Peer &peer, QIODevice::OpenMode mode)
{
    std::unique_ptr<QTcpSocket> socket;
    if (peer.certificate.isEmpty()) {
        socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, peer.port, mode);
        socket->waitForConnected();
    } else {
        auto encrypted = std::make_unique<QSslSocket>();
        encrypted->setSslConfiguration(peer.tls());
        encrypted->connectToHostEncrypted(u"127.0.0.1"_s, peer.port);
        encrypted->waitForEncrypted();
        socket = std::move(encrypted);
    }
    socket->write("GET /event/realtime HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                  "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    QByteArray head;
    while (!head.endsWith("\r\n\r\n")
           && (socket->bytesAvailable() > 0 || socket->waitForReadyRead()))
        head += socket->read(1);
    return socket;
}

void sendRaw(QTcpSocket &socket, const QByteArray &text)
{
    QByteArray bytes("\x81");
    if (text.size() < 126) {
        bytes += char(0x80 | text.size());
    } else {
        bytes += char(0x80 | 126);
        bytes += char(text.size() >> 8);
        bytes += char(text.size() & 0xff);
    }
    socket.write(bytes + QByteArray(4, '\0') + text); // masked with nothing
}

void takeFrames(QTcpSocket &socket, const std::function<bool(QByteArrayView)> &onFrame)
{
    QByteArray buffer(256 * 1024, Qt::Uninitialized);
    qsizetype filled = 0;
    while (true) {
        const qint64 got = socket.read(buffer.data() + filled, buffer.size() - filled);
        if (got < 0 || (got == 0 && !socket.waitForReadyRead()))
            return;
        filled += got;
        const auto *bytes = reinterpret_cast<const uchar *>(buffer.constData());
        qsizetype at = 0;
        while (filled - at >= 4) {
            qsizetype size = bytes[at + 1] & 0x7f;
            qsizetype begin = 2;
            if (size == 126) {
                size = (bytes[at + 2] << 8) | bytes[at + 3];
                begin = 4;
            }
            if (filled - at < begin + size)
                break;
            if (!onFrame(QByteArrayView(buffer).sliced(at + begin, size)))
                return;
            at += begin + size;
        }
        std::memmove(buffer.data(), buffer.constData() + at, size_t(filled - at));
        filled -= at;
    }
}

QByteArray subscribeMessage(int number)
{
    const QByteArray n = QByteArray::number(number);
    return R"({"type":"subscribe","id":"sub-)" + n + R"(","channel":"/default/)" + n + R"("})";
}

void print(const QJsonObject &result)
{
    QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Compact) << Qt::endl;
}

} // namespace Bench
