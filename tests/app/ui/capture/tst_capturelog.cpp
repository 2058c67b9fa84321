// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturelog.h"
#include "app/ui/traffic/framemodel.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureLog;
using Syncscope::CaptureLogSearch;
using Syncscope::Filter;
using Syncscope::FrameModel;
using Syncscope::FrameRecord;

class TestCaptureLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatWasRecorded();
    void readsAnyPage();
    void fillsATable();
    void filtersLikeTheLiveTable();
    void findsTheEventBefore();
    void whatIsNoCapture();

private:
    QTemporaryDir m_folder;
};

void TestCaptureLog::showsWhatWasRecorded()
{
    const QString path = m_folder.filePath(u"a.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 2));
    CaptureLog log;
    QVERIFY(!log.open(path).isProblem());
    QCOMPARE(log.begin(), 1);
    QCOMPARE(log.end(), 4);
    const FrameRecord &subscribe = log.record(1);
    QCOMPARE(subscribe.kind, FrameRecord::Kind::Control);
    QCOMPARE(subscribe.frame.direction, AppSync::Frame::Direction::Out);
    const FrameRecord &event = log.record(2);
    QCOMPARE(event.kind, FrameRecord::Kind::Event);
    QCOMPARE(event.channel, u"/demo/*"_s);
    QCOMPARE(event.payloads(), QStringList{uR"({"n":1,"token":"secret-1"})"_s});
    QCOMPARE(event.frame.text,
             CaptureFixture::delivered(2, uR"({"n":1,"token":"secret-1"})"_s).text);
    QCOMPARE(event.at(), UiTest::data(2).at);
    QVERIFY(event.slot >= 0);
}

void TestCaptureLog::readsAnyPage()
{
    const QString path = m_folder.filePath(u"pages.ssc"_s);
    constexpr int kEvents = int(CaptureLog::kPageRecords) * (CaptureLog::kPages + 2);
    QVERIFY(CaptureFixture::make(path, kEvents));
    CaptureLog log;
    QVERIFY(!log.open(path).isProblem());
    for (const qint64 number : {qint64(kEvents), qint64(2), CaptureLog::kPageRecords,
                                CaptureLog::kPageRecords - 1, qint64(kEvents / 2)})
        QCOMPARE(log.record(number).number, number);
    // More pages than stay in memory, and back.
    for (qint64 number = 2; number < log.end(); number += CaptureLog::kPageRecords)
        QCOMPARE(log.record(number).payloads().first(),
                 uR"({"n":%1,"token":"secret-%1"})"_s.arg(number - 1));
    QCOMPARE(log.record(2).number, 2);
    const FrameRecord &there = log.record(3);
    QVERIFY(log.record(log.end()).preview().contains(u"no such frame"_s));
    QCOMPARE(there.number, 3); // still valid
}

void TestCaptureLog::fillsATable()
{
    const QString path = m_folder.filePath(u"table.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 300));
    CaptureLog log;
    QVERIFY(!log.open(path).isProblem());
    FrameModel model(&log);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.showAll();
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.count(), 300);
    QVERIFY(!model.isFollowing());
    QCOMPARE(model.index(0).data(FrameModel::NumberRole).toInt(), 2);
    model.setShowControl(true);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.count(), 301);
    model.filter()->setText(u"event.n > 290"_s);
    model.filter()->apply();
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.count(), 10);
}

//! The filter for the file lets through what the test for live rows does.
void TestCaptureLog::filtersLikeTheLiveTable()
{
    const QString path = m_folder.filePath(u"same.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 50));
    CaptureLog log;
    QVERIFY(!log.open(path).isProblem());
    for (const bool withControl : {true, false}) {
        for (const QString &text : {u""_s, u"event.n == 7"_s, u"kind == \"control\""_s,
                                    u"event.n < 3 || event.n > 48"_s}) {
            const Syncscope::FrameTest test{Filter(text), withControl};
            QList<qint64> expected;
            for (qint64 number = log.begin(); number < log.end(); ++number) {
                if (test.passes(log.record(number)))
                    expected += number;
            }
            CaptureLogSearch search(&log);
            QList<qint64> found;
            connect(&search, &CaptureLogSearch::found, this,
                    [&](const QList<qint64> &numbers) { found += numbers; });
            search.start(test);
            QTRY_VERIFY(!search.isRunning());
            QVERIFY2(found == expected, qPrintable(text));
        }
    }
}

void TestCaptureLog::findsTheEventBefore()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"game.ssc"_s);
    {
        Syncscope::CaptureStore store;
        QSignalSpy closed(&store, &Syncscope::CaptureStore::closed);
        store.open(path);
        const qint64 connection = store.addConnection(u"wss://example.test"_s);
        store.noteSubscription(connection, u"s"_s, u"/a"_s);
        store.noteSubscription(connection, u"t"_s, u"/b"_s);
        for (qint64 seq = 1; seq <= 9; ++seq) {
            AppSync::Frame frame = CaptureFixture::delivered(seq, QString::number(seq));
            frame.id = seq % 3 == 0 ? u"t"_s : u"s"_s;
            store.append(connection, seq == 5 ? UiTest::keepAlive(seq) : frame);
        }
        store.close();
        QVERIFY(closed.wait());
    }
    CaptureLog log;
    QVERIFY(!log.open(path).isProblem());
    QCOMPARE(log.eventBefore(log.record(8), 1), 7);
    QCOMPARE(log.eventBefore(log.record(7), 1), 4); // 5 is a keep-alive, 6 on another channel
    QCOMPARE(log.eventBefore(log.record(9), 1), 6);
    QCOMPARE(log.eventBefore(log.record(9), 7), 0);
    QCOMPARE(log.eventBefore(log.record(1), 1), 0);
    for (qint64 number = 1; number <= 9; ++number) { // as by reading them all
        if (number != 5)
            QCOMPARE(log.eventBefore(log.record(number), 1),
                     log.FrameSource::eventBefore(log.record(number), 1));
    }
}

void TestCaptureLog::whatIsNoCapture()
{
    QFile file(m_folder.filePath(u"rubbish.ssc"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("SQLite format 3, or so it says");
    file.close();
    CaptureLog log;
    QVERIFY(log.open(file.fileName()).isProblem());
    CaptureLog nothing;
    QVERIFY(nothing.open(m_folder.filePath(u"not there.ssc"_s)).isProblem());
}

GUILESS_TEST(TestCaptureLog)
#include "tst_capturelog.moc"
