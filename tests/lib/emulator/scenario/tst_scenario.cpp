// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/scenario/scenario_p.h"

#include "lib/emulator/jsontext_p.h"

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
    void demoIsLivelyButReadable();
    void sameSeedSameSequence();
    void actorsAreIndependent();
    void generators_data();
    void generators();
    void walkStaysWithinItsBounds();
    void countEndsAnActor();
    void keepsTheOrderOfTime();
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

QList<ScenarioStep> steps(const Scenario &scenario, quint32 seed, int count)
{
    ScenarioRun run(scenario, seed);
    QList<ScenarioStep> found;
    for (int i = 0; i < count; ++i) {
        if (const auto step = run.next())
            found.append(*step);
    }
    return found;
}

Scenario demo()
{
    QString problem;
    return Scenario::load(u"demo"_s, &problem).value_or(Scenario());
}

} // namespace

void tst_Scenario::demoIsLivelyButReadable()
{
    const QList<ScenarioStep> found = steps(demo(), 1, 1000);
    QCOMPARE(found.size(), 1000);
    const double seconds = std::chrono::duration<double>(found.last().at).count();
    const double perSecond = double(found.size()) / seconds;
    QVERIFY2(perSecond >= 4 && perSecond <= 6, qPrintable(QString::number(perSecond)));

    QSet<QString> channels;
    for (const ScenarioStep &step : found) {
        channels.insert(step.channel);
        QVERIFY2(QJsonDocument::fromJson(step.event.toUtf8()).isObject(), qPrintable(step.event));
    }
    for (const QString &part : {u"demo/chat/"_s, u"demo/ticker/"_s, u"demo/fleet/"_s}) {
        const bool isThere = std::any_of(channels.begin(), channels.end(),
                                         [&](const QString &c) { return c.startsWith(part); });
        QVERIFY2(isThere, qPrintable(part));
    }
}

void tst_Scenario::sameSeedSameSequence()
{
    const QList<ScenarioStep> once = steps(demo(), 42, 500);
    QCOMPARE(steps(demo(), 42, 500), once);
    QVERIFY(steps(demo(), 43, 500) != once);
}

void tst_Scenario::actorsAreIndependent()
{
    const QByteArray first =
        R"({"name":"a","channel":"demo/a","everyMs":[50,90],"event":{"$walk":{"start":0,"step":1}}})";
    const Scenario alone = parsed(R"({"version":1,"actors":[)" + first + "]}");
    const Scenario together =
        parsed(R"({"version":1,"actors":[)" + first
               + R"(,{"name":"b","channel":"demo/b","everyMs":[10,20],"event":1}]})");
    QList<ScenarioStep> ofFirst = steps(together, 5, 400);
    ofFirst.removeIf([](const ScenarioStep &step) { return step.actor != u"a"_s; });
    QVERIFY(ofFirst.size() > 20);
    QCOMPARE(ofFirst, steps(alone, 5, int(ofFirst.size())));
}

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
    QStringList found;
    for (const ScenarioStep &step : steps(oneActor(event), 1, int(texts.size())))
        found.append(step.event);
    QCOMPARE(found, texts);
}

void tst_Scenario::walkStaysWithinItsBounds()
{
    const Scenario scenario =
        oneActor(R"({"$walk":{"start":5,"step":4,"min":0,"max":10,"decimals":0}})");
    QSet<QString> values;
    for (const ScenarioStep &step : steps(scenario, 3, 500)) {
        const double value = step.event.toDouble();
        QVERIFY2(value >= 0 && value <= 10, qPrintable(step.event));
        values.insert(step.event);
    }
    QCOMPARE(values.size(), 11);
}

void tst_Scenario::countEndsAnActor()
{
    const QList<ScenarioStep> found = steps(oneActor("1", R"("count":3,)"), 1, 10);
    QCOMPARE(found.size(), 3);
    QCOMPARE(found.last().at, 200ms);
}

void tst_Scenario::keepsTheOrderOfTime()
{
    const QList<ScenarioStep> found = steps(demo(), 9, 1000);
    QVERIFY(
        std::is_sorted(found.begin(), found.end(),
                       [](const ScenarioStep &a, const ScenarioStep &b) { return a.at < b.at; }));
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
    QVERIFY2(problem.contains(u"no-such"_s) && problem.contains(u"demo"_s), qPrintable(problem));
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
    QTest::newRow("not JSON") << QByteArray("{") << u"Not JSON"_s;
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

QTEST_GUILESS_MAIN(tst_Scenario)
#include "tst_scenario.moc"
