// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/timebuckets.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using Syncscope::Spread;
using Buckets = Syncscope::TimeBuckets<Spread>;

class TestTimeBuckets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsValuesByTheSecond();
    void widensInsteadOfGrowing();
    void takesWhatCameEarlier();
    void bearsAnyTime();
    void showsAStretch();
};

namespace {

qint64 counted(const Buckets &buckets)
{
    qint64 count = 0;
    for (std::size_t i = 0; i < buckets.size(); ++i)
        count += buckets[i].count;
    return count;
}

} // namespace

void TestTimeBuckets::holdsValuesByTheSecond()
{
    Buckets buckets;
    QVERIFY(buckets.isEmpty());
    buckets.at(5'100).add(2);
    buckets.at(5'999).add(6);
    buckets.at(7'000).add(1);
    QCOMPARE(buckets.beginMs(), 5'000);
    QCOMPARE(buckets.endMs(), 8'000);
    QCOMPARE(buckets.size(), std::size_t(3));
    QCOMPARE(buckets[0].count, 2);
    QCOMPARE(buckets[0].mean(), 4.0);
    QCOMPARE(buckets[0].least, 2.0);
    QCOMPARE(buckets[0].most, 6.0);
    QCOMPARE(buckets[1].count, 0);
    QCOMPARE(buckets[2].count, 1);
}

void TestTimeBuckets::widensInsteadOfGrowing()
{
    Buckets buckets;
    const qint64 seconds = 100'000;
    for (qint64 second = 0; second < seconds; ++second)
        buckets.at(1'700'000'001'500 + second * 1000).add(double(second));
    QVERIFY(buckets.size() <= Buckets::kMost);
    QCOMPARE(buckets.widthMs(), 32'000);
    QCOMPARE(counted(buckets), seconds);
    QVERIFY(buckets.beginMs() <= 1'700'000'001'500);
    QVERIFY(buckets.endMs() > 1'700'000'001'500 + (seconds - 1) * 1000);
    for (std::size_t i = 1; i + 1 < buckets.size(); ++i)
        QCOMPARE(buckets[i].count, 32);
}

void TestTimeBuckets::takesWhatCameEarlier()
{
    Buckets buckets;
    buckets.at(10'000).add(1);
    buckets.at(2'000).add(3);
    QCOMPARE(buckets.beginMs(), 2'000);
    QCOMPARE(buckets.size(), std::size_t(9));
    buckets.at(-5'500).add(4); // before 1970
    QCOMPARE(buckets.beginMs(), -6'000);
    QCOMPARE(counted(buckets), 3);
}

void TestTimeBuckets::bearsAnyTime()
{
    Buckets buckets;
    buckets.at(std::numeric_limits<qint64>::max()).add(1);
    buckets.at(std::numeric_limits<qint64>::min() + 1).add(1);
    buckets.at(0).add(1);
    QVERIFY(buckets.size() <= Buckets::kMost);
    QCOMPARE(counted(buckets), 3);
}

void TestTimeBuckets::showsAStretch()
{
    Buckets buckets;
    for (qint64 second = 0; second < 10; ++second)
        buckets.at(second * 1000).add(double(second));
    QList<qint64> begins;
    const auto note = [&](qint64 begin, const Spread &) { begins += begin; };
    buckets.forEach(2'500, 5'000, note);
    QCOMPARE(begins, (QList<qint64>{2'000, 3'000, 4'000}));
    begins.clear();
    buckets.forEach(-9'000, 99'000, note);
    QCOMPARE(begins.size(), 10);
    begins.clear();
    buckets.forEach(20'000, 30'000, note);
    QVERIFY(begins.isEmpty());
    Buckets().forEach(0, 1'000, note);
    QVERIFY(begins.isEmpty());
}

APPLESS_TEST(TestTimeBuckets)
#include "tst_timebuckets.moc"
