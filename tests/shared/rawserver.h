// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QUrl>

//! A server that does nothing by itself: a test decides how the upgrade is answered, and writes each byte
//! of each WebSocket frame. For broken handshakes, broken frames and cut connections.
class RawServer : public QObject {
    Q_OBJECT

public:
    explicit RawServer(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            m_read.clear();
            m_headSize = 0;
            ++m_connections;
            QTcpSocket *socket = m_socket;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                if (socket == m_socket)
                    m_read += socket->readAll();
                answerByItself();
            });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QUrl url(const QString &scheme = QStringLiteral("http")) const
    {
        return QUrl(
            QStringLiteral("%1://127.0.0.1:%2/event").arg(scheme).arg(m_server.serverPort()));
    }
    [[nodiscard]] int connections() const { return m_connections; }
    void stopListening() { m_server.close(); }

    //! The request for the upgrade has arrived.
    [[nodiscard]] bool wasAsked() const { return m_read.contains("\r\n\r\n"); }
    //! Something came after the upgrade.
    [[nodiscard]] bool wasSpokenTo() const { return m_read.size() > m_headSize && m_headSize > 0; }

    //! Answers every request from now on with these bytes, and closes.
    void answerAlways(const QByteArray &answer)
    {
        m_answer = answer;
        answerByItself();
    }
    //! Answers the request at hand, and closes.
    void answerOnce(const QByteArray &answer)
    {
        write(answer);
        m_socket->disconnectFromHost();
    }
    //! As answerAlways(), whatever comes.
    void answerAnything(const QByteArray &answer)
    {
        m_answersAnything = true;
        answerAlways(answer);
    }
    //! Accepts every upgrade from now on.
    void acceptAlways(const QByteArray &subprotocol)
    {
        m_subprotocol = subprotocol;
        answerByItself();
    }

    void acceptUpgrade(const QByteArray &subprotocol = "aws-appsync-event-ws")
    {
        static const QRegularExpression key(QStringLiteral("sec-websocket-key: *(\\S+)"),
                                            QRegularExpression::CaseInsensitiveOption);
        const QByteArray asked = key.match(QString::fromLatin1(m_read)).captured(1).toLatin1();
        const QByteArray accept =
            QCryptographicHash::hash(asked + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                     QCryptographicHash::Sha1)
                .toBase64();
        m_headSize = m_read.size();
        write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: "
            + accept
            + (subprotocol.isEmpty() ? QByteArray() : "\r\nSec-WebSocket-Protocol: " + subprotocol)
            + "\r\n\r\n");
    }
    void sendText(const QByteArray &text)
    {
        QByteArray frame = QByteArray::fromHex("81");
        if (text.size() < 126) {
            frame += char(text.size());
        } else {
            frame += char(126);
            char size[2];
            qToBigEndian(quint16(text.size()), size);
            frame.append(size, 2);
        }
        write(frame + text);
    }
    void sendClose(quint16 code, const QByteArray &reason = {})
    {
        char bytes[2];
        qToBigEndian(code, bytes);
        write(QByteArray::fromHex("88") + char(2 + reason.size()) + QByteArray(bytes, 2) + reason);
        m_socket->disconnectFromHost();
    }
    //! The head of a frame of 100 bytes and ten of them, then nothing more, for ever.
    void cutInsideAFrame()
    {
        write(QByteArray::fromHex("8164") + QByteArray(10, 'x'));
        m_socket->disconnectFromHost();
    }
    //! Cuts TCP without a close frame.
    void drop() { m_socket->abort(); }

private:
    void write(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        m_socket->flush();
    }
    void answerByItself()
    {
        if (!m_socket || m_read.isEmpty() || !(wasAsked() || m_answersAnything))
            return;
        if (!m_subprotocol.isEmpty() && m_headSize == 0)
            acceptUpgrade(m_subprotocol);
        if (m_answer.isEmpty())
            return;
        write(m_answer);
        m_socket->disconnectFromHost();
        m_read.clear();
    }

    QTcpServer m_server;
    QPointer<QTcpSocket> m_socket;
    QByteArray m_read;
    QByteArray m_answer;
    QByteArray m_subprotocol;
    bool m_answersAnything = false;
    qsizetype m_headSize = 0;
    int m_connections = 0;
};
