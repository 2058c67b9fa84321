// SPDX-License-Identifier: Apache-2.0
#include "publishpath_p.h"

#include "../access/authcheck_p.h"
#include "../access/authmodename_p.h"
#include "../emulatoroptions.h"
#include "../handlers/namespacehandlers_p.h"
#include "../jsontext_p.h"
#include "../signin/signedbody_p.h"
#include "channelname_p.h"
#include "channeltree_p.h"
#include "eventssession_p.h"
#include "limits_p.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! The service calls one and the same mistake differently over WebSocket and over HTTP.
ServiceError invalidInput(PublishPath::Transport transport, QString message)
{
    const bool isHttp = transport == PublishPath::Transport::Http;
    message[0] = isHttp ? message[0].toUpper() : message[0].toLower();
    return {isHttp ? u"BadRequestException"_s : u"InvalidInputError"_s, message, 0, 400, {}};
}

//! What the service meters: each begun 5 kB counts.
int meteredUnits(qsizetype bytes)
{
    return 1 + int((bytes - 1) / Limits::kMeteredBytes);
}

} // namespace

PublishPath::PublishPath(const AuthCheck &auth, const ChannelTree &tree,
                         const EmulatorOptions &options, FaultRules &faults, Metrics &metrics)
    : m_auth(auth)
    , m_tree(tree)
    , m_faults(faults)
    , m_metrics(metrics)
    , m_limits(options.limits)
    , m_inbound(m_limits.inboundEventsPerSecond)
    , m_outbound(m_limits.outboundMessagesPerSecond)
{
}

void PublishPath::publish(const Request &request, const Answer &answer)
{
    const auto channel = ChannelName::forPublish(request.channel.toString());
    if (!channel)
        return answer({ServiceError::badRequest(u"Invalid Channel Format"_s), {}});
    const bool isFrame = request.transport == Transport::WebSocket;
    const auto body = [request, isFrame] {
        return isFrame ? SignedBody::publish(request.channel, request.events) : request.body;
    };
    m_auth.check({AuthCheck::Operation::Kind::Publish, *channel, request.credentials, body, isFrame,
                  request.query},
                 [this, request, channel, answer](const AuthCheck::Verdict &verdict) {
                     if (verdict.refusal)
                         return answer({verdict.refusal, {}});
                     FaultTarget client = request.client.on(*channel);
                     client.authType = AuthModeName::of(verdict.caller.mode);
                     client.user = verdict.caller.user();
                     if (const auto error = m_faults.error(FaultPlan::Kind::PublishError, client,
                                                           u"InternalFailureException"_s);
                         error && !verdict.caller.isOwn)
                         answer({error, {}});
                     else
                         publishAllowed(request, *channel, verdict.caller, answer);
                 });
}

void PublishPath::publishAllowed(const Request &request, const QString &channel,
                                 const Caller &caller, const Answer &answer)
{
    QStringList texts;
    Result result{checkEvents(request, &texts), {}};
    if (!result.error && !m_inbound.take(int(texts.size())))
        result.error = ServiceError::rateLimited(
            u"more than %1 events per second"_s.arg(m_limits.inboundEventsPerSecond));
    if (result.error)
        return answer(result);

    qint64 inbound = 0;
    for (const QString &text : std::as_const(texts))
        inbound += meteredUnits(JsonText::utf8Size(text));
    m_metrics.add(EmulatorMetrics::InboundMessages, ChannelName::namespaceOf(channel), inbound);
    QStringList identifiers;
    QList<NamespaceHandlers::Event> events;
    HandlerOutcome unchanged;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        identifiers.append(QUuid::createUuid().toString(QUuid::WithoutBraces));
        events.append({identifiers.last(), texts[i]});
        unchanged.events.append({i, texts[i]});
    }
    if (!m_handlers || !m_handlers->handles(ChannelName::namespaceOf(channel)))
        return publishHandled(channel, caller, identifiers, unchanged, answer);
    m_metrics.add(EmulatorMetrics::PublishedHandlerInvocations, ChannelName::namespaceOf(channel));
    m_handlers->run({channel, true, caller, request.credentials}, events,
                    [this, channel, caller, identifiers, answer](const HandlerOutcome &outcome) {
                        if (outcome.error)
                            answer({outcome.error, {}});
                        else
                            publishHandled(channel, caller, identifiers, outcome, answer);
                    });
}

//! An event that its handler dropped is none the less successful: the service only says that this is no error.
void PublishPath::publishHandled(const QString &channel, const Caller &caller,
                                 const QStringList &identifiers, const HandlerOutcome &outcome,
                                 const Answer &answer)
{
    Result result;
    for (qsizetype i = 0; i < identifiers.size(); ++i)
        result.verdicts.append({i, false, identifiers[i]});
    QStringList accepted;
    for (const HandledEvent &event : outcome.events) {
        EventVerdict &verdict = result.verdicts[event.index];
        verdict.error = event.error;
        verdict.tooLarge = JsonText::utf8Size(event.text) > m_limits.eventBytes;
        if (verdict.tooLarge)
            verdict.error =
                u"Transformed event is larger than %1KB"_s.arg(double(m_limits.eventBytes) / 1'024);
        if (verdict.isGood())
            accepted.append(event.text);
    }
    countPublished(channel, result, outcome);
    answer(result);
    if (accepted.isEmpty())
        return;
    deliver(channel, accepted);
    if (m_listener && !caller.isOwn)
        m_listener(channel, accepted);
}

//! The service's answers to an empty publish, to events that are no strings and to strings that are no
//! JSON were never captured: these take the form of its answer to six events, with words of our own.
std::optional<ServiceError> PublishPath::checkEvents(const Request &request,
                                                     QStringList *texts) const
{
    const auto invalid = [&](const QString &message) {
        return invalidInput(request.transport, message);
    };
    if (!request.events.isArray() || request.events.toArray().isEmpty())
        return invalid(
            u"events must be an array of 1 to %1 strings"_s.arg(m_limits.eventsPerPublish));
    const QJsonArray events = request.events.toArray();
    if (events.size() > m_limits.eventsPerPublish)
        return invalid(u"input exceeded %1 event limit"_s.arg(m_limits.eventsPerPublish));
    qsizetype size = 0;
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (!events.at(i).isString())
            return invalid(u"event at index %1 is not a string"_s.arg(i));
        const QString text = events.at(i).toString();
        if (!JsonText::isValue(text))
            return invalid(u"event at index %1 is not valid JSON"_s.arg(i));
        size += JsonText::utf8Size(text);
        texts->append(text);
    }
    if (size > m_limits.publishBytes)
        return invalid(
            u"input exceeded %1 MB limit"_s.arg(double(m_limits.publishBytes) / 1'024'000));
    return std::nullopt;
}

void PublishPath::countPublished(const QString &channel, const Result &result,
                                 const HandlerOutcome &outcome)
{
    const QString name = ChannelName::namespaceOf(channel);
    const auto good =
        std::count_if(outcome.events.begin(), outcome.events.end(), [&](const HandledEvent &event) {
            return result.verdicts[event.index].isGood();
        });
    const auto failed =
        std::count_if(result.verdicts.begin(), result.verdicts.end(),
                      [](const EventVerdict &verdict) { return !verdict.isGood(); });
    const auto dropped = result.verdicts.size() - good - failed;
    m_metrics.add(EmulatorMetrics::SuccessfulEvents, name, good);
    if (failed > 0)
        m_metrics.add(EmulatorMetrics::FailedEvents, name, failed);
    if (dropped > 0)
        m_metrics.add(EmulatorMetrics::DroppedEvents, name, dropped);
}

void PublishPath::deliver(const QString &channel, QStringList events)
{
    const QList<ChannelTree::Subscriber> subscribers = m_tree.subscribers(channel);
    if (subscribers.isEmpty())
        return;
    if (events.size() > 1
        && m_faults.happens(FaultPlan::Kind::ShuffleEvents, FaultTarget().on(channel)))
        std::shuffle(events.begin(), events.end(), m_faults.random());
    const bool isLimited = m_limits.outboundMessagesPerSecond > 0;
    qsizetype dropped = 0;
    for (const QString &event : std::as_const(events)) {
        const QByteArray tail = Frames::dataTail(event, m_faults.always());
        const qsizetype bytes = JsonText::utf8Size(event);
        qsizetype delivered = 0;
        for (const ChannelTree::Subscriber &subscriber : subscribers) { // sessions outlive this
            if (isLimited && !m_outbound.take(meteredUnits(bytes))) {
                ++dropped;
            } else if (m_faults.concernsDeliveries()) {
                deliverFaulty(channel, event, subscriber);
            } else {
                subscriber.session->sendData(subscriber.id, tail);
                ++delivered;
            }
        }
        countDeliveries(channel, bytes, delivered);
    }
    if (dropped == 0)
        return;
    m_metrics.add(EmulatorMetrics::InboundMessageDropped, ChannelName::namespaceOf(channel),
                  dropped);
    if (m_dropped)
        m_dropped(channel,
                  u"%1 deliveries would exceed %2 messages per second"_s.arg(dropped).arg(
                      m_limits.outboundMessagesPerSecond));
}

void PublishPath::deliverFaulty(const QString &channel, const QString &event,
                                const ChannelTree::Subscriber &subscriber)
{
    using Kind = FaultPlan::Kind;
    const QString name = ChannelName::namespaceOf(channel);
    EventsSession &session = *subscriber.session;
    const FaultTarget target = session.target().on(channel);
    const auto gap = m_faults.delay(Kind::DeliveryGap, target);
    if (std::chrono::steady_clock::now() - subscriber.since < gap
        || m_faults.happens(Kind::LoseEvents, target))
        return m_metrics.add(EmulatorMetrics::InboundMessageDropped, name);
    if (const auto error =
            m_faults.error(Kind::BroadcastError, target, u"MessageProcessingError"_s)) {
        m_metrics.add(EmulatorMetrics::BroadcastEventServerError, name);
        return session.send(
            Frames::failure(u"broadcast_error", subscriber.id, *error, m_faults.forms(target)));
    }
    const auto delay = m_faults.delay(Kind::DeliveryDelay, target);
    if (delay.count() > 0)
        m_metrics.add(EmulatorMetrics::InboundMessageDelayed, name);
    QByteArray frame;
    Frames::appendDataHead(frame, subscriber.id);
    frame += Frames::dataTail(event, m_faults.forms(target));
    session.sendLater(frame, delay);
    countDeliveries(channel, JsonText::utf8Size(event), 1);
}

void PublishPath::countDeliveries(const QString &channel, qsizetype bytes, qsizetype delivered)
{
    if (delivered == 0)
        return;
    const QString name = ChannelName::namespaceOf(channel);
    m_metrics.add(EmulatorMetrics::BroadcastEventSuccess, name, delivered);
    m_metrics.add(EmulatorMetrics::OutboundMessages, name, delivered * meteredUnits(bytes));
    m_metrics.add(EmulatorMetrics::BroadcastEventSize, bytes);
}

} // namespace AppSync::Emulation
