// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"

#include "../core/upgraderequest.h"
#include "../wire/protocol_p.h"
#include "clientsettings_p.h"
#include "frametap_p.h"

#include <QStringList>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync {

class HandshakeProbe;

//! The state machine. One function changes the state, one socket, one timer; answers that come late are
//! told by the generation that asked.
class Connection::Private {
public:
    Private(Connection *connection, const Protocol &protocol, const ClientSettings &settings,
            FrameTap &tap);
    ~Private();

    void setClock(Clock *clock);
    void setMonitor(SystemMonitor *monitor);
    //! How the upgrade goes out with \a headers of the authorizer; masked for people.
    [[nodiscard]] UpgradeRequest upgradeRequest(const Headers &headers, bool isMasked) const;
    void open();
    //! Swaps sockets with \a other, both Ready. False if either is ending just now.
    bool adopt(Private &other);
    //! Ends it on purpose, with a close frame where there is a socket.
    void close();
    //! Sends one frame; \a masked is what the tap shows. False if there is no open socket.
    bool send(const QByteArray &frame, QStringView type, QStringView id, const QByteArray &masked);

    [[nodiscard]] qint64 unsentBytes() const;
    [[nodiscard]] bool isTapped() const { return m_tap.isEnabled(); }

    // Set by the owner.
    std::function<void(const Incoming &message, const QString &text, qint64 seq)> onMessage;
    std::function<void()> onReady;
    //! The connection is gone; \a willRetry tells whether another attempt follows.
    std::function<void(const Error &error, bool willRetry)> onLost;
    std::function<void(const Error &error)> onProblem; //!< something odd that ends nothing

    Connection *const q;
    const ClientSettings &settings;
    State state = State::Disconnected;
    Error error;
    Error cause;
    HttpAnswer upgradeAnswer;
    int attempt = 0;
    qint64 stateSinceMs = 0;
    qint64 nextAttemptMs = 0;
    qint64 lastKeepAliveMs = 0;
    qint64 lastFrameMs = 0;
    std::chrono::milliseconds keepAliveTimeout{0};

private:
    //! Stands on the stack while a signal of the socket is handled: a slot may delete the client, and a
    //! socket must not be deleted inside its own signal.
    struct SocketSignal {
        explicit SocketSignal(Private *its);
        ~SocketSignal();
        Q_DISABLE_COPY_MOVE(SocketSignal)
        Private *handler; //!< null once it was deleted
        SocketSignal *outer;
    };

    void enter(State next);
    void act();
    void authorize();
    void openSocket(const Headers &headers);
    void watch(QWebSocket *opened);
    void handshake();
    void becomeReady();
    void onTimer();
    void noteInbound();
    void onText(const QString &text);
    void onBinary(const QByteArray &data);
    void onSocketEnded();
    void probe(const Error &refusal);
    void onTimeJumped();
    void askForSignOfLife();
    void fail(const Error &why);
    State stateAfter(const Error &why);
    //! Whether \a why says that there is nothing at the path of GraphQL's WebSockets, and another one is left.
    bool turnToOtherPath(const Error &why);
    void dropSocket();
    void sayGoodbye();
    void startTimer(std::chrono::milliseconds delay);
    std::chrono::milliseconds silenceLeft() const;

    const Protocol &m_protocol;
    FrameTap &m_tap;
    ClockTimer *m_timer = nullptr;
    QWebSocket *m_socket = nullptr;
    SocketSignal *m_socketSignal = nullptr;
    QPointer<SystemMonitor> m_monitor;
    HandshakeProbe *m_probe = nullptr; //!< asks why the upgrade was refused, in Opening
    Error m_refusal; //!< what is known of that without the probe
    UpgradeRequest m_upgrade;
    QUrl m_absent; //!< the realtime URL that the server does not know; empty: none
    QString m_lastErrorWords; //!< of an `error` frame that the server may close the socket after
    std::optional<std::chrono::nanoseconds> m_pingAt; //!< a sign of life is due since then
    QStringList m_tlsProblems;
    quint64 m_generation = 0;
    std::chrono::nanoseconds m_readySince{0};
    std::chrono::nanoseconds m_lastInbound{0};
    bool m_inboundNoted = false; //!< in this turn of the event loop
    std::chrono::milliseconds m_backoffDelay{0};
    bool m_credentialsRenewed = false;
    bool m_endNoted = false;
};

} // namespace AppSync
