// SPDX-License-Identifier: Apache-2.0
#include "graphqlclient.h"

#include "../wire/graphqlprotocol_p.h"
#include "graphqlclient_p.h"
#include "graphqlrequest_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QByteArray textOf(const QJsonObject &variables)
{
    return variables.isEmpty() ? QByteArray()
                               : QJsonDocument(variables).toJson(QJsonDocument::Compact);
}

} // namespace

GraphQlClient::GraphQlClient(QObject *parent)
    : Client(graphQlProtocol(), parent), m_execution(std::make_unique<Execution>(this, *d))
{
}

GraphQlClient::GraphQlClient(const Endpoint &endpoint, Authorizer *authorizer, QObject *parent)
    : GraphQlClient(parent)
{
    setEndpoint(endpoint);
    setAuthorizer(authorizer);
}

GraphQlClient::~GraphQlClient()
{
    endSubscriptions();
}

Authorizer *GraphQlClient::executeAuthorizer() const
{
    return d->settings.executeAuthorizer;
}

void GraphQlClient::setExecuteAuthorizer(Authorizer *authorizer)
{
    d->settings.executeAuthorizer = authorizer;
    Q_EMIT authorizerChanged();
}

GraphQlReply *GraphQlClient::execute(const QString &document, const QByteArray &variables,
                                     const GraphQlOptions &options)
{
    return m_execution->execute(document, variables, options);
}

GraphQlReply *GraphQlClient::execute(const QString &document, const QByteArray &variables)
{
    return m_execution->execute(document, variables, {});
}

GraphQlReply *GraphQlClient::execute(const QString &document, const QJsonObject &variables,
                                     const QString &operationName)
{
    GraphQlOptions options;
    options.operationName = operationName;
    return m_execution->execute(document, textOf(variables), options);
}

GraphQlReply *GraphQlClient::executeText(const QString &document, const QString &variables,
                                         const QString &operationName)
{
    GraphQlOptions options;
    options.operationName = operationName;
    return m_execution->execute(document, variables.toUtf8(), options);
}

GraphQlReply *GraphQlClient::introspect()
{
    return m_execution->execute(introspectionQuery(), {}, {});
}

QString GraphQlClient::introspectionQuery(int typeDepth)
{
    QString ofType;
    for (int depth = 0; depth < typeDepth; ++depth)
        ofType = u" ofType { kind name"_s + ofType + u" }"_s;
    return uR"(query Introspection {
  __schema {
    description
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...Type }
    directives { name description locations args(includeDeprecated: true) { ...Input } }
  }
}
fragment Type on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description isDeprecated deprecationReason
    args { ...Input }
    type { ...Reference }
  }
  inputFields { ...Input }
  interfaces { ...Reference }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...Reference }
}
fragment Input on __InputValue { name description type { ...Reference } defaultValue }
fragment Reference on __Type { kind name%1 }
)"_s.arg(ofType);
}

GraphQlSubscription *GraphQlClient::subscribe(const QString &document, const QByteArray &variables,
                                              Authorizer *authorizer)
{
    auto *subscription = new GraphQlSubscription(this);
    subscription->setAuthorizer(authorizer);
    subscription->setVariablesJson(variables);
    subscription->setDocument(document);
    subscription->setClient(this);
    return subscription;
}

GraphQlSubscription *GraphQlClient::subscribe(const QString &document, const QJsonObject &variables,
                                              Authorizer *authorizer)
{
    return subscribe(document, textOf(variables), authorizer);
}

void GraphQlClient::setMaximumExecutions(int count)
{
    d->settings.maxExecutions = count;
}

int GraphQlClient::maximumExecutions() const
{
    return d->settings.maxExecutions;
}

int GraphQlClient::executions() const
{
    return m_execution->count();
}

GraphQlClient::Execution::Execution(GraphQlClient *client, Client::Private &common)
    : m_client(client), m_common(common), m_transport(common.settings, client)
{
    common.onDiscard = [this](const Error &cancelled) { failAll(cancelled); };
}

int GraphQlClient::Execution::count()
{
    m_underWay.removeIf(
        [](const QPointer<GraphQlExecution> &each) { return !each || each->hasEnded(); });
    return int(m_underWay.size());
}

Error GraphQlClient::Execution::check(const QString &document, const QByteArray &variables,
                                      const GraphQlOptions &options)
{
    if (!m_common.settings.endpoint.isValid())
        return m_common.settings.endpoint.problem();
    if (options.check) {
        if (const Error problem = GraphQlRequest::problem(document, variables); problem.isError())
            return problem;
        if (GraphQlRequest::isSubscription(document))
            return Error::local(
                Error::Kind::InvalidInput,
                GraphQlClient::tr(
                    "The document is a subscription, which no HTTP request can carry."),
                GraphQlClient::tr("Subscribe to it; HTTP is for queries and mutations."));
    }
    if (count() >= m_common.settings.maxExecutions)
        return Error::local(
            Error::Kind::LimitExceeded,
            GraphQlClient::tr(
                "%1 operations wait for their answers already; this one was not sent.")
                .arg(m_common.settings.maxExecutions),
            GraphQlClient::tr("Wait for some of them, or raise the limit."));
    return {};
}

GraphQlReply *GraphQlClient::Execution::execute(const QString &document,
                                                const QByteArray &variables,
                                                const GraphQlOptions &options)
{
    const GraphQlExecution::Request request{
        .id = m_common.multiplexer.ids.next(u"req-"),
        .name = GraphQlRequest::nameForPeople(document, options.operationName),
        .body = GraphQlRequest::body(document, variables, options.operationName),
        .authorizer = options.authorizer,
        .headers = options.headers,
        .timeout = options.timeout.value_or(m_common.settings.operationTimeout)};
    const Error problem = check(document, variables, options);
    auto *execution =
        new GraphQlExecution(request, m_common.settings, m_common.tap, m_transport, m_client);
    if (problem.isError()) {
        execution->fail(problem);
    } else {
        m_underWay.append(execution);
        execution->startSoon();
    }
    return execution;
}

void GraphQlClient::Execution::failAll(const Error &error)
{
    const auto underWay = std::exchange(m_underWay, {});
    for (const QPointer<GraphQlExecution> &execution : underWay) {
        if (execution)
            execution->fail(error);
    }
}

} // namespace AppSync
