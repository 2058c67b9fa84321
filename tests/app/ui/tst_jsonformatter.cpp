// SPDX-License-Identifier: Apache-2.0
#include "app/ui/jsonformatter.h"
#include "app/ui/jsontokenizer.h"
#include "tests/shared/testrunner.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;
namespace JsonFormatter = Syncscope::JsonFormatter;

namespace {

//! The text without white space between tokens: what must never change.
QString essence(QStringView json)
{
    QString result;
    bool inString = false;
    bool escaped = false;
    for (const QChar c : json) {
        if (inString || !c.isSpace())
            result += c;
        if (escaped)
            escaped = false;
        else if (inString && c == u'\\')
            escaped = true;
        else if (c == u'"')
            inString = !inString;
    }
    return result;
}

QString randomJson(QRandomGenerator &random, int depth)
{
    const QStringList scalars{
        u"9007199254740993"_s,          u"-0.10e+07"_s, u"true"_s, u"null"_s, u"\"a \\\" b\""_s,
        u"\"\\u00e9 \\ud83d {[,]}\""_s, u"\"😀\""_s,     u"\"\""_s};
    const int kind = depth > 4 ? 0 : int(random.bounded(3));
    if (kind == 0)
        return scalars[random.bounded(scalars.size())];
    QStringList parts;
    for (int i = int(random.bounded(4)); i > 0; --i) {
        const QString value = randomJson(random, depth + 1);
        parts += kind == 1 ? value : u"\"k\" :\t"_s + value;
    }
    const QString inside = parts.join(random.bounded(2) ? u" ,\n "_s : u","_s);
    return kind == 1 ? u'[' + inside + u']' : u'{' + inside + u'}';
}

} // namespace

class TestJsonFormatter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indents_data();
    void indents();
    void changesNothingButWhiteSpace();
    void boundsTheIndent();
    void splitsArrays_data();
    void splitsArrays();
};

void TestJsonFormatter::indents_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("object") << u"{\"b\":1,\"a\":[true,null]}"_s
                            << u"{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}"_s;
    QTest::newRow("empty containers")
        << u"{\"a\":{ },\"b\":[\n]}"_s << u"{\n  \"a\": {},\n  \"b\": []\n}"_s;
    QTest::newRow("scalar") << u" 12 "_s << u"12"_s;
    QTest::newRow("64-bit integer") << u"[9007199254740993]"_s << u"[\n  9007199254740993\n]"_s;
    QTest::newRow("duplicate keys") << u"{\"a\":1,\"a\":2}"_s << u"{\n  \"a\": 1,\n  \"a\": 2\n}"_s;
    QTest::newRow("brackets in a string")
        << u"{\"a\":\"{[,\\\"]}\"}"_s << u"{\n  \"a\": \"{[,\\\"]}\"\n}"_s;
    QTest::newRow("formatted already") << u"{\n  \"a\": 1\n}"_s << u"{\n  \"a\": 1\n}"_s;
    QTest::newRow("unclosed string") << u"[\"abc\\"_s << u"[\n  \"abc\\"_s;
    QTest::newRow("closed too often") << u"]]"_s << u"\n]\n]"_s;
}

void TestJsonFormatter::indents()
{
    QFETCH(QString, json);
    QFETCH(QString, expected);
    QCOMPARE(JsonFormatter::indented(json), expected);
}

void TestJsonFormatter::changesNothingButWhiteSpace()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 2000; ++i) {
        const QString json = randomJson(random, 0);
        const QString pretty = JsonFormatter::indented(json);
        QCOMPARE(essence(pretty), essence(json));
        QCOMPARE(JsonFormatter::indented(pretty), pretty);
    }
}

void TestJsonFormatter::boundsTheIndent()
{
    const QString deep = QString(5000, u'[') + QString(5000, u']');
    const QString pretty = JsonFormatter::indented(deep);
    QCOMPARE(essence(pretty), deep);
    QVERIFY(pretty.size() < deep.size() * 140);
}

void TestJsonFormatter::splitsArrays_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("mixed") << u" [ {\"a\": [1, 2]} , \"x,]\",\n 3.0 , [ ] ] "_s
                           << QStringList{u"{\"a\": [1, 2]}"_s, u"\"x,]\""_s, u"3.0"_s, u"[ ]"_s};
    QTest::newRow("empty") << u"[ ]"_s << QStringList{};
    QTest::newRow("no array") << u"{\"a\":[1]}"_s << QStringList{};
    QTest::newRow("nothing") << u""_s << QStringList{};
}

void TestJsonFormatter::splitsArrays()
{
    QFETCH(QString, json);
    QFETCH(QStringList, expected);
    QStringList elements;
    for (const QStringView element : JsonFormatter::elements(json))
        elements += element.toString();
    QCOMPARE(elements, expected);
}

GUILESS_TEST(TestJsonFormatter)
#include "tst_jsonformatter.moc"
