// SPDX-License-Identifier: Apache-2.0
#include "app/core/duration.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;

class TestDuration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void seconds();
    void rates_data();
    void rates();
};

void TestDuration::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms"); // -1: refused
    const QList<std::pair<const char *, qint64>> rows{
        {"500ms", 500},
        {"10s", 10'000},
        {"2m", 120'000},
        {"1h", 3'600'000},
        {"1.5s", 1500},
        {"0s", 0},
        {"500h", 1'800'000'000},
        {"501h", -1},
        {"10", -1},
        {"", -1},
        {"s", -1},
        {"ms", -1},
        {"-1s", -1},
        {"1e3s", -1},
        {"+1s", -1},
        {"infs", -1},
        {"nanms", -1},
        {"1 s", -1},
        {"1d", -1},
        {"1.2.3s", -1},
        {"1s ", -1},
        {"1S", -1},
    };
    for (const auto &[text, ms] : rows)
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << ms;
}

void TestDuration::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto duration = parseDuration(text);
    QCOMPARE(duration.has_value(), ms >= 0);
    if (duration)
        QCOMPARE(duration->count(), ms);
}

void TestDuration::seconds()
{
    QCOMPARE(parseSeconds(u"30"_s), 30s);
    QCOMPARE(parseSeconds(u"0.5"_s), 500ms);
    QCOMPARE(parseSeconds(u"250ms"_s), 250ms);
    QVERIFY(!parseSeconds(u"-1"_s));
    QVERIFY(!parseSeconds(u"soon"_s));
}

void TestDuration::rates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ns"); // between two; -1: refused
    const QList<std::pair<const char *, qint64>> rows{
        {"100/s", 10'000'000},
        {"1/s", 1'000'000'000},
        {"60/m", 1'000'000'000},
        {"2/h", 1'800'000'000'000},
        {"0.5/s", 2'000'000'000},
        {"0/s", -1},
        {"100", -1},
        {"/s", -1},
        {"1/d", -1},
        {"-1/s", -1},
        {"1/ss", -1},
        {"1//s", -1},
    };
    for (const auto &[text, ns] : rows)
        QTest::newRow(text) << QString::fromLatin1(text) << ns;
}

void TestDuration::rates()
{
    QFETCH(QString, text);
    QFETCH(qint64, ns);
    const auto interval = parseRate(text);
    QCOMPARE(interval.has_value(), ns >= 0);
    if (interval)
        QCOMPARE(interval->count(), ns);
}

GUILESS_TEST(TestDuration)
#include "tst_duration.moc"
