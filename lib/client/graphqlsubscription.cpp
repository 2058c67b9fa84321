// SPDX-License-Identifier: Apache-2.0
#include "graphqlsubscription.h"

#include "graphqlclient.h"
#include "graphqlrequest_p.h"
#include "subscriptions_p.h"

#include <QJsonDocument>

namespace AppSync {

GraphQlSubscription::GraphQlSubscription(QObject *parent) : Subscription(parent)
{
}

GraphQlSubscription::~GraphQlSubscription() = default;

GraphQlClient *GraphQlSubscription::client() const
{
    return static_cast<GraphQlClient *>(baseClient());
}

void GraphQlSubscription::setClient(GraphQlClient *client)
{
    if (setBaseClient(client))
        Q_EMIT clientChanged();
}

void GraphQlSubscription::setDocument(const QString &document)
{
    if (m_document == document)
        return;
    m_document = document;
    scheduleRestart();
    Q_EMIT documentChanged();
}

void GraphQlSubscription::setVariablesJson(const QByteArray &json)
{
    if (m_variables == json)
        return;
    m_variables = json;
    scheduleRestart();
    Q_EMIT variablesChanged();
}

QJsonObject GraphQlSubscription::variables() const
{
    return QJsonDocument::fromJson(m_variables).object();
}

void GraphQlSubscription::setVariables(const QJsonObject &variables)
{
    setVariablesJson(variables.isEmpty() ? QByteArray()
                                         : QJsonDocument(variables).toJson(QJsonDocument::Compact));
}

void GraphQlSubscription::setOperationName(const QString &name)
{
    if (m_operationName == name)
        return;
    m_operationName = name;
    scheduleRestart();
    Q_EMIT operationNameChanged();
}

QString GraphQlSubscription::topicName() const
{
    if (m_document.isEmpty())
        return {};
    const QString name = GraphQlRequest::nameForPeople(m_document, m_operationName);
    return name.isEmpty() ? tr("an unnamed field") : name;
}

Subscription::Topic GraphQlSubscription::beginTopic()
{
    return {topicName(), GraphQlRequest::body(m_document, m_variables, m_operationName),
            GraphQlRequest::problem(m_document, m_variables)};
}

void GraphQlSubscription::deliver(const Delivery &delivery)
{
    const Incoming::Payload &payload = delivery.payloads.front(); // a message has one
    GraphQlResult result(delivery.text, payload.begin, payload.end);
    result.subscriptionId = delivery.id;
    result.frameSeq = delivery.seq;
    result.receivedAtMs = delivery.receivedAtMs;
    Q_EMIT received(result);
}

} // namespace AppSync
