// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "../access/credentials_p.h"
#include "../serviceerror_p.h"
#include "outlet_p.h"
#include "publishpath_p.h"
#include "ratelimit_p.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

namespace AppSync::Emulation {

class EventsApi;
struct HttpRequest;

//! One WebSocket of a client, from the accepted upgrade to its end.
class Session : public QObject {
    Q_OBJECT

public:
    Session(QWebSocket *socket, QTcpSocket *transport, EventsApi &api);
    ~Session() override;

    //! Judges the credentials of the upgrade \a request and serves the client or tells it why not.
    void start(const HttpRequest &request);
    //! Answers `connection_error` and closes soon after.
    void refuse(const ServiceError &error);

    void send(const QString &frame);
    //! A `data` frame of the subscription \a id that ends in \a tail: see Frames::dataTail().
    void sendData(const QString &id, const QByteArray &tail);
    //! Gives the system what was sent: see EventsApi::flushSoon().
    void flush();
    void sendKeepAlive();
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);
    //! Ends the TCP connection without a close frame.
    void cut();

private:
    enum class State {
        Judged, //!< whether it may connect is not known yet; what it sends meanwhile waits
        Open,
        Refused, //!< connection_error was sent; nothing else is answered
        Closing, //!< the close frame was sent
        Closed,
    };

    void onText(const QString &text);
    void onBinary();
    void onClosed();
    void onEnd();
    void leave();
    void handleText(const QString &text);
    void handle(const QJsonObject &frame);
    void onInit();
    void onSubscribe(const QString &id, const QJsonObject &frame);
    void onUnsubscribe(const QString &id);
    [[nodiscard]] Credentials credentials(const QJsonObject &frame) const;
    void onPublish(const QString &id, const QJsonObject &frame);
    void checkHandshake(const HttpRequest &request, const AuthCheck::Answer &answer) const;
    void open();
    [[nodiscard]] std::optional<ServiceError> subscribeProblem(const QString &id) const;
    void fail(QStringView type, const QString &id, const QString &what, const ServiceError &error);
    void dropIfNotReading();
    void write(QByteArrayView head, QByteArrayView tail);
    void cutInside(const QByteArray &text);
    void leaveOutlet();
    void stopReading();

    EventsApi &m_api;
    QWebSocket *m_socket;
    QPointer<QTcpSocket> m_transport;
    Outlet m_outlet;
    QString m_peer; //!< for the log
    struct Subscription {
        QString channel; //!< as the client wrote it
        bool isLive = false; //!< false: the authorizer has not answered yet
    };
    QHash<QString, Subscription> m_subscriptions; //!< by id
    QStringList m_early; //!< what came while this was judged
    QTimer m_keepAlive;
    QTimer
        m_end; //!< open: the greatest age; refused: the time to read why; closing: the time to leave
    RateLimit m_publishes;
    int m_framesSent = 0;
    bool m_isHandling = false; //!< a frame of the client
    bool m_isToFlush = false;
    State m_state = State::Judged;
};

} // namespace AppSync::Emulation
