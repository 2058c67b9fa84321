// SPDX-License-Identifier: Apache-2.0
#include "subscriptions_p.h"

#include "../events/eventsapi_p.h"
#include "../events/limits_p.h"
#include "graphqlframes_p.h"
#include "graphqlsession_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

QString textOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

//! The same for subscriptions that get the same frames.
QString keyOf(const Subscriptions::Terms &terms)
{
    const QJsonObject filters{
        {u"filter"_s, terms.filter ? terms.filter->toJson() : QJsonArray()},
        {u"invalidation"_s, terms.invalidation ? terms.invalidation->toJson() : QJsonArray()},
        {u"variables"_s, terms.prepared->variables},
        {u"operation"_s, terms.prepared->operation->name.text},
        {u"access"_s, terms.access ? terms.access->fingerprint() : QString()}};
    return textOf(filters) + terms.document;
}

} // namespace

Subscriptions::Subscriptions(EventsApi &host, QObject *parent) : QObject(parent), m_host(host)
{
}

Subscriptions::~Subscriptions() = default;

quint64 Subscriptions::add(GraphQlSession *session, const QString &id, const Terms &terms)
{
    QList<GroupPointer> &groups = m_groups[terms.field];
    const QString key = keyOf(terms);
    const auto known = std::find_if(groups.begin(), groups.end(),
                                    [&](const GroupPointer &group) { return group->key == key; });
    GroupPointer group;
    if (known != groups.end()) {
        group = *known;
    } else {
        group = std::make_shared<Group>(Group{key, terms, {}});
        groups.append(group);
    }
    const quint64 handle = ++m_lastHandle;
    group->subscribers.append({handle, session, id, std::chrono::steady_clock::now()});
    m_byHandle.insert(handle, group);
    m_host.countSubscription({}, 1);
    return handle;
}

void Subscriptions::stop(quint64 handle)
{
    const GroupPointer group = m_byHandle.take(handle);
    if (!group)
        return;
    group->subscribers.removeIf([&](const Subscriber &one) { return one.handle == handle; });
    remove(group);
    m_host.countSubscription({}, -1);
}

void Subscriptions::remove(const GroupPointer &group)
{
    if (!group->subscribers.isEmpty())
        return;
    m_groups[group->terms.field].removeOne(group);
    if (m_groups.value(group->terms.field).isEmpty())
        m_groups.remove(group->terms.field);
}

void Subscriptions::publish(const QStringList &fields, const QJsonValue &value)
{
    for (const QString &field : fields) {
        const QList<GroupPointer> groups = m_groups.value(field);
        for (const GroupPointer &group : groups) {
            const Terms &terms = group->terms;
            const bool isMeant = terms.filter
                ? terms.filter->matches(value)
                : SubscriptionFilter::argumentsMatch(terms.arguments, value);
            if (isMeant)
                execute(group, value);
        }
    }
}

void Subscriptions::execute(const GroupPointer &group, const QJsonValue &value)
{
    Execution::Settings settings;
    settings.access = group->terms.access;
    settings.rootValue = {{group->terms.field, value}};
    settings.isSliced = false; // what comes first must arrive first
    auto *execution = new Execution(group->terms.prepared, settings, this);
    execution->start([this, execution, group](const Execution::Result &result) {
        execution->deleteLater();
        deliver(group, graphQlAnswer(result.data, result.errors));
    });
}

void Subscriptions::deliver(const GroupPointer &group, const QByteArray &payload)
{
    const QString &field = group->terms.field;
    const qint64 most = m_host.options().limits.graphQlPayloadBytes;
    const qsizetype count = group->subscribers.size();
    if (payload.size() > most) { // the service tells nobody
        m_host.report(u"delivery to "_s + field, u"its subscribers"_s,
                      u"the payload has %1 bytes, more than %2"_s.arg(payload.size()).arg(most));
        m_host.metrics().add(EmulatorMetrics::InboundMessageDropped, {}, count);
        return;
    }
    const QByteArray tail = GraphQlFrames::dataTail(payload);
    const bool isFaulty = m_host.faultRules().concernsDeliveries();
    m_host.metrics().add(EmulatorMetrics::BroadcastEventSize, payload.size());
    const QList<Subscriber> subscribers = group->subscribers;
    for (const Subscriber &subscriber : subscribers) { // sessions outlive this
        if (!isFaulty)
            subscriber.session->sendData(subscriber.id, tail);
        else if (!sendFaulty(subscriber, field, tail))
            continue;
        m_host.metrics().add(EmulatorMetrics::BroadcastEventSuccess);
        m_host.metrics().add(EmulatorMetrics::OutboundMessages, {},
                             1 + (payload.size() - 1) / Limits::kMeteredBytes);
    }
}

bool Subscriptions::sendFaulty(const Subscriber &subscriber, const QString &field,
                               const QByteArray &tail)
{
    using Kind = FaultPlan::Kind;
    FaultRules &rules = m_host.faultRules();
    const FaultTarget target = subscriber.session->target().on(field);
    const bool isInGap = std::chrono::steady_clock::now() - subscriber.since
        < rules.delay(Kind::DeliveryGap, target);
    if (isInGap || rules.happens(Kind::LoseEvents, target)) {
        m_host.metrics().add(EmulatorMetrics::InboundMessageDropped);
        return false;
    }
    subscriber.session->sendLater(GraphQlFrames::dataHead(subscriber.id) + tail,
                                  rules.delay(Kind::DeliveryDelay, target));
    return true;
}

void Subscriptions::invalidate(const QString &field, const QJsonValue &payload)
{
    QList<Subscriber> ended;
    for (const GroupPointer &group : m_groups.value(field)) {
        if (group->terms.invalidation && group->terms.invalidation->matches(payload))
            ended += group->subscribers;
    }
    for (const Subscriber &subscriber : std::as_const(ended)) {
        if (!m_byHandle.contains(subscriber.handle))
            continue;
        stop(subscriber.handle);
        subscriber.session->complete(subscriber.id);
    }
}

} // namespace AppSync::Emulation
