// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/scenario/scenariorun_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ScenarioRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void included_data();
    void included();
    void sameSeedSameSequence_data() { included_data(); }
    void sameSeedSameSequence();
    void forHours_data() { included_data(); }
    void forHours();
    void actorsAreIndependent();
    void countEndsAnActor();
    void batches();
    void stories();
    void storiesAtATime();
    void weights();
    void presence();
    void replies();
    void repliesToClients();
    void clientsChangeNothingUnasked();
    void repliesEnd();
    void ordersFollowTheirStates();
};

namespace {

Scenario withActors(const QByteArray &actors)
{
    QString problem;
    const auto scenario =
        Scenario::fromJson(R"({"version":1,"actors":[)" + actors + "]}", &problem);
    if (!scenario)
        qWarning("%s", qPrintable(problem));
    return scenario.value_or(Scenario());
}

Scenario loaded(const QString &name)
{
    QString problem;
    return Scenario::load(name, &problem).value_or(Scenario());
}

//! The next \a count steps in which something is said.
QList<ScenarioStep> steps(ScenarioRun &run, int count)
{
    QList<ScenarioStep> found;
    while (found.size() < count) {
        const auto step = run.next();
        if (!step)
            break;
        if (!step->events.isEmpty())
            found.append(*step);
    }
    return found;
}

QList<ScenarioStep> steps(const Scenario &scenario, quint32 seed, int count)
{
    ScenarioRun run(scenario, seed);
    return steps(run, count);
}

//! "TIME ACTOR EVENT" of each.
QStringList lines(const QList<ScenarioStep> &steps)
{
    QStringList found;
    for (const ScenarioStep &step : steps)
        found.append(u"%1 %2 %3"_s.arg(step.at.count()).arg(step.actor, step.events.join(u' ')));
    return found;
}

QJsonObject object(const QString &event)
{
    return QJsonDocument::fromJson(event.toUtf8()).object();
}

} // namespace

void tst_ScenarioRun::included_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : Scenario::included())
        QTest::newRow(qPrintable(name)) << name;
}

//! Lively, readable, and of the demo's namespace.
void tst_ScenarioRun::included()
{
    QFETCH(QString, name);
    const Scenario scenario = loaded(name);
    QCOMPARE(scenario.name, name);
    QVERIFY(scenario.description.endsWith(u'.'));
    const QList<ScenarioStep> found = steps(scenario, 1, 1000);
    QCOMPARE(found.size(), 1000);
    const double perSecond =
        double(found.size()) / std::chrono::duration<double>(found.last().at).count();
    QVERIFY2(perSecond >= 0.8 && perSecond <= 8, qPrintable(QString::number(perSecond)));
    QVERIFY2(found[0].at <= 1s, "something is to be seen at once");
    QSet<QString> channels;
    for (const ScenarioStep &step : found) {
        channels.insert(step.channel);
        QVERIFY2(step.channel.startsWith(u"demo/"_s), qPrintable(step.channel));
        for (const QString &event : step.events) {
            QVERIFY2(!object(event).isEmpty() && event.size() < 1'000, qPrintable(event));
            QVERIFY2(!event.contains(u'{' + u"actor"_s), qPrintable(event));
        }
    }
    QVERIFY(channels.size() >= 2);
    QVERIFY(std::is_sorted(found.begin(), found.end(),
                           [](const auto &a, const auto &b) { return a.at < b.at; }));
}

void tst_ScenarioRun::sameSeedSameSequence()
{
    QFETCH(QString, name);
    const QList<ScenarioStep> once = steps(loaded(name), 42, 500);
    QCOMPARE(steps(loaded(name), 42, 500), once);
    QVERIFY(steps(loaded(name), 43, 500) != once);
}

//! Nothing gathers in hours of scenario time, and nobody falls silent.
void tst_ScenarioRun::forHours()
{
    QFETCH(QString, name);
    const Scenario scenario = loaded(name);
    ScenarioRun run(scenario, 1);
    QSet<QString> speakers;
    qsizetype mostDue = 0;
    while (*run.nextAt() < 4h) {
        const auto step = run.next();
        mostDue = std::max(mostDue, run.dueCount());
        if (*run.nextAt() > 3h && !step->events.isEmpty())
            speakers.insert(step->actor);
    }
    QVERIFY2(mostDue < 100, qPrintable(QString::number(mostDue)));
    for (const ScenarioActor &actor : scenario.actors) {
        if (actor.event.isUndefined() && actor.story.states.isEmpty() && !actor.online)
            continue; // answers only, perhaps to clients
        QVERIFY2(speakers.contains(actor.name), qPrintable(actor.name));
    }
}

void tst_ScenarioRun::actorsAreIndependent()
{
    const QByteArray first =
        R"({"name":"a","channel":"demo/a","everyMs":[50,90],"event":{"$walk":{"start":0,"step":1}}})";
    QList<ScenarioStep> ofFirst =
        steps(withActors(first + R"(,{"name":"b","channel":"demo/b","everyMs":[10,20],"event":1})"),
              5, 400);
    ofFirst.removeIf([](const ScenarioStep &step) { return step.actor != u"a"_s; });
    QVERIFY(ofFirst.size() > 20);
    QCOMPARE(ofFirst, steps(withActors(first), 5, int(ofFirst.size())));
}

void tst_ScenarioRun::countEndsAnActor()
{
    ScenarioRun run(
        withActors(R"({"channel":"demo/a","everyMs":100,"startMs":0,"count":3,"event":1})"), 1);
    const QList<ScenarioStep> found = steps(run, 10);
    QCOMPARE(found.size(), 3);
    QCOMPARE(found.last().at, 200ms);
    QVERIFY(!run.nextAt());
    QVERIFY(!run.isListening());
}

void tst_ScenarioRun::batches()
{
    const QByteArray actor =
        R"({"name":"a","channel":"demo/a","everyMs":100,"startMs":0,"event":{"$count":1},"batch":)";
    QCOMPARE(lines(steps(withActors(actor + "2}"), 1, 2)),
             QStringList({u"0 a 1 2"_s, u"100 a 3 4"_s}));
    QSet<qsizetype> sizes;
    for (const ScenarioStep &step : steps(withActors(actor + "[1,5]}"), 1, 100))
        sizes.insert(step.events.size());
    QCOMPARE(sizes, QSet<qsizetype>({1, 2, 3, 4, 5}));
}

void tst_ScenarioRun::stories()
{
    const Scenario scenario = withActors(
        R"({"name":"s","channel":"demo/a","everyMs":1000,"startMs":0,"count":2,"let":{"n":{"$count":7}},)"
        R"("story":{"states":[{"name":"new","event":{"$text":"{n} {state}"},"next":"quiet"},)"
        R"({"name":"quiet","afterMs":600,"next":"old"},)"
        R"({"name":"old","afterMs":600,"event":{"$text":"{n} {state}"}}]}})");
    QCOMPARE(lines(steps(scenario, 1, 10)),
             QStringList({uR"(0 s "7 new")"_s, uR"(1000 s "8 new")"_s, uR"(1200 s "7 old")"_s,
                          uR"(2200 s "8 old")"_s}));
}

void tst_ScenarioRun::storiesAtATime()
{
    // The state leads to itself, so that none ever ends.
    ScenarioRun run(
        withActors(
            R"({"channel":"demo/a","everyMs":10,"startMs":0,"let":{"n":{"$count":1}},)"
            R"("story":{"most":3,"states":[{"name":"s","afterMs":50,"next":"s","event":{"$get":"n"}}]}})"),
        1);
    QSet<QString> stories;
    for (const ScenarioStep &step : steps(run, 500))
        stories.insert(step.events.first());
    QCOMPARE(stories, QSet<QString>({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(run.dueCount(), 4); // these and the next that would begin
}

void tst_ScenarioRun::weights()
{
    const Scenario scenario = withActors(
        R"({"channel":"demo/a","everyMs":10,"story":{"states":[{"name":"first","next":{"often":9,"rarely":1}},)"
        R"({"name":"often","event":"o"},{"name":"rarely","event":"r"}]}})");
    qsizetype rare = 0;
    for (const ScenarioStep &step : steps(scenario, 1, 1000))
        rare += step.events.first() == uR"("r")"_s ? 1 : 0;
    QVERIFY2(rare > 50 && rare < 150, qPrintable(QString::number(rare)));
}

void tst_ScenarioRun::presence()
{
    const Scenario scenario = withActors(
        R"({"name":"a","channel":"demo/a","startMs":100,"everyMs":40,"event":"here",)"
        R"("online":{"forMs":100,"awayMs":1000,"join":{"$text":"{actor} in, {onlineCount}"},"leave":{"$get":"online"}}})");
    QCOMPARE(lines(steps(scenario, 1, 6)),
             QStringList({uR"(100 a "a in, 1")"_s, uR"(100 a "here")"_s, uR"(140 a "here")"_s,
                          uR"(180 a "here")"_s, u"200 a []"_s, uR"(1200 a "a in, 1")"_s}));
    ScenarioRun run(scenario, 1);
    QCOMPARE(run.online(), QStringList());
    run.next();
    QCOMPARE(run.online(), QStringList({u"a"_s}));
}

void tst_ScenarioRun::replies()
{
    const QByteArray asker =
        R"({"name":"ana","channel":"demo/chat/x","startMs":0,"everyMs":1000,"event":{"$cycle":[)"
        R"({"kind":"question","n":1},{"kind":"Questionable"},{"kind":"talk"},3]}})";
    const auto answers = [&](const QByteArray &reply) {
        QList<ScenarioStep> found = steps(
            withActors(asker + R"(,{"name":"ben","channel":"demo/b","replies":[{"afterMs":10,)"
                       + reply + "}]}"),
            1, 20);
        found.removeIf(
            [](const ScenarioStep &step) { return step.actor != u"ben"_s || step.at >= 4000ms; });
        return lines(found);
    };
    // Not within the macros: moc takes the wildcard there for the beginning of a comment.
    const QStringList texts =
        answers(R"("to":"/demo/chat/*","event":{"$text":"{from} at {channel}: {event.kind}"})");
    const QStringList values = answers(R"("to":"demo/*","event":{"$get":"event.n"})");
    const auto when = [&](const QByteArray &members) {
        return answers(R"("to":"demo/chat/x","event":1,)" + members);
    };
    QCOMPARE(texts.value(0), uR"(10 ben "ana at demo/chat/x: question")"_s);
    QCOMPARE(
        values,
        QStringList({u"10 ben 1"_s, u"1010 ben null"_s, u"2010 ben null"_s, u"3010 ben null"_s}));
    QCOMPARE(when(R"("when":{"kind":"QUESTION"})"), QStringList({u"10 ben 1"_s, u"1010 ben 1"_s}));
    QCOMPARE(when(R"("when":{"kind":"question","n":1})"), QStringList({u"10 ben 1"_s}));
    QCOMPARE(when(R"("when":{"n":"1"})"), QStringList());
    QCOMPARE(when(R"("chance":0)"), QStringList());
    QCOMPARE(when(R"("channel":"demo/else")").size(), 4);
    QCOMPARE(answers(R"("to":"demo/chat","event":1)"), QStringList());
}

void tst_ScenarioRun::repliesToClients()
{
    ScenarioRun run(
        withActors(
            R"({"name":"bot","channel":"demo/a","replies":[{"to":"demo/*","when":{"text":"@bot"},)"
            R"("afterMs":50,"event":{"$text":"{from}: {event.text}"}}]})"),
        1);
    QVERIFY(!run.nextAt());
    QVERIFY(run.isListening());
    run.hear(u"demo/b"_s, uR"({"text":"hello @bot"})"_s, 1000ms);
    run.hear(u"demo/b"_s, uR"({"text":"hello"})"_s, 1000ms);
    run.hear(u"demo/b"_s, u"not JSON"_s, 1000ms);
    run.hear(u"demo/b"_s, u"[1],[2]"_s, 1000ms);
    run.hear(u"public/b"_s, uR"({"text":"@bot"})"_s, 1000ms);
    run.hear(u"demo/b"_s, uR"({"text":"@bot )"_s + QString(20'000, u'x') + u"\"}"_s, 1000ms);
    QCOMPARE(lines(steps(run, 5)), QStringList({uR"(1050 bot "client: hello @bot")"_s}));
}

void tst_ScenarioRun::clientsChangeNothingUnasked()
{
    const Scenario scenario = loaded(u"chat"_s);
    const auto unasked = [](QList<ScenarioStep> found) {
        found.removeIf([](const ScenarioStep &step) {
            return step.channel == u"demo/chat/reactions"_s || step.actor == u"bot"_s;
        });
        return found;
    };
    ScenarioRun run(scenario, 3);
    QList<ScenarioStep> heard;
    while (unasked(heard).size() < 100) {
        heard += steps(run, 1);
        if (heard.last().actor != u"bot"_s)
            run.hear(u"demo/chat/lobby"_s, uR"({"kind":"message","text":"@bot?"})"_s,
                     heard.last().at);
    }
    QVERIFY(std::any_of(heard.begin(), heard.end(),
                        [](const ScenarioStep &step) { return step.actor == u"bot"_s; }));
    QCOMPARE(unasked(heard), unasked(steps(scenario, 3, 1000)).first(100));
}

//! Two who answer each other, and all who answer all, do not go on for ever.
void tst_ScenarioRun::repliesEnd()
{
    ScenarioRun run(
        withActors(
            R"({"name":"x-{copy}","copies":20,"channel":"demo/a","replies":[{"to":"demo/a","event":1}]},)"
            R"({"name":"first","channel":"demo/a","startMs":0,"everyMs":1,"count":1000,"event":0})"),
        1);
    qsizetype most = 0;
    while (run.next())
        most = std::max(most, run.dueCount());
    QVERIFY2(most > 100 && most <= ScenarioRun::kMostDue + 1, qPrintable(QString::number(most)));
    QCOMPARE(run.dueCount(), 0);
}

void tst_ScenarioRun::ordersFollowTheirStates()
{
    static const QHash<QString, QStringList> from{
        {u"created"_s, {QString()}},
        {u"declined"_s, {u"created"_s}},
        {u"paid"_s, {u"created"_s, u"declined"_s}},
        {u"packed"_s, {u"paid"_s}},
        {u"shipped"_s, {u"packed"_s}},
        {u"delivered"_s, {u"shipped"_s}},
        {u"cancelled"_s, {u"created"_s, u"declined"_s, u"paid"_s}},
    };
    QHash<int, QString> states;
    for (const ScenarioStep &step : steps(loaded(u"orders"_s), 1, 5000)) {
        if (step.channel != u"demo/orders/feed"_s)
            continue;
        const QJsonObject event = object(step.events.first());
        QString &state = states[event.value(u"order"_s).toInt()];
        const QString now = event.value(u"status"_s).toString();
        QVERIFY2(from.value(now).contains(state), qPrintable(state + u" → "_s + now));
        state = now;
    }
    QVERIFY(states.size() > 300);
    QVERIFY(states.values().count(u"delivered"_s) > 200);
}

GUILESS_TEST(tst_ScenarioRun)
#include "tst_scenariorun.moc"
