// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filter.h"

#include "app/core/filter/filtercompletion.h"
#include "app/core/filter/filterparser.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void results_data();
    void results();
    void invalidJson();
    void errors_data();
    void errors();
    void paths_data();
    void paths();
    void bounded();
    void countsCharacters();
    void regexGivesUp();
    void completes_data();
    void completes();
};

namespace {

FilterRow eventRow(QByteArrayView text)
{
    FilterRow row;
    row.sub = "/game/*";
    row.dir = "in";
    row.kind = "event";
    row.type = "data";
    row.text = text;
    row.bytes = text.size();
    row.timeMs = 1'764'151'331'240; // 2025-11-26T10:02:11.240Z
    row.payload = FilterRow::Payload::Event;
    row.isJson = true;
    return row;
}

constexpr char kEvent[] =
    R"({"score":40,"big":9007199254740993,"huge":1e400,"name":"J\u00f6rg","a":[1,{"b":2},[]],)"
    R"("none":null,"yes":true,"user-id":"u-1","with space":1,"twice":1,"twice":2,"q":"a\"b"})";

} // namespace

void TestFilter::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMatch");
    const auto row = [](const char *text, bool isMatch) {
        QTest::newRow(text) << QString::fromUtf8(text) << isMatch;
    };
    row("", true);
    row("  ", true);
    row("event.score == 40", true);
    row("event.score == 40.0", true);
    row("event.score == 4e1", true);
    row("event.score != 40", false);
    row("event.score > 39.999", true);
    row("event.score >= 40 && event.score <= 40", true);
    row("event.score < 40", false);
    row("event.score == \"40\"", false);
    row("event.score != \"40\"", true);
    row("event.big == 9007199254740993", true);
    row("event.big == 9007199254740992", false);
    row("event.big > 9007199254740992", true);
    row("event.huge > 18446744073709551616", true);
    row("event.huge == 1e400", true);
    row("event.missing == 1", false);
    row("event.missing != 1", false);
    row("!(event.missing == 1)", true);
    row("event.none == 1", false);
    row("event.none != 1", false);
    row("has(event.none)", true);
    row("has(event.missing)", false);
    row("has(event.a[2])", true);
    row("has(event.a[3])", false);
    row("event.a[1].b == 2", true);
    row("event.a[*].b == 2", true);
    row("event.a[*] == 1", true);
    row("event.a[*] == 3", false);
    row("event.\"with space\" == 1", true);
    row("event['with space'] == 1", true);
    row("event.user-id == 'u-1'", true);
    row("event.twice == 2", true);
    row("event.twice == 1", false);
    row("event.name == \"J\u00f6rg\"", true);
    row("event.name ~ 'J?rg'", true);
    row("event.name ~ 'J*'", true);
    row("event.name ~ 'j*'", false);
    row("event.name =~ '^J..g$'", true);
    row("event.q == \"a\\\"b\"", true);
    row("event.yes == true", true);
    row("event.yes != false", true);
    row("event.yes == 1", false);
    row("len(event.name) == 4", true);
    row("len(event.a) == 3", true);
    row("len(event.score) == 2", false);
    row("len(event) > 5", true);
    row("len(sub) == 7", true);
    row("data.score == 40", true);
    row("sub == '/game/*'", true);
    row("sub == 'game/*'", true);
    row("sub ~ '/game/*'", true);
    row("sub ~ 'game/*'", true);
    row("sub ~ '/other/*'", false);
    row("sub != '/other/*'", true);
    row("sub =~ 'am'", true);
    row("channel == '/game/7'", false);
    row("channel != '/game/7'", false);
    row("has(channel)", false);
    row("dir == 'in'", true);
    row("kind == 'event' && type == 'data'", true);
    row("result == 'accepted'", false);
    row("bytes > 100", true);
    row("time > '2025-11-26T10:02:11Z' && time < '2025-11-26T10:02:12Z'", true);
    row("time == 1764151331240", true);
    row("time == '2025-11-26T11:02:11.240+01:00'", true);
    row("'score'", true);
    row("\"nothing like it\"", false);
    row("text ~ '{*}'", true);
    row("text =~ '\"score\":\\d+'", true);
    row("dir == 'out' || event.score == 40 && !(bytes < 3)", true);
    row("!!has(event.score)", true);
    row("((dir == 'in'))", true);
}

void TestFilter::matches()
{
    QFETCH(QString, text);
    QFETCH(bool, isMatch);
    const Filter filter(text);
    QVERIFY2(filter.isValid(), qPrintable(filter.error().message));
    QCOMPARE(filter.matches(eventRow(kEvent)), isMatch);
}

void TestFilter::results_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMatch");
    QTest::newRow("data") << u"data.onMessage.room == 'lobby'"_s << true;
    QTest::newRow("event") << u"event.onMessage.room == 'lobby'"_s << true;
    QTest::newRow("around it") << u"has(data.data)"_s << false;
}

void TestFilter::results()
{
    QFETCH(QString, text);
    QFETCH(bool, isMatch);
    FilterRow row = eventRow(R"({"data":{"onMessage":{"room":"lobby"}},"errors":[]})");
    row.payload = FilterRow::Payload::Result;
    QCOMPARE(Filter(text).matches(row), isMatch);
}

void TestFilter::invalidJson()
{
    FilterRow row = eventRow("{\"score\":40");
    row.isJson = false;
    QVERIFY(!Filter(u"event.score == 40"_s).matches(row));
    QVERIFY(!Filter(u"has(event)"_s).matches(row));
    QVERIFY(Filter(u"\"score\""_s).matches(row));
    // Whatever is called JSON is not read behind its end.
    row.isJson = true;
    (void)Filter(u"event.score == 40 || event[*].a == 'x' || len(event.a) > 3"_s).matches(row);
}

void TestFilter::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *text, int offset, const char *words) {
        QTest::newRow(text) << QString::fromUtf8(text) << offset << QString::fromUtf8(words);
    };
    row("score > 1", 0, "event.score");
    row("event.score = 1", 12, "==");
    row("event.score", 11, "has(");
    row("event.score >", 13, "missing");
    row("event.score == 1 and dir == 'in'", 17, "&&");
    row("event.score == 1 & dir == 'in'", 17, "&&");
    row("not has(event.a)", 0, "!");
    row("event.a == null", 11, "!has");
    row("event.a == abc", 11, "\"abc\"");
    row("event.a > true", 8, "order");
    row("dir == 'up'", 7, "\"in\"");
    row("dir ~ 'in'", 4, "==");
    row("kind == 'events'", 8, "\"event\"");
    row("bytes > 'a'", 8, "number");
    row("bytes ~ 5", 8, "pattern");
    row("time > 'yesterday'", 7, "2026-11-22T14:02:11Z");
    row("time =~ '2026'", 5, "==");
    row("(dir == 'in'", 0, ")");
    row("dir == 'in')", 11, "(");
    row("dir == 'in", 7, "quote");
    row("5 < bytes", 0, "left");
    row("'a' == text", 4, "left");
    row("text =~ 'a('", 8, "regular expression");
    row("sub.a == 'b'", 3, "below");
    row("event. == 1", 7, "member");
    row("event.a.0 == 1", 8, "[0]");
    row("event[-1] == 1", 6, "index");
    row("event[0 == 1", 8, "]");
    row("size(event) == 1", 0, "has and len");
    row("len(bytes) == 1", 0, "length");
    row("event.a == 1 event.b == 2", 13, "&&");
    row("#", 0, "\"#\"");
    row("bytes > 012", 8, "number");
    row("&& dir == 'in'", 0, "field");
    row("''", 0, "empty");
}

void TestFilter::errors()
{
    QFETCH(QString, text);
    QFETCH(int, offset);
    QFETCH(QString, words);
    const Filter filter(text);
    QVERIFY(!filter.isValid());
    QVERIFY2(filter.error().message.contains(words), qPrintable(filter.error().message));
    if (!text.contains(u"a(")) // PCRE's place is behind the bracket
        QCOMPARE(filter.error().offset, offset);
    QVERIFY(filter.error().offset + filter.error().length <= text.size());
    QVERIFY(!filter.matches(eventRow(kEvent)));
}

void TestFilter::paths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("value"); // null: no path
    QTest::addColumn<int>("offset"); // of the mistake
    const auto row = [](const char *text, const QByteArray &value, int offset = 0) {
        QTest::newRow(text) << QString::fromUtf8(text) << value << offset;
    };
    row("event.big", "9007199254740993");
    row(" data.a[1].b ", "2");
    row("event.\"with space\"", "1");
    row("event.nobody", "");
    row("", {}, 0);
    row("score", {}, 0);
    row("sub", {}, 0);
    row("event.score > 1", {}, 12);
    row("has(event.a)", {}, 0);
    row("event.a[", {}, 8);
}

void TestFilter::paths()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, value);
    QFETCH(const int, offset);
    Filter::Error error;
    const auto path = parseFilterPath(text, &error);
    QCOMPARE(path.has_value(), !value.isNull());
    QCOMPARE(error.isError(), value.isNull());
    QCOMPARE(int(error.offset), offset);
    if (path)
        QCOMPARE(path->first(eventRow(kEvent).json()).toByteArray(), value);
    FilterRow broken = eventRow("{");
    broken.isJson = false;
    QVERIFY(broken.json().isNull());
}

void TestFilter::bounded()
{
    QVERIFY(!Filter(QString(20'000, u'(')).isValid());
    QVERIFY(!Filter(QString(200, u'(') + u"dir=='in'"_s + QString(200, u')')).isValid());
    QVERIFY(!Filter(QString(200, u'!') + u"dir=='in'"_s).isValid());
    QVERIFY(!Filter(u"text =~ '"_s + QString(5'000, u'a') + u'\'').isValid());
    QString many = u"dir=='in'"_s;
    for (int i = 0; i < 1'000; ++i)
        many += u"&&dir=='in'"_s;
    QVERIFY(Filter(many).matches(eventRow(kEvent)));
}

void TestFilter::countsCharacters()
{
    const QString text = u"\"\u00e4\u00f6\U0001F600\" && foo == 1"_s;
    QCOMPARE(Filter(text).error().offset, 10);
    QCOMPARE(Filter(text).error().character(text), 10);
    QCOMPARE(Filter(u"foo"_s).error().character(u"foo"), 1);
}

void TestFilter::regexGivesUp()
{
    const QByteArray text = '"' + QByteArray(5'000, 'a') + '"';
    const Filter filter(u"text =~ '(a+)+$' || text =~ '(a*)*b(a*)*c'"_s);
    QVERIFY(filter.isValid());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!filter.matches(eventRow(text)));
    QVERIFY2(timer.elapsed() < 5'000, "a regular expression ran on and on");
    QVERIFY(filter.surrenders() > 0);
}

void TestFilter::completes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("completion");
    QTest::addColumn<int>("begin");
    QTest::newRow("empty") << QString() << u"sub"_s << 0;
    QTest::newRow("field") << u"ev"_s << u"event"_s << 0;
    QTest::newRow("path") << u"bytes > 1 && event.a"_s << u"event.a[*].b"_s << 13;
    QTest::newRow("strange name") << u"event."_s << u"event.\"with space\""_s << 0;
    QTest::newRow("operator") << u"event.score "_s << u">="_s << 12;
    QTest::newRow("channel") << u"sub ~ \"/ga"_s << u"\"/game/*\""_s << 6;
    QTest::newRow("kind") << u"kind == "_s << u"\"publish\""_s << 8;
    QTest::newRow("and") << u"dir == 'in' "_s << u"&&"_s << 12;
    QTest::newRow("type") << u"type == \""_s << u"\"data\""_s << 8;
}

void TestFilter::completes()
{
    QFETCH(QString, text);
    QFETCH(QString, completion);
    QFETCH(int, begin);
    FilterVocabulary vocabulary;
    vocabulary.note(eventRow(kEvent));
    const QList<FilterCompletion> found = filterCompletions(text, text.size(), vocabulary);
    QStringList texts;
    for (const FilterCompletion &each : found)
        texts += each.text;
    QVERIFY2(found.contains(FilterCompletion{begin, text.size(), completion}),
             qPrintable(texts.join(u' ')));
}

GUILESS_TEST(TestFilter)
#include "tst_filter.moc"
