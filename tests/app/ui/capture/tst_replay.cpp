// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/replay.h"
#include "app/ui/workspace.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

//! The replay of a capture of /demo/*, over the sandbox and over another local AppSync.
class TestReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void looksWhenItIsShown();
    void wantsAChannelForWildcards();
    void judgesTheTemplate();
    void honoursTheFilter();
    void asksBeforeAnApiGetsEvents();
    void startsTheSandbox();
    void tellsFailuresAndStops();
    void sendsNothingUnlessAllFits();

private:
    //! An Events API that is open.
    struct Api {
        Api()
        {
            session = std::make_unique<Session>(
                server.endpoint(), new AppSync::ApiKeyAuthorizer(server.emulator.apiKey()),
                u"prod"_s);
            targets.session = [this] { return session.get(); };
            session->open();
            listener.setEndpoint(server.endpoint());
            listener.setAuthorizer(&server.key);
            QObject::connect(listener.subscribe(u"/default/a"_s),
                             &AppSync::ChannelSubscription::received, &listener,
                             [this](const AppSync::Event &event) { received += event.json(); });
        }

        UiTest::Server server;
        std::unique_ptr<Session> session;
        ReplayTargets targets;
        AppSync::EventsClient listener;
        QByteArrayList received;
    };
    //! An open capture with a replay over \a targets.
    struct Opened {
        explicit Opened(const QString &path, ReplayTargets *targets)
        {
            Problem problem;
            view = CaptureView::open({path, path, nullptr}, targets, &problem);
        }
        Replay *operator->() const { return view->replay(); }
        void filter(const QString &text) const
        {
            view->frames()->filter()->setText(text);
            view->frames()->filter()->apply();
        }
        void allTo(const QString &channel) const
        {
            view->replay()->setOneChannel(true);
            view->replay()->setChannel(channel);
        }

        std::unique_ptr<CaptureView> view;
    };
    static void setFast(Replay *replay) { replay->setSpeed(int(Replay::speeds().size()) - 1); }

    QTemporaryDir m_folder;
    QString m_path;
};

void TestReplay::initTestCase()
{
    m_path = m_folder.filePath(u"demo.ssc"_s);
    QVERIFY(CaptureFixture::make(m_path, 30));
}

void TestReplay::looksWhenItIsShown()
{
    const Opened replay(m_path, nullptr);
    QVERIFY(replay->refusal().isEmpty());
    replay->setShown(true);
    QTRY_VERIFY2(replay->amountText().startsWith(u"30 events"_s), qPrintable(replay->amountText()));
    QCOMPARE(replay->channels()->count(), 1);
    QVERIFY(replay->preview().contains(u"\"n\":1"_s));
    QVERIFY(!replay->durationText().isEmpty());
    QCOMPARE(replay->sessionTitle(), QString());
    const QString empty = m_folder.filePath(u"empty.ssc"_s);
    QVERIFY(CaptureFixture::make(empty, 0));
    const Opened nothing(empty, nullptr);
    nothing->setShown(true);
    QTRY_VERIFY(!nothing->refusal().isEmpty());
    QVERIFY(!nothing->obstacle().isEmpty());
}

void TestReplay::wantsAChannelForWildcards()
{
    const Opened replay(m_path, nullptr);
    ReplayChannels *channels = replay->channels();
    const QAbstractItemModelTester tester(channels,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    replay->setShown(true);
    QTRY_COMPARE(channels->count(), 1);
    const auto text = [&](ReplayChannels::Role role) {
        return channels->data(channels->index(0), role).toString();
    };
    QCOMPARE(text(ReplayChannels::NameRole), u"/demo/*"_s);
    QCOMPARE(text(ReplayChannels::TargetRole), QString());
    QVERIFY(text(ReplayChannels::ProblemRole).contains(u"/demo/*"_s));
    QCOMPARE(replay->obstacle(), text(ReplayChannels::ProblemRole));
    replay->begin();
    QCOMPARE(replay->phase(), Replay::Editing);
    channels->setTarget(0, u"/default/a b"_s);
    QVERIFY(!replay->obstacle().isEmpty());
    channels->setTarget(0, u"default/a"_s);
    QCOMPARE(replay->obstacle(), QString());
    replay->setOneChannel(true);
    QVERIFY(!replay->obstacle().isEmpty());
    replay->setChannel(u"default/b"_s);
    QCOMPARE(replay->obstacle(), QString());
    // What was chosen stays when the filter changes.
    replay.filter(u"event.n < 3"_s);
    QTRY_VERIFY(replay->amountText().startsWith(u"2 events"_s));
    QCOMPARE(text(ReplayChannels::TargetRole), u"default/a"_s);
}

void TestReplay::judgesTheTemplate()
{
    const Opened replay(m_path, nullptr);
    replay->setShown(true);
    QTRY_COMPARE(replay->channels()->count(), 1);
    replay.allTo(u"default/a"_s);
    const QString good = uR"({"i":{{seq}},"n":{{event.n}}})"_s;
    const QString out = uR"({"i":1,"n":1})"_s;
    replay->setRewriting(good);
    QCOMPARE(replay->rewritingProblem(), QString());
    QCOMPARE(replay->preview(), out);
    replay->setRewriting(u"[\"é\", {{evnt}}]"_s);
    QVERIFY(replay->rewritingProblem().contains(u"{{evnt}}"_s));
    QCOMPARE(replay->rewritingPosition(), 6);
    QCOMPARE(replay->preview(), QString());
    QVERIFY(!replay->obstacle().isEmpty());
    replay->setRewriting(u"{{event.score}}"_s);
    QVERIFY(replay->rewritingProblem().contains(u"{{event.score}}"_s));
    replay->setRewriting({});
    QCOMPARE(replay->obstacle(), QString());
}

void TestReplay::honoursTheFilter()
{
    Api api;
    QTRY_COMPARE(api.server.emulator.subscriptionCount(), 1);
    api.targets.isSandbox = [] { return true; };
    const Opened replay(m_path, &api.targets);
    replay.filter(u"event.n > 27"_s);
    replay->setShown(true);
    QTRY_VERIFY2(replay->amountText().startsWith(u"3 events pass the filter event.n > 27"_s),
                 qPrintable(replay->amountText()));
    replay.allTo(u"default/a"_s);
    setFast(replay.view->replay());
    replay->begin();
    QTRY_VERIFY2(replay->hasSucceeded(), qPrintable(replay->summary()));
    QTRY_COMPARE(api.received.size(), 3);
    QVERIFY(api.received.first().contains("\"n\":28"));
    QVERIFY2(replay->summary().startsWith(u"3 events published to prod"_s),
             qPrintable(replay->summary()));
}

void TestReplay::asksBeforeAnApiGetsEvents()
{
    Api api;
    QTRY_COMPARE(api.server.emulator.subscriptionCount(), 1);
    const Opened replay(m_path, &api.targets);
    replay->setShown(true);
    QTRY_COMPARE(replay->channels()->count(), 1);
    QCOMPARE(replay->sessionTitle(), u"prod"_s);
    replay->setTarget(Replay::ToSession);
    replay->channels()->setTarget(0, u"default/a"_s);
    QVERIFY(replay->targetText().contains(api.server.emulator.httpUrl().toString()));
    setFast(replay.view->replay());
    replay->begin();
    QTRY_VERIFY(!replay->question().isEmpty());
    QCOMPARE(replay->phase(), Replay::Confirming);
    QVERIFY(replay->question().contains(u"30 events"_s) && replay->question().contains(u"prod"_s));
    QVERIFY2(replay->questionText().contains(u"30 events to /default/a"_s),
             qPrintable(replay->questionText()));
    replay->stop();
    QCOMPARE(replay->phase(), Replay::Editing);
    QCOMPARE(replay->replayer().counts().sent, 0);
    // The question is about this API: another one is not meant.
    replay->begin();
    QTRY_COMPARE(replay->phase(), Replay::Confirming);
    Api other;
    const auto mine = std::exchange(api.targets.session, other.targets.session);
    Q_EMIT api.targets.changed();
    QCOMPARE(replay->phase(), Replay::Editing);
    api.targets.session = mine;
    replay->begin();
    QTRY_COMPARE(replay->phase(), Replay::Confirming);
    replay->confirm();
    QTRY_VERIFY2(replay->hasSucceeded(), qPrintable(replay->summary()));
    QTRY_COMPARE(api.received.size(), 30);
    // As if it had been published by hand.
    api.session->log()->flush();
    QTRY_VERIFY(api.session->frames()->count() >= 30);
}

void TestReplay::startsTheSandbox()
{
    Workspace workspace(nullptr, m_folder.filePath(u"profiles.json"_s));
    workspace.captures()->open(QUrl::fromLocalFile(m_path));
    Replay *replay = workspace.captures()->shown()->replay();
    replay->setShown(true);
    QTRY_COMPARE(replay->channels()->count(), 1);
    replay->channels()->setTarget(0, u"default/a"_s);
    setFast(replay);
    QVERIFY(!workspace.session());
    replay->begin();
    QTRY_VERIFY2(replay->hasSucceeded(), qPrintable(replay->summary()));
    QVERIFY(workspace.sandbox()->isRunning());
    QVERIFY(workspace.eventsSession());
    QVERIFY(workspace.captures()->shown()); // the tab stays
    // Once more, over the same session.
    const Session *session = workspace.eventsSession();
    replay->begin();
    QTRY_VERIFY(replay->phase() != Replay::Checking);
    QTRY_VERIFY2(replay->hasSucceeded(), qPrintable(replay->summary()));
    QCOMPARE(workspace.eventsSession(), session);
}

void TestReplay::tellsFailuresAndStops()
{
    Api api;
    api.targets.isSandbox = [] { return true; };
    const Opened replay(m_path, &api.targets);
    replay->setShown(true);
    QTRY_COMPARE(replay->channels()->count(), 1);
    replay.allTo(u"nowhere/a"_s);
    setFast(replay.view->replay());
    replay->begin();
    QTRY_VERIFY(replay->summary().contains(u"30 failed"_s));
    QVERIFY(!replay->hasSucceeded());
    QCOMPARE(replay->failures().size(), 1);
    QVERIFY2(replay->failures().first().startsWith(u"30 × /nowhere/a"_s),
             qPrintable(replay->failures().first()));
    // Its times would take a third of a second; at a tenth of the speed three.
    replay.allTo(u"default/a"_s);
    replay->setSpeed(0);
    replay->begin();
    QTRY_COMPARE(replay->phase(), Replay::Running);
    QTRY_VERIFY(replay->replayer().counts().published > 0);
    QVERIFY2(replay->nextText().contains(u"/default/a"_s), qPrintable(replay->nextText()));
    replay->pause();
    QCOMPARE(replay->phase(), Replay::Paused);
    replay->resume();
    replay->stop();
    const qint64 sent = replay->replayer().counts().sent;
    QVERIFY(sent < 30);
    QCOMPARE(replay->phase(), Replay::Editing);
    QVERIFY2(replay->summary().startsWith(u"Stopped."_s), qPrintable(replay->summary()));
    QVERIFY(replay->summary().contains(u"%1 not sent"_s.arg(30 - sent)));
    QTRY_COMPARE(replay->replayer().counts().unanswered(), 0);
    QCOMPARE(replay->replayer().counts().sent, sent);
}

void TestReplay::sendsNothingUnlessAllFits()
{
    QFile file(m_folder.filePath(u"uneven.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const char *event : {"{\"n\":1}", "{\"m\":2}"})
        file.write(R"({"kind":"event","sub":"/default/a","t":"2026-01-01T00:00:00.000Z","event":)"
                   + QByteArray(event) + "}\n");
    file.close();
    Api api;
    api.targets.isSandbox = [] { return true; };
    CaptureShelf shelf(&api.targets);
    shelf.open(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(shelf.count(), 1);
    Replay *replay = shelf.shown()->replay();
    replay->setShown(true);
    QTRY_COMPARE(replay->channels()->count(), 1);
    replay->setRewriting(u"[{{event.n}}]"_s);
    QCOMPARE(replay->obstacle(), QString());
    replay->begin();
    QTRY_VERIFY2(replay->summary().contains(u"frame 2"_s), qPrintable(replay->summary()));
    QCOMPARE(replay->replayer().counts().sent, 0);
    QCOMPARE(replay->phase(), Replay::Editing);
}

GUILESS_TEST(TestReplay)
#include "tst_replay.moc"
