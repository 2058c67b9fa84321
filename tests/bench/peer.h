// SPDX-License-Identifier: Apache-2.0
// What the programs of the bench have in common: where the flood is, and two ways to reach it without our
// client.
#pragma once

#include <AppSync/EventsClient>

#include <QIODevice>
#include <QString>

#include <functional>

QT_BEGIN_NAMESPACE
class QJsonObject;
class QTcpSocket;
class QWebSocket;
QT_END_NAMESPACE

namespace Bench {

//! The flood's address, as every program takes it from its command line.
struct Peer {
    quint16 port = 0;
    QString certificate; //!< PEM file to trust; empty: no TLS

    [[nodiscard]] QSslConfiguration tls() const;
};

//! A client of ours for \a peer, owned by the application.
AppSync::EventsClient *openClient(const Peer &peer);

//! A bare QWebSocket, owned by the application, that shakes hands and subscribes \a subscriptions times.
//! \a onMessage sees what follows all the answers to that; \a onReady is called before the first.
QWebSocket *openBare(const Peer &peer, int subscriptions, const std::function<void()> &onReady,
                     const std::function<void(const QString &)> &onMessage);

//! The same with nothing but a socket: less than this no client can do. It is read with takeFrames().
std::unique_ptr<QTcpSocket> openRaw(const Peer &peer, QIODevice::OpenMode mode);
void sendRaw(QTcpSocket &socket, const QByteArray &text);

//! Calls \a onFrame with the text of each frame that arrives, until it returns false.
void takeFrames(QTcpSocket &socket, const std::function<bool(QByteArrayView)> &onFrame);

constexpr auto kInit = R"({"type":"connection_init"})";
QByteArray subscribeMessage(int number);

//! One line of JSON on standard output.
void print(const QJsonObject &result);

} // namespace Bench
