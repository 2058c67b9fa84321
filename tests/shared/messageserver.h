// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <QWebSocketServer>

#include <algorithm>

//! The least server of GraphQL that has messages in rooms: HTTP and WebSocket on one port, `sendMessage` to all who
//! subscribed `onMessage` with its room. It reads no document, only variables: those of the examples.
class MessageServer : public QObject {
    Q_OBJECT

public:
    explicit MessageServer(QObject *parent = nullptr)
        : QObject(parent), m_upgrades(QStringLiteral("messages"), QWebSocketServer::NonSecureMode)
    {
        m_upgrades.setSupportedSubprotocols({QStringLiteral("graphql-ws")});
        connect(&m_upgrades, &QWebSocketServer::newConnection, this, &MessageServer::greet);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection())
                receive(socket);
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    ~MessageServer() override
    {
        const auto sockets = findChildren<QWebSocket *>();
        for (QWebSocket *socket : sockets)
            socket->disconnect(this); // it says goodbye when it goes
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/graphql").arg(m_server.serverPort()));
    }
    [[nodiscard]] static QString apiKey() { return QStringLiteral("da2-messages"); }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] qsizetype subscriptions() const { return m_subscriptions.size(); }
    [[nodiscard]] bool isSubscribed(const QString &room) const
    {
        return std::any_of(m_subscriptions.begin(), m_subscriptions.end(),
                           [&](const Subscriber &subscriber) { return subscriber.room == room; });
    }
    void dropConnections()
    {
        const auto sockets = findChildren<QWebSocket *>();
        for (QWebSocket *socket : sockets)
            socket->abort();
    }
    //! As if a mutation had come.
    void publish(const QString &room, const QString &body)
    {
        const QJsonObject data{{QStringLiteral("onMessage"), message(room, body)}};
        for (const Subscriber &subscriber : std::as_const(m_subscriptions)) {
            if (subscriber.room != room)
                continue;
            send(subscriber.socket,
                 {{QStringLiteral("type"), QStringLiteral("data")},
                  {QStringLiteral("id"), subscriber.id},
                  {QStringLiteral("payload"), QJsonObject{{QStringLiteral("data"), data}}}});
        }
    }

private:
    struct Subscriber {
        QWebSocket *socket;
        QString id;
        QString room;
    };

    static QJsonObject message(const QString &room, const QString &body)
    {
        return {{QStringLiteral("id"), QStringLiteral("1")},
                {QStringLiteral("room"), room},
                {QStringLiteral("body"), body}};
    }
    static QJsonObject unauthorized()
    {
        return QJsonDocument::fromJson(
                   R"({"errors":[{"errorType":"UnauthorizedException","message":"You are not authorized to make this call.","errorCode":401}]})")
            .object();
    }
    static QByteArray textOf(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    static void send(QWebSocket *socket, const QJsonObject &frame)
    {
        socket->sendTextMessage(QString::fromUtf8(textOf(frame)));
    }

    //! The head is only looked at: whoever serves the connection reads it again.
    void receive(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray all = socket->peek(1'000'000);
            const qsizetype end = all.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            const QByteArray head = all.first(end).toLower();
            if (head.contains("upgrade: websocket")) {
                socket->disconnect();
                m_upgrades.handleConnection(socket);
                return;
            }
            const qsizetype at = head.indexOf("content-length: ") + 16;
            const qsizetype length = head.sliced(at).split('\r').first().trimmed().toLongLong();
            if (all.size() >= end + 4 + length)
                answer(socket, head, all.sliced(end + 4, length));
        });
    }

    void answer(QTcpSocket *socket, const QByteArray &head, const QByteArray &body)
    {
        const bool isAllowed = head.contains("x-api-key: " + apiKey().toLatin1());
        const QJsonObject variables =
            QJsonDocument::fromJson(body).object()[QStringLiteral("variables")].toObject();
        const QString room = QStringLiteral("lobby");
        const QString text = variables[QStringLiteral("body")].toString();
        const QJsonObject data{{QStringLiteral("sendMessage"), message(room, text)}};
        const QByteArray answer =
            textOf(isAllowed ? QJsonObject{{QStringLiteral("data"), data}} : unauthorized());
        socket->readAll();
        socket->write(
            "HTTP/1.1 " + QByteArray(isAllowed ? "200 OK" : "401 Unauthorized")
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(answer.size()) + "\r\n\r\n" + answer);
        socket->disconnectFromHost();
        if (isAllowed)
            publish(room, text);
    }

    void greet()
    {
        QWebSocket *socket = m_upgrades.nextPendingConnection();
        socket->setParent(this);
        ++m_connections;
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) {
                    onFrame(socket, QJsonDocument::fromJson(text.toUtf8()).object());
                });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_subscriptions.removeIf(
                [=](const Subscriber &subscriber) { return subscriber.socket == socket; });
            socket->deleteLater();
        });
    }

    [[nodiscard]] static bool isAllowed(QWebSocket *socket)
    {
        const QStringList offered = socket->handshakeOptions().subprotocols();
        const QByteArray header = QByteArray::fromBase64(offered.value(1).mid(7).toLatin1(),
                                                         QByteArray::Base64UrlEncoding);
        return header.contains(apiKey().toLatin1());
    }

    void onFrame(QWebSocket *socket, const QJsonObject &frame)
    {
        const QString type = frame[QStringLiteral("type")].toString();
        const QString id = frame[QStringLiteral("id")].toString();
        if (type == QStringLiteral("connection_init") && !isAllowed(socket)) {
            send(socket,
                 {{QStringLiteral("type"), QStringLiteral("connection_error")},
                  {QStringLiteral("payload"), unauthorized()}});
        } else if (type == QStringLiteral("connection_init")) {
            send(socket, {{QStringLiteral("type"), QStringLiteral("connection_ack")}});
        } else if (type == QStringLiteral("start")) {
            const QByteArray data = frame[QStringLiteral("payload")]
                                        .toObject()[QStringLiteral("data")]
                                        .toString()
                                        .toUtf8();
            const QJsonObject variables =
                QJsonDocument::fromJson(data).object()[QStringLiteral("variables")].toObject();
            m_subscriptions.append({socket, id, variables[QStringLiteral("room")].toString()});
            send(socket,
                 {{QStringLiteral("type"), QStringLiteral("start_ack")},
                  {QStringLiteral("id"), id}});
        } else if (type == QStringLiteral("stop")) {
            m_subscriptions.removeIf([&](const Subscriber &subscriber) {
                return subscriber.socket == socket && subscriber.id == id;
            });
            send(
                socket,
                {{QStringLiteral("type"), QStringLiteral("complete")}, {QStringLiteral("id"), id}});
        }
    }

    QTcpServer m_server;
    QWebSocketServer m_upgrades;
    QList<Subscriber> m_subscriptions;
    int m_connections = 0;
};
