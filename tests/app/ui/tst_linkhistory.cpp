// SPDX-License-Identifier: Apache-2.0
#include "app/ui/session.h"
#include "app/ui/traffic/framemodel.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Syncscope::FrameModel;
using Syncscope::LinkNote;
using Syncscope::Session;
using NoteKind = LinkNote::Kind;
using Link = Session::Link;

//! What a real connection that breaks leaves in the log.
class TestLinkHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aLossIsThreeLines();
    void oneGapForAllSubscriptions();
    void eachLossHasItsOwnGap();
    void aLateSubscriptionJoinsItsGap();
    void twoLossesInOneMillisecond();
    void amendsWhatIsShown();
    void aForgottenGapIsToldAnew();
    void tellsWhenItGaveUp();
    void tellsWhatTheUserDid();
    void countsFailedAttemptsInOneLine();
    void tellsThatAYoungerConnectionTookOver();

private:
    [[nodiscard]] QList<LinkNote> notes();
    [[nodiscard]] QList<NoteKind> kinds();
    void goLive();
    void breakOnce();

    std::unique_ptr<UiTest::Server> m_server;
    std::unique_ptr<Session> m_session;
};

void TestLinkHistory::init()
{
    m_session.reset();
    m_server = std::make_unique<UiTest::Server>();
    m_session = std::make_unique<Session>(
        m_server->endpoint(), new AppSync::ApiKeyAuthorizer(m_server->emulator.apiKey()),
        QString());
    AppSync::RetryPolicy atOnce;
    atOnce.base = atOnce.cap = 0ms;
    m_session->client()->setRetryPolicy(atOnce);
}

QList<LinkNote> TestLinkHistory::notes()
{
    Syncscope::FrameLog *log = m_session->log();
    log->flush();
    QList<LinkNote> notes;
    for (qint64 number = log->begin(); number < log->end(); ++number) {
        if (const LinkNote *note = log->record(number).note())
            notes += *note;
    }
    return notes;
}

QList<NoteKind> TestLinkHistory::kinds()
{
    QList<NoteKind> kinds;
    const QList<LinkNote> all = notes();
    for (const LinkNote &note : all)
        kinds += note.kind;
    return kinds;
}

void TestLinkHistory::goLive()
{
    m_session->open();
    QTRY_COMPARE(m_session->link(), Link::Live);
    QTRY_COMPARE(m_session->subscriptions()->liveCount(), m_session->subscriptions()->count());
}

void TestLinkHistory::breakOnce()
{
    QSignalSpy opened(m_session->client(), &AppSync::EventsClient::opened);
    m_server->emulator.dropConnections();
    QVERIFY(opened.wait());
    QTRY_COMPARE(m_session->subscriptions()->liveCount(), m_session->subscriptions()->count());
}

void TestLinkHistory::aLossIsThreeLines()
{
    m_session->subscriptions()->add(u"default/a"_s);
    goLive();
    QVERIFY(notes().isEmpty()); // the first connection is no news
    breakOnce();
    QCOMPARE(kinds(), (QList{NoteKind::Lost, NoteKind::Restored, NoteKind::Gap}));
    const QList<LinkNote> lines = notes();
    QVERIFY(lines[0].isRetried);
    QVERIFY(lines[0].reason.isError());
    QCOMPARE(lines[1].attempt, 1);
    QCOMPARE(lines[1].reason, lines[0].reason);
    QCOMPARE(lines[2].reason, lines[0].reason);
    QVERIFY(lines[2].from <= lines[0].at);
    QVERIFY(lines[2].to() >= lines[1].at);
    // All of them are rows although control frames are hidden.
    QVERIFY(!m_session->frames()->showControl());
    QCOMPARE(m_session->frames()->count(), 3);
}

void TestLinkHistory::oneGapForAllSubscriptions()
{
    for (const QString &channel : {u"default/a"_s, u"default/b"_s, u"default/*"_s})
        m_session->subscriptions()->add(channel);
    goLive();
    breakOnce();
    QCOMPARE(kinds().count(NoteKind::Gap), 1);
    QStringList channels;
    const QList<LinkNote::Channel> concerned = notes().last().channels;
    for (const LinkNote::Channel &channel : concerned)
        channels += channel.name;
    QCOMPARE(channels, (QStringList{u"/default/a"_s, u"/default/b"_s, u"/default/*"_s}));
}

void TestLinkHistory::eachLossHasItsOwnGap()
{
    m_session->subscriptions()->add(u"default/a"_s);
    goLive();
    breakOnce();
    breakOnce();
    QCOMPARE(kinds().count(NoteKind::Gap), 2);
    QCOMPARE(kinds().count(NoteKind::Lost), 2);
}

void TestLinkHistory::aLateSubscriptionJoinsItsGap()
{
    Syncscope::FrameLog log;
    Syncscope::LinkHistory history(m_session->client()->connection(), &log);
    const QDateTime from = QDateTime::currentDateTimeUtc();
    history.addGap({from, from.addMSecs(500), {}, u"/a/b"_s});
    log.flush();
    log.append(UiTest::data(1));
    history.addGap({from, from.addMSecs(900), {}, u"/c/d"_s});
    log.flush();
    QCOMPARE(log.end() - log.begin(), 2);
    const LinkNote *gap = log.record(log.begin()).note();
    QVERIFY(gap);
    QCOMPARE(gap->channels.size(), 2);
    QCOMPARE(gap->to(), from.addMSecs(900));
    QCOMPARE(gap->at, from.addMSecs(500)); // it stays where it stands
}

void TestLinkHistory::twoLossesInOneMillisecond()
{
    Syncscope::FrameLog log;
    Syncscope::LinkHistory history(m_session->client()->connection(), &log);
    const QDateTime from = QDateTime::currentDateTimeUtc();
    for (int loss = 0; loss < 2; ++loss) {
        history.addGap({from, from, {}, u"/a/b"_s});
        history.addGap({from, from, {}, u"/c/d"_s});
    }
    log.flush();
    QCOMPARE(log.end() - log.begin(), 2);
    QCOMPARE(log.record(log.end() - 1).note()->channels.size(), 2);
}

void TestLinkHistory::amendsWhatIsShown()
{
    Syncscope::LinkHistory history(m_session->client()->connection(), m_session->log());
    FrameModel *frames = m_session->frames();
    const QDateTime from = QDateTime::currentDateTimeUtc();
    history.addGap({from, from.addMSecs(500), {}, u"/a/b"_s});
    m_session->log()->flush();
    frames->select(0);
    QVERIFY(!m_session->inspector()->text().contains(u"/c/d"_s));
    const QSignalSpy changed(frames, &QAbstractItemModel::dataChanged);
    history.addGap({from, from.addMSecs(900), {}, u"/c/d"_s});
    QCOMPARE(changed.size(), 1);
    QVERIFY(frames->index(0)
                .data(FrameModel::AccessibleNameRole)
                .toString()
                .contains(u"2 subscription"_s));
    QVERIFY(m_session->inspector()->text().contains(u"/c/d"_s));
}

void TestLinkHistory::aForgottenGapIsToldAnew()
{
    Syncscope::FrameLog log;
    Syncscope::LinkHistory history(m_session->client()->connection(), &log);
    const QDateTime from = QDateTime::currentDateTimeUtc();
    history.addGap({from, from.addMSecs(500), {}, u"/a/b"_s});
    log.clear(); // while it waits to be handed on
    history.addGap({from, from.addMSecs(900), {}, u"/c/d"_s});
    log.flush();
    QCOMPARE(log.end() - log.begin(), 1);
    QCOMPARE(log.record(log.begin()).note()->channels.size(), 1); // the other one was cleared away
}

void TestLinkHistory::countsFailedAttemptsInOneLine()
{
    goLive();
    QSignalSpy failed(m_session->client(), &AppSync::EventsClient::connectionFailed);
    m_server->emulator.setFaults(
        *AppSync::FaultPlan::fromJson(R"({"refuseUpgradeStatus":503})", nullptr));
    m_server->emulator.dropConnections();
    QTRY_VERIFY(failed.size() >= 4); // the loss, and three attempts
    const QList<NoteKind> seen = kinds();
    const LinkNote failures = notes().value(1);
    const auto attempts = int(failed.size()) - 1;
    m_server->emulator.setFaults({});
    QCOMPARE(seen, (QList{NoteKind::Lost, NoteKind::AttemptFailed}));
    QCOMPARE(failures.attempt, attempts);
    QVERIFY2(failures.line().contains(u"503"), qPrintable(failures.line()));
    QVERIFY(failures.isRetried);
    QTRY_COMPARE(m_session->link(), Link::Live);
    QCOMPARE(kinds().last(), NoteKind::Restored);
}

void TestLinkHistory::tellsThatAYoungerConnectionTookOver()
{
    goLive();
    Q_EMIT m_session->client()->connection()->renewed();
    QCOMPARE(kinds(), QList{NoteKind::Renewed});
    QVERIFY(notes().first().line().contains(u"no gap"));
}

void TestLinkHistory::tellsWhenItGaveUp()
{
    m_session->subscriptions()->add(u"default/a"_s);
    goLive();
    AppSync::FaultPlan faults;
    faults.refuseUpgradeStatus = 400; // not worth another attempt
    m_server->emulator.setFaults(faults);
    m_server->emulator.dropConnections();
    QTRY_COMPARE(m_session->link(), Link::Failed);
    QCOMPARE(kinds(), (QList{NoteKind::Lost, NoteKind::GaveUp}));
    QCOMPARE(notes().last().reason.kind, AppSync::Error::Kind::UpgradeRefused);
    m_server->emulator.setFaults({});
    m_session->open();
    QTRY_COMPARE(m_session->link(), Link::Live);
    QCOMPARE(kinds(), (QList{NoteKind::Lost, NoteKind::GaveUp, NoteKind::Restored}));
}

void TestLinkHistory::tellsWhatTheUserDid()
{
    m_session->subscriptions()->add(u"default/a"_s);
    goLive();
    m_session->close();
    QTRY_COMPARE(m_session->link(), Link::Offline);
    goLive();
    QCOMPARE(kinds(), (QList{NoteKind::Closed, NoteKind::Restored}));
    QVERIFY(!notes().first().reason.isError());
    QCOMPARE(notes().last().attempt, 0);
}

GUI_TEST(TestLinkHistory)
#include "tst_linkhistory.moc"
