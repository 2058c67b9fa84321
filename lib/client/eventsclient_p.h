// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientlog_p.h"
#include "clientsettings_p.h"
#include "connection_p.h"
#include "eventsclient.h"
#include "frametap_p.h"
#include "httppublisher_p.h"
#include "multiplexer_p.h"
#include "operationreply_p.h"
#include "takeover_p.h"

namespace AppSync {

//! The parts of a client, and what connects them.
class EventsClient::Private {
public:
    explicit Private(EventsClient *client);

    void attach(ChannelSubscription *subscription);
    void detach(ChannelSubscription *subscription);
    void start(ChannelSubscription *subscription);
    Reply *open(std::chrono::milliseconds timeout);
    void close(CloseMode mode);
    void applyEndpoint();
    //! Frames are built while somebody looks at them.
    void enableTap();
    PublishReply *publish(const QString &channel, const QList<QByteArray> &events,
                          const PublishOptions &options);

    EventsClient *const q;
    ClientSettings settings;
    QString endpointText;
    QString realtimeText;
    PublishVia publishVia = PublishVia::WebSocket;
    FrameTap tap;
    ClientLog log;
    Connection connection;
    Multiplexer multiplexer;
    Takeover takeover;
    HttpPublisher http;
    QList<ChannelSubscription *> subscriptions;
    QVariant userData;

private:
    void wire();
    void connectNow();
    void closeIfIdle();
    void settleOpens();
    //! Stops connecting if nothing else waits for the connection.
    void giveUpOpening();
    void onStateChanged(Connection::State state);
    Error check(const QString &channel, const QList<QByteArray> &events, bool fully) const;
    Error checkPlace(const QString &id) const;

    QList<QPointer<OperationReply>> m_opens; //!< waiting for Ready
    bool m_closing = false; //!< a flush waits for what is in flight
    bool m_reopen = false; //!< open() was called meanwhile
};

} // namespace AppSync
