// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/scenario/scenariorun_p.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Scenario : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void generators_data();
    void generators();
    void walkStaysWithinItsBounds();
    void namesInText();
    void copies();
    void loadsFiles();
    void namesTheProblem_data();
    void namesTheProblem();
};

namespace {

Scenario parsed(const QByteArray &json)
{
    QString problem;
    const auto scenario = Scenario::fromJson(json, &problem);
    if (!scenario)
        qWarning("%s", qPrintable(problem));
    return scenario.value_or(Scenario());
}

//! One actor that publishes \a event every 100 ms from the start.
Scenario oneActor(const QByteArray &event, const QByteArray &more = {})
{
    return parsed(R"({"version":1,"actors":[{"channel":"demo/a","everyMs":100,"startMs":0,)" + more
                  + R"("event":)" + event + "}]}");
}

//! The first \a count events.
QStringList events(const Scenario &scenario, quint32 seed, int count)
{
    ScenarioRun run(scenario, seed);
    QStringList found;
    while (found.size() < count) {
        const auto step = run.next();
        if (!step)
            break;
        found += step->events;
    }
    return found;
}

} // namespace

void tst_Scenario::generators_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QStringList>("texts"); // of the first events, 100 ms apart
    QTest::newRow("constant object") << QByteArray(R"({"b":[1,{"a":null}],"c":true})")
                                     << QStringList({uR"({"b":[1,{"a":null}],"c":true})"_s});
    QTest::newRow("bare value") << QByteArray(R"("hi")")
                                << QStringList({uR"("hi")"_s, uR"("hi")"_s});
    QTest::newRow("empty array") << QByteArray("[]") << QStringList({u"[]"_s});
    QTest::newRow("$cycle") << QByteArray(R"({"$cycle":["a",2,{"n":{"$count":5}}]})")
                            << QStringList({uR"("a")"_s, u"2"_s, uR"({"n":5})"_s, uR"("a")"_s,
                                            u"2"_s, uR"({"n":6})"_s});
    QTest::newRow("$pick") << QByteArray(R"({"$pick":["x"]})")
                           << QStringList({uR"("x")"_s, uR"("x")"_s});
    QTest::newRow("$count") << QByteArray(R"([{"$count":9007199254740993}])")
                            << QStringList({u"[9007199254740993]"_s, u"[9007199254740994]"_s});
    QTest::newRow("$number") << QByteArray(R"({"$number":{"min":3,"max":3}})")
                             << QStringList({u"3"_s});
    QTest::newRow("$time") << QByteArray(R"({"$time":"2026-03-02T10:00:00+02:00"})")
                           << QStringList({uR"("2026-03-02T08:00:00.000Z")"_s,
                                           uR"("2026-03-02T08:00:00.100Z")"_s});
    QTest::newRow("$elapsedMs") << QByteArray(R"({"$elapsedMs":true})")
                                << QStringList({u"0"_s, u"100"_s, u"200"_s});
    QTest::newRow("$ramp") << QByteArray(
        R"({"$ramp":{"from":10,"to":0,"periodMs":400,"decimals":1}})")
                           << QStringList({u"10"_s, u"7.5"_s, u"5"_s, u"2.5"_s, u"10"_s});
    QTest::newRow("$wave") << QByteArray(R"({"$wave":{"center":1,"amplitude":2,"periodMs":400}})")
                           << QStringList({u"1"_s, u"3"_s, u"1"_s, u"-1"_s, u"1"_s});
}

void tst_Scenario::generators()
{
    QFETCH(QByteArray, event);
    QFETCH(QStringList, texts);
    QCOMPARE(events(oneActor(event), 1, int(texts.size())), texts);
}

void tst_Scenario::walkStaysWithinItsBounds()
{
    const Scenario scenario =
        oneActor(R"({"$walk":{"start":5,"step":4,"min":0,"max":10,"decimals":0}})");
    QSet<QString> values;
    for (const QString &event : events(scenario, 3, 500)) {
        const double value = event.toDouble();
        QVERIFY2(value >= 0 && value <= 10, qPrintable(event));
        values.insert(event);
    }
    QCOMPARE(values.size(), 11);
}

void tst_Scenario::namesInText()
{
    const Scenario scenario = oneActor(
        R"({"$text":"{actor} {n}{list.1}{o.a}{none} { n } {}"})",
        R"("name":"é","let":{"n":{"$count":7},"list":[1,"two"],"o":{"a":{"b":null}},"none":null},)");
    QCOMPARE(events(scenario, 1, 2),
             QStringList({uR"("é 7two{\"b\":null}null { n } {}")"_s,
                          uR"("é 8two{\"b\":null}null { n } {}")"_s}));
    const Scenario values = oneActor(
        R"([{"$get":"actor"},{"$get":"copy"},{"$get":"list.0"},{"$get":"list.9"},{"$get":"list.-1"},{"$get":"onlineCount"}])",
        R"("name":"x","let":{"list":[{"a":1}]},)");
    QCOMPARE(events(values, 1, 1), QStringList({uR"(["x",1,{"a":1},null,null,0])"_s}));
}

void tst_Scenario::copies()
{
    const Scenario scenario = parsed(
        R"({"version":1,"actors":[{"name":"s-{copy}","copies":3,"channel":"demo/{copy}/x","everyMs":100,)"
        R"("startMs":0,"event":{"$get":"copy"}}]})");
    QStringList found;
    for (const ScenarioActor &actor : scenario.actors)
        found.append(actor.name + u' ' + actor.channel);
    QCOMPARE(found, QStringList({u"s-1 demo/1/x"_s, u"s-2 demo/2/x"_s, u"s-3 demo/3/x"_s}));
    QCOMPARE(events(scenario, 1, 4), QStringList({u"1"_s, u"2"_s, u"3"_s, u"1"_s}));
}

void tst_Scenario::loadsFiles()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"own.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"version":1,"name":"own","description":"…","actors":[{"channel":"/a/b/","everyMs":1,"event":1}]})");
    file.close();
    QString problem;
    const auto scenario = Scenario::load(file.fileName(), &problem);
    QVERIFY2(scenario, qPrintable(problem));
    QCOMPARE(scenario->name, u"own"_s);
    QCOMPARE(scenario->actors.first().channel, u"a/b"_s);

    QVERIFY(!Scenario::load(u"no-such"_s, &problem));
    QVERIFY2(problem.contains(u"no-such"_s) && problem.contains(u"chat, demo, orders"_s),
             qPrintable(problem));

    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1024 * 1024 + 1, ' '));
    file.close();
    QVERIFY(!Scenario::load(file.fileName(), &problem));
    QVERIFY2(problem.contains(u"larger than 1 MB"_s), qPrintable(problem));
}

void tst_Scenario::namesTheProblem_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("word");
    const auto actor = [](const char *name, const QByteArray &members, const QString &word) {
        QTest::newRow(name) << R"({"version":1,"actors":[{"name":"x",)" + members + "}]}" << word;
    };
    const auto event = [&](const char *name, const QByteArray &event, const QString &word) {
        actor(name, R"("channel":"a","everyMs":1,"event":)" + event, word);
    };
    QTest::newRow("not JSON") << QByteArray("{\n  \"version\": 1,\n  oops\n}")
                              << u"Not JSON at line 3, column "_s;
    QTest::newRow("nothing") << QByteArray() << u"Not JSON at line 1, column 1"_s;
    QTest::newRow("no version") << QByteArray(R"({"actors":[]})") << u"\"version\": 1"_s;
    QTest::newRow("later version")
        << QByteArray(R"({"version":2,"actors":[]})") << u"\"version\": 1"_s;
    QTest::newRow("no actors") << QByteArray(R"({"version":1})") << u"\"actors\""_s;
    QTest::newRow("unknown member") << QByteArray(
        R"({"version":1,"steps":[],"actors":[{"channel":"a","everyMs":1,"event":1}]})")
                                    << u"\"steps\""_s;
    actor("no channel", R"("everyMs":1,"event":1)", u"\"x\" needs a \"channel\""_s);
    actor("wildcard channel", R"("channel":"a/*","everyMs":1,"event":1)", u"\"channel\""_s);
    actor("no interval", R"("channel":"a","event":1)", u"\"everyMs\""_s);
    actor("zero interval", R"("channel":"a","everyMs":0,"event":1)", u"\"everyMs\""_s);
    actor("backward interval", R"("channel":"a","everyMs":[2,1],"event":1)",
          u"least is above its most"_s);
    actor("three intervals", R"("channel":"a","everyMs":[1,2,3],"event":1)", u"\"everyMs\""_s);
    actor("no event", R"("channel":"a","everyMs":1)", u"no \"event\""_s);
    actor("zero count", R"("channel":"a","everyMs":1,"count":0,"event":1)", u"\"count\""_s);
    actor("unknown actor member", R"("channel":"a","everyMs":1,"event":1,"speed":2)",
          u"\"speed\""_s);
    event("unknown generator", R"({"$dance":1})", u"\"$dance\""_s);
    event("generator beside a member", R"({"$count":1,"a":2})", u"only member"_s);
    event("empty choice", R"([{"$pick":[]}])", u"$pick takes an array"_s);
    event("missing argument", R"({"$walk":{"start":1}})", u"$walk needs \"step\""_s);
    event("unknown argument", R"({"$walk":{"start":1,"step":1,"stop":2}})", u"\"stop\""_s);
    event("wrong argument", R"({"$wave":{"center":"x","amplitude":1,"periodMs":1}})",
          u"\"center\" of $wave must be a number"_s);
    event("zero period", R"({"$ramp":{"from":0,"to":1,"periodMs":0}})", u"above zero"_s);
    event("count of text", R"({"$count":"a"})", u"$count takes"_s);
    event("unknown name", R"({"$text":"{actor} {nobody.x}"})",
          u"$text knows no \"nobody.x\" here, but: actor, copy, online, onlineCount"_s);
    event("name of a reply", R"({"$get":"event"})", u"$get knows no \"event\""_s);
    event("time without zone", R"({"$time":"2026-03-02T08:00:00"})", u"$time takes"_s);
    event("backward number", R"({"$number":{"min":2,"max":1}})", u"\"min\" above its \"max\""_s);
    event("text of numbers", R"({"$text":5})", u"$text takes a text"_s);
    actor("where it is", R"("channel":"a","everyMs":1,"event":1,"speed":2)",
          u"actors[0] \"x\" does not know \"speed\""_s);
    actor("fraction", R"("channel":"a","everyMs":1.5,"event":1)", u"whole number from 1"_s);
    actor("too many copies", R"("channel":"a","everyMs":1,"event":1,"copies":1000)",
          u"\"copies\""_s);
    actor("channel of copies", R"("channel":"a/{n}","everyMs":1,"event":1,"copies":2)",
          u"\"channel\""_s);
    actor("batch of six", R"("channel":"a","everyMs":1,"event":1,"batch":[1,6])", u"\"batch\""_s);
    actor("let of a name in use", R"("channel":"a","everyMs":1,"event":1,"let":{"actor":1})",
          u"actors[0] \"x\".let cannot say what \"actor\" is"_s);
    actor("let of no name", R"("channel":"a","everyMs":1,"event":1,"let":{"a.b":1})",
          u"\"a.b\", which is no name"_s);
    actor("wrong let", R"("channel":"a","everyMs":1,"event":1,"let":{"a":{"$nope":1}})",
          u".let has a wrong \"a\": There is no generator"_s);
    actor("event and story",
          R"("channel":"a","everyMs":1,"event":1,"story":{"states":[{"name":"s"}]})",
          u"both \"event\" and \"story\""_s);
    actor("interval of nothing", R"("channel":"a","everyMs":1,"replies":[{"to":"a","event":1}])",
          u"\"everyMs\", but no"_s);
    const auto story = [&](const char *name, const QByteArray &story, const QString &word) {
        actor(name, R"("channel":"a","everyMs":1,"story":)" + story, word);
    };
    story("no states", R"({"states":[]})", u".story needs \"states\""_s);
    story("states of one name", R"({"states":[{"name":"s"},{"name":"s"}]})",
          u"\"name\" of its own"_s);
    story("unknown next", R"({"states":[{"name":"s","next":"t"}]})",
          u".story.states[0] goes on to \"t\""_s);
    story("no weight", R"({"states":[{"name":"s","next":{"s":0}}]})", u"the weight of \"s\""_s);
    story("wrong state", R"({"states":[{"name":"s","event":{"$get":"event"}}]})",
          u".story.states[0] has a wrong \"event\": $get knows no"_s);
    actor("endless presence", R"("channel":"a","online":{"forMs":5})",
          u".online needs \"awayMs\""_s);
    actor("wrong join", R"("channel":"a","online":{"forMs":5,"awayMs":1,"join":{"$text":"{x}"}})",
          u".online has a wrong \"join\""_s);
    actor("reply to nothing", R"("channel":"a","replies":[{"event":1}])",
          u".replies[0] needs \"to\""_s);
    actor("reply of nothing", R"("channel":"a","replies":[{"to":"a"}])",
          u".replies[0] has no \"event\""_s);
    actor("certain chance", R"("channel":"a","replies":[{"to":"a","event":1,"chance":2}])",
          u".replies[0] needs \"chance\""_s);
    actor("unknown reply member", R"("channel":"a","replies":[{"to":"a","event":1,"delay":2}])",
          u".replies[0] does not know \"delay\""_s);
    event("nested", R"({"$cycle":[{"$pick":[{"$nope":1}]}]})", u"\"$nope\""_s);
}

void tst_Scenario::namesTheProblem()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, word);
    QString problem;
    QVERIFY(!Scenario::fromJson(json, &problem));
    QVERIFY2(problem.contains(word), qPrintable(problem));
}

GUILESS_TEST(tst_Scenario)
#include "tst_scenario.moc"
