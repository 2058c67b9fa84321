// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/graphqlreply.h"
#include "client.h"
#include "graphqlsubscription.h"

#include <optional>

namespace AppSync {

class GraphQlOptions;

//! A client of one AppSync GraphQL API: queries and mutations over HTTP, subscriptions over one WebSocket, which
//! opens with the first of them.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT GraphQlClient : public AppSync::Client {
    Q_OBJECT
    Q_PROPERTY(AppSync::Authorizer *executeAuthorizer READ executeAuthorizer WRITE
                   setExecuteAuthorizer NOTIFY authorizerChanged FINAL)

public:
    explicit GraphQlClient(QObject *parent = nullptr);
    //! \a authorizer is not owned.
    GraphQlClient(const Endpoint &endpoint, Authorizer *authorizer, QObject *parent = nullptr);
    ~GraphQlClient() override;

    //! For queries and mutations.
    [[nodiscard]] Authorizer *executeAuthorizer() const; //!< null: authorizer()
    void setExecuteAuthorizer(Authorizer *authorizer);

    //! Executes a query or a mutation. \a document is sent as it is, \a variables are the UTF-8 text of a JSON
    //! object and are sent byte for byte; empty: none. The reply is owned by the client. Without a document, or
    //! with a subscription, or with variables that are no object, it ends with InvalidInput or Encoding before
    //! anything is sent, unless options.check is false. What was sent is never sent again by itself, except with new credentials after
    //! the server refused the first.
    GraphQlReply *execute(const QString &document, const QByteArray &variables,
                          const GraphQlOptions &options);
    GraphQlReply *execute(const QString &document,
                          const QByteArray &variables); //!< with the defaults
    //! A convenience for QML: integers above 2^53 are rounded and keys sorted by then; a member that is
    //! undefined is left out. Use executeText() where that matters.
    Q_INVOKABLE AppSync::GraphQlReply *execute(const QString &document,
                                               const QJsonObject &variables = {},
                                               const QString &operationName = {});
    //! As execute(), with the JSON text of the variables.
    Q_INVOKABLE AppSync::GraphQlReply *executeText(const QString &document,
                                                   const QString &variables,
                                                   const QString &operationName = {});
    //! Asks the API for its schema: introspectionQuery().
    Q_INVOKABLE AppSync::GraphQlReply *introspect();
    //! The usual query for a whole schema. \a typeDepth is how many lists and non-nulls around a type it
    //! follows: less makes it shallower, for APIs that limit the depth of queries.
    Q_INVOKABLE static QString introspectionQuery(int typeDepth = 7);

    //! Subscribes; the result is owned by the client, delete it to unsubscribe.
    GraphQlSubscription *subscribe(const QString &document, const QByteArray &variables,
                                   Authorizer *authorizer = nullptr);
    //! A convenience for QML, as execute().
    Q_INVOKABLE AppSync::GraphQlSubscription *subscribe(const QString &document,
                                                        const QJsonObject &variables = {},
                                                        AppSync::Authorizer *authorizer = nullptr);

    //! At most so many queries and mutations wait for their answers; one more ends with LimitExceeded.
    void setMaximumExecutions(int count);
    [[nodiscard]] int maximumExecutions() const; //!< 1000 by default
    [[nodiscard]] int executions() const; //!< how many wait for their answers now

private:
    class Execution;
    std::unique_ptr<Execution> m_execution;
};

//! How one query or mutation differs from the client's defaults.
class GraphQlOptions {
public:
    QString operationName; //!< which operation of the document; empty: not sent
    Authorizer *authorizer = nullptr; //!< null: the client's execute authorizer
    //! From the call to the answer; unset: the client's operation timeout, zero: none.
    std::optional<std::chrono::milliseconds> timeout;
    Headers headers; //!< sent as well, for resolvers that read `request.headers`
    bool check = true; //!< false: send even what cannot be right, to see the server's own answer
};

} // namespace AppSync
