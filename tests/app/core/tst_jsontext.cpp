// SPDX-License-Identifier: Apache-2.0
#include "app/core/jsontext.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestJsonText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void validity_data();
    void validity();
    void validityOfDeepValues();
    void quoting();
    void singleLine();
    void formatting_data();
    void formatting();
    void formattingColours();
    void finding_data();
    void finding();
    void takingApart();
    void lines();
    void plain();
};

void TestJsonText::validity_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const QList<QByteArray> valid{
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-12.5e+3",
        "1E9",
        "9007199254740993",
        "\"\"",
        "[]",
        "{}",
        " [ ] ",
        "\t{\r\n}\n",
        "[1,2,[3,{}]]",
        R"({"a":1,"a":{"b":[null]}})",
        R"("\"\\\/\b\f\n\r\t\u00e9\ud83d")",
        "\"h\xc3\xa9\"",
        "[[],[]]",
        R"([{"a":[]},{"b":{}}])",
        "\"\x7f\"",
    };
    const QList<QByteArray> invalid{
        "",          " ",          "nul",         "nulll",
        "True",      "01",         "-",           "+1",
        "1.",        ".5",         "1e",          "1e+",
        "0x1",       "NaN",        "\"",          "\"a",
        "'a'",       "\"\\q\"",    "\"\\u12g4\"", "\"\\u12\"",
        "\"\\\"",    "\"a\nb\"",   "\"a\tb\"",    QByteArray("\"\0\"", 3),
        "[",         "]",          "[1",          "[1,",
        "[1,]",      "[,1]",       "[1 2]",       "{",
        "}",         "{\"a\"",     "{\"a\":",     "{\"a\":1",
        "{\"a\":1,", "{\"a\":1,}", "{a:1}",       "{1:1}",
        "{\"a\" 1}", "{,}",        "[}",          "{]",
        "1 2",       "{}{}",       "[1]]",        "1,2",
        "\"a\":1",   "// 1",       "1 // one",    "\xef\xbb\xbf{}",
        "[1]x",
    };
    for (const QByteArray &text : valid)
        QTest::newRow("valid " + text.toPercentEncoding(" {}[]\":,")) << text << true;
    for (const QByteArray &text : invalid)
        QTest::newRow("invalid " + text.toPercentEncoding(" {}[]\":,")) << text << false;
}

void TestJsonText::validity()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(JsonText::isValid(text), valid);
}

void TestJsonText::validityOfDeepValues()
{
    const int depth = 200'000;
    QVERIFY(JsonText::isValid(QByteArray(depth, '[') + QByteArray(depth, ']')));
    QVERIFY(!JsonText::isValid(QByteArray(depth, '[') + QByteArray(depth - 1, ']')));
    QByteArray objects;
    for (int i = 0; i < depth; ++i)
        objects += "{\"a\":";
    QVERIFY(JsonText::isValid(objects + '1' + QByteArray(depth, '}')));
}

void TestJsonText::quoting()
{
    QCOMPARE(JsonText::quoted(u""_s), QByteArray("\"\""));
    QCOMPARE(JsonText::quoted(u"a\"b\\c\n\r\t\u0001/"_s),
             QByteArray("\"a\\\"b\\\\c\\n\\r\\t\\u0001/\""));
    QCOMPARE(JsonText::quoted(u"é😀"_s), QByteArray("\"é😀\""));
    QCOMPARE(JsonText::quoted(QString(QChar(0xd83d)) + u'x'), QByteArray("\"\\ud83dx\""));
    QCOMPARE(JsonText::quoted(QString(QChar(0xde00))), QByteArray("\"\\ude00\""));
}

void TestJsonText::singleLine()
{
    QCOMPARE(JsonText::singleLine("{\n  \"a\": 1,\r\n\t\"b\":\r[]\n}"),
             QByteArray("{   \"a\": 1, \t\"b\": [] }"));
    QCOMPARE(JsonText::singleLine("{\"a\":\"\\n\"}"), QByteArray("{\"a\":\"\\n\"}"));
}

void TestJsonText::formatting_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("indented");
    QTest::addColumn<QByteArray>("compact");
    QTest::newRow("scalar") << QByteArray(" 9007199254740993 ") << QByteArray("9007199254740993")
                            << QByteArray("9007199254740993");
    QTest::newRow("empty") << QByteArray("[ { } , [ ] ]") << QByteArray("[\n  {},\n  []\n]")
                           << QByteArray("[{}, []]");
    QTest::newRow("object")
        << QByteArray(R"({"a":1.50,"a":"x\u00e9, {y}","b":[true,null]})")
        << QByteArray("{\n  \"a\": 1.50,\n  \"a\": \"x\\u00e9, {y}\",\n  \"b\": [\n    true,\n"
                      "    null\n  ]\n}")
        << QByteArray(R"({"a": 1.50, "a": "x\u00e9, {y}", "b": [true, null]})");
    QTest::newRow("escapes") << QByteArray(R"(["\"","\\","\\\""])")
                             << QByteArray("[\n  \"\\\"\",\n  \"\\\\\",\n  \"\\\\\\\"\"\n]")
                             << QByteArray(R"(["\"", "\\", "\\\""])");
}

void TestJsonText::formatting()
{
    QFETCH(QByteArray, json);
    QTEST(JsonText::indented(json), "indented");
    QTEST(JsonText::compact(json), "compact");
}

void TestJsonText::formattingColours()
{
    const JsonText::Palette palette{"K", "S", "N", "L", "."};
    QCOMPARE(JsonText::compact("{\"k\":\"s\",\"n\":-1,\"l\":[true,null]}", palette),
             QByteArray("{K\"k\".: S\"s\"., K\"n\".: N-1., K\"l\".: [Ltrue., Lnull.]}"));
}

void TestJsonText::finding_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<QByteArray>("value"); // null: nothing there
    QTest::addColumn<int>("name");
    const QByteArray json =
        R"( {"a": {"b": [10, {"c": "x"} , 30 ]}, "a\u0062": 1, "e": [], "d": 1, "d": 2} )";
    QTest::newRow("top") << json << QStringList() << json.trimmed() << 1;
    QTest::newRow("object") << json << QStringList{u"a"_s}
                            << QByteArray(R"({"b": [10, {"c": "x"} , 30 ]})") << 2;
    QTest::newRow("element") << json << QStringList{u"a"_s, u"b"_s, u"2"_s} << QByteArray("30")
                             << int(json.indexOf("30"));
    QTest::newRow("deep") << json << QStringList{u"a"_s, u"b"_s, u"1"_s, u"c"_s}
                          << QByteArray("\"x\"") << int(json.indexOf("\"c\""));
    QTest::newRow("escaped name") << json << QStringList{u"ab"_s} << QByteArray("1")
                                  << int(json.indexOf("\"a\\u"));
    QTest::newRow("last of two") << json << QStringList{u"d"_s} << QByteArray("2")
                                 << int(json.lastIndexOf("\"d\""));
    QTest::newRow("missing") << json << QStringList{u"z"_s} << QByteArray() << 0;
    QTest::newRow("behind the end")
        << json << QStringList{u"a"_s, u"b"_s, u"3"_s} << QByteArray() << 0;
    QTest::newRow("in nothing") << json << QStringList{u"e"_s, u"0"_s} << QByteArray() << 0;
    QTest::newRow("into a number") << json << QStringList{u"d"_s, u"0"_s} << QByteArray() << 0;
}

void TestJsonText::finding()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, path);
    QFETCH(QByteArray, value);
    QFETCH(int, name);
    const auto place = JsonText::find(json, path);
    QCOMPARE(place.has_value(), !value.isNull());
    if (!place)
        return;
    QCOMPARE(json.mid(place->begin, place->end - place->begin), value);
    QCOMPARE(place->name, name);
}

void TestJsonText::takingApart()
{
    const QByteArray json = R"( { "a" : 1.50 , "b\u0022" : { "c" : [ 1 ] } , "a" : "x,}" } )";
    const QList<JsonText::Member> members = JsonText::members(json);
    QCOMPARE(members.size(), 3);
    QCOMPARE(members.at(0).name, u"a"_s);
    QCOMPARE(members.at(0).value, QByteArray("1.50"));
    QCOMPARE(members.at(1).name, u"b\""_s);
    QCOMPARE(members.at(1).value, QByteArray(R"({ "c" : [ 1 ] })"));
    QCOMPARE(members.at(2).value, QByteArray("\"x,}\""));
    QCOMPARE(JsonText::object(members),
             QByteArray(R"({"a":1.50,"b\"":{ "c" : [ 1 ] },"a":"x,}"})"));
    const QList<JsonText::Member> elements = JsonText::members("[1, [2], {}]");
    QCOMPARE(elements.size(), 3);
    QVERIFY(elements.at(1).name.isEmpty());
    QCOMPARE(JsonText::array(elements), QByteArray("[1,[2],{}]"));
    QVERIFY(JsonText::members("{}").isEmpty());
    QVERIFY(JsonText::members("7").isEmpty());
    QCOMPARE(JsonText::object({}), QByteArray("{}"));
    QCOMPARE(JsonText::array({}), QByteArray("[]"));
}

void TestJsonText::lines()
{
    QCOMPARE(JsonText::lineAt("a\nb\nc", 0), 1);
    QCOMPARE(JsonText::lineAt("a\nb\nc", 2), 2);
    QCOMPARE(JsonText::lineAt("a\nb\nc", 99), 3);
    QCOMPARE(JsonText::lineAt("", -5), 1);
}

void TestJsonText::plain()
{
    QCOMPARE(JsonText::plain("\"a\\\"\\u00e9\""), u"a\"é"_s);
    QCOMPARE(JsonText::plain("12.50"), u"12.50"_s);
    QCOMPARE(JsonText::plain("[1]"), u"[1]"_s);
}

GUILESS_TEST(TestJsonText)
#include "tst_jsontext.moc"
