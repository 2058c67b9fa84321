// SPDX-License-Identifier: Apache-2.0
#include "eventssession_p.h"

#include "channelname_p.h"
#include "eventsapi_p.h"
#include "frames_p.h"
#include "limits_p.h"

#include <QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

bool isOperationId(QStringView id)
{
    return !id.isEmpty() && id.size() <= Limits::kOperationIdLength
        && std::all_of(id.begin(), id.end(), [](QChar c) {
               return c.unicode() < 0x80
                   && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'+');
           });
}

} // namespace

EventsSession::EventsSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                             EventsApi &api)
    : Session(socket, transport, number, api), m_publishes(api.options().limits.publishesPerSecond)
{
}

EventsSession::~EventsSession()
{
    leave();
}

QByteArray EventsSession::subprotocol() const
{
    return kSubprotocol;
}

void EventsSession::authorize(const Credentials &credentials, const AuthCheck::Answer &answer) const
{
    api().auth().connect(credentials, answer);
}

QString EventsSession::ackFrame() const
{
    return Frames::connectionAck(api().options().connectionTimeout);
}

QString EventsSession::failureFrame(QStringView type, const QString &id, const ServiceError &error,
                                    const FaultPlan &forms) const
{
    return Frames::failure(type, id, error, forms);
}

QList<EmulatorConnection::Subscription> EventsSession::subscriptions() const
{
    QList<EmulatorConnection::Subscription> list;
    for (auto it = m_subscriptions.cbegin(); it != m_subscriptions.cend(); ++it) {
        if (it->isLive)
            list.append({it.key(), u'/' + *ChannelName::forSubscribe(it->channel), it->since});
    }
    return list;
}

void EventsSession::dropSubscriptions()
{
    const auto subscriptions = std::exchange(m_subscriptions, {});
    for (auto it = subscriptions.cbegin(); it != subscriptions.cend(); ++it) {
        if (it->isLive)
            api().unsubscribe(this, it.key(), it->channel);
    }
}

void EventsSession::sendData(const QString &id, const QByteArray &tail)
{
    QVarLengthArray<char, Limits::kOperationIdLength + 16> head;
    Frames::appendDataHead(head, id);
    write({head.data(), head.size()}, tail);
}

void EventsSession::handle(const QJsonObject &frame)
{
    const QString type = frame.value("type"_L1).toString();
    if (type == "connection_init"_L1)
        return onInit();
    const bool isOperation =
        type == "subscribe"_L1 || type == "unsubscribe"_L1 || type == "publish"_L1;
    if (!isOperation) {
        return fail(u"error", {}, u"frame of type \"%1\""_s.arg(type),
                    {u"UnsupportedOperation"_s,
                     u"Operation not supported through the realtime channel"_s,
                     0,
                     400,
                     {}});
    }
    const QString id = frame.value("id"_L1).toString();
    if (id.isEmpty())
        return fail(u"error", {}, type, ServiceError::badRequest(u"The frame has no id"_s));
    if (!isOperationId(id)) {
        return fail(
            QString(type + u"_error"_s), id, type,
            ServiceError::badRequest(u"An id has 1 to 128 of the characters a-z A-Z 0-9 - _ +"_s));
    }
    if (type == "subscribe"_L1)
        onSubscribe(id, frame);
    else if (type == "unsubscribe"_L1)
        onUnsubscribe(id);
    else
        onPublish(id, frame);
}

void EventsSession::onSubscribe(const QString &id, const QJsonObject &frame)
{
    const QString channel = frame.value("channel"_L1).toString();
    const QString what = u"subscribe to "_s + channel;
    const FaultTarget aim = target().on(ChannelName::forSubscribe(channel).value_or(channel));
    FaultRules &rules = api().faultRules();
    if (rules.happens(FaultPlan::Kind::NeverAnswerSubscribe, aim))
        return;
    auto error = subscribeProblem(id);
    if (!error)
        error = rules.error(FaultPlan::Kind::SubscribeError, aim, u"SubscriptionProcessingError"_s);
    const auto refuseIt = [=, this](const ServiceError &why) {
        count(EmulatorMetrics::SubscribeSuccess, why, channel);
        fail(u"subscribe_error", id, what, why, aim.channel);
    };
    if (error)
        return refuseIt(*error);
    m_subscriptions.insert(id, {channel});
    countPending(1);
    api().subscribe(this, id, channel, credentials(frame.value("authorization"_L1).toObject()),
                    [=, this](const std::optional<ServiceError> &refusal) {
                        countPending(-1);
                        if (!refusal)
                            return onSubscribed(id, channel);
                        m_subscriptions.remove(id);
                        refuseIt(*refusal);
                    });
}

void EventsSession::onSubscribed(const QString &id, const QString &channel)
{
    Subscription &subscription = m_subscriptions[id];
    subscription.isLive = true;
    subscription.since = QDateTime::currentDateTimeUtc();
    count(EmulatorMetrics::SubscribeSuccess, {}, channel);
    Q_EMIT api().connectionChanged(description());
    answer(Frames::success(u"subscribe_success", id), *ChannelName::forSubscribe(channel));
}

std::optional<ServiceError> EventsSession::subscribeProblem(const QString &id) const
{
    // The service says so too; its type and words were never captured.
    if (m_subscriptions.contains(id)) {
        return ServiceError{u"DuplicatedOperationError"_s,
                            u"Operation id %1 is already in use"_s.arg(id),
                            0,
                            400,
                            {}};
    }
    if (m_subscriptions.size() >= api().options().limits.subscriptionsPerConnection) {
        return ServiceError{u"MaxSubscriptionsReachedError"_s,
                            {},
                            0,
                            400,
                            u"%1 subscriptions are open"_s.arg(m_subscriptions.size())};
    }
    return std::nullopt;
}

void EventsSession::onUnsubscribe(const QString &id)
{
    const auto subscription = m_subscriptions.constFind(id);
    if (subscription == m_subscriptions.constEnd()) {
        api().metrics().add(EmulatorMetrics::UnsubscribeClientError);
        return fail(u"unsubscribe_error", id, u"unsubscribe"_s,
                    {u"UnknownOperationError"_s, u"Unknown operation id %1"_s.arg(id), 0, 400, {}});
    }
    if (!subscription->isLive)
        return; // the service is reported to ignore one that overtakes its subscribe
    const QString channel = m_subscriptions.take(id).channel;
    api().unsubscribe(this, id, channel);
    api().count(EmulatorMetrics::UnsubscribeSuccess, channel);
    Q_EMIT api().connectionChanged(description());
    answer(Frames::success(u"unsubscribe_success", id), *ChannelName::forSubscribe(channel));
}

void EventsSession::onPublish(const QString &id, const QJsonObject &frame)
{
    const QString channel = frame.value("channel"_L1).toString();
    const QString what = u"publish to "_s + channel;
    const FaultTarget aim = target().on(ChannelName::forPublish(channel).value_or(channel));
    if (api().faultRules().happens(FaultPlan::Kind::NeverAnswerPublish, aim))
        return;
    const auto refuseIt = [=, this](const ServiceError &why) {
        count(EmulatorMetrics::PublishSuccess, why, channel);
        fail(u"publish_error", id, what, why, aim.channel);
    };
    if (!m_publishes.take()) {
        return refuseIt(ServiceError::rateLimited(
            u"more than %1 publishes per second"_s.arg(api().options().limits.publishesPerSecond)));
    }
    const PublishPath::Request request{frame.value("channel"_L1),
                                       frame.value("events"_L1),
                                       credentials(frame.value("authorization"_L1).toObject()),
                                       PublishPath::Transport::WebSocket,
                                       {},
                                       {},
                                       target()};
    const QPointer<EventsSession> guard(this);
    countPending(1);
    api().publishPath().publish(request, [=, this](const PublishPath::Result &result) {
        if (!guard)
            return;
        countPending(-1);
        if (api().faultRules().happens(FaultPlan::Kind::DropOnPublish, aim))
            return cut();
        if (result.error)
            return refuseIt(*result.error);
        count(EmulatorMetrics::PublishSuccess, {}, channel);
        answer(Frames::publishSuccess(id, result.verdicts, api().faultRules().forms(aim)),
               aim.channel);
    });
}

} // namespace AppSync::Emulation
