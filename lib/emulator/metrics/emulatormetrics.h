// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <array>

namespace AppSync {

//! What the emulator counted since it started to listen, for one API. Counters and statistics are called as
//! the service's CloudWatch metrics, those that CloudWatch does not have begin with a small letter.
class APPSYNC_EMULATOR_EXPORT EmulatorMetrics {
public:
    //! Client errors are the client's fault (4xx), server errors a fault of the plan (5xx). Publish… counts
    //! publishes over WebSocket, Requests and the like those over HTTP; events are counted for both.
    enum Counter {
        Requests, //!< over HTTP, to publish
        ClientErrors, //!< `4XXError`: of Requests
        ServerErrors, //!< `5XXError`: of Requests
        TokensConsumed, //!< one per request over HTTP
        ConnectRequests, //!< upgrades that were asked for
        ConnectSuccess,
        ConnectClientError,
        ConnectServerError,
        DisconnectSuccess, //!< connections that ended with a close frame
        DisconnectClientError, //!< clients that vanished, or broke the protocol, or did not read
        DisconnectServerError, //!< cut by a fault, by dropConnections() and the like
        ActiveConnections, //!< now
        SubscribeSuccess,
        SubscribeClientError,
        SubscribeServerError,
        ActiveSubscriptions, //!< now
        UnsubscribeSuccess,
        UnsubscribeClientError,
        UnsubscribeServerError,
        PublishSuccess,
        PublishClientError,
        PublishServerError,
        SuccessfulEvents, //!< accepted and passed on
        FailedEvents, //!< in `failed` of an answer
        DroppedEvents, //!< left out by a handler
        BroadcastEventSuccess, //!< deliveries
        BroadcastEventClientError, //!< to clients that did not read
        BroadcastEventServerError, //!< answered by `broadcast_error`
        InboundMessages, //!< published, each begun 5 kB counts
        OutboundMessages, //!< delivered, each begun 5 kB counts
        InboundMessageDelayed, //!< deliveries that a fault put off
        InboundMessageDropped, //!< deliveries that a limit or a fault left out
        PublishedHandlerInvocations,
        SubscribeHandlerInvocations,
        Refused, //!< everything that Emulator::refused() told
        UpgradesRefused, //!< before there was a WebSocket
        TlsFailures, //!< handshakes that failed
        SlowReadersDropped, //!< connections that ended since they did not read
        CounterCount,
    };

    //! What is measured instead of counted.
    enum Statistic {
        Latency, //!< ms that an answer to a publish over HTTP took
        ConnectionDuration, //!< ms of connections that ended
        BroadcastEventSize, //!< bytes of events, once per event
        StatisticCount,
    };

    //! Of a Statistic.
    struct Summary {
        qint64 count = 0; //!< 0: the others mean nothing
        qint64 sum = 0; //!< of all values
        qint64 least = 0; //!< smallest value
        qint64 most = 0; //!< largest value

        //! 0 without values.
        [[nodiscard]] double average() const { return count > 0 ? double(sum) / double(count) : 0; }
    };

    [[nodiscard]] qint64 value(Counter counter) const { return m_all[counter]; } //!< of the API
    //! Of a namespace; 0 for what the service counts for the API only.
    [[nodiscard]] qint64 value(Counter counter, const QString &nameSpace) const;
    //! Of the API.
    [[nodiscard]] Summary summary(Statistic statistic) const { return m_summaries[statistic]; }
    [[nodiscard]] QStringList namespaces() const; //!< those that were used, sorted

    [[nodiscard]] static QString name(Counter counter); //!< of the CloudWatch metric
    [[nodiscard]] static QString name(Statistic statistic); //!< of the CloudWatch metric

    //! `{"counters": {…}, "statistics": {"Latency": {"count", "sum", "min", "max"}}, "namespaces": {…}}`
    [[nodiscard]] QJsonObject toJson() const;
    //! Text format 0.0.4 of Prometheus, for one API; \a apiId is a label of each line.
    [[nodiscard]] static QByteArray
    toPrometheus(const QList<std::pair<QString, EmulatorMetrics>> &ofApis);

    //! Counts \a by; a \a nameSpace that is not empty has its own count too.
    void add(Counter counter, const QString &nameSpace = {}, qint64 by = 1);
    void add(Statistic statistic, qint64 value); //!< one more value

private:
    using Counts = std::array<qint64, CounterCount>;

    Counts m_all{};
    QHash<QString, Counts> m_ofNamespaces;
    std::array<Summary, StatisticCount> m_summaries{};
};

} // namespace AppSync
