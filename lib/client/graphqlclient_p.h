// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client_p.h"
#include "graphqlclient.h"
#include "graphqlexecution_p.h"

namespace AppSync {

//! What a client of GraphQL has beside the parts of every client.
class GraphQlClient::Execution {
public:
    Execution(GraphQlClient *client, Client::Private &common);

    GraphQlReply *execute(const QString &document, const QByteArray &variables,
                          const GraphQlOptions &options);
    [[nodiscard]] int count();

private:
    void failAll(const Error &error);
    [[nodiscard]] Error check(const QString &document, const QByteArray &variables,
                              const GraphQlOptions &options);

    GraphQlClient *const m_client;
    Client::Private &m_common;
    HttpTransport m_transport;
    QList<QPointer<GraphQlExecution>> m_underWay;
};

} // namespace AppSync
