// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/EmulatorMetrics>

#include <QTest>

using namespace AppSync;
using namespace Qt::StringLiterals;

class tst_EmulatorMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void counts();
    void measures();
    void isCalledAsCloudWatch();
    void toJson();
    void toPrometheus();
};

void tst_EmulatorMetrics::counts()
{
    EmulatorMetrics metrics;
    metrics.add(EmulatorMetrics::PublishSuccess, u"a"_s);
    metrics.add(EmulatorMetrics::PublishSuccess, u"b"_s, 3);
    metrics.add(EmulatorMetrics::PublishSuccess);
    QCOMPARE(metrics.value(EmulatorMetrics::PublishSuccess), 5);
    QCOMPARE(metrics.value(EmulatorMetrics::PublishSuccess, u"b"_s), 3);
    QCOMPARE(metrics.value(EmulatorMetrics::PublishSuccess, u"c"_s), 0);
    QCOMPARE(metrics.value(EmulatorMetrics::PublishClientError), 0);
    QCOMPARE(metrics.namespaces(), (QStringList{u"a"_s, u"b"_s}));
}

void tst_EmulatorMetrics::measures()
{
    EmulatorMetrics metrics;
    QCOMPARE(metrics.summary(EmulatorMetrics::Latency).average(), 0.0);
    for (const int value : {7, 3, 5})
        metrics.add(EmulatorMetrics::Latency, value);
    const EmulatorMetrics::Summary summary = metrics.summary(EmulatorMetrics::Latency);
    QCOMPARE(summary.count, 3);
    QCOMPARE(summary.least, 3);
    QCOMPARE(summary.most, 7);
    QCOMPARE(summary.average(), 5.0);
}

void tst_EmulatorMetrics::isCalledAsCloudWatch()
{
    QCOMPARE(EmulatorMetrics::name(EmulatorMetrics::ClientErrors), u"4XXError"_s);
    QCOMPARE(EmulatorMetrics::name(EmulatorMetrics::ActiveSubscriptions), u"ActiveSubscriptions"_s);
    QCOMPARE(EmulatorMetrics::name(EmulatorMetrics::SlowReadersDropped), u"slowReadersDropped"_s);
    QCOMPARE(EmulatorMetrics::name(EmulatorMetrics::ConnectionDuration), u"ConnectionDuration"_s);
}

void tst_EmulatorMetrics::toJson()
{
    EmulatorMetrics metrics;
    metrics.add(EmulatorMetrics::SubscribeSuccess, u"a"_s, 2);
    metrics.add(EmulatorMetrics::Latency, 4);
    const QJsonObject json = metrics.toJson();
    const QJsonObject counters = json.value(u"counters"_s).toObject();
    QCOMPARE(counters.size(), int(EmulatorMetrics::CounterCount));
    QCOMPARE(counters.value(u"SubscribeSuccess"_s), QJsonValue(2));
    QCOMPARE(json.value(u"namespaces"_s).toObject(),
             (QJsonObject{{u"a"_s, QJsonObject{{u"SubscribeSuccess"_s, 2}}}}));
    QCOMPARE(json.value(u"statistics"_s).toObject().value(u"Latency"_s).toObject(),
             (QJsonObject{{u"count"_s, 1}, {u"sum"_s, 4}, {u"min"_s, 4}, {u"max"_s, 4}}));
}

void tst_EmulatorMetrics::toPrometheus()
{
    EmulatorMetrics metrics;
    metrics.add(EmulatorMetrics::ClientErrors, {}, 3);
    metrics.add(EmulatorMetrics::ActiveConnections);
    metrics.add(EmulatorMetrics::SubscribeSuccess, u"a"_s, 2);
    metrics.add(EmulatorMetrics::Latency, 4);
    const QByteArray text = EmulatorMetrics::toPrometheus({{u"x"_s, metrics}});
    for (const char *line :
         {"# TYPE appsync_4xx_error_total counter", "appsync_4xx_error_total{api=\"x\"} 3",
          "# TYPE appsync_active_connections gauge", "appsync_active_connections{api=\"x\"} 1",
          "appsync_subscribe_success_total{api=\"x\"} 2",
          "appsync_subscribe_success_by_namespace_total{api=\"x\",namespace=\"a\"} 2",
          "# TYPE appsync_latency summary", "appsync_latency_sum{api=\"x\"} 4"})
        QVERIFY2(text.contains(QByteArray(line) + '\n'), text);
}

APPLESS_TEST(tst_EmulatorMetrics)
#include "tst_emulatormetrics.moc"
