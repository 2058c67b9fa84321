// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"
#include "../core/clock.h"
#include "../core/endpoint.h"
#include "../core/httpanswer.h"
#include "../core/networksettings.h"
#include "../core/retrypolicy.h"

#include <QDateTime>

#include <memory>

namespace AppSync {

class FrameTap;
struct ClientSettings;
struct Protocol;

//! One WebSocket to the realtime endpoint as a state machine: every state has one deadline, every
//! attempt a socket of its own. A client owns it; users read its state and listen to its tap.
class APPSYNC_EXPORT Connection : public QObject {
    Q_OBJECT
    Q_PROPERTY(AppSync::Connection::State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(AppSync::Error error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(AppSync::Error cause READ cause NOTIFY stateChanged FINAL)
    Q_PROPERTY(AppSync::HttpAnswer upgradeAnswer READ upgradeAnswer NOTIFY stateChanged FINAL)
    Q_PROPERTY(int attempt READ attempt NOTIFY stateChanged FINAL)
    Q_PROPERTY(QDateTime stateSince READ stateSince NOTIFY stateChanged FINAL)
    Q_PROPERTY(QDateTime nextAttemptAt READ nextAttemptAt NOTIFY stateChanged FINAL)
    Q_PROPERTY(QDateTime lastKeepAliveAt READ lastKeepAliveAt NOTIFY keepAliveReceived FINAL)

public:
    //! What it does now, and where it hangs if it does not go on.
    enum class State {
        Disconnected, //!< no socket; error() says why if it was not asked for
        Authorizing, //!< the authorizer is asked for the headers of the handshake
        Opening, //!< DNS, TCP, TLS and the WebSocket upgrade
        Handshaking, //!< connection_init was sent, the ack is awaited
        Ready, //!< operations flow
        Backoff, //!< waiting for the next attempt
    };
    Q_ENUM(State)

    //! How the request for the WebSocket carries the credentials.
    enum class Handshake {
        Subprotocol, //!< beside the protocol's own, in base64url: they show in no URL
        Query, //!< in the URL, as `header` and `payload`: for servers that read nothing else
        //! As plain headers. Only where the realtime host is the host that authorization names, since the
        //! WebSocket's own `Host` cannot be another one: domains of one's own, this machine.
        Headers,
    };
    Q_ENUM(Handshake)

    //! How long each state may last. Zero or less: for ever.
    struct Deadlines {
        std::chrono::milliseconds authorizing{30'000}; //!< until the authorizer has answered
        std::chrono::milliseconds opening{15'000}; //!< until the WebSocket is open
        std::chrono::milliseconds handshaking{15'000}; //!< until the server's ack
        std::chrono::milliseconds keepAlive{300'000}; //!< until the server's ack names its own
        std::chrono::milliseconds stableAfter{
            30'000}; //!< a Ready this long starts the retries anew
        //! After so long a second connection takes over without a gap: the service ends one after 24 h.
        std::chrono::milliseconds takeoverAfter{(23 * 60 + 50) * 60'000};
        //! For any sign of life after the computer slept, its clock was set or its network came back.
        std::chrono::milliseconds signOfLife{10'000};
    };

    ~Connection() override;

    [[nodiscard]] State state() const; //!< what it does now
    //! Why the last attempt or connection ended; none while Ready and after a close() by the user.
    [[nodiscard]] Error error() const;
    //! The first failure since the last Ready or open(): what began the trouble, while error() is the
    //! latest; none while Ready.
    [[nodiscard]] Error cause() const;
    //! What the server answered to the last upgrade that it refused; invalid if it refused none.
    [[nodiscard]] HttpAnswer upgradeAnswer() const;
    [[nodiscard]] int attempt() const; //!< retries since the last stable connection
    [[nodiscard]] QDateTime stateSince() const; //!< when the present state began, UTC
    [[nodiscard]] QDateTime nextAttemptAt() const; //!< valid in Backoff only, UTC
    [[nodiscard]] QDateTime
    lastKeepAliveAt() const; //!< the last `ka`, UTC; invalid before the first
    [[nodiscard]] QDateTime
    lastFrameAt() const; //!< the last inbound frame, UTC; invalid before the first
    [[nodiscard]] std::chrono::milliseconds
    keepAliveTimeout() const; //!< the server's, from its ack
    //! Written, and not yet taken by the operating system: what waits if the other side reads slowly. Inbound
    //! nothing waits here: a message is handed on as it is read, and what is not read waits with the sender.
    [[nodiscard]] qint64 unsentBytes() const;

Q_SIGNALS:
    //! The parameter is state(). It has no name, since QML would let it hide the property of that name.
    void stateChanged(AppSync::Connection::State);
    void keepAliveReceived(); //!< a `ka` came; any other frame proves life as well
    //! A younger connection took over from this one, which stayed Ready all the time.
    void renewed();
    //! An attempt or an established connection failed; state() already tells whether another attempt
    //! follows (Backoff, Authorizing) or not (Disconnected).
    void failed(const AppSync::Error &error);

private:
    friend class Client;
    friend class EventsClient;
    friend class Subscription;
    friend class Multiplexer;
    friend class SocketPublisher;
    friend class SubscriptionTable;
    friend class Takeover;
    class Private;
    Connection(const Protocol &protocol, const ClientSettings &settings, FrameTap &tap,
               QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace AppSync
