// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httprequest_p.h"
#include "httproutes_p.h"
#include "originpolicy_p.h"

#include <QHash>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>
#include <QWebSocketServer>

#include <optional>

namespace AppSync::Emulation {

class Apis;
class EventsApi;
class HttpConnection;
struct ServerIdentity;

//! The one port: accepts TCP or TLS, keeps strangers out, and sends WebSockets one way and HTTP the other.
class FrontDoor : public QTcpServer {
    Q_OBJECT

public:
    FrontDoor(Apis &apis, QObject *parent);

    ~FrontDoor() override;

    void setTls(const ServerIdentity &identity);
    //! Takes a connected \a socket over, as if it had come through the port.
    void serve(QTcpSocket *socket);
    //! Lets \a route answer what nothing else does, before that is called unknown.
    void setControl(const HttpRoutes::ControlRoute &route) { m_routes.setControl(route); }
    //! Requests that were not answered yet.
    [[nodiscard]] bool isBusy() const;
    //! Ends every connection that is not a WebSocket yet.
    void dropConnections();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Upgrade {
        QPointer<EventsApi> api;
        HttpRequest request;
        QPointer<QTcpSocket> socket;
        QByteArray early; //!< frames of a client that did not wait for the answer
    };

    void waitForDescriptors();
    void acceptAgain();
    void watchTls(class QSslSocket *socket);
    void onRequest(HttpConnection *connection, HttpRequest request);
    void onUpgrade(HttpConnection *connection, HttpRequest request);
    void onWebSocket();
    //! Why a request comes from a place that we do not serve.
    [[nodiscard]] std::optional<ServiceError> strangerProblem(const HttpRequest &request) const;
    void refuse(HttpConnection *connection, EventsApi &api, const QString &what,
                const ServiceError &error);
    void refuseUpgrade(HttpConnection *connection, EventsApi &api, const ServiceError &error);

    Apis &m_apis;
    EventsApi &m_first; //!< for what no API is named yet
    HttpRoutes m_routes;
    OriginPolicy m_policy;
    QWebSocketServer m_webSockets;
    std::optional<QSslConfiguration> m_tls;
    QHash<QByteArray, Upgrade> m_upgrades; //!< by ticket, until Qt has shaken hands
    quint64 m_lastTicket = 0;
    QTimer m_retry; //!< active while no connections are accepted
};

} // namespace AppSync::Emulation
