// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "../access/credentials_p.h"
#include "../metrics/emulatorconnection.h"
#include "../serviceerror_p.h"
#include "faultrules_p.h"
#include "outlet_p.h"
#include "publishpath_p.h"
#include "ratelimit_p.h"

#include <QElapsedTimer>
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
    //! \a number: unique among those of the emulator.
    Session(QWebSocket *socket, QTcpSocket *transport, quint64 number, EventsApi &api);
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
    //! The same, \a delay later.
    void sendLater(const QByteArray &frame, std::chrono::milliseconds delay);
    void sendKeepAlive();
    //! Suffers what the fault plan has for an open connection by now.
    void suffer();
    //! Operations that were not answered yet.
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    [[nodiscard]] EmulatorConnection description() const;
    [[nodiscard]] const FaultTarget &target() const { return m_target; }
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
    void open(const HttpRequest &request, const Caller &caller);
    [[nodiscard]] std::optional<ServiceError> subscribeProblem(const QString &id) const;
    void onSubscribed(const QString &id, const QString &channel);
    void answer(const QString &frame, const QString &channel);
    void fail(QStringView type, const QString &id, const QString &what, const ServiceError &error,
              const QString &channel = {});
    void count(EmulatorMetrics::Counter success, const std::optional<ServiceError> &error,
               const QString &channel);
    void sendAck();
    void dropIfNotReading();
    void write(QByteArrayView head, QByteArrayView tail);
    void append(QByteArrayView head, QByteArrayView tail);
    void writeCounted(QByteArrayView head, QByteArrayView tail);
    void drop(qint64 waiting);
    void cutInside(const QByteArray &text);
    void leaveOutlet();
    void goSilent();
    void countEnd();

    EventsApi &m_api;
    QWebSocket *m_socket;
    QPointer<QTcpSocket> m_transport;
    Outlet m_outlet;
    QString m_peer; //!< for the log
    struct Subscription {
        QString channel; //!< as the client wrote it
        bool isLive = false; //!< false: the authorizer has not answered yet
        QDateTime since = {}; //!< it is live
    };
    QHash<QString, Subscription> m_subscriptions; //!< by id
    QStringList m_early; //!< what came while this was judged
    QTimer m_keepAlive;
    QTimer
        m_end; //!< open: the greatest age; refused: the time to read why; closing: the time to leave
    RateLimit m_publishes;
    bool m_isHandling = false; //!< a frame of the client
    bool m_isToFlush = false;
    QByteArray m_path; //!< of the endpoint as the client knows it
    FaultTarget m_target;
    EmulatorConnection m_seen; //!< all but its subscriptions
    QElapsedTimer m_age; //!< since it was let in
    int m_pending = 0; //!< operations that wait for whoever judges them
    qint64 m_delayedBytes = 0; //!< of frames that sendLater() holds
    bool m_isSilent = false; //!< a fault: it only seems to be there
    bool m_saidGoodbye = false; //!< a close frame was sent or received
    bool m_isCut = false; //!< by us
    bool m_isDropped = false; //!< since it did not read
    State m_state = State::Judged;
};

} // namespace AppSync::Emulation
