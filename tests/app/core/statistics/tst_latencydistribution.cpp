// SPDX-License-Identifier: Apache-2.0
#include "app/core/latencies.h"
#include "app/core/statistics/latencydistribution.h"
#include "tests/shared/testrunner.h"

#include <QRandomGenerator>
#include <QTest>

using namespace std::chrono_literals;
using Syncscope::LatencyDistribution;

class TestLatencyDistribution : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst();
    void isExactAtTheEnds();
    void agreesWithAllOfThem();
    void bearsExtremes();
    void makesBars();
};

void TestLatencyDistribution::knowsNothingAtFirst()
{
    const LatencyDistribution latencies;
    QCOMPARE(latencies.count(), 0);
    QCOMPARE(latencies.percentile(50).count(), 0);
    QVERIFY(latencies.bars(20).isEmpty());
}

void TestLatencyDistribution::isExactAtTheEnds()
{
    LatencyDistribution latencies;
    latencies.add(36'123'456ns);
    QCOMPARE(latencies.percentile(0), 36'123'456ns);
    QCOMPARE(latencies.percentile(50), 36'123'456ns);
    QCOMPARE(latencies.percentile(100), 36'123'456ns);
    latencies.add(4ms);
    QCOMPARE(latencies.least(), 4ms);
    QCOMPARE(latencies.greatest(), 36'123'456ns);
}

void TestLatencyDistribution::agreesWithAllOfThem()
{
    QRandomGenerator random(42);
    LatencyDistribution latencies;
    Syncscope::Latencies all;
    for (int i = 0; i < 3000; ++i) {
        const std::chrono::nanoseconds one(qint64(std::exp(random.generateDouble() * 9 + 9)));
        latencies.add(one);
        all.add(one);
    }
    for (const double percent : {1.0, 25.0, 50.0, 90.0, 99.0, 100.0}) {
        const auto exact = double(all.percentile(percent).count());
        const auto near = double(latencies.percentile(percent).count());
        // A microsecond is the finest that is told apart.
        QVERIFY2(std::abs(near - exact) <= exact * 0.011 + 1000,
                 qPrintable(QString::number(percent)));
    }
}

void TestLatencyDistribution::bearsExtremes()
{
    LatencyDistribution latencies;
    latencies.add(-5ms); // a clock that went back
    latencies.add(std::chrono::hours(2000));
    QCOMPARE(latencies.least(), 0ns);
    QCOMPARE(latencies.greatest(), std::chrono::hours(2000));
    QVERIFY(latencies.percentile(50) < 1us);
    QCOMPARE(latencies.count(), 2);
}

void TestLatencyDistribution::makesBars()
{
    LatencyDistribution latencies;
    for (int i = 0; i < 90; ++i)
        latencies.add(10ms);
    for (int i = 0; i < 10; ++i)
        latencies.add(1s);
    const auto bars = latencies.bars(24);
    QVERIFY(bars.size() > 4 && bars.size() <= 24);
    QCOMPARE(bars.first().count, 90);
    QVERIFY(bars.first().from <= 10ms && bars.first().to > 10ms);
    QCOMPARE(bars.last().count, 10);
    for (qsizetype i = 1; i < bars.size(); ++i)
        QCOMPARE(bars[i].from, bars[i - 1].to);
}

APPLESS_TEST(TestLatencyDistribution)
#include "tst_latencydistribution.moc"
