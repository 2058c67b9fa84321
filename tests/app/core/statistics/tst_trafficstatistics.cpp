// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/trafficstatistics.h"
#include "tests/app/core/statistics/samples.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Samples::Sample;
using Syncscope::TrafficBucket;
using Syncscope::TrafficOutage;
using Syncscope::TrafficStatistics;

class TestTrafficStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsBothWays();
    void measuresAnswersAndEchoes();
    void measuresKeepAlives();
    void knowsOutages();
    void beginsAnew();
    void bearsRubbish();
};

void TestTrafficStatistics::countsBothWays()
{
    TrafficStatistics statistics;
    Sample in = Samples::event(100, u"s1"_s, {"1"});
    in.bytes = 40;
    statistics.add(in);
    statistics.add(in);
    Sample out = Samples::publish(1'200, u"p1"_s, u"/a"_s, {"1", "2", "3"});
    out.bytes = 90;
    statistics.add(out);
    Sample control = Samples::at(Sample::Kind::Other, 1'300);
    control.bytes = 10;
    statistics.add(control);
    const auto &buckets = statistics.buckets();
    QCOMPARE(buckets.size(), std::size_t(2));
    QCOMPARE(buckets[0].eventsIn, 2);
    QCOMPARE(buckets[0].bytesIn, 80);
    QCOMPARE(buckets[0].eventsOut, 0);
    QCOMPARE(buckets[1].eventsIn, 0);
    QCOMPARE(buckets[1].eventsOut, 3);
    QCOMPARE(buckets[1].bytesOut, 90);
    QCOMPARE(buckets[1].bytesIn, 10);
    QCOMPARE(statistics.total().eventsIn, 2);
    QCOMPARE(statistics.total().bytesIn, 90);
}

void TestTrafficStatistics::measuresAnswersAndEchoes()
{
    TrafficStatistics statistics;
    Samples::subscribe(&statistics, 0, u"s1"_s, u"/game/*"_s);
    statistics.add(Samples::publish(100, u"p1"_s, u"/game/1"_s, {"1"}));
    statistics.add(Samples::event(136, u"s1"_s, {"1"}));
    statistics.add(Samples::answer(150, u"p1"_s, R"({"successful":[{"index":0}]})"));
    statistics.add(Samples::answer(190, u"p1"_s, "{}")); // nobody asked
    statistics.add(Samples::about(Sample::Kind::Request, 2'000, u"q1"_s));
    statistics.add(Samples::answer(2'020, u"q1"_s, "{\"data\":1}"));
    QCOMPARE(statistics.answers().count(), 2);
    QCOMPARE(statistics.answers().greatest(), 50ms);
    QCOMPARE(statistics.answers().least(), 20ms);
    QCOMPARE(statistics.echoes().count(), 1);
    QCOMPARE(statistics.echoes().greatest(), 36ms);
    QCOMPARE(statistics.buckets()[0].answer.mean(), 50.0);
    QCOMPARE(statistics.buckets()[0].echo.mean(), 36.0);
    QCOMPARE(statistics.buckets()[2].answer.mean(), 20.0);
    QCOMPARE(statistics.ledger().entries().size(), std::size_t(1));
}

void TestTrafficStatistics::measuresKeepAlives()
{
    TrafficStatistics statistics;
    statistics.add(Samples::at(Sample::Kind::KeepAlive, 0));
    statistics.add(Samples::at(Sample::Kind::KeepAlive, 60'000));
    Sample other = Samples::at(Sample::Kind::KeepAlive, 61'000);
    other.connection = 2;
    statistics.add(other);
    statistics.add(Samples::at(Sample::Kind::Lost, 90'000));
    statistics.add(Samples::at(Sample::Kind::KeepAlive, 180'000)); // of the next connection
    QCOMPARE(statistics.total().keepAlive.count, 1);
    QCOMPARE(statistics.total().keepAlive.mean(), 60'000.0);
}

void TestTrafficStatistics::knowsOutages()
{
    TrafficStatistics statistics;
    statistics.add(Samples::at(Sample::Kind::Lost, 1'000));
    QCOMPARE(statistics.outages().size(), std::size_t(1));
    QVERIFY(!statistics.outages()[0].toMs);
    statistics.add(Samples::at(Sample::Kind::Restored, 3'000));
    QCOMPARE(*statistics.outages()[0].toMs, Samples::kStart + 3'000);
    Sample gap = Samples::at(Sample::Kind::Gap, 3'100);
    gap.fromMs = Samples::kStart + 1'000;
    statistics.add(gap);
    QCOMPARE(statistics.outages()[1].kind, TrafficOutage::Kind::Gap);
    QCOMPARE(statistics.outages()[1].fromMs, Samples::kStart + 1'000);
    statistics.amendGap(Samples::kStart + 1'000, Samples::kStart + 3'300);
    QCOMPARE(*statistics.outages()[1].toMs, Samples::kStart + 3'300);
    statistics.add(Samples::at(Sample::Kind::Closed, 9'000));
    QCOMPARE(statistics.outages()[2].kind, TrafficOutage::Kind::Closed);
    for (int i = 0; i < 3000; ++i)
        statistics.add(Samples::at(Sample::Kind::Lost, 10'000 + i));
    QCOMPARE(statistics.outages().size(), TrafficStatistics::kMostOutages);
}

void TestTrafficStatistics::beginsAnew()
{
    TrafficStatistics statistics;
    Samples::subscribe(&statistics, 0, u"s1"_s, u"/a"_s);
    statistics.add(Samples::publish(10, u"p1"_s, u"/a"_s, {"1"}));
    statistics.add(Samples::at(Sample::Kind::Lost, 20));
    statistics.clear();
    QVERIFY(statistics.buckets().isEmpty());
    QVERIFY(statistics.outages().empty());
    QCOMPARE(statistics.total().eventsOut, 0);
    QCOMPARE(statistics.ledger().entries().size(), std::size_t(1)); // its results are still shown
    statistics.add(Samples::answer(60, u"p1"_s, R"({"successful":[{"index":0}]})"));
    QCOMPARE(statistics.answers().greatest(), 50ms);
}

void TestTrafficStatistics::bearsRubbish()
{
    TrafficStatistics statistics;
    statistics.add(Sample());
    Sample publish = Samples::about(Sample::Kind::Publish, 0, QString());
    statistics.add(publish); // without events
    statistics.add(Samples::about(Sample::Kind::Answer, 0, u"p"_s));
    statistics.add(Samples::about(Sample::Kind::Event, 0, u"s"_s));
    Sample far = Samples::at(Sample::Kind::Event, 0);
    far.atMs = std::numeric_limits<qint64>::max();
    far.bytes = std::numeric_limits<qint64>::max() / 2;
    statistics.add(far);
    far.atMs = std::numeric_limits<qint64>::min();
    statistics.add(far);
    QVERIFY(statistics.buckets().size() <= Syncscope::TimeBuckets<TrafficBucket>::kMost);
    QCOMPARE(statistics.total().eventsIn, 3);
}

APPLESS_TEST(TestTrafficStatistics)
#include "tst_trafficstatistics.moc"
