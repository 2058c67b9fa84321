// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eventsclient.h"

namespace AppSync {

class OperationDeadlines;

//! How EventsClient::echo() measures.
class APPSYNC_EXPORT EchoOptions {
public:
    int count = 10; //!< marked events to publish, one per publish; at least 1
    std::chrono::milliseconds interval{500}; //!< from one publish to the next
    std::chrono::milliseconds timeout{5000}; //!< after it was published an event counts as lost
    //! Stops with the first event that comes back: how long after the acknowledgement events flow.
    bool untilFirst = false;
    QString
        listen; //!< the channel to subscribe, perhaps a wildcard; empty: the one that is published to
    Authorizer *subscribeAuthorizer = nullptr; //!< null: the client's
    Authorizer *publishAuthorizer = nullptr; //!< null: the client's
    std::optional<EventsClient::PublishVia> via; //!< unset: the client's publishVia
};

//! One marked event and what became of it.
class APPSYNC_EXPORT Echo {
    Q_GADGET
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(AppSync::Echo::Outcome outcome MEMBER outcome)
    Q_PROPERTY(double latencyMs READ latencyMs)
    Q_PROPERTY(AppSync::Error error MEMBER error)

public:
    //! What became of it.
    enum class Outcome {
        Waiting, //!< neither seen nor overdue
        Received, //!< seen; latency says after what time
        Lost, //!< accepted by the service, not seen in time
        Failed, //!< the publish failed; error says why
    };
    Q_ENUM(Outcome)

    int number = 0; //!< from 1
    Outcome outcome = Outcome::Waiting; //!< what became of it
    std::chrono::nanoseconds publishedAt{0}; //!< since the acknowledgement of the subscription
    std::chrono::nanoseconds answered{
        0}; //!< from the publish to the service's answer; 0 without one
    std::chrono::nanoseconds latency{0}; //!< from the publish to the event; 0 unless Received
    Error error; //!< of the publish, if it Failed

    [[nodiscard]] double latencyMs() const //!< latency in milliseconds, for QML
    {
        return std::chrono::duration<double, std::milli>(latency).count();
    }
};

//! A measurement under way: subscribes, and once that is acknowledged publishes events that carry a mark,
//! `{"echo":"<uuid>-<number>"}`, and waits for them. Whoever else listens on the channel sees them too.
//! Succeeds when every event is received, lost or failed (or with the first one received, if that was asked
//! for); fails if the subscription does, or if all events of untilFirst were lost (Timeout).
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT EchoReply : public AppSync::Reply {
    Q_OBJECT

public:
    ~EchoReply() override;

    [[nodiscard]] QList<Echo> echoes() const { return m_echoes; } //!< those published, by number
    //! From the call to the acknowledgement of the subscription, the connection included; 0 before.
    [[nodiscard]] std::chrono::nanoseconds acknowledgedAfter() const { return m_acknowledgedAfter; }
    //! From the acknowledgement to the publish of the first event that came back: events flowed from then
    //! on at the latest. Unset while none came back.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> readyAfter() const
    {
        return m_readyAfter;
    }
    [[nodiscard]] int count(Echo::Outcome outcome) const; //!< how many of echoes() had it

Q_SIGNALS:
    void acknowledged(); //!< the subscription is; the first publish follows
    //! One event was received, lost or failed.
    void echoed(const AppSync::Echo &echo);

protected:
    void stop(const Error &cancelled) override;

private:
    friend class EventsClient;
    EchoReply(EventsClient *client, Clock *clock, const QString &channel,
              const EchoOptions &options);

    void onSubscribed();
    void publishNext();
    void onAnswer(int number, const PublishReply &reply);
    void onEvent(const Event &event);
    void settle(int number, Echo::Outcome outcome, const Error &error = {});
    void end(const Error &error);

    EventsClient *const m_client;
    Clock *const m_clock;
    const QString m_channel;
    const EchoOptions m_options;
    const QByteArray m_mark;
    ChannelSubscription *const m_subscription;
    OperationDeadlines *const m_deadlines;
    ClockTimer *const m_timer;
    QList<Echo> m_echoes;
    const std::chrono::nanoseconds m_startedAt;
    std::chrono::nanoseconds m_acknowledgedAt{0};
    std::chrono::nanoseconds m_acknowledgedAfter{0};
    std::optional<std::chrono::nanoseconds> m_readyAfter;
    int m_settled = 0;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Echo)
