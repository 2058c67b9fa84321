// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturestore.h"
#include "app/ui/statistics/capturestatistics.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/capture/capturefixture.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureJob;
using Syncscope::CaptureStatistics;
using Syncscope::CaptureStore;
using Syncscope::FrameFilter;
using Syncscope::FrameLog;
using Syncscope::LedgerModel;
using Syncscope::TrafficOutage;

class TestCaptureStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhenSomebodyLooks();
    void readsNumbers();
    void changesItsMindWhileReading();
    void canBeStopped();
    void saysWhatIsWrong();
    void knowsOutagesAndEchoes();
};

namespace {

struct CaptureSetup {
    QTemporaryDir folder;
    FrameLog log;
    FrameFilter filter{&log};

    [[nodiscard]] QString path() const { return folder.filePath(u"game.ssc"_s); }
};

qint64 eventsOf(const CaptureStatistics &statistics)
{
    qint64 events = 0;
    for (std::size_t i = 0; i < statistics.buckets().size(); ++i)
        events += statistics.buckets()[i].eventsIn;
    return events;
}

} // namespace

void TestCaptureStatistics::readsWhenSomebodyLooks()
{
    CaptureSetup setup;
    QVERIFY(CaptureFixture::make(setup.path(), 500));
    CaptureStatistics statistics(setup.path(), 5'000, &setup.filter);
    QVERIFY(statistics.isEmpty());
    QVERIFY(!statistics.job()->isRunning());
    statistics.setWatched(true);
    QVERIFY(statistics.job()->isRunning());
    QVERIFY(!statistics.remark().isEmpty());
    QTRY_VERIFY(!statistics.job()->isRunning());
    QVERIFY(statistics.remark().isEmpty());
    QCOMPARE(eventsOf(statistics), 500);
    QCOMPARE(statistics.buckets().widthMs(), 100); // short: finer
    QVERIFY(statistics.toMs() > statistics.fromMs());
    const QSignalSpy runs(statistics.job(), &CaptureJob::runningChanged);
    statistics.setWatched(false);
    statistics.setWatched(true);
    QCOMPARE(runs.size(), 0); // once is enough
}

void TestCaptureStatistics::readsNumbers()
{
    CaptureSetup setup;
    QVERIFY(CaptureFixture::make(setup.path(), 500));
    CaptureStatistics statistics(setup.path(), 5'000, &setup.filter);
    statistics.setPlotPath(u"event.n"_s);
    QVERIFY(!statistics.job()->isRunning());
    statistics.setWatched(true);
    QTRY_VERIFY(!statistics.job()->isRunning());
    QVERIFY(statistics.plotRemark().startsWith(u"500 numbers"_s));
    statistics.setPlotPath(u"event.token"_s);
    QTRY_VERIFY(!statistics.job()->isRunning());
    QVERIFY(statistics.plot().isEmpty());
    QVERIFY(statistics.plotRemark().contains(u"500 values that are none"_s));
    QCOMPARE(eventsOf(statistics), 500); // as before
}

void TestCaptureStatistics::changesItsMindWhileReading()
{
    CaptureSetup setup;
    QVERIFY(CaptureFixture::make(setup.path(), 2000));
    CaptureStatistics statistics(setup.path(), 20'000, &setup.filter);
    statistics.setWatched(true);
    statistics.setPlotPath(u"event.token"_s);
    statistics.setPlotPath(u"event.n"_s);
    QVERIFY(statistics.job()->isRunning());
    QTRY_VERIFY(statistics.plotRemark().startsWith(u"2,000 numbers"_s));
    QTRY_VERIFY(!statistics.job()->isRunning());
    QCOMPARE(eventsOf(statistics), 2000);
}

void TestCaptureStatistics::canBeStopped()
{
    CaptureSetup setup;
    QVERIFY(CaptureFixture::make(setup.path(), 25'000));
    CaptureStatistics statistics(setup.path(), 600'000, &setup.filter);
    statistics.setWatched(true);
    statistics.job()->cancel();
    QTRY_VERIFY(!statistics.job()->isRunning());
    QVERIFY(statistics.canReadAgain());
    QVERIFY(statistics.remark().contains(u"before the end"_s));
    QVERIFY(eventsOf(statistics) < 25'000);
    statistics.readAgain();
    QTRY_VERIFY_WITH_TIMEOUT(!statistics.job()->isRunning(), 30'000);
    QCOMPARE(eventsOf(statistics), 25'000);
    QVERIFY(!statistics.canReadAgain());
}

void TestCaptureStatistics::saysWhatIsWrong()
{
    CaptureSetup setup;
    QFile file(setup.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no database, and never was one");
    file.close();
    CaptureStatistics statistics(setup.path(), 0, &setup.filter);
    statistics.setWatched(true);
    QTRY_VERIFY(!statistics.job()->isRunning());
    QVERIFY(statistics.isEmpty());
    QVERIFY(!statistics.remark().isEmpty());
    QVERIFY(statistics.canReadAgain());
}

void TestCaptureStatistics::knowsOutagesAndEchoes()
{
    CaptureSetup setup;
    {
        CaptureStore store;
        QSignalSpy closed(&store, &CaptureStore::closed);
        store.open(setup.path());
        const qint64 connection = store.addConnection(u"wss://example.test/event/realtime"_s);
        const auto append = [&](AppSync::Frame frame, const QString &id) {
            frame.id = id;
            store.append(connection, frame);
        };
        append(UiTest::outgoing(1, u"subscribe"_s,
                                u"{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"/demo/*\"}"_s),
               u"s"_s);
        append(UiTest::frame(2, u"subscribe_success"_s,
                             u"{\"type\":\"subscribe_success\",\"id\":\"s\"}"_s),
               u"s"_s);
        append(UiTest::outgoing(3, u"publish"_s,
                                u"{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"/demo/a\","
                                "\"events\":[\"{\\\"n\\\":1}\"]}"_s),
               u"p"_s);
        append(CaptureFixture::delivered(7, u"{\"n\":1}"_s), u"s"_s);
        const QDateTime lost = UiTest::keepAlive(100).at;
        store.appendNote(connection, "link", lost, "{\"event\":\"lost\"}");
        store.appendNote(connection, "link", lost.addSecs(3), "{\"event\":\"restored\"}");
        store.close();
        QVERIFY(closed.wait(30'000));
    }
    CaptureStatistics statistics(setup.path(), 5'000, &setup.filter);
    statistics.setWatched(true);
    QTRY_VERIFY(!statistics.job()->isRunning());
    QCOMPARE(statistics.outages().size(), std::size_t(1));
    QCOMPARE(*statistics.outages()[0].toMs - statistics.outages()[0].fromMs, 3'000);
    QCOMPARE(statistics.ledger()->count(), 1);
    QCOMPARE(statistics.ledger()->index(0).data(LedgerModel::SeenRole).toString(),
             u"seen on /demo/* after 40\u00A0ms"_s);
    QCOMPARE(statistics.echoes()[u"count"_s].toInt(), 1);
}

GUI_TEST(TestCaptureStatistics)
#include "tst_capturestatistics.moc"
