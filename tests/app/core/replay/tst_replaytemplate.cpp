// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replaytemplate.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestReplayTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rewrites_data();
    void rewrites();
    void usesTheOtherPlaces();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void refuses_data();
    void refuses();
};

void TestReplayTemplate::rewrites_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char *name, const char *text, const char *event, const char *result) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(event) << QByteArray(result);
    };
    row("whole", R"({"was":{{event}}})", R"({"b":1, "a" :2})", R"({"was":{"b":1, "a" :2}})");
    row("numbers keep their text", "[{{event.id}},{{ event.x }}]",
        R"({"id":9007199254740993,"x":1.50e+3})", "[9007199254740993,1.50e+3]");
    row("deep", R"({{event.list[1]."a b".c}})", R"({"list":[0,{"a b":{"c":null}}]})", "null");
    row("last of duplicates", "{{event.a}}", R"({"a":1,"a":2})", "2");
    row("value of an array", "{{event[0]}}", "[7,8]", "7");
    row("text outside of quotes", "{{event.name}}", R"({"name":"a\"\u00e9"})", R"("a\"\u00e9")");
    row("text within quotes", R"({"s":"<{{event.name}}>"})", R"({"name":"a\"é"})",
        R"({"s":"<a\"é>"})");
    row("number within quotes", R"("n={{event.n}}")", R"({"n":1.0})", R"("n=1.0")");
    row("object within quotes", R"("{{event}}")", R"({"a":"\\"})", R"("{\"a\":\"\\\\\"}")");
    row("behind an escaped quote", R"(["\"{{event.a}}", {{event.a}}])", R"({"a":"x"})",
        R"(["\"x", "x"])");
    row("name that is not ASCII", "{{event.größe}}", R"({"größe":1})", "1");
    row("where and when", R"({"c":"{{channel}}","t":"{{time}}"})", "1",
        R"({"c":"/game/7","t":"2025-11-26T10:00:00.123Z"})");
    row("no place at all", "{}", "no JSON", "{}");
}

void TestReplayTemplate::rewrites()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, result);
    ReplayTemplate::Error error;
    const auto made = ReplayTemplate::parse(text, {}, &error);
    QVERIFY2(made, qPrintable(error.problem.message));
    Problem problem;
    const auto out = made->rewrite({7, 1'764'151'200'123, "/game/7", event}, 1, &problem);
    QVERIFY2(out, qPrintable(problem.message));
    QCOMPARE(*out, result);
}

void TestReplayTemplate::usesTheOtherPlaces()
{
    QProcessEnvironment environment;
    environment.insert(u"NAME"_s, u"\"a\""_s);
    ReplayTemplate::Error error;
    const auto made =
        ReplayTemplate::parse(R"([{{seq}},"{{env.NAME}}","{{now}}"])", {environment}, &error);
    QVERIFY2(made, qPrintable(error.problem.message));
    Problem problem;
    const QByteArray out = made->rewrite({}, 41, &problem).value_or(QByteArray());
    QVERIFY2(out.startsWith(R"([41,"\"a\"","20)"), out);
}

void TestReplayTemplate::saysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("words");
    QTest::newRow("no member") << QByteArray("{{event.score}}") << QByteArray("{}")
                               << u"{{event.score}}"_s;
    QTest::newRow("no element") << QByteArray("{{event.a[3]}}") << QByteArray("{\"a\":[1]}")
                                << u"{{event.a[3]}}"_s;
    QTest::newRow("no JSON") << QByteArray("{{event}}") << QByteArray("{\"a\":") << u"not JSON"_s;
}

void TestReplayTemplate::saysWhatIsMissing()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, event);
    QFETCH(QString, words);
    ReplayTemplate::Error error;
    const auto made = ReplayTemplate::parse(text, {}, &error);
    QVERIFY(made);
    Problem problem;
    QVERIFY(!made->rewrite({23, 0, "/a", event}, 1, &problem));
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
    QVERIFY2(problem.message.contains(u"frame 23"_s), qPrintable(problem.message));
}

void TestReplayTemplate::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("offset");
    QTest::newRow("unknown") << QByteArray(R"({"a":{{evnt}}})") << u"{{evnt}}"_s << 5;
    QTest::newRow("unset") << QByteArray(R"("{{env.SURELY_NOT_SET}}")") << u"SURELY_NOT_SET"_s << 1;
    QTest::newRow("no token") << QByteArray(R"("{{sub}}")") << u"{{sub}}"_s << 1;
    QTest::newRow("path") << QByteArray("{{event.}}") << u"{{event.}}"_s << 0;
    QTest::newRow("no JSON") << QByteArray("{\n\"a\":{{event}}") << u"line 2"_s << 15;
    QTest::newRow("time without quotes") << QByteArray(R"({"a": {{now}}})") << u"no JSON"_s << 6;
    QTest::newRow("behind a place") << QByteArray(R"([{{event}} 1])") << u"no JSON"_s << 11;
    QTest::newRow("empty") << QByteArray() << u"no JSON"_s << 0;
}

void TestReplayTemplate::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    QFETCH(int, offset);
    ReplayTemplate::Error error;
    QVERIFY(!ReplayTemplate::parse(text, {}, &error));
    QVERIFY2(error.problem.message.contains(words), qPrintable(error.problem.message));
    QVERIFY(!error.problem.nextStep.isEmpty());
    QCOMPARE(error.offset, offset);
}

GUILESS_TEST(TestReplayTemplate)
#include "tst_replaytemplate.moc"
