// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"
#include "../core/clock.h"
#include "../core/endpoint.h"
#include "../core/networksettings.h"
#include "../core/retrypolicy.h"
#include "../core/systemmonitor.h"
#include "../wire/protocol_p.h"
#include "connection.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QRandomGenerator>

#include <functional>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

class ClientLog;

//! What the user set on a client. Owned by the client, read by its connection and its operations.
struct ClientSettings {
    Endpoint endpoint;
    QPointer<Authorizer> authorizer;
    QPointer<Authorizer> connectAuthorizer;
    QPointer<Authorizer> subscribeAuthorizer;
    QPointer<Authorizer> publishAuthorizer;
    QPointer<Authorizer> executeAuthorizer;
    Connection::Handshake handshake = Connection::Handshake::Subprotocol;
    NetworkSettings network;
    RetryPolicy retry;
    Connection::Deadlines deadlines;
    std::chrono::milliseconds operationTimeout{30'000};
    QPointer<QNetworkAccessManager> networkAccess; //!< the caller's; null: one of our own
    int publishesPerSecond = 0; //!< over the WebSocket; 0: not held back
    int maxPublishes = 1000; //!< waiting or in flight at a time
    int maxExecutions = 1000; //!< likewise: queries and mutations
    Clock *clock = Clock::system();
    ClientLog *log = nullptr; //!< never null once the client is made
    QRandomGenerator *random = QRandomGenerator::global();
    std::function<QWebSocket *()> socketFactory; //!< empty: a QWebSocket of our own

    [[nodiscard]] Authorizer *authorizerFor(SignableRequest::Operation operation) const
    {
        Authorizer *own = nullptr;
        switch (operation) {
        case SignableRequest::Operation::Connect:
            own = connectAuthorizer;
            break;
        case SignableRequest::Operation::Subscribe:
            own = subscribeAuthorizer;
            break;
        case SignableRequest::Operation::Publish:
            own = publishAuthorizer;
            break;
        case SignableRequest::Operation::Execute:
            own = executeAuthorizer;
            break;
        }
        return own ? own : authorizer.data();
    }

    [[nodiscard]] SignableRequest request(SignableRequest::Operation operation,
                                          const QString &channel, const QByteArray &body) const
    {
        SignableRequest request;
        request.operation = operation;
        request.url = endpoint.http();
        request.host = endpoint.host();
        request.region = endpoint.region();
        request.channel = channel;
        request.body = body;
        return request;
    }

    [[nodiscard]] SignableRequest connectRequest(const Protocol &protocol) const
    {
        SignableRequest connect =
            request(SignableRequest::Operation::Connect, {}, protocol.connectBody);
        connect.url.setPath(connect.url.path(QUrl::FullyEncoded) + protocol.connectPath,
                            QUrl::StrictMode);
        return connect;
    }
};

} // namespace AppSync
