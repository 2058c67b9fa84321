// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"
#include "clientlog_p.h"
#include "clientsettings_p.h"
#include "connection_p.h"
#include "frametap_p.h"
#include "multiplexer_p.h"
#include "operationreply_p.h"
#include "takeover_p.h"

namespace AppSync {

//! The parts that every client has, and what connects them.
class Client::Private {
public:
    Private(Client *client, const Protocol &spoken);

    void setEndpoint(const Endpoint &endpoint);
    void attach(Subscription *subscription);
    void detach(Subscription *subscription);
    void start(Subscription *subscription);
    Reply *open(std::chrono::milliseconds timeout);
    void close(CloseMode mode);
    //! A new operation: one that goes on being closed would end it.
    void callOffClosing() { m_closing = false; }
    void applyEndpoint();
    //! Frames are built while somebody looks at them.
    void enableTap();

    //! Ends what is under way over HTTP; close() calls it where that is to be discarded.
    std::function<void(const Error &cancelled)> onDiscard;

    Client *const q;
    const Protocol &protocol;
    ClientSettings settings;
    QString endpointText;
    QString realtimeText;
    FrameTap tap;
    ClientLog log;
    Connection connection;
    Multiplexer multiplexer;
    Takeover takeover;
    QList<Subscription *> subscriptions;
    QVariant userData;

private:
    void wire();
    void connectNow();
    void closeIfIdle();
    void settleOpens();
    //! Stops connecting if nothing else waits for the connection.
    void giveUpOpening();
    void onStateChanged(Connection::State state);

    QList<QPointer<OperationReply>> m_opens; //!< waiting for Ready
    bool m_closing = false; //!< a flush waits for what is in flight
    bool m_reopen = false; //!< open() was called meanwhile
};

} // namespace AppSync
