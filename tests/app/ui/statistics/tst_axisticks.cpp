// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/axisticks.h"
#include "tests/shared/testrunner.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
namespace AxisTicks = Syncscope::AxisTicks;

class TestAxisTicks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void standAtRoundTimes_data();
    void standAtRoundTimes();
    void areNeverTooMany();
    void bearNoTime();
    void roundFromZero_data();
    void roundFromZero();
    void roundAround_data();
    void roundAround();
};

namespace {

qint64 berlin(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

void TestAxisTicks::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
    QLocale::setDefault(QLocale::c());
}

void TestAxisTicks::standAtRoundTimes_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("a minute") << u"2026-11-22T14:02:11"_s << u"2026-11-22T14:03:11"_s
                              << QStringList{u"14:02:15"_s, u"14:02:30"_s, u"14:02:45"_s,
                                             u"14:03:00"_s};
    QTest::newRow("hours") << u"2026-11-22T14:02:11"_s << u"2026-11-22T18:05:00"_s
                           << QStringList{u"15:00"_s, u"16:00"_s, u"17:00"_s, u"18:00"_s};
    QTest::newRow("over midnight")
        << u"2026-11-22T21:00:01"_s << u"2026-11-23T02:00:00"_s
        << QStringList{u"22:00"_s, u"23:00"_s, u"23 Nov"_s, u"01:00"_s, u"02:00"_s};
    QTest::newRow("days") << u"2026-11-20T12:00:00"_s << u"2026-11-24T12:00:00"_s
                          << QStringList{u"21 Nov"_s, u"22 Nov"_s, u"23 Nov"_s, u"24 Nov"_s};
    // The clock was put back at three o'clock.
    QTest::newRow("days of other lengths")
        << u"2026-10-23T12:00:00"_s << u"2026-10-27T12:00:00"_s
        << QStringList{u"24 Oct"_s, u"25 Oct"_s, u"26 Oct"_s, u"27 Oct"_s};
}

void TestAxisTicks::standAtRoundTimes()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QStringList, labels);
    QStringList found;
    for (const auto &tick : AxisTicks::ofTime(berlin(from), berlin(to), 5)) {
        QVERIFY(tick.atMs >= berlin(from) && tick.atMs <= berlin(to));
        found += tick.label;
    }
    QCOMPARE(found, labels);
}

void TestAxisTicks::areNeverTooMany()
{
    const qint64 from = berlin(u"2026-11-22T14:02:11"_s);
    for (qint64 span = 1; span < qint64(1) << 44; span = span * 3 / 2 + 1) {
        const auto ticks = AxisTicks::ofTime(from, from + span, 7);
        QVERIFY2(ticks.size() <= 8, qPrintable(QString::number(span)));
        QVERIFY2(ticks.size() >= 1 || span < 1000, qPrintable(QString::number(span)));
    }
}

void TestAxisTicks::bearNoTime()
{
    QVERIFY(AxisTicks::ofTime(5, 5, 7).isEmpty());
    QVERIFY(AxisTicks::ofTime(9, 5, 7).isEmpty());
    QVERIFY(AxisTicks::ofTime(5, 9'000, 0).isEmpty());
}

void TestAxisTicks::roundFromZero_data()
{
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("top");
    QTest::newRow("nothing") << 0.0 << 1.0;
    QTest::newRow("round") << 500.0 << 500.0;
    QTest::newRow("above") << 501.0 << 1000.0;
    QTest::newRow("small") << 0.0021 << 0.0025;
    QTest::newRow("no number") << std::nan("") << 1.0;
}

void TestAxisTicks::roundFromZero()
{
    QFETCH(double, most);
    QFETCH(double, top);
    QCOMPARE(AxisTicks::fromZero(most).bottom, 0.0);
    QCOMPARE(AxisTicks::fromZero(most).top, top);
}

void TestAxisTicks::roundAround_data()
{
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("bottom");
    QTest::addColumn<double>("top");
    QTest::newRow("from zero") << 3.0 << 80.0 << 0.0 << 100.0;
    QTest::newRow("far from zero") << 1001.0 << 1009.0 << 1000.0 << 1010.0;
    QTest::newRow("below zero") << -12.0 << 7.0 << -15.0 << 10.0;
    QTest::newRow("one value") << 40.0 << 40.0 << 0.0 << 0.0; // see below
}

void TestAxisTicks::roundAround()
{
    QFETCH(double, least);
    QFETCH(double, most);
    QFETCH(double, bottom);
    QFETCH(double, top);
    const auto scale = AxisTicks::around(least, most);
    QVERIFY(scale.bottom <= least && scale.top >= most && scale.bottom < scale.top);
    if (bottom < top) {
        QCOMPARE(scale.bottom, bottom);
        QCOMPARE(scale.top, top);
    }
}

APPLESS_TEST(TestAxisTicks)
#include "tst_axisticks.moc"
