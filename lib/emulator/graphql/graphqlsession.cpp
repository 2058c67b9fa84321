// SPDX-License-Identifier: Apache-2.0
#include "graphqlsession_p.h"

#include "../events/eventsapi_p.h"
#include "../events/frames_p.h"
#include "../events/limits_p.h"
#include "../http/httprequest_p.h"
#include "graphqlapi_p.h"
#include "graphqlframes_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! What the service says of whatever it does not take for an operation that it knows.
ServiceError unknownOperation(const QString &reason)
{
    return {u"UnsupportedOperation"_s, u"unknown not supported through the realtime channel"_s, 0,
            400, reason};
}

} // namespace

GraphQlSession::GraphQlSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                               GraphQlApi &graphQl)
    : Session(socket, transport, number, graphQl.host()), m_graphQl(graphQl)
{
}

GraphQlSession::~GraphQlSession()
{
    leave();
}

QByteArray GraphQlSession::subprotocol() const
{
    return kOtherSubprotocol;
}

void GraphQlSession::authorize(const Credentials &credentials,
                               const AuthCheck::Answer &answer) const
{
    m_graphQl.connectClient(credentials, answer);
}

//! `?header=…`, in base64 of either alphabet, as clients wrote it before the subprotocol was introduced.
QByteArray GraphQlSession::otherCredentials(const HttpRequest &request) const
{
    for (const QByteArray &item : request.query.split('&')) {
        if (!item.startsWith("header="))
            continue;
        QByteArray base64 = QByteArray::fromPercentEncoding(item.sliced(7));
        base64.replace('+', '-').replace('/', '_').replace(' ', '-');
        while (base64.endsWith('='))
            base64.chop(1);
        return "header-" + base64;
    }
    return {};
}

ServiceError GraphQlSession::unreadableCredentials(const QString &reason) const
{
    return {u"BadRequestException"_s, u"Unable to read the authorization header object."_s, 400,
            400, reason};
}

QString GraphQlSession::ackFrame() const
{
    return GraphQlFrames::connectionAck(api().options().connectionTimeout);
}

QString GraphQlSession::failureFrame(QStringView type, const QString &id, const ServiceError &error,
                                     const FaultPlan &forms) const
{
    return GraphQlFrames::failure(type, id, {error}, forms);
}

QList<EmulatorConnection::Subscription> GraphQlSession::subscriptions() const
{
    QList<EmulatorConnection::Subscription> list;
    for (auto it = m_subscriptions.cbegin(); it != m_subscriptions.cend(); ++it) {
        if (it->since.isValid())
            list.append({it.key(), it->field, it->since});
    }
    return list;
}

void GraphQlSession::dropSubscriptions()
{
    const auto subscriptions = std::exchange(m_subscriptions, {});
    for (const Subscription &subscription : subscriptions)
        m_graphQl.stop(subscription.handle);
}

void GraphQlSession::sendData(const QString &id, const QByteArray &tail)
{
    write(GraphQlFrames::dataHead(id), tail);
}

void GraphQlSession::complete(const QString &id)
{
    const Subscription subscription = m_subscriptions.take(id);
    Q_EMIT api().connectionChanged(description());
    answer(GraphQlFrames::answer(u"complete", id), subscription.field);
}

void GraphQlSession::handle(const QJsonObject &frame)
{
    const QString type = frame.value("type"_L1).toString();
    if (type == "connection_init"_L1)
        return onInit();
    const QString id = frame.value("id"_L1).toString();
    if ((type != "start"_L1 && type != "stop"_L1) || id.isEmpty())
        return fail(u"error", id.isEmpty() ? QString() : id, u"frame of type \"%1\""_s.arg(type),
                    unknownOperation({}));
    if (id.size() > Limits::kOperationIdLength)
        return fail(u"error", {}, type,
                    ServiceError::badRequest(u"An id has 1 to 128 characters"_s));
    if (type == "start"_L1)
        onStart(id, frame);
    else
        onStop(id);
}

std::optional<ServiceError> GraphQlSession::startProblem(const QString &id) const
{
    if (!wasAcknowledged())
        return unknownOperation(u"start before connection_init"_s);
    if (m_subscriptions.contains(id))
        return ServiceError{u"DuplicatedOperationError"_s,
                            u"Operation id %1 is already in use"_s.arg(id),
                            0,
                            400,
                            {}};
    const int most = api().options().limits.graphQlSubscriptionsPerConnection;
    if (m_subscriptions.size() >= most)
        return ServiceError{u"MaxSubscriptionsReachedError"_s,
                            u"Max number of %1 subscriptions reached"_s.arg(most),
                            0,
                            400,
                            {}};
    return std::nullopt;
}

void GraphQlSession::onStart(const QString &id, const QJsonObject &frame)
{
    if (const auto problem = startProblem(id))
        return refuseStart(id, {}, {*problem});
    const QJsonObject payload = frame.value("payload"_L1).toObject();
    const QJsonValue data = payload.value("data"_L1);
    if (!data.isString())
        return refuseStart(id, {}, {unknownOperation(u"payload.data is not a string"_s)});
    const QJsonObject authorization =
        payload.value("extensions"_L1).toObject().value("authorization"_L1).toObject();
    FaultRules &rules = api().faultRules();
    const GraphQlApi::StartRequest request{data.toString(), credentials(authorization)};
    const QString field = m_graphQl.subscriptionField(request.data);
    if (rules.happens(FaultPlan::Kind::NeverAnswerSubscribe, target().on(field)))
        return;
    if (const auto error = rules.error(FaultPlan::Kind::SubscribeError, target().on(field),
                                       u"InternalFailureException"_s))
        return refuseStart(id, field, {*error});
    const quint64 number = ++m_lastNumber;
    m_subscriptions.insert(id, {number, field});
    countPending(1);
    m_graphQl.start(this, id, request, [=, this](const GraphQlApi::StartAnswer &said) {
        countPending(-1);
        const bool isStopped = m_subscriptions.value(id).number != number;
        if (isStopped && said.errors.isEmpty())
            return m_graphQl.stop(said.handle);
        if (isStopped)
            return;
        if (said.errors.isEmpty())
            return onStarted(id, field, said.handle);
        m_subscriptions.remove(id);
        refuseStart(id, field, said.errors);
    });
}

void GraphQlSession::onStarted(const QString &id, const QString &field, quint64 handle)
{
    m_subscriptions[id].handle = handle;
    m_subscriptions[id].since = QDateTime::currentDateTimeUtc();
    count(EmulatorMetrics::SubscribeSuccess, {}, {});
    Q_EMIT api().connectionChanged(description());
    answer(GraphQlFrames::answer(u"start_ack", id), field);
}

void GraphQlSession::refuseStart(const QString &id, const QString &field,
                                 const QList<ServiceError> &errors)
{
    count(EmulatorMetrics::SubscribeSuccess, errors.first(), {});
    const QString what = field.isEmpty() ? u"start"_s : u"start of "_s + field;
    for (const ServiceError &error : errors)
        api().report(what, peer(), error.toString());
    const FaultPlan &forms = api().faultRules().forms(target().on(field));
    answer(GraphQlFrames::failure(u"error", id, errors, forms), field);
}

void GraphQlSession::onStop(const QString &id)
{
    const auto subscription = m_subscriptions.constFind(id);
    if (subscription == m_subscriptions.constEnd()) {
        api().metrics().add(EmulatorMetrics::UnsubscribeClientError);
        return fail(u"error", id, u"stop"_s,
                    {u"UnknownOperationError"_s, u"Unknown operation id %1"_s.arg(id), 0, 400, {}});
    }
    if (subscription->since.isValid())
        m_graphQl.stop(subscription->handle);
    api().metrics().add(EmulatorMetrics::UnsubscribeSuccess);
    complete(id);
}

} // namespace AppSync::Emulation
