// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/graphqlcheck.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

using AppSync::Error;
using AppSync::GraphQlReply;

namespace {

const QString kQuery = u"{ __typename }"_s;
// Enough to see whether the API tells anything, and small however large the schema is.
const QString kIntrospection =
    u"{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }"_s;

QList<DoctorStep::Fact> factsOf(const QString &document, const GraphQlReply &reply)
{
    QList<DoctorStep::Fact> facts{{u"sent"_s, {document}}};
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            facts << DoctorStep::Fact{name, {value}};
    };
    add(u"status"_s, reply.httpStatus() > 0 ? QString::number(reply.httpStatus()) : QString());
    add(u"requestId"_s, reply.requestId());
    add(u"answer"_s, reply.result().text());
    return facts;
}

//! `query Query, mutation Mutation`
QString rootTypes(const QJsonObject &schema)
{
    QStringList texts;
    for (const QString &kind : {u"query"_s, u"mutation"_s, u"subscription"_s}) {
        const QString type = schema[kind + u"Type"_s][u"name"].toString();
        if (!type.isEmpty())
            texts << kind + u' ' + type;
    }
    return texts.join(u", "_s);
}

} // namespace

GraphQlCheck::GraphQlCheck(AppSync::GraphQlClient *client, std::chrono::milliseconds timeout,
                           QObject *parent)
    : ServiceCheck(client, timeout, parent), m_client(client)
{
}

AppSync::Authorizer *GraphQlCheck::authorizerOf(Operation operation) const
{
    switch (operation) {
    case Operation::Connect:
        return m_client->connectAuthorizer();
    case Operation::Subscribe:
        return m_client->subscribeAuthorizer();
    case Operation::Execute:
        return m_client->executeAuthorizer();
    case Operation::Publish: // of Events
        break;
    }
    return nullptr;
}

void GraphQlCheck::query()
{
    GraphQlReply *reply = m_client->execute(kQuery, QByteArray());
    connect(reply, &AppSync::Reply::finished, this,
            [this, reply] { Q_EMIT finished(queried(*reply)); });
}

DoctorStep GraphQlCheck::queried(const GraphQlReply &reply) const
{
    const QList<DoctorStep::Fact> facts = factsOf(kQuery, reply);
    if (reply.error().isError())
        return failed(reply, facts);
    const QString type = reply.data()[u"__typename"].toString();
    return DoctorStep::ok(tr("answered; queries begin at the type %1").arg(type), facts,
                          reply.elapsed());
}

void GraphQlCheck::introspect()
{
    GraphQlReply *reply = m_client->execute(kIntrospection, QByteArray());
    connect(reply, &AppSync::Reply::finished, this,
            [this, reply] { Q_EMIT finished(introspected(*reply)); });
}

DoctorStep GraphQlCheck::introspected(const GraphQlReply &reply) const
{
    QList<DoctorStep::Fact> facts = factsOf(kIntrospection, reply);
    const auto isAllowed = [&](bool allowed) {
        facts << DoctorStep::Fact{u"allowed"_s, {allowed ? u"true"_s : u"false"_s}};
    };
    const QJsonObject schema = reply.data()[u"__schema"].toObject();
    if (!schema.isEmpty()) {
        isAllowed(true);
        return DoctorStep::ok(tr("allowed: %1").arg(rootTypes(schema)), facts, reply.elapsed());
    }
    const QList<AppSync::GraphQlError> errors = reply.errors();
    if (errors.isEmpty()) // it did not get as far as that
        return failed(reply, facts);
    isAllowed(false);
    return DoctorStep::ok(tr("not allowed (%1); the schema is to be had from the control plane or "
                             "from its source files")
                              .arg(errors.first().toString()),
                          facts, reply.elapsed());
}

DoctorStep GraphQlCheck::failed(const GraphQlReply &reply,
                                const QList<DoctorStep::Fact> &facts) const
{
    const Error error = reply.error().isError()
        ? reply.error()
        : Error::local(Error::Kind::WrongType, tr("The answer has no data."));
    return ServiceCheck::failed(Operation::Execute, error, reply.elapsed(), facts,
                                dateOf(reply.headers()));
}

void GraphQlCheck::subscribe(const QString &document, const QByteArray &variables)
{
    auto *subscription = new AppSync::GraphQlSubscription(this);
    subscription->setDocument(document);
    subscription->setVariablesJson(variables);
    ServiceCheck::subscribe(subscription, [=, this] { subscription->setClient(m_client); });
}

} // namespace Syncscope
