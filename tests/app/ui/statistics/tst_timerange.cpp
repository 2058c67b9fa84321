// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filter.h"
#include "app/core/filter/filterexpression.h"
#include "app/ui/statistics/timerange.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::Filter;
using Syncscope::TimeRange;

class TestTimeRange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void comesBehindTheFilter_data();
    void comesBehindTheFilter();
    void isReadInOtherForms_data();
    void isReadInOtherForms();
    void saysTheOffset();
    void countsItsEnds();
};

namespace {

const TimeRange kRange{1'700'000'000'250, 1'700'000'060'000};
const QString kText =
    u"time >= \"2023-11-14T23:13:20.250+01:00\" && time <= \"2023-11-14T23:14:20.000+01:00\""_s;

} // namespace

void TestTimeRange::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
}

void TestTimeRange::comesBehindTheFilter_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("combined");
    QTest::newRow("nothing") << QString() << kText;
    QTest::newRow("a test") << u"sub ~ \"/game/*\""_s << u"sub ~ \"/game/*\" && "_s + kText;
    QTest::newRow("both") << u"bytes > 1 && event.a == 1"_s
                          << u"bytes > 1 && event.a == 1 && "_s + kText;
    QTest::newRow("either") << u"bytes > 1 || event.a == 1"_s
                            << u"(bytes > 1 || event.a == 1) && "_s + kText;
    QTest::newRow("bars within a text") << u"\"a || b\""_s << u"\"a || b\" && "_s + kText;
    QTest::newRow("two groups")
        << u"(bytes > 1 || bytes < 9) && (dir == \"in\" || bytes == 3)"_s
        << u"(bytes > 1 || bytes < 9) && (dir == \"in\" || bytes == 3) && "_s + kText;
    QTest::newRow("a time of another kind")
        << u"time > \"2023-11-14T00:00:00Z\""_s << u"time > \"2023-11-14T00:00:00Z\" && "_s + kText;
}

void TestTimeRange::comesBehindTheFilter()
{
    QFETCH(QString, before);
    QFETCH(QString, combined);
    QVERIFY(!TimeRange::of(before));
    QCOMPARE(kRange.addedTo(before), combined);
    QVERIFY(Filter(combined).isValid());
    QCOMPARE(TimeRange::of(combined), kRange);
    QCOMPARE(TimeRange::removedFrom(combined), before);
    QCOMPARE(TimeRange::removedFrom(before), before);
    const TimeRange other{kRange.fromMs + 1, kRange.toMs + 1};
    QCOMPARE(TimeRange::of(other.addedTo(combined)), other);
    QCOMPARE(TimeRange::removedFrom(other.addedTo(combined)), before);
}

void TestTimeRange::isReadInOtherForms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRange");
    QTest::newRow("UTC")
        << u"time >= \"2023-11-14T22:13:20.250Z\" && time <= \"2023-11-14T22:14:20Z\""_s << true;
    QTest::newRow("local and narrow")
        << u"time>=\"2023-11-14T23:13:20.250\"&&time<=\"2023-11-14T23:14:20\""_s << true;
    QTest::newRow("one end") << u"time >= \"2023-11-14T22:13:20.250Z\""_s << false;
    QTest::newRow("not at the end") << kText + u" && bytes > 1"_s << false;
    QTest::newRow("within an alternative")
        << u"runtime >= \"2023-11-14T22:13:20.250Z\" && time <= \"2023-11-14T22:14:20Z\""_s
        << false;
    QTest::newRow("no times") << u"time >= \"a\" && time <= \"b\""_s << false;
}

void TestTimeRange::isReadInOtherForms()
{
    QFETCH(QString, text);
    QFETCH(bool, isRange);
    QCOMPARE(TimeRange::of(text).has_value(), isRange);
    if (isRange)
        QCOMPARE(TimeRange::of(text), kRange);
}

void TestTimeRange::saysTheOffset()
{
    QCOMPARE(TimeRange::timeText(1'700'000'000'250), u"2023-11-14T23:13:20.250+01:00"_s);
    QCOMPARE(TimeRange::timeText(1'690'000'000'000), u"2023-07-22T06:26:40.000+02:00"_s);
}

void TestTimeRange::countsItsEnds()
{
    const Filter filter(kRange.addedTo({}));
    Syncscope::FilterRow row;
    const QList<std::pair<qint64, bool>> expected{{kRange.fromMs - 1, false},
                                                  {kRange.fromMs, true},
                                                  {kRange.toMs, true},
                                                  {kRange.toMs + 1, false}};
    for (const auto &[time, isIn] : expected) {
        row.timeMs = time;
        QCOMPARE(filter.matches(row), isIn);
    }
}

APPLESS_TEST(TestTimeRange)
#include "tst_timerange.moc"
