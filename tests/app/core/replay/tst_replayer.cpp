// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replayer.h"
#include "replayfixture.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;
using ReplayFixture::Row;
using ReplayFixture::Server;

class TestReplayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishesTheBytesInTheirOrder();
    void mapsChannels();
    void keepsTheTimes();
    void pauses();
    void stopsAtOnce();
    void countsRefusals();
    void slowsDownAtALimit();
    void givesUpAtALimit();
    void goesOnAfterALoss();
    void endsWithItsClient();
    void saysWhatCannotBeRead();
    void rewrites();

private:
    //! Checked, and ready to be started.
    bool prepare(Replayer &replayer, const QList<Row> &rows, const ReplayPlan &plan = {})
    {
        const QString path = m_folder.filePath(QString::number(++m_made) + u".ssc"_s);
        QSignalSpy checked(&replayer, &Replayer::checked);
        if (!ReplayFixture::write(path, rows))
            return false;
        replayer.check(path, plan);
        return checked.wait() && replayer.survey().events > 0;
    }
    static QList<Row> numbered(int count)
    {
        QList<Row> rows;
        for (int i = 1; i <= count; ++i)
            rows.append({"/default/a", "{\"n\":" + QByteArray::number(i) + '}', i});
        return rows;
    }
    static ReplayPlan fast()
    {
        ReplayPlan plan;
        plan.speed = ReplayPlan::kMaximum;
        return plan;
    }
    QTemporaryDir m_folder;
    int m_made = 0;
};

void TestReplayer::publishesTheBytesInTheirOrder()
{
    Server server;
    server.listen(u"/default/a"_s);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 1);
    QList<Row> rows = numbered(1'200); // more than is read ahead at a time
    rows[3].event = R"({"b": 1.50, "a":9007199254740993, "b":"\u00e9\"" })";
    Replayer replayer;
    QVERIFY(prepare(replayer, rows, fast()));
    QSignalSpy finished(&replayer, &Replayer::finished);
    replayer.start(&server.client);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(replayer.counts().published, 1'200);
    QTRY_COMPARE(server.received.size(), 1'200);
    for (int i = 0; i < 1'200; ++i)
        QCOMPARE(server.received.at(i), "/default/a " + rows.at(i).event);
}

void TestReplayer::mapsChannels()
{
    Server server;
    for (const QString &channel : {u"/default/one"_s, u"/default/b"_s, u"/default/all"_s})
        server.listen(channel);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 3);
    const QList<Row> rows{{"/default/*", "1"}, {"/game/b", "2"}};
    ReplayPlan plan = fast();
    QVERIFY(plan.addMapping(u"/default/*"_s, u"/default/one"_s));
    QVERIFY(plan.addMapping(u"/game/*"_s, u"/default/*"_s));
    Replayer replayer;
    QVERIFY(prepare(replayer, rows, plan));
    replayer.start(&server.client);
    QTRY_COMPARE(server.received, (QList<QByteArray>{"/default/one 1", "/default/b 2"}));
    server.received.clear();
    plan.to = u"/default/all"_s;
    QVERIFY(prepare(replayer, rows, plan));
    replayer.start(&server.client);
    QTRY_COMPARE(server.received, (QList<QByteArray>{"/default/all 1", "/default/all 2"}));
}

void TestReplayer::keepsTheTimes()
{
    Server server;
    FakeClock clock;
    Replayer replayer(&clock);
    ReplayPlan plan;
    plan.speed = 2;
    const QList<Row> rows{
        {"/default/a", "1", 0}, {"/default/a", "2", 1'000}, {"/default/a", "3", 4'000}};
    QVERIFY(prepare(replayer, rows, plan));
    replayer.start(&server.client);
    QTRY_COMPARE(replayer.counts().published, 1);
    QCOMPARE(clock.untilNext(), 500ms);
    QCOMPARE(replayer.next()->text, QByteArray("2"));
    QCOMPARE(replayer.nextInMs(), 500);
    clock.advance(499ms);
    QCOMPARE(replayer.counts().sent, 1);
    clock.advance(1ms);
    QCOMPARE(replayer.counts().sent, 2);
    QCOMPARE(replayer.lateMs(), 0);
    QCOMPARE(clock.untilNext(), 1'500ms);
    clock.advance(1'500ms);
    QTRY_COMPARE(replayer.state(), Replayer::State::Ended);
    QCOMPARE(replayer.counts().published, 3);
}

void TestReplayer::pauses()
{
    Server server;
    FakeClock clock;
    Replayer replayer(&clock);
    QVERIFY(prepare(replayer, {{"/default/a", "1", 0}, {"/default/a", "2", 1'000}}));
    replayer.start(&server.client);
    QTRY_COMPARE(replayer.counts().published, 1);
    clock.advance(400ms);
    replayer.pause();
    QCOMPARE(replayer.state(), Replayer::State::Paused);
    QCOMPARE(clock.untilNext(), std::nullopt);
    clock.advance(1h);
    QCOMPARE(replayer.counts().sent, 1);
    QCOMPARE(replayer.nextInMs(), 600);
    replayer.resume();
    QCOMPARE(clock.untilNext(), 600ms);
    clock.advance(600ms);
    QTRY_COMPARE(replayer.state(), Replayer::State::Ended);
    QCOMPARE(replayer.lateMs(), 0);
}

void TestReplayer::stopsAtOnce()
{
    Server server;
    server.listen(u"/default/a"_s);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 1);
    Replayer replayer;
    QVERIFY(prepare(replayer, numbered(2'000), fast()));
    QSignalSpy finished(&replayer, &Replayer::finished);
    connect(&replayer, &Replayer::answered, &replayer, [&] {
        if (replayer.counts().published == 10)
            replayer.stop();
    });
    replayer.start(&server.client);
    QTRY_COMPARE(finished.size(), 1);
    const qint64 sent = replayer.counts().sent;
    QVERIFY(sent >= 10 && sent <= 10 + 64);
    QTRY_COMPARE(replayer.counts().unanswered(), 0);
    QTRY_COMPARE(server.received.size(), sent);
    QCOMPARE(replayer.counts().sent, sent);
    QCOMPARE(replayer.state(), Replayer::State::Ended);
}

void TestReplayer::countsRefusals()
{
    Server server;
    Replayer replayer;
    ReplayPlan plan = fast();
    QVERIFY(plan.addMapping(u"/game/a"_s, u"/nowhere/a"_s));
    QVERIFY(prepare(replayer, {{"/default/a", "1"}, {"/game/a", "2"}, {"/default/a", "3"}}, plan));
    QStringList words;
    connect(&replayer, &Replayer::answered, &replayer, [&](AppSync::PublishReply *reply) {
        if (reply->error().isError())
            words.append(reply->channel() + u' ' + reply->error().type);
    });
    replayer.start(&server.client);
    QTRY_COMPARE(replayer.state(), Replayer::State::Ended);
    QCOMPARE(replayer.counts().published, 2);
    QCOMPARE(replayer.counts().failed, 1);
    QCOMPARE(words.size(), 1);
    QVERIFY2(words.first().startsWith(u"/nowhere/a "_s) && words.first().size() > 12,
             qPrintable(words.first()));
}

void TestReplayer::slowsDownAtALimit()
{
    AppSync::Emulator::Options options;
    options.limits.publishesPerSecond = 50;
    Server server(options);
    server.listen(u"/default/a"_s);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 1);
    Replayer replayer;
    QVERIFY(prepare(replayer, numbered(120), fast()));
    int told = 0;
    connect(&replayer, &Replayer::answered, &replayer, [&] { ++told; });
    replayer.start(&server.client);
    QTRY_COMPARE_WITH_TIMEOUT(replayer.state(), Replayer::State::Ended, 30'000);
    const Replayer::Counts counts = replayer.counts();
    QCOMPARE(counts.published, 120);
    QCOMPARE(counts.failed, 0);
    QCOMPARE(counts.left(), 0);
    QVERIFY(counts.limited > 0);
    QCOMPARE(told, 120);
    QTRY_COMPARE(server.received.size(), 120); // each one once
    QCOMPARE(QSet<QByteArray>(server.received.cbegin(), server.received.cend()).size(), 120);
}

void TestReplayer::givesUpAtALimit()
{
    AppSync::FaultPlan faults;
    faults.faults = {{AppSync::FaultPlan::Kind::PublishError}};
    faults.faults.first().errorType = u"LimitExceededError"_s;
    Server server;
    server.emulator.setFaults(faults);
    FakeClock clock;
    Replayer replayer(&clock);
    QVERIFY(prepare(replayer, numbered(1), fast()));
    replayer.start(&server.client);
    for (qint64 refusals = 1; refusals <= 20; ++refusals) {
        QTRY_COMPARE(replayer.counts().limited, refusals);
        QCOMPARE(replayer.counts().left(), 1);
        QVERIFY(clock.untilNext());
        clock.advance(*clock.untilNext());
    }
    QTRY_COMPARE(replayer.state(), Replayer::State::Ended);
    QCOMPARE(replayer.counts().failed, 1);
    QCOMPARE(replayer.counts().left(), 0);
}

void TestReplayer::goesOnAfterALoss()
{
    Server server;
    server.listen(u"/default/a"_s);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 1);
    AppSync::FaultPlan faults;
    faults.faults = {{AppSync::FaultPlan::Kind::DropOnPublish}};
    faults.faults.first().times = 1;
    Replayer replayer;
    QVERIFY(prepare(replayer, numbered(300), fast()));
    bool hasWaited = false;
    connect(&replayer, &Replayer::stateChanged, &replayer,
            [&] { hasWaited = hasWaited || replayer.state() == Replayer::State::Waiting; });
    connect(&replayer, &Replayer::answered, &replayer, [&] {
        if (replayer.counts().published == 20)
            server.emulator.setFaults(faults);
    });
    replayer.start(&server.client);
    QTRY_COMPARE_WITH_TIMEOUT(replayer.state(), Replayer::State::Ended, 30'000);
    QVERIFY(hasWaited);
    const Replayer::Counts counts = replayer.counts();
    QCOMPARE(counts.sent, 300);
    QVERIFY(counts.unknown >= 1);
    QCOMPARE(counts.published + counts.unknown, 300);
    // Nothing twice, and everything that was confirmed.
    QTRY_VERIFY(server.received.size() >= counts.published);
    QCOMPARE(QSet<QByteArray>(server.received.cbegin(), server.received.cend()).size(),
             server.received.size());
    QCOMPARE(server.received.last(), QByteArray("/default/a {\"n\":300}"));
}

void TestReplayer::endsWithItsClient()
{
    Server server;
    auto client = std::make_unique<AppSync::EventsClient>(
        AppSync::Endpoint(server.emulator.httpUrl()), &server.key);
    FakeClock clock;
    Replayer replayer(&clock);
    QVERIFY(prepare(replayer, {{"/default/a", "1", 0}, {"/default/a", "2", 1'000}}));
    QSignalSpy finished(&replayer, &Replayer::finished);
    replayer.start(client.get());
    QTRY_COMPARE(replayer.counts().published, 1);
    client.reset();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.first().first().value<Problem>().isProblem());
    QCOMPARE(replayer.counts().sent, 1);
}

void TestReplayer::saysWhatCannotBeRead()
{
    Replayer replayer;
    QSignalSpy checked(&replayer, &Replayer::checked);
    replayer.check(m_folder.filePath(u"none.ssc"_s), {});
    QVERIFY(checked.wait());
    QVERIFY(replayer.survey().obstacle().isProblem());
    Server server;
    replayer.start(&server.client);
    QCOMPARE(replayer.state(), Replayer::State::Checked);
}

void TestReplayer::rewrites()
{
    Server server;
    server.listen(u"/default/a"_s);
    QTRY_COMPARE(server.emulator.subscriptionCount(), 1);
    ReplayTemplate::Error error;
    ReplayPlan plan = fast();
    plan.rewrite = ReplayTemplate::parse(R"({"i":{{seq}},"n":{{event.n}}})", {}, &error);
    QVERIFY(plan.rewrite);
    Replayer replayer;
    QVERIFY(
        prepare(replayer, {{"/default/a", R"({"n":1.0})"}, {"/default/a", R"({"n":2e1})"}}, plan));
    replayer.start(&server.client);
    QTRY_COMPARE(
        server.received,
        (QList<QByteArray>{R"(/default/a {"i":1,"n":1.0})", R"(/default/a {"i":2,"n":2e1})"}));
}

GUILESS_TEST(TestReplayer)
#include "tst_replayer.moc"
