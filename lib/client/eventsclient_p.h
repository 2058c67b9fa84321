// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client_p.h"
#include "eventsclient.h"
#include "httppublisher_p.h"

namespace AppSync {

//! What a client of Events has beside the parts of every client.
class EventsClient::Publishing {
public:
    Publishing(EventsClient *client, Client::Private &common);

    PublishReply *publish(const QString &channel, const QList<QByteArray> &events,
                          const PublishOptions &options);

    PublishVia via = PublishVia::WebSocket;
    HttpPublisher http;

private:
    Error check(const QString &channel, const QList<QByteArray> &events, bool fully) const;
    Error checkPlace(const QString &id) const;

    EventsClient *const m_client;
    Client::Private &m_common;
};

} // namespace AppSync
