// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/RetryPolicy>

#include <QRandomGenerator>
#include <QTest>

using AppSync::RetryPolicy;
using namespace std::chrono_literals;

class tst_RetryPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boundDoublesUpToTheCap();
    void delayHasFullJitter();
    void attemptsAreCounted();
};

void tst_RetryPolicy::boundDoublesUpToTheCap()
{
    RetryPolicy policy;
    policy.base = 100ms;
    policy.cap = 1000ms;
    QCOMPARE(policy.bound(1), 100ms);
    QCOMPARE(policy.bound(2), 200ms);
    QCOMPARE(policy.bound(4), 800ms);
    QCOMPARE(policy.bound(5), 1000ms);
    QCOMPARE(policy.bound(1'000'000), 1000ms);
}

void tst_RetryPolicy::delayHasFullJitter()
{
    const RetryPolicy policy;
    QRandomGenerator random(7);
    bool low = false;
    bool high = false;
    for (int i = 0; i < 1000; ++i) {
        const auto delay = policy.delay(3, random);
        QVERIFY(delay >= 0ms && delay <= policy.bound(3));
        low |= delay < policy.bound(3) / 4;
        high |= delay > policy.bound(3) * 3 / 4;
    }
    QVERIFY(low && high);
}

void tst_RetryPolicy::attemptsAreCounted()
{
    QVERIFY(!RetryPolicy::never().allows(1));
    QVERIFY(RetryPolicy().allows(1'000'000));
    RetryPolicy two;
    two.maxAttempts = 2;
    QVERIFY(two.allows(2));
    QVERIFY(!two.allows(3));
}

GUILESS_TEST(tst_RetryPolicy)
#include "tst_retrypolicy.moc"
