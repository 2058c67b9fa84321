// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/trafficsample.h"

#include <QHash>

#include <chrono>
#include <deque>
#include <optional>

namespace Syncscope {

//! Every event that was published: what the service said about it, and where and when it was seen again.
//!
//! Frames that deliver an event do not name the publish that it came from. So an event is known again by its text,
//! byte for byte, on a subscription that covers its channel: the oldest that was not seen there yet is taken, and
//! each delivery counts once. This errs where others publish the same text to the same channels at that time, and
//! it does not know events again that a handler of the namespace changes.
class PublishLedger {
public:
    enum class Verdict {
        Pending, //!< no answer yet
        Accepted,
        Refused,
        Unknown, //!< the connection ended before the answer, or the answer does not mention it
    };
    struct Sighting {
        QString subscription;
        qint64 atMs = 0;
        std::chrono::nanoseconds latency{0}; //!< from the publish
    };
    struct Entry {
        qint64 serial = 0; //!< from 1, in the order of publishing
        QString operation;
        int index = 0; //!< within its publish, from 0
        QString channel;
        qint64 connection = 0;
        bool isHttp = false;
        qint64 atMs = 0; //!< when it was sent, since 1970-01-01 UTC
        qint64 monotonicNs = 0;
        qint64 bytes = 0;
        QString preview; //!< the beginning of its text
        Verdict verdict = Verdict::Pending;
        QString said; //!< the service's identifier, or why it was refused
        int covering = 0; //!< subscriptions that covered its channel when it was published
        QList<Sighting> sightings;
        QByteArray digest; //!< of its text
    };
    //! What one sample changed.
    struct Effect {
        int added = 0; //!< entries, at the end
        int forgotten = 0; //!< entries, at the beginning
        QList<qint64> amended; //!< serials
        std::optional<std::chrono::nanoseconds>
            echo; //!< how long until an event was seen for the first time
    };

    Effect add(const TrafficSample &sample);

    [[nodiscard]] const std::deque<Entry> &entries() const { return m_entries; }
    //! Older ones, of which nothing is kept.
    [[nodiscard]] qint64 forgotten() const { return m_forgotten; }
    //! Null: not kept.
    [[nodiscard]] const Entry *find(qint64 serial) const;
    [[nodiscard]] const Entry *find(const QString &operation, int index,
                                    qint64 connection = 0) const;

    static constexpr std::size_t kKept = 10'000;
    static constexpr qsizetype kPreviewLength = 200;
    //! A delivery that comes later than this is one of another event with the same text.
    static constexpr std::chrono::milliseconds kWaited{60'000};

private:
    struct Subscribed {
        qint64 connection = 0;
        QString channel;
        bool isLive = false;
    };

    void onPublish(const TrafficSample &sample, Effect *effect);
    void onAnswer(const TrafficSample &sample, Effect *effect);
    void onEvent(const TrafficSample &sample, Effect *effect);
    void onLost(const TrafficSample &sample, Effect *effect);
    void judge(const Entry *event, Verdict verdict, const QString &said, Effect *effect);
    void giveUpWaiting(qint64 nowMs);
    void stopWaiting(const Entry &entry);
    void forgetOldest();
    [[nodiscard]] Entry *entry(qint64 serial);
    [[nodiscard]] Entry *seenOn(const QString &subscription, const QByteArray &digest);
    [[nodiscard]] QList<const Entry *> eventsOf(qint64 first) const;
    [[nodiscard]] int covering(const QString &channel) const;

    std::deque<Entry> m_entries;
    qint64 m_forgotten = 0;
    qint64 m_waitBegin = 1; //!< those in front of it are not waited for any more
    QHash<QString, qint64> m_operations; //!< serial of the first event, by connection and operation
    QHash<QString, qint64> m_unanswered; //!< likewise
    QHash<QByteArray, QList<qint64>> m_waiting; //!< serials by digest, ascending
    QHash<QString, Subscribed> m_subscriptions; //!< by connection and operation
};

} // namespace Syncscope
