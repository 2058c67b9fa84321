// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include "lib/emulator/scenario/scenarioplayer_p.h"

#include <QElapsedTimer>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Emulation::Scenario;
using Emulation::ScenarioPlayer;
using Emulation::ScenarioRun;
using Emulation::ScenarioStep;

class tst_ScenarioPlayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void speed();
    void speedTakesEffectAtOnce();
    void stoppedFromWithin();
    void emulatorPlaysAll_data();
    void emulatorPlaysAll();
    void sameAgainAtAnySpeed();
    void answersClients();
    void speedHasBounds();
};

namespace {

ScenarioRun everySecond()
{
    QString problem;
    return ScenarioRun(
        *Scenario::fromJson(
            R"({"version":1,"actors":[{"channel":"demo/a","startMs":0,"everyMs":1000,"event":{"$elapsedMs":true}}]})",
            &problem),
        1);
}

bool subscribe(const Emulator &emulator, WebSocket &socket, const QString &channel)
{
    socket.send(
        QJsonObject{{u"type"_s, u"subscribe"_s},
                    {u"id"_s, u"s"_s},
                    {u"channel"_s, channel},
                    {u"authorization"_s, QJsonObject{{u"x-api-key"_s, emulator.apiKey()}}}});
    return socket.nextJson().value(u"type"_s).toString() == u"subscribe_success"_s;
}

bool open(const Emulator &emulator, WebSocket &socket)
{
    return socket.open(emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {{"x-api-key", emulator.apiKey().toLatin1()}});
}

} // namespace

//! A minute of scenario in less than two seconds of the clock, neither sooner nor later than that.
void tst_ScenarioPlayer::speed()
{
    QElapsedTimer timer;
    timer.start();
    QList<std::chrono::milliseconds> times;
    ScenarioPlayer player(everySecond(), 50,
                          [&](const ScenarioStep &step) { times.append(step.at); });
    QVERIFY(waitFor([&] { return times.size() == 61; }));
    QCOMPARE(times.last(), 60s);
    QVERIFY2(timer.elapsed() >= 1'190, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(player.isPlaying());
}

void tst_ScenarioPlayer::speedTakesEffectAtOnce()
{
    int count = 0;
    ScenarioPlayer player(everySecond(), 0.1, [&](const ScenarioStep &) { ++count; });
    QVERIFY(waitFor([&] { return count == 1; }));
    player.setSpeed(100); // the next would have been due in ten seconds
    QVERIFY(waitFor([&] { return count == 20; }));
    player.setSpeed(0.1);
    const int before = count;
    int others = 0; // of one that goes on at the former speed
    ScenarioPlayer other(everySecond(), 100, [&](const ScenarioStep &) { ++others; });
    QVERIFY(waitFor([&] { return others == 5; }));
    QVERIFY(count <= before + 1);
}

void tst_ScenarioPlayer::stoppedFromWithin()
{
    std::unique_ptr<ScenarioPlayer> player;
    int count = 0;
    player = std::make_unique<ScenarioPlayer>(everySecond(), 100, [&](const ScenarioStep &) {
        if (++count == 3)
            player.reset();
    });
    QVERIFY(waitFor([&] { return !player; }));
    QCOMPARE(count, 3);
}

void tst_ScenarioPlayer::emulatorPlaysAll_data()
{
    QTest::addColumn<QString>("name");
    for (const Emulator::ScenarioInfo &info : Emulator::scenarios()) {
        QVERIFY2(!info.description.isEmpty(), qPrintable(info.name));
        QTest::newRow(qPrintable(info.name)) << info.name;
    }
}

//! Each is lively, with nothing refused on the way.
void tst_ScenarioPlayer::emulatorPlaysAll()
{
    QFETCH(QString, name);
    Emulator emulator;
    emulator.setScenarioSpeed(100);
    QVERIFY2(emulator.listen(), qPrintable(emulator.problem()));
    QSignalSpy refused(&emulator, &Emulator::refused);
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(subscribe(emulator, socket, u"demo/*"_s));
    QVERIFY2(emulator.playScenario(name), qPrintable(emulator.problem()));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"data"_s);
    QVERIFY2(refused.isEmpty(), qPrintable(refused.value(0).value(0).toString()));
}

void tst_ScenarioPlayer::sameAgainAtAnySpeed()
{
    Emulator emulator;
    QVERIFY2(emulator.listen(), qPrintable(emulator.problem()));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(subscribe(emulator, socket, u"demo/*"_s));
    QStringList plays[2];
    for (QStringList &events : plays) {
        emulator.setScenarioSpeed(&events == plays ? 100 : 60);
        QVERIFY2(emulator.playScenario(u"orders"_s), qPrintable(emulator.problem()));
        for (int i = 0; i < 60; ++i)
            events.append(socket.nextJson().value(u"event"_s).toString());
        emulator.stopScenario();
        socket.send(
            QJsonObject{{u"type"_s, u"connection_init"_s}}); // what follows belongs to the next
        while (socket.nextJson().value(u"type"_s).toString() == u"data"_s) { }
    }
    QVERIFY(!plays[0].contains(QString()));
    QCOMPARE(plays[1], plays[0]);
}

void tst_ScenarioPlayer::answersClients()
{
    Emulator emulator;
    emulator.setScenarioSpeed(20);
    QVERIFY2(emulator.listen(), qPrintable(emulator.problem()));
    QVERIFY2(emulator.playScenario(u"chat"_s), qPrintable(emulator.problem()));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(subscribe(emulator, socket, u"demo/chat/lobby"_s));
    socket.send(
        QJsonObject{{u"type"_s, u"publish"_s},
                    {u"id"_s, u"p"_s},
                    {u"channel"_s, u"demo/chat/lobby"_s},
                    {u"events"_s, QJsonArray{uR"({"text":"Are you there, @bot?"})"_s}},
                    {u"authorization"_s, QJsonObject{{u"x-api-key"_s, emulator.apiKey()}}}});
    const auto isAnswer = [&] {
        const QString event = socket.nextJson().value(u"event"_s).toString();
        return event.contains(u"You said “Are you there, @bot?”"_s);
    };
    bool isAnswered = false;
    for (int i = 0; i < 100 && !isAnswered; ++i)
        isAnswered = isAnswer();
    QVERIFY(isAnswered);
}

void tst_ScenarioPlayer::speedHasBounds()
{
    Emulator emulator;
    QCOMPARE(emulator.scenarioSpeed(), 1.0);
    emulator.setScenarioSpeed(0);
    QCOMPARE(emulator.scenarioSpeed(), 0.1);
    emulator.setScenarioSpeed(1e9);
    QCOMPARE(emulator.scenarioSpeed(), 100.0);
    emulator.setScenarioSpeed(qQNaN());
    QCOMPARE(emulator.scenarioSpeed(), 100.0);
}

GUILESS_TEST(tst_ScenarioPlayer)
#include "tst_scenarioplayer.moc"
