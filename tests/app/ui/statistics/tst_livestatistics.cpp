// SPDX-License-Identifier: Apache-2.0
#include "app/ui/session.h"
#include "app/ui/statistics/livestatistics.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Syncscope::FrameFilter;
using Syncscope::FrameLog;
using Syncscope::LedgerModel;
using Syncscope::LinkNote;
using Syncscope::LiveStatistics;
using Syncscope::Session;
using Syncscope::TimeRange;

class TestLiveStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isEmptyAtFirst();
    void countsAlsoWhatMemoryLetGo();
    void beginsAnewWhenTrafficIsCleared();
    void tellsAMomentInWords();
    void tellsOutagesInWords();
    void growsWithTime();
    void filtersByARange();
    void combinesWithWhatIsAFilter();
    void plotsOldAndNew();
    void plotsNothingForAWrongPath();
    void seesOwnEventsOnTwoSubscriptions();

private:
    struct Setup {
        FakeClock clock;
        FrameLog log;
        FrameFilter filter{&log};
        LiveStatistics statistics{&log, &filter, &clock};

        //! At the time of the clock.
        void add(AppSync::Frame frame)
        {
            frame.at = QDateTime::fromMSecsSinceEpoch(clock.wallMs(), QTimeZone::utc());
            frame.monotonicNs = clock.monotonic().count();
            log.append(frame);
        }
        void deliver(qint64 seq, const QByteArray &json)
        {
            add(UiTest::data(seq));
            log.attach(UiTest::event(seq, json), 0);
        }
        void note(LinkNote::Kind kind, std::chrono::milliseconds since)
        {
            LinkNote note;
            note.kind = kind;
            note.at = QDateTime::fromMSecsSinceEpoch(clock.wallMs(), QTimeZone::utc());
            note.from = note.at.addMSecs(-since.count());
            log.append(note);
        }
    };
    std::unique_ptr<Setup> m_setup;
};

void TestLiveStatistics::init()
{
    qputenv("TZ", "UTC");
    m_setup = std::make_unique<Setup>();
}

void TestLiveStatistics::isEmptyAtFirst()
{
    Setup &s = *m_setup;
    QVERIFY(s.statistics.isEmpty());
    QVERIFY(!s.statistics.remark().isEmpty());
    QCOMPARE(s.statistics.summary(), s.statistics.remark());
    QCOMPARE(s.statistics.answers()[u"count"_s].toInt(), 0);
    QVERIFY(s.statistics.toMs() > s.statistics.fromMs());
    QVERIFY(!s.statistics.job());
}

void TestLiveStatistics::countsAlsoWhatMemoryLetGo()
{
    Setup &s = *m_setup;
    s.log.setByteBudget(20'000);
    for (int i = 1; i <= 1000; ++i) {
        s.deliver(i, "1");
        s.log.flush();
        s.clock.advance(10ms);
    }
    QVERIFY(s.log.begin() > 900);
    qint64 events = 0;
    for (std::size_t i = 0; i < s.statistics.buckets().size(); ++i)
        events += s.statistics.buckets()[i].eventsIn;
    QCOMPARE(events, 1000);
    QVERIFY(s.statistics.summary().contains(u"1,000 events in"_s));
}

void TestLiveStatistics::beginsAnewWhenTrafficIsCleared()
{
    Setup &s = *m_setup;
    s.deliver(1, "1");
    s.log.flush();
    QVERIFY(!s.statistics.isEmpty());
    const QSignalSpy changes(&s.statistics, &LiveStatistics::changed);
    s.log.clear();
    QVERIFY(s.statistics.isEmpty());
    QCOMPARE(changes.size(), 1);
}

void TestLiveStatistics::tellsAMomentInWords()
{
    Setup &s = *m_setup;
    const qint64 start = s.clock.wallMs();
    for (int i = 1; i <= 8; ++i)
        s.deliver(i, "1");
    s.add(UiTest::keepAlive(20));
    s.clock.advance(60s);
    s.add(UiTest::keepAlive(21));
    s.clock.advance(5s);
    s.log.flush();
    const QString first = s.statistics.wordsFor(start, start + 1000);
    QVERIFY2(first.contains(u"8.0/s in · 0/s out"_s), qPrintable(first));
    QVERIFY2(!first.contains(u"keep-alive"_s), qPrintable(first));
    const QString later = s.statistics.wordsFor(start + 60'000, start + 61'000);
    QVERIFY2(later.contains(u"keep-alive after 60"_s), qPrintable(later));
    const QString both = s.statistics.wordsFor(start, start + 2'000);
    QVERIFY2(both.contains(u"4.0/s in"_s), qPrintable(both));
    QVERIFY(s.statistics.wordsFor(0, 1000).contains(u"nothing was counted"_s));
}

void TestLiveStatistics::tellsOutagesInWords()
{
    Setup &s = *m_setup;
    s.deliver(1, "1");
    s.clock.advance(10s);
    const qint64 lost = s.clock.wallMs();
    s.note(LinkNote::Kind::Lost, 10s);
    s.clock.advance(2s);
    s.log.flush();
    QVERIFY(s.statistics.wordsFor(lost, lost + 1).contains(u"connection lost since 2.0"_s));
    s.note(LinkNote::Kind::Restored, 2s);
    s.clock.advance(100ms);
    s.note(LinkNote::Kind::Gap, 2100ms);
    s.log.flush();
    s.clock.advance(60s);
    const QString words = s.statistics.wordsFor(lost, lost + 1);
    QVERIFY2(words.contains(u"connection lost for 2.0"_s), qPrintable(words));
    QVERIFY2(words.contains(u"gap of 2.1"_s), qPrintable(words));
    QVERIFY(!s.statistics.wordsFor(lost - 9'000, lost - 8'000).contains(u"lost"_s));
    QVERIFY(s.statistics.summary().contains(u"gaps: 1"_s));
}

void TestLiveStatistics::growsWithTime()
{
    Setup &s = *m_setup;
    s.deliver(1, "1");
    s.log.flush();
    QCOMPARE(s.statistics.toMs() - s.statistics.fromMs(), LiveStatistics::kShortestMs);
    s.clock.advance(10min); // of silence, which shows
    QCOMPARE(s.statistics.toMs(), s.clock.wallMs());
    const QSignalSpy changes(&s.statistics, &LiveStatistics::changed);
    s.statistics.setWatched(true);
    QTRY_VERIFY(changes.size() >= 3); // by itself
    s.statistics.setWatched(false);
    const auto before = changes.size();
    s.deliver(2, "1");
    s.log.flush();
    QCOMPARE(changes.size(), before); // nobody looks
}

void TestLiveStatistics::filtersByARange()
{
    Setup &s = *m_setup;
    const QSignalSpy ranges(&s.statistics, &LiveStatistics::rangeChanged);
    s.filter.setText(u"bytes > 1 || bytes == 0"_s);
    const TimeRange first{1'700'000'000'000, 1'700'000'010'000};
    const TimeRange second{1'700'000'020'000, 1'700'000'030'000};
    s.statistics.setRange(first);
    QCOMPARE(s.filter.text(),
             u"(bytes > 1 || bytes == 0) && time >= \"2023-11-14T22:13:20.000Z\" && "
             "time <= \"2023-11-14T22:13:30.000Z\""_s);
    QCOMPARE(s.filter.applied().text(), s.filter.text()); // at once
    QCOMPARE(s.statistics.range(), first);
    s.statistics.setRange(second);
    QCOMPARE(s.statistics.range(), second);
    QVERIFY(!s.filter.text().contains(u"22:13:20"_s));
    s.statistics.clearRange();
    QVERIFY(!s.statistics.hasRange());
    QCOMPARE(s.filter.applied().text(), u"bytes > 1 || bytes == 0"_s);
    QVERIFY(ranges.size() >= 4);
    s.statistics.clearRange();
    QCOMPARE(s.filter.text(), u"bytes > 1 || bytes == 0"_s);
}

void TestLiveStatistics::combinesWithWhatIsAFilter()
{
    Setup &s = *m_setup;
    s.filter.setText(u"bytes > 1"_s);
    s.filter.apply();
    s.filter.setText(u"bytes > "_s); // half written
    s.statistics.setRange({1'700'000'000'000, 1'700'000'010'000});
    QVERIFY(s.filter.text().startsWith(u"bytes > 1 && time >= "_s));
    QVERIFY(s.filter.problem().isEmpty());
}

void TestLiveStatistics::plotsOldAndNew()
{
    Setup &s = *m_setup;
    s.deliver(1, "{\"score\": 10}");
    s.deliver(2, "{\"score\": \"none\"}");
    s.note(LinkNote::Kind::Lost, 1s);
    s.log.flush();
    s.statistics.setPlotPath(u" event.score "_s);
    QCOMPARE(s.statistics.plotPath(), u"event.score"_s);
    QTRY_COMPARE(s.statistics.plotRemark(), u"1 number · 1 values that are none are left out"_s);
    s.deliver(3, "{\"score\": 30}");
    s.deliver(4, "{\"points\": 30}");
    s.log.flush();
    QTRY_VERIFY(s.statistics.plotRemark().startsWith(u"2 numbers"_s));
    QCOMPARE(s.statistics.plot().size(), std::size_t(1));
    QCOMPARE(s.statistics.plot()[0].least, 10.0);
    QCOMPARE(s.statistics.plot()[0].most, 30.0);
    const qint64 now = s.clock.wallMs();
    QVERIFY(s.statistics.wordsFor(now, now + 1).contains(u"event.score 20 (10 to 30)"_s));
    s.statistics.setPlotPath({});
    QVERIFY(s.statistics.plot().isEmpty());
    QVERIFY(s.statistics.plotRemark().isEmpty());
}

void TestLiveStatistics::plotsNothingForAWrongPath()
{
    Setup &s = *m_setup;
    s.deliver(1, "{\"score\": 10}");
    s.log.flush();
    s.statistics.setPlotPath(u"score > 1"_s);
    QVERIFY(!s.statistics.plotProblem().isEmpty());
    s.deliver(2, "{\"score\": 10}");
    s.log.flush();
    QVERIFY(s.statistics.plot().isEmpty());
    s.statistics.setPlotPath(u"event.score"_s);
    QVERIFY(s.statistics.plotProblem().isEmpty());
    QTRY_VERIFY(s.statistics.plotRemark().startsWith(u"2 numbers"_s));
}

void TestLiveStatistics::seesOwnEventsOnTwoSubscriptions()
{
    UiTest::Server server;
    auto *authorizer = new AppSync::ApiKeyAuthorizer(server.emulator.apiKey());
    Session session(server.endpoint(), authorizer, QString());
    session.open();
    QTRY_COMPARE(session.link(), Session::Link::Live);
    LedgerModel *ledger = session.statistics()->ledger();
    session.client()->publish(u"/default/game"_s, QByteArray("{\"nobody\": 1}"));
    QTRY_COMPARE(ledger->count(), 1);
    QTRY_COMPARE(ledger->index(0).data(LedgerModel::OutcomeRole).toInt(),
                 int(LedgerModel::Accepted));
    QVERIFY(ledger->index(0).data(LedgerModel::SeenRole).toString().contains(u"no live"_s));
    session.subscriptions()->add(u"default/*"_s);
    session.subscriptions()->add(u"default/game"_s);
    QTRY_COMPARE(session.subscriptions()->liveCount(), 2);
    session.client()->publish(u"/default/game"_s,
                              QList<QByteArray>{"{\"n\": 9007199254740993}", "\"ä\""});
    QTRY_COMPARE(ledger->count(), 3);
    for (const int row : {0, 1}) {
        const auto seen = [&] { return ledger->index(row).data(LedgerModel::SeenRole).toString(); };
        QTRY_VERIFY(seen().contains(u" and on "_s));
        QVERIFY2(seen().contains(u"/default/* after "_s), qPrintable(seen()));
        QVERIFY2(seen().contains(u"/default/game after "_s), qPrintable(seen()));
    }
    QCOMPARE(session.statistics()->echoes()[u"count"_s].toInt(), 2); // of each the first
    QCOMPARE(session.statistics()->answers()[u"count"_s].toInt(), 2);
    QVERIFY(session.statistics()->summary().contains(u"3 out"_s));
}

GUI_TEST(TestLiveStatistics)
#include "tst_livestatistics.moc"
