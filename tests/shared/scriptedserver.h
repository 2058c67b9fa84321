// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <QWebSocketServer>

//! A WebSocket server that says what a test tells it to: for what no faithful server would say.
class ScriptedServer : public QObject {
    Q_OBJECT

public:
    explicit ScriptedServer(QObject *parent = nullptr)
        : QObject(parent), m_server(QStringLiteral("scripted"), QWebSocketServer::NonSecureMode)
    {
        m_server.setSupportedSubprotocols(
            {QStringLiteral("aws-appsync-event-ws"), QStringLiteral("graphql-ws")});
        connect(&m_server, &QWebSocketServer::newConnection, this, &ScriptedServer::accept);
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/event").arg(m_server.serverPort()));
    }
    [[nodiscard]] QUrl graphQlUrl() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/graphql").arg(m_server.serverPort()));
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] QStringList subprotocols() const { return m_subprotocols; }
    [[nodiscard]] QNetworkRequest upgradeRequest() const { return m_request; }
    [[nodiscard]] QStringList received() const { return m_received; }
    //! What was received of one type, parsed.
    [[nodiscard]] QList<QJsonObject> receivedOf(const QString &type) const
    {
        QList<QJsonObject> frames;
        for (const QString &text : m_received) {
            const QJsonObject frame = QJsonDocument::fromJson(text.toUtf8()).object();
            if (frame[QStringLiteral("type")].toString() == type)
                frames << frame;
        }
        return frames;
    }
    void forget() { m_received.clear(); }

    //! Which subprotocols it accepts from now on; none: it names none in its answer.
    void choose(const QStringList &subprotocols)
    {
        m_server.setSupportedSubprotocols(subprotocols);
    }
    //! Answers connection_init, subscribe and start, unsubscribe and stop by itself from now on.
    void beFriendly(int timeoutMs = 300'000)
    {
        m_friendly = true;
        m_timeoutMs = timeoutMs;
    }
    //! Answers nothing by itself any more.
    void beSilent() { m_friendly = false; }
    void send(const QString &text)
    {
        if (m_socket)
            m_socket->sendTextMessage(text);
    }
    void sendBinary(const QByteArray &data)
    {
        if (m_socket)
            m_socket->sendBinaryMessage(data);
    }
    void close(int code, const QString &reason = {})
    {
        if (m_socket)
            m_socket->close(QWebSocketProtocol::CloseCode(code), reason);
    }
    //! Cuts TCP without a close frame.
    void drop()
    {
        if (m_socket)
            m_socket->abort();
    }
    void stopListening() { m_server.close(); }

Q_SIGNALS:
    void connected();
    void disconnected(int closeCode);
    void messageReceived(const QString &text);

private:
    void accept()
    {
        QWebSocket *socket = m_server.nextPendingConnection();
        socket->setParent(this);
        m_socket = socket;
        m_subprotocols = socket->handshakeOptions().subprotocols();
        m_request = socket->request();
        ++m_connections;
        connect(socket, &QWebSocket::textMessageReceived, this, &ScriptedServer::onText);
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            socket->deleteLater();
            if (m_socket == socket)
                m_socket = nullptr;
            Q_EMIT disconnected(socket->closeCode());
        });
        Q_EMIT connected();
    }

    void onText(const QString &text)
    {
        m_received << text;
        if (m_friendly)
            answer(QJsonDocument::fromJson(text.toUtf8()).object());
        Q_EMIT messageReceived(text);
    }

    void answer(const QJsonObject &frame)
    {
        const QString type = frame[QStringLiteral("type")].toString();
        const QString id = frame[QStringLiteral("id")].toString();
        if (type == QStringLiteral("connection_init"))
            send(QString(
                     m_subprotocols.contains(QStringLiteral("graphql-ws"))
                         ? QStringLiteral(
                             R"({"type":"connection_ack","payload":{"connectionTimeoutMs":%1}})")
                         : QStringLiteral(R"({"type":"connection_ack","connectionTimeoutMs":%1})"))
                     .arg(m_timeoutMs));
        else if (type == QStringLiteral("start"))
            send(QStringLiteral(R"({"type":"start_ack","id":"%1"})").arg(id));
        else if (type == QStringLiteral("stop"))
            send(QStringLiteral(R"({"type":"complete","id":"%1"})").arg(id));
        else if (type == QStringLiteral("subscribe") || type == QStringLiteral("unsubscribe"))
            send(QStringLiteral(R"({"type":"%1_success","id":"%2"})").arg(type, id));
    }

    QWebSocketServer m_server;
    QWebSocket *m_socket = nullptr;
    QNetworkRequest m_request;
    QStringList m_subprotocols;
    QStringList m_received;
    int m_connections = 0;
    int m_timeoutMs = 300'000;
    bool m_friendly = false;
};

//! A TCP server that accepts, reads, and answers with fixed bytes, or with nothing at all.
class MuteServer : public QObject {
    Q_OBJECT

public:
    explicit MuteServer(const QByteArray &answer = {}, QObject *parent = nullptr)
        : QObject(parent), m_answer(answer)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            ++m_connections;
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                m_read += socket->readAll();
                if (!m_answer.isEmpty() && m_read.contains("\r\n\r\n")) {
                    socket->write(m_answer);
                    socket->disconnectFromHost();
                }
            });
            Q_EMIT connected();
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/event").arg(m_server.serverPort()));
    }
    [[nodiscard]] int connections() const { return m_connections; }

Q_SIGNALS:
    void connected();

private:
    QTcpServer m_server;
    QByteArray m_answer;
    QByteArray m_read;
    int m_connections = 0;
};
