// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "../access/credentials_p.h"
#include "../events/faultrules_p.h"
#include "../metrics/emulatorconnection.h"
#include "../metrics/metrics_p.h"
#include "../serviceerror_p.h"
#include "outlet_p.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

namespace AppSync::Emulation {

class EventsApi;
struct HttpRequest;

//! One WebSocket of a client, from the accepted upgrade to its end: who may connect, in what order frames are
//! served, keep-alives, faults, what becomes of clients that do not read. Its subclasses know the words, of
//! Events or of GraphQL.
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

protected:
    // What Events and GraphQL have each their own words for.
    [[nodiscard]] virtual QByteArray subprotocol() const = 0;
    //! Asks whether the sender of \a credentials, which came with the upgrade, may connect.
    virtual void authorize(const Credentials &credentials,
                           const AuthCheck::Answer &answer) const = 0;
    //! What the upgrade shows of credentials in the form of the `header-…` subprotocol, but in another place;
    //! empty: nothing.
    [[nodiscard]] virtual QByteArray otherCredentials(const HttpRequest &) const { return {}; }
    //! Why the upgrade is refused when credentials in it cannot be read; \a reason: for the log.
    [[nodiscard]] virtual ServiceError unreadableCredentials(const QString &reason) const
    {
        return ServiceError::notAuthorized(reason);
    }
    virtual void handle(const QJsonObject &frame) = 0;
    [[nodiscard]] virtual QString ackFrame() const = 0;
    [[nodiscard]] virtual QString failureFrame(QStringView type, const QString &id,
                                               const ServiceError &error,
                                               const FaultPlan &forms) const = 0;
    //! Those that were acknowledged.
    [[nodiscard]] virtual QList<EmulatorConnection::Subscription> subscriptions() const = 0;
    virtual void dropSubscriptions() = 0;

    //! To be called by the destructor of each subclass.
    void leave();
    void onInit();
    //! Credentials of an operation, from \a authorization in its frame.
    [[nodiscard]] Credentials credentials(const QJsonObject &authorization) const;
    //! Sends \a frame as the answer to an operation on \a channel.
    void answer(const QString &frame, const QString &channel);
    void fail(QStringView type, const QString &id, const QString &what, const ServiceError &error,
              const QString &channel = {});
    //! \a success or, after an error, the counter beside it.
    void count(EmulatorMetrics::Counter success, const std::optional<ServiceError> &error,
               const QString &channel);
    void write(QByteArrayView head, QByteArrayView tail);
    //! An operation that waits for whoever judges it; \a step is 1 or -1.
    void countPending(int step) { m_pending += step; }
    [[nodiscard]] EventsApi &api() const { return m_api; }
    [[nodiscard]] QString peer() const { return m_peer; } //!< for the log
    [[nodiscard]] bool wasAcknowledged() const { return m_wasAcknowledged; }

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
    void handleText(const QString &text);
    void checkHandshake(const HttpRequest &request, const AuthCheck::Answer &answer) const;
    void open(const HttpRequest &request, const Caller &caller);
    void sendAck();
    void dropIfNotReading();
    void append(QByteArrayView head, QByteArrayView tail);
    void writeCounted(QByteArrayView head, QByteArrayView tail);
    void drop(qint64 waiting);
    void cutInside(const QByteArray &text);
    void leaveOutlet();
    void keepForLater(const QString &text);
    void countRefusal();
    void goSilent();
    void countEnd();

    EventsApi &m_api;
    QWebSocket *m_socket;
    QPointer<QTcpSocket> m_transport;
    Outlet m_outlet;
    QString m_peer; //!< for the log
    QStringList m_early; //!< what came while this was judged
    qsizetype m_earlyCharacters = 0;
    QElapsedTimer m_refusedSince; //!< the second in which m_refused is counted
    int m_refused = 0;
    QTimer m_keepAlive;
    QTimer
        m_end; //!< open: the greatest age; refused: the time to read why; closing: the time to leave
    bool m_isHandling = false; //!< a frame of the client
    bool m_isToFlush = false;
    bool m_wasAcknowledged = false; //!< its connection_init was
    QByteArray m_path; //!< of the endpoint as the client knows it
    FaultTarget m_target;
    EmulatorConnection m_seen; //!< all but its subscriptions
    QElapsedTimer m_age; //!< since it was let in
    int m_pending = 0; //!< operations that wait for whoever judges them
    qint64 m_delayedBytes = 0; //!< of frames that sendLater() holds
    bool m_isSilent = false; //!< a fault: it only seems to be there
    bool m_saidGoodbye = false; //!< a close frame was sent or received
    bool m_isCut = false; //!< by us
    bool m_isDropped = false; //!< since it did not read, or sent rubbish only
    State m_state = State::Judged;
};

} // namespace AppSync::Emulation
