// SPDX-License-Identifier: Apache-2.0
// What the programs of the bench have in common: where the server is, and how to reach it with nothing but a
// socket.
#pragma once

#include <QIODevice>
#include <QSslConfiguration>
#include <QString>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QJsonObject;
class QTcpSocket;
QT_END_NAMESPACE

namespace Bench {

//! The server's address, as every program takes it from its command line.
struct Peer {
    quint16 port = 0;
    QString certificate; //!< PEM file to trust; empty: no TLS

    [[nodiscard]] QSslConfiguration tls() const;
};

//! A WebSocket that has shaken hands: less than this no client can do. It is read with takeFrames().
std::unique_ptr<QTcpSocket> openRaw(const Peer &peer, QIODevice::OpenMode mode);
void sendRaw(QTcpSocket &socket, const QByteArray &text);

//! Calls \a onFrame with the text of each frame that arrives, until it returns false.
void takeFrames(QTcpSocket &socket, const std::function<bool(QByteArrayView)> &onFrame);

constexpr auto kInit = R"({"type":"connection_init"})";
QByteArray subscribeMessage(int number);

//! One line of JSON on standard output.
void print(const QJsonObject &result);

} // namespace Bench
