// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <AppSync/ApiKeyAuthorizer>

#include <QCoreApplication>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace Qt::StringLiterals;

namespace Bench {

AppSync::EventsClient *openClient(const Peer &peer)
{
    auto *key = new AppSync::ApiKeyAuthorizer(u"da2-bench"_s, qApp);
    const QString scheme = peer.certificate.isEmpty() ? u"http"_s : u"https"_s;
    auto *client = new AppSync::EventsClient(
        AppSync::Endpoint(QUrl(u"%1://127.0.0.1:%2/event"_s.arg(scheme).arg(peer.port))), key,
        qApp);
    AppSync::NetworkSettings network;
    network.tls = peer.tls();
    client->setNetworkSettings(network);
    return client;
}

QWebSocket *openBare(const Peer &peer, int subscriptions, const std::function<void()> &onReady,
                     const std::function<void(const QString &)> &onMessage)
{
    auto *socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, qApp);
    QObject::connect(socket, &QWebSocket::connected, socket, [socket, subscriptions] {
        socket->sendTextMessage(QString::fromLatin1(kInit));
        for (int i = 0; i < subscriptions; ++i)
            socket->sendTextMessage(QString::fromLatin1(subscribeMessage(i)));
    });
    QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                     [=, answers = subscriptions + 1](const QString &text) mutable {
                         if (answers > 0) {
                             if (--answers == 0 && onReady)
                                 onReady();
                             return;
                         }
                         onMessage(text);
                     });
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"aws-appsync-event-ws"_s});
    socket->setSslConfiguration(peer.tls());
    const QString scheme = peer.certificate.isEmpty() ? u"ws"_s : u"wss"_s;
    socket->open(QUrl(u"%1://127.0.0.1:%2/event/realtime"_s.arg(scheme).arg(peer.port)), options);
    return socket;
}

} // namespace Bench
