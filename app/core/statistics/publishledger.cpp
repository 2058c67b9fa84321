// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/publishledger.h"

#include "app/core/filter/filterevaluator.h"
#include "app/core/filter/jsonpath.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// More were never acknowledged, or their end was not seen.
constexpr qsizetype kMostSubscriptions = 10'000;
constexpr qsizetype kLongestReason = 300;

using Verdict = PublishLedger::Verdict;

QByteArray digestOf(const QByteArray &event)
{
    return QCryptographicHash::hash(event, QCryptographicHash::Sha256);
}

//! Operations are unique within a connection.
QString keyOf(qint64 connection, const QString &operation)
{
    return QString::number(connection) + u' ' + operation;
}

QString keyOf(const TrafficSample &sample)
{
    return keyOf(sample.connection, sample.operation);
}

QString keyOf(const PublishLedger::Entry &entry)
{
    return keyOf(entry.connection, entry.operation);
}

QString textOf(QByteArrayView json)
{
    const QByteArray text = json.startsWith('"') ? jsonStringText(json) : json.toByteArray();
    return QString::fromUtf8(text).left(kLongestReason);
}

QString joined(const QString &what, const QString &why)
{
    return what.isEmpty() || why.isEmpty() ? what + why : what + u": "_s + why;
}

//! The verdict on one event, or why all were refused.
struct Said {
    int index = 0;
    QString identifier;
    QString what;
    QString why;
};

Said saidBy(QByteArrayView object)
{
    Said said;
    forEachJsonMember(object, [&](QByteArrayView name, QByteArrayView value) {
        if (name == "\"index\"")
            said.index = value.toInt();
        else if (name == "\"identifier\"")
            said.identifier = textOf(value);
        else if (name == "\"code\"" || name == "\"errorType\"")
            said.what = textOf(value);
        else if (name == "\"message\"" || name == "\"errorMessage\"")
            said.why = textOf(value);
        return true;
    });
    return said;
}

std::chrono::nanoseconds latencyOf(const PublishLedger::Entry &entry, const TrafficSample &sample)
{
    const bool isOneClock = entry.connection == sample.connection && entry.monotonicNs > 0
        && sample.monotonicNs >= entry.monotonicNs;
    return isOneClock ? std::chrono::nanoseconds(sample.monotonicNs - entry.monotonicNs)
                      : std::chrono::milliseconds(std::max<qint64>(0, sample.atMs - entry.atMs));
}

} // namespace

PublishLedger::Effect PublishLedger::add(const TrafficSample &sample)
{
    Effect effect;
    switch (sample.kind) {
    case TrafficSample::Kind::Event:
        if (!m_waiting.isEmpty())
            onEvent(sample, &effect);
        break;
    case TrafficSample::Kind::Publish:
        onPublish(sample, &effect);
        break;
    case TrafficSample::Kind::Answer:
        onAnswer(sample, &effect);
        break;
    case TrafficSample::Kind::Subscribe:
        if (m_subscriptions.size() >= kMostSubscriptions)
            m_subscriptions.clear();
        m_subscriptions.insert(keyOf(sample), {sample.connection, sample.channel, false});
        break;
    case TrafficSample::Kind::Subscribed:
        if (const auto it = m_subscriptions.find(keyOf(sample)); it != m_subscriptions.end())
            it->isLive = true;
        break;
    case TrafficSample::Kind::Unsubscribe:
        m_subscriptions.remove(keyOf(sample));
        break;
    case TrafficSample::Kind::Lost:
    case TrafficSample::Kind::Closed:
        onLost(sample, &effect);
        break;
    default:
        break;
    }
    return effect;
}

void PublishLedger::onPublish(const TrafficSample &sample, Effect *effect)
{
    giveUpWaiting(sample.atMs);
    // With new credentials a publish is sent again; its events are no others.
    const QString key = keyOf(sample);
    if (!sample.events || (!sample.operation.isEmpty() && m_operations.contains(key)))
        return;
    const int covered = covering(sample.channel);
    int index = 0;
    for (const QByteArray &event : sample.events()) {
        Entry entry;
        entry.serial = m_forgotten + qint64(m_entries.size()) + 1;
        entry.operation = sample.operation;
        entry.index = index++;
        entry.channel = sample.channel;
        entry.connection = sample.connection;
        entry.isHttp = sample.isHttp;
        entry.atMs = sample.atMs;
        entry.monotonicNs = sample.monotonicNs;
        entry.bytes = event.size();
        entry.preview = QString::fromUtf8(event.left(4 * kPreviewLength)).left(kPreviewLength);
        entry.covering = covered;
        entry.digest = digestOf(event);
        m_waiting[entry.digest].append(entry.serial);
        if (entry.index == 0 && !sample.operation.isEmpty()) {
            m_operations.insert(key, entry.serial);
            m_unanswered.insert(key, entry.serial);
        }
        m_entries.push_back(std::move(entry));
        ++effect->added;
        if (m_entries.size() > kKept) {
            forgetOldest();
            ++effect->forgotten;
        }
    }
}

void PublishLedger::onAnswer(const TrafficSample &sample, Effect *effect)
{
    const auto asked = m_unanswered.constFind(keyOf(sample));
    if (asked == m_unanswered.constEnd())
        return;
    const qint64 first = *asked;
    m_unanswered.erase(asked);
    const QByteArray text = sample.text ? sample.text() : QByteArray();
    QString refusal;
    bool isVerdict = false;
    const auto judgeAll = [&](QByteArrayView list, Verdict verdict) {
        isVerdict = true;
        forEachJsonMember(list, [&](QByteArrayView, QByteArrayView value) {
            const Said said = saidBy(value);
            judge(find(sample.operation, said.index, sample.connection), verdict,
                  verdict == Verdict::Accepted ? said.identifier : joined(said.what, said.why),
                  effect);
            return true;
        });
    };
    forEachJsonMember(text, [&](QByteArrayView name, QByteArrayView value) {
        if (name == "\"successful\"")
            judgeAll(value, Verdict::Accepted);
        else if (name == "\"failed\"")
            judgeAll(value, Verdict::Refused);
        else if (name == "\"errors\"" && refusal.isEmpty())
            forEachJsonMember(value, [&](QByteArrayView, QByteArrayView error) {
                refusal = joined(saidBy(error).what, saidBy(error).why);
                return false;
            });
        return true;
    });
    if (!isVerdict && refusal.isEmpty())
        refusal = QString::fromUtf8(text.left(kLongestReason));
    const Verdict rest = isVerdict ? Verdict::Unknown : Verdict::Refused;
    for (const Entry *event : eventsOf(first)) {
        if (event->verdict == Verdict::Pending)
            judge(event, rest, refusal, effect);
    }
}

void PublishLedger::judge(const Entry *event, Verdict verdict, const QString &said, Effect *effect)
{
    if (!event)
        return;
    Entry *judged = entry(event->serial);
    judged->verdict = verdict;
    judged->said = said;
    if (verdict == Verdict::Refused)
        stopWaiting(*judged); // what is seen now with the same text is somebody else's
    effect->amended += judged->serial;
}

void PublishLedger::onEvent(const TrafficSample &sample, Effect *effect)
{
    giveUpWaiting(sample.atMs);
    if (m_waiting.isEmpty() || !sample.events)
        return;
    const auto known = m_subscriptions.constFind(keyOf(sample));
    const QString subscription =
        known == m_subscriptions.constEnd() ? sample.channel : known->channel;
    for (const QByteArray &event : sample.events()) {
        Entry *seen = seenOn(subscription, digestOf(event));
        if (!seen)
            continue;
        const auto latency = latencyOf(*seen, sample);
        if (seen->sightings.isEmpty())
            effect->echo = latency;
        seen->sightings.append({subscription, sample.atMs, latency});
        effect->amended += seen->serial;
        if (seen->sightings.size() >= seen->covering)
            stopWaiting(*seen);
    }
}

PublishLedger::Entry *PublishLedger::seenOn(const QString &subscription, const QByteArray &digest)
{
    const QList<qint64> serials = m_waiting.value(digest);
    for (const qint64 serial : serials) {
        Entry *candidate = entry(serial);
        const bool wasSeen = std::any_of(
            candidate->sightings.cbegin(), candidate->sightings.cend(),
            [&](const Sighting &sighting) { return sighting.subscription == subscription; });
        if (!wasSeen && matchesChannel(subscription.toUtf8(), candidate->channel.toUtf8()))
            return candidate;
    }
    return nullptr;
}

void PublishLedger::onLost(const TrafficSample &sample, Effect *effect)
{
    m_subscriptions.removeIf(
        [&](const auto &it) { return it.value().connection == sample.connection; });
    m_unanswered.removeIf([&](const QHash<QString, qint64>::iterator &it) {
        const QList<const Entry *> events = eventsOf(it.value());
        const bool isLost = std::all_of(events.begin(), events.end(), [&](const Entry *event) {
            return !event->isHttp && event->connection == sample.connection;
        });
        for (const Entry *event : isLost ? events : QList<const Entry *>())
            judge(event, Verdict::Unknown, {}, effect);
        return isLost;
    });
}

void PublishLedger::giveUpWaiting(qint64 nowMs)
{
    while (Entry *oldest = entry(m_waitBegin)) {
        if (oldest->atMs + kWaited.count() >= nowMs)
            return;
        stopWaiting(*oldest);
        ++m_waitBegin;
    }
}

void PublishLedger::stopWaiting(const Entry &entry)
{
    const auto it = m_waiting.find(entry.digest);
    if (it == m_waiting.end())
        return;
    it->removeOne(entry.serial);
    if (it->isEmpty())
        m_waiting.erase(it);
}

void PublishLedger::forgetOldest()
{
    const Entry &oldest = m_entries.front();
    stopWaiting(oldest);
    if (const QString key = keyOf(oldest); m_operations.value(key) == oldest.serial) {
        m_operations.remove(key);
        m_unanswered.remove(key);
    }
    ++m_forgotten;
    m_waitBegin = std::max(m_waitBegin, m_forgotten + 1);
    m_entries.pop_front();
}

PublishLedger::Entry *PublishLedger::entry(qint64 serial)
{
    const qint64 at = serial - m_forgotten - 1;
    return at < 0 || at >= qint64(m_entries.size()) ? nullptr : &m_entries[std::size_t(at)];
}

const PublishLedger::Entry *PublishLedger::find(qint64 serial) const
{
    const qint64 at = serial - m_forgotten - 1;
    return at < 0 || at >= qint64(m_entries.size()) ? nullptr : &m_entries[std::size_t(at)];
}

const PublishLedger::Entry *PublishLedger::find(const QString &operation, int index,
                                                qint64 connection) const
{
    const auto first = m_operations.constFind(keyOf(connection, operation));
    const Entry *found = first == m_operations.constEnd() ? nullptr : find(*first + index);
    const bool isOfIt = found && found->connection == connection && found->operation == operation
        && found->index == index;
    return isOfIt ? found : nullptr;
}

//! From the first on, as many as are kept.
QList<const PublishLedger::Entry *> PublishLedger::eventsOf(qint64 first) const
{
    QList<const Entry *> events;
    for (const Entry *event = find(first); event && event->index == events.size();
         event = find(event->serial + 1))
        events += event;
    return events;
}

int PublishLedger::covering(const QString &channel) const
{
    const QByteArray utf8 = channel.toUtf8();
    return int(std::count_if(
        m_subscriptions.cbegin(), m_subscriptions.cend(), [&](const Subscribed &subscription) {
            return subscription.isLive && matchesChannel(subscription.channel.toUtf8(), utf8);
        }));
}

} // namespace Syncscope
