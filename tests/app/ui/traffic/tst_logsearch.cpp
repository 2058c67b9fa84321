// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framelog.h"
#include "app/ui/traffic/logsearch.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Syncscope::Filter;
using Syncscope::FrameLog;
using Syncscope::FrameTest;
using Syncscope::LogSearch;

class TestLogSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsAtOnce();
    void goesOnInSlices();
    void beginsAnew();
    void survivesTrimming();

private:
    //! More than one slice can look at.
    static constexpr int kMany = 20'000;

    //! The event of each record is its number.
    static void fill(FrameLog *log, int records)
    {
        for (int i = 1; i <= records; ++i)
            log->append(
                UiTest::frame(i, u"data"_s, uR"({"id":"s","type":"data","event":"%1"})"_s.arg(i)));
        log->flush();
    }
    static FrameTest test(const QString &filter) { return {Filter(filter), false}; }
    static QList<qint64> numbers(const QSignalSpy &found)
    {
        QList<qint64> all;
        for (const QList<QVariant> &call : found)
            all = call[0].value<QList<qint64>>() + all;
        return all;
    }
};

void TestLogSearch::findsAtOnce()
{
    FrameLog log;
    fill(&log, 5);
    LogSearch search(&log);
    QSignalSpy found(&search, &LogSearch::found);
    search.start(test(u"event > 2"_s));
    QCOMPARE(numbers(found), QList<qint64>({3, 4, 5}));
    QVERIFY(!search.isRunning());
}

void TestLogSearch::goesOnInSlices()
{
    FrameLog log;
    fill(&log, kMany);
    LogSearch search(&log);
    QSignalSpy found(&search, &LogSearch::found);
    QSignalSpy running(&search, &LogSearch::runningChanged);
    search.start(test(u"event > 100"_s));
    QVERIFY(search.isRunning());
    QCOMPARE(numbers(found).last(), kMany); // the newest are there at once
    QTRY_VERIFY(!search.isRunning());
    QVERIFY(found.count() > 1);
    QCOMPARE(running.count(), 2);
    const QList<qint64> all = numbers(found);
    QCOMPARE(all.size(), kMany - 100);
    QVERIFY(std::is_sorted(all.begin(), all.end()));
}

void TestLogSearch::beginsAnew()
{
    FrameLog log;
    fill(&log, kMany);
    LogSearch search(&log);
    search.start(test(u"event > 100"_s));
    QVERIFY(search.isRunning());
    QSignalSpy found(&search, &LogSearch::found);
    search.start(test(u"event == 1"_s));
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(numbers(found), QList<qint64>{1});
    search.start(test(u"event > 100"_s));
    search.cancel();
    QVERIFY(!search.isRunning());
}

void TestLogSearch::survivesTrimming()
{
    FrameLog log;
    fill(&log, kMany);
    LogSearch search(&log);
    QSignalSpy found(&search, &LogSearch::found);
    search.start(test(u"event > 0"_s));
    QVERIFY(search.isRunning());
    log.setByteBudget(1);
    QTRY_VERIFY(!search.isRunning());
    QVERIFY(numbers(found).first() > 1);
}

GUILESS_TEST(TestLogSearch)
#include "tst_logsearch.moc"
