// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/ratepace.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using Syncscope::RatePace;

class TestRatePace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesNotWaitAtFirst();
    void doublesItsGaps();
    void countsOneBurstOnce();
    void recovers();
};

void TestRatePace::doesNotWaitAtFirst()
{
    RatePace pace;
    QCOMPARE(pace.untilNextMs(0), 0.0);
    pace.onSent(5);
    pace.onTaken();
    QCOMPARE(pace.untilNextMs(5), 0.0);
}

void TestRatePace::doublesItsGaps()
{
    RatePace pace;
    qint64 now = 100;
    double gap = RatePace::kShortestMs;
    for (int i = 0; i < 20; ++i) {
        pace.onSent(now);
        pace.onRefused(now, now + 1);
        QCOMPARE(pace.untilNextMs(now), gap);
        now += 10'000;
        QVERIFY(pace.untilNextMs(now) <= 0);
        gap = std::min(gap * 2, RatePace::kLongestMs);
    }
    QCOMPARE(gap, RatePace::kLongestMs);
}

void TestRatePace::countsOneBurstOnce()
{
    RatePace pace;
    for (qint64 sent = 1; sent <= 64; ++sent)
        pace.onSent(sent);
    for (qint64 sent = 30; sent <= 64; ++sent)
        pace.onRefused(sent, 65);
    QCOMPARE(pace.untilNextMs(64), RatePace::kShortestMs);
}

void TestRatePace::recovers()
{
    RatePace pace;
    pace.onSent(1);
    pace.onRefused(1, 2);
    const double slow = pace.untilNextMs(1);
    pace.onTaken();
    QVERIFY(pace.untilNextMs(1) < slow);
    QVERIFY(pace.untilNextMs(1) > slow / 2); // little by little
    for (int i = 0; i < 200; ++i)
        pace.onTaken();
    QCOMPARE(pace.untilNextMs(1), 0.0);
}

GUILESS_TEST(TestRatePace)
#include "tst_ratepace.moc"
