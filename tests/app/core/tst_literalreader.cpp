// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/literalreader.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestLiteralReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void leavesOutWhatIsWorkedOut();
    void takesFallbacks();
    void findsNoObjects_data();
    void findsNoObjects();
    void says_data();
    void says();
    void goesOnAfterAnError();
    void takesTimeInProportion_data();
    void takesTimeInProportion();
};

namespace {

QByteArray read(const QString &text)
{
    const LiteralReader reader(text);
    if (!reader.error().isEmpty())
        qWarning("%s", qPrintable(reader.error()));
    QByteArray all;
    for (const QJsonObject &object : reader.objects())
        all += QJsonDocument(object).toJson(QJsonDocument::Compact);
    return all;
}

} // namespace

void TestLiteralReader::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("objects");
    const auto row = [](const char *name, const QString &text, const QByteArray &objects) {
        QTest::newRow(name) << text << objects;
    };
    row("const", u"const a = { b: 1 };"_s, R"({"b":1})");
    row("default", u"export default {b: 'x'}"_s, R"({"b":"x"})");
    row("module", u"module.exports = {'b': \"x\",}"_s, R"({"b":"x"})");
    row("typed", u"const a: Config = <const>({ b: true })"_s, R"({"b":true})");
    row("argument", u"Amplify.configure({b: null}, {ssr: false})"_s, R"({"b":null}{"ssr":false})");
    row("returned", u"() => { return {b: 1} }"_s, R"({"b":1})");
    row("inside a function", u"function f() { const c = {b: 1}; }"_s, R"({"b":1})");
    row("bare", u"{b: 1}"_s, R"({"b":1})");
    row("nested", u"x={a:{b:[1,{c:[]},],},}"_s, R"({"a":{"b":[1,{"c":[]}]}})");
    row("numbers", u"x={a:-1,b:1.5,c:0x1F,d:1_000,e:1e3,f:.5,g:12n,h:0b11,i:0o17}"_s,
        R"({"a":-1,"b":1.5,"c":31,"d":1000,"e":1000,"f":0.5,"g":12,"h":3,"i":15})");
    row("64 bits", u"x={a:9007199254740993}"_s, R"({"a":9007199254740993})");
    row("escapes", u"x={a:'\\'\\n\\x41\\u00e9\\u{1F600}\\z\\\\'}"_s, "{\"a\":\"'\\nAé😀z\\\\\"}");
    row("line that goes on", u"x={a:'b\\\nc\\\r\nd'}"_s, R"({"a":"bcd"})");
    row("template", u"x={a:`b\nc\\``}"_s, R"({"a":"b\nc`"})");
    row("comments", u"/* = {no: 1} */ x = // {\n{ a /**/ : /* , */ 1 // }\n}"_s, R"({"a":1})");
    row("CRLF", u"x = {\r\n a: 1,\r\n b: 2\r\n}\r\n"_s, R"({"a":1,"b":2})");
    row("byte order mark", u"\ufeffx = {a: 1}"_s, R"({"a":1})");
    row("undefined", u"x = {a: undefined, b: 1}"_s, R"({"b":1})");
    row("as const", u"x = {a: 'b' as const, c: ['d'] satisfies E, f: 'g'!}"_s,
        R"({"a":"b","c":["d"],"f":"g"})");
    row("twice", u"x = {a: 1, a: 2}"_s, R"({"a":2})");
    row("names of any script", u"x = {ключ: 1, $a_1: 2, 3: 4}"_s,
        "{\"$a_1\":2,\"3\":4,\"ключ\":1}");
}

void TestLiteralReader::reads()
{
    QFETCH(QString, text);
    QTEST(read(text), "objects");
}

void TestLiteralReader::leavesOutWhatIsWorkedOut()
{
    const LiteralReader reader(uR"(x = {
        a: process.env.A,
        b: f({c: 1}, "}", `${g("}")}`),
        ...more,
        [d]: 1,
        e,
        h() { return 1 },
        i: 'x' + 'y',
        j: k ? 'l' : 'm',
        n: [o, 'p'],
        q: -r,
        s: async () => ({t: ','}),
        u: `v${w}`,
        z: 1
    })"_s);
    QCOMPARE(reader.error(), QString());
    QCOMPARE(reader.objects().size(), 1);
    QCOMPARE(QJsonDocument(reader.objects().first()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"n":["p"],"z":1})"));
    QStringList names;
    for (const LiteralReader::Skipped &skipped : reader.skipped()) {
        names.append(u"%1@%2"_s.arg(skipped.name).arg(skipped.line));
        QVERIFY(!skipped.hasFallback);
    }
    QCOMPARE(names,
             (QStringList{u"a@2"_s, u"b@3"_s, u"...@4"_s, u"e@6"_s, u"h@7"_s, u"i@8"_s, u"j@9"_s,
                          u"[0]@10"_s, u"q@11"_s, u"s@12"_s, u"u@13"_s}));
}

void TestLiteralReader::takesFallbacks()
{
    const LiteralReader reader(
        u"x = {a: env.A || 'b', c: env.C ?? \"d\", e: f || g, h: i || 'j' + k, l: m || n('o')}"_s);
    QCOMPARE(QJsonDocument(reader.objects().value(0)).toJson(QJsonDocument::Compact),
             QByteArray(R"({"a":"b","c":"d"})"));
    QList<bool> fallbacks;
    for (const LiteralReader::Skipped &skipped : reader.skipped())
        fallbacks.append(skipped.hasFallback);
    QCOMPARE(fallbacks, (QList<bool>{true, true, false, false, false}));
    QCOMPARE(reader.error(), QString());
}

void TestLiteralReader::findsNoObjects_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("import") << u"import { a, b } from 'c'; export { d };"_s;
    QTest::newRow("body") << u"if (a) { b: 1 } else { }"_s;
    QTest::newRow("arrow") << u"const f = () => { a: 1 }"_s;
    QTest::newRow("text") << u"const s = '= { a: 1 }'; const t = `= { a: 1 }`"_s;
    QTest::newRow("comment") << u"// = { a: 1 }\n/* = { a: 1 }"_s;
    QTest::newRow("words") << u"Don't worry, it's a letter."_s;
}

void TestLiteralReader::findsNoObjects()
{
    QFETCH(QString, text);
    const LiteralReader reader(text);
    QCOMPARE(reader.objects().size(), 0);
    QCOMPARE(reader.error(), QString());
}

void TestLiteralReader::says_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &text, int line, int column,
                        const QString &words) {
        QTest::newRow(name) << text << line << column << words;
    };
    row("no value", u"x = {\n  a: ,\n}"_s, 2, 6, u"a value is expected"_s);
    row("no comma", u"x = {\n  a: 'b'\n  c: 'd'\n}"_s, 3, 3, u"a comma is expected"_s);
    row("no name", u"x = { : 1 }"_s, 1, 7, u"name of a member"_s);
    row("open text", u"x = { a: 'b\n }"_s, 1, 12, u"does not end on its line"_s);
    row("open object", u"x = { a: 1"_s, 1, 11, u"the text ends inside"_s);
    row("open array", u"x = { a: [1"_s, 1, 12, u"the text ends inside"_s);
    row("escape at the end", u"x = { a: 'b\\"_s, 1, 13, u"does not end"_s);
    row("escape", u"x = { a: '\\u00g0' }"_s, 1, 13, u"no escape"_s);
    row("code point", u"x = { a: '\\u{110000}' }"_s, 1, 13, u"no escape"_s);
    row("number", u"x = { a: 1.2.3 }"_s, 1, 15, u"not a number"_s);
    row("huge number", u"x = { a: 1e999 }"_s, 1, 15, u"not a number"_s);
    row("deep", u"x = "_s + QString(70, u'[').prepend(u"{a:"_s), 1, 72, u"nested too deep"_s);
}

void TestLiteralReader::says()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const LiteralReader reader(text);
    QVERIFY2(reader.error().contains(words), qPrintable(reader.error()));
    QTEST(reader.lineAt(reader.errorOffset()), "line");
    QTEST(reader.columnAt(reader.errorOffset()), "column");
}

void TestLiteralReader::goesOnAfterAnError()
{
    const LiteralReader reader(u"f({ (a) }); x = { b: 1 }"_s);
    QCOMPARE(reader.objects().size(), 1);
    QVERIFY(!reader.error().isEmpty());
}

void TestLiteralReader::takesTimeInProportion_data()
{
    QTest::addColumn<QString>("piece");
    for (const char *piece : {"({", "={a:", "={a:[", "={a:f(", "={a:`${", "={a:'", "={a:/*", "`${`",
                              "={a:b||'", "={...{", "{[", "={'\\"})
        QTest::newRow(piece) << QString::fromLatin1(piece);
}

void TestLiteralReader::takesTimeInProportion()
{
    QFETCH(QString, piece);
    // Were it the square of the length, the long text would take some 900 times as long as the short one.
    const auto timeFor = [&](int count) {
        QElapsedTimer timer;
        timer.start();
        const LiteralReader reader(piece.repeated(count));
        return reader.objects().isEmpty() ? timer.nsecsElapsed() : -1;
    };
    qint64 shortest = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 5; ++i)
        shortest = qMin(shortest, timeFor(2'000));
    qint64 shortestLong = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 3; ++i)
        shortestLong = qMin(shortestLong, timeFor(60'000));
    QVERIFY(shortest >= 0 && shortestLong >= 0);
    QVERIFY2(shortestLong < 200 * shortest,
             qPrintable(u"%1 ns, %2 ns"_s.arg(shortest).arg(shortestLong)));
}

GUILESS_TEST(TestLiteralReader)
#include "tst_literalreader.moc"
