// SPDX-License-Identifier: Apache-2.0
#include "publishpath_p.h"

#include "../access/authcheck_p.h"
#include "../emulatoroptions.h"
#include "../jsontext_p.h"
#include "../signin/signedbody_p.h"
#include "channelname_p.h"
#include "channeltree_p.h"
#include "limits_p.h"
#include "session_p.h"

#include <QJsonArray>
#include <QUuid>

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

} // namespace

PublishPath::PublishPath(const AuthCheck &auth, const ChannelTree &tree, const FaultPlan &faults)
    : m_auth(auth), m_tree(tree), m_faults(faults), m_inbound(Limits::kInboundEventsPerSecond)
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
                         answer({verdict.refusal, {}});
                     else
                         publishAllowed(request, *channel, answer);
                 });
}

void PublishPath::publishAllowed(const Request &request, const QString &channel,
                                 const Answer &answer)
{
    QStringList texts;
    Result result{checkEvents(request, &texts), {}};
    if (!result.error && m_ratesLimited && !m_inbound.take(int(texts.size())))
        result.error = ServiceError::rateLimited(
            u"more than %1 events per second"_s.arg(Limits::kInboundEventsPerSecond));
    if (result.error)
        return answer(result);

    QStringList accepted;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const bool tooLarge = JsonText::utf8Size(texts[i]) > Limits::kEventBytes;
        result.verdicts.append({i, tooLarge, QUuid::createUuid().toString(QUuid::WithoutBraces)});
        if (!tooLarge)
            accepted.append(texts[i]);
    }
    answer(result);
    if (accepted.isEmpty())
        return;
    deliver(channel, accepted);
    if (m_listener && !request.credentials.isOwn)
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
        return invalid(u"events must be an array of 1 to 5 strings"_s);
    const QJsonArray events = request.events.toArray();
    if (events.size() > Limits::kEventsPerPublish)
        return invalid(u"input exceeded 5 event limit"_s);
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
    if (size > Limits::kPublishBytes)
        return invalid(u"input exceeded 1.2 MB limit"_s);
    return std::nullopt;
}

void PublishPath::deliver(const QString &channel, const QStringList &events) const
{
    QList<ChannelTree::Subscriber> subscribers = m_tree.subscribers(channel);
    if (m_faults.deliveryGap.count() > 0) {
        const auto now = std::chrono::steady_clock::now();
        subscribers.removeIf(
            [&](const ChannelTree::Subscriber &s) { return now - s.since < m_faults.deliveryGap; });
    }
    if (subscribers.isEmpty())
        return;
    for (const QString &event : events) {
        const QByteArray tail = Frames::dataTail(event, m_faults);
        for (const ChannelTree::Subscriber &subscriber : std::as_const(subscribers))
            subscriber.session->sendData(subscriber.id, tail); // a session outlives this loop
    }
}

} // namespace AppSync::Emulation
