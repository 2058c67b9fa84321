// SPDX-License-Identifier: Apache-2.0
#include "app/core/latencies.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Syncscope;
using namespace std::chrono_literals;

class TestLatencies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void none();
    void one();
    void nearestRank();
};

void TestLatencies::none()
{
    QVERIFY(Latencies().isEmpty());
    QVERIFY(Latencies().percentile(50) == 0ns);
}

void TestLatencies::one()
{
    Latencies latencies;
    latencies.add(7ns);
    for (const double percent : {0.0, 50.0, 95.0, 100.0})
        QVERIFY(latencies.percentile(percent) == 7ns);
}

void TestLatencies::nearestRank()
{
    Latencies latencies;
    for (int i = 100; i > 0; --i)
        latencies.add(std::chrono::nanoseconds(i));
    QVERIFY(latencies.percentile(0) == 1ns);
    QVERIFY(latencies.percentile(50) == 50ns);
    QVERIFY(latencies.percentile(95) == 95ns);
    QVERIFY(latencies.percentile(99.5) == 100ns);
    QVERIFY(latencies.percentile(100) == 100ns);
    latencies.add(1000ns);
    QVERIFY(latencies.percentile(50) == 51ns);
    QVERIFY(latencies.percentile(100) == 1000ns);
}

GUILESS_TEST(TestLatencies)
#include "tst_latencies.moc"
