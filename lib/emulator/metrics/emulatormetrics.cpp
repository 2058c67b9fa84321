// SPDX-License-Identifier: Apache-2.0
#include "emulatormetrics.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

// In the order of the enumeration.
constexpr const char *kCounterNames[] = {
    "Requests",
    "4XXError",
    "5XXError",
    "TokensConsumed",
    "ConnectRequests",
    "ConnectSuccess",
    "ConnectClientError",
    "ConnectServerError",
    "DisconnectSuccess",
    "DisconnectClientError",
    "DisconnectServerError",
    "ActiveConnections",
    "SubscribeSuccess",
    "SubscribeClientError",
    "SubscribeServerError",
    "ActiveSubscriptions",
    "UnsubscribeSuccess",
    "UnsubscribeClientError",
    "UnsubscribeServerError",
    "PublishSuccess",
    "PublishClientError",
    "PublishServerError",
    "SuccessfulEvents",
    "FailedEvents",
    "DroppedEvents",
    "BroadcastEventSuccess",
    "BroadcastEventClientError",
    "BroadcastEventServerError",
    "InboundMessages",
    "OutboundMessages",
    "InboundMessageDelayed",
    "InboundMessageDropped",
    "PublishedHandlerInvocations",
    "SubscribeHandlerInvocations",
    "refused",
    "upgradesRefused",
    "tlsFailures",
    "slowReadersDropped",
};
static_assert(std::size(kCounterNames) == EmulatorMetrics::CounterCount);

constexpr const char *kStatisticNames[] = {"Latency", "ConnectionDuration", "BroadcastEventSize"};
static_assert(std::size(kStatisticNames) == EmulatorMetrics::StatisticCount);

bool isGauge(int counter)
{
    return counter == EmulatorMetrics::ActiveConnections
        || counter == EmulatorMetrics::ActiveSubscriptions;
}

//! `appsync_4xx_error` of `4XXError`: what Prometheus takes for a name.
QByteArray prometheusName(const QByteArray &name)
{
    QByteArray out = "appsync_";
    for (qsizetype i = 0; i < name.size(); ++i) {
        const bool isUpper = name[i] >= 'A' && name[i] <= 'Z';
        const bool afterLower = i > 0 && name[i - 1] >= 'a';
        const bool beforeLower = i + 1 < name.size() && name[i + 1] >= 'a' && i > 0;
        if (isUpper && (afterLower || beforeLower))
            out += '_';
        out += isUpper ? char(name[i] - 'A' + 'a') : name[i];
    }
    return out;
}

QByteArray prometheusLine(const QByteArray &name, const QString &apiId, const QString &nameSpace,
                          qint64 value)
{
    QByteArray line = name + "{api=\"" + apiId.toUtf8() + '"';
    if (!nameSpace.isEmpty())
        line += ",namespace=\"" + nameSpace.toUtf8() + '"';
    return line + "} " + QByteArray::number(value) + '\n';
}

template <typename Counts> QJsonObject countsToJson(const Counts &counts, bool withZeros)
{
    QJsonObject object;
    for (int i = 0; i < EmulatorMetrics::CounterCount; ++i) {
        if (withZeros || counts[i] != 0)
            object.insert(QLatin1StringView(kCounterNames[i]), counts[i]);
    }
    return object;
}

} // namespace

qint64 EmulatorMetrics::value(Counter counter, const QString &nameSpace) const
{
    const auto found = m_ofNamespaces.constFind(nameSpace);
    return found == m_ofNamespaces.constEnd() ? 0 : (*found)[counter];
}

QStringList EmulatorMetrics::namespaces() const
{
    QStringList names = m_ofNamespaces.keys();
    names.sort();
    return names;
}

QString EmulatorMetrics::name(Counter counter)
{
    return QLatin1StringView(kCounterNames[counter]);
}

QString EmulatorMetrics::name(Statistic statistic)
{
    return QLatin1StringView(kStatisticNames[statistic]);
}

void EmulatorMetrics::add(Counter counter, const QString &nameSpace, qint64 by)
{
    m_all[counter] += by;
    if (!nameSpace.isEmpty())
        m_ofNamespaces[nameSpace][counter] += by;
}

void EmulatorMetrics::add(Statistic statistic, qint64 value)
{
    Summary &summary = m_summaries[statistic];
    summary.least = summary.count == 0 ? value : std::min(summary.least, value);
    summary.most = summary.count == 0 ? value : std::max(summary.most, value);
    summary.sum += value;
    ++summary.count;
}

QJsonObject EmulatorMetrics::toJson() const
{
    QJsonObject statistics;
    for (int i = 0; i < StatisticCount; ++i) {
        const Summary &summary = m_summaries[i];
        statistics.insert(QLatin1StringView(kStatisticNames[i]),
                          QJsonObject{{u"count"_s, summary.count},
                                      {u"sum"_s, summary.sum},
                                      {u"min"_s, summary.least},
                                      {u"max"_s, summary.most}});
    }
    QJsonObject spaces;
    for (auto it = m_ofNamespaces.cbegin(); it != m_ofNamespaces.cend(); ++it)
        spaces.insert(it.key(), countsToJson(*it, false));
    return {{u"counters"_s, countsToJson(m_all, true)},
            {u"statistics"_s, statistics},
            {u"namespaces"_s, spaces}};
}

QByteArray EmulatorMetrics::toPrometheus(const QList<std::pair<QString, EmulatorMetrics>> &ofApis)
{
    QByteArray text;
    for (int i = 0; i < CounterCount; ++i) {
        const QByteArray name = prometheusName(kCounterNames[i]) + (isGauge(i) ? "" : "_total");
        text += "# TYPE " + name + (isGauge(i) ? " gauge\n" : " counter\n");
        for (const auto &[apiId, metrics] : ofApis)
            text += prometheusLine(name, apiId, {}, metrics.m_all[i]);
    }
    // Names of their own: a sum over all lines of a name must not count anything twice.
    for (int i = 0; i < CounterCount; ++i) {
        const QByteArray name =
            prometheusName(kCounterNames[i]) + "_by_namespace" + (isGauge(i) ? "" : "_total");
        QByteArray lines;
        for (const auto &[apiId, metrics] : ofApis) {
            for (const QString &space : metrics.namespaces()) {
                if (const qint64 value = metrics.value(Counter(i), space))
                    lines += prometheusLine(name, apiId, space, value);
            }
        }
        if (!lines.isEmpty())
            text += "# TYPE " + name + (isGauge(i) ? " gauge\n" : " counter\n") + lines;
    }
    for (int i = 0; i < StatisticCount; ++i) {
        const QByteArray name = prometheusName(kStatisticNames[i]);
        text += "# TYPE " + name + " summary\n";
        for (const auto &[apiId, metrics] : ofApis) {
            text += prometheusLine(name + "_sum", apiId, {}, metrics.m_summaries[i].sum);
            text += prometheusLine(name + "_count", apiId, {}, metrics.m_summaries[i].count);
        }
    }
    return text;
}

} // namespace AppSync
