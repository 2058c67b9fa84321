// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/events/ratelimit_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace std::chrono_literals;

class tst_RateLimit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesASecondsWorth();
    void refillsEvenly();
    void takesAllOrNothing();
};

void tst_RateLimit::givesASecondsWorth()
{
    const RateLimit::Clock::time_point start{};
    RateLimit limit(25, start);
    for (int i = 0; i < 25; ++i)
        QVERIFY(limit.take(1, start));
    QVERIFY(!limit.take(1, start));
}

void tst_RateLimit::refillsEvenly()
{
    const RateLimit::Clock::time_point start{};
    RateLimit limit(10, start);
    QVERIFY(limit.take(10, start));
    QVERIFY(!limit.take(1, start + 99ms));
    QVERIFY(limit.take(1, start + 101ms));
    QVERIFY(!limit.take(1, start + 150ms));
    QVERIFY(limit.take(10, start + 1h)); // never more than one second's worth
    QVERIFY(!limit.take(1, start + 1h));
}

void tst_RateLimit::takesAllOrNothing()
{
    const RateLimit::Clock::time_point start{};
    RateLimit limit(5, start);
    QVERIFY(limit.take(3, start));
    QVERIFY(!limit.take(3, start));
    QVERIFY(limit.take(2, start));
}

GUILESS_TEST(tst_RateLimit)
#include "tst_ratelimit.moc"
