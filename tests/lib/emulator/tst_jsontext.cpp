// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/jsontext_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_JsonText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void nestingCostsNoStack();
    void strings_data();
    void strings();
    void everyCharacterSurvives();
    void utf8Sizes_data();
    void utf8Sizes();
};

void tst_JsonText::values_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *text, bool valid) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << valid;
    };
    for (const char *good :
         {"{}", "[]", " { } ", "[1,2,[3]]", R"({"a":{"b":[]},"a":1})", "0", "-0", "-1.5e+3", "1E9",
          "12345678901234567890", "true", "false", "null", R"("")", R"("\"\\\/\b\f\n\r\té")",
          R"("\ud800")", "\t\r\n[\n1\t,\r2 ]", R"("ä😀")", R"({"":""})"})
        row(good, true);
    for (const char *bad : {"",           " ",         "{",         "}",
                            "[",          "]",         "[1",        "[1,]",
                            "[,1]",       "[1 2]",     "{\"a\"}",   "{\"a\":}",
                            "{\"a\":1,}", "{a:1}",     "{'a':1}",   "{\"a\":1 \"b\":2}",
                            "[1}",        "{\"a\":1]", "1 2",       "{}{}",
                            "[],[]",      "01",        "+1",        ".5",
                            "1.",         "1e",        "--1",       "0x10",
                            "NaN",        "Infinity",  "tru",       "truefalse",
                            "nul",        "True",      R"(")",      R"("a)",
                            R"("\)",      R"("\x")",   R"("\u12")", R"("\u12g4")",
                            "\"a\nb\"",   "\"a\tb\"",  "// a\n1",   "undefined",
                            "hello"})
        row(bad, false);
    QTest::newRow("NUL inside") << u"\"a\0b\""_s << false;
    QTest::newRow("NUL behind") << u"1\0"_s << false;
    QTest::newRow("byte order mark") << u"\ufeff1"_s << false;
    QTest::newRow("no-break space") << u"\u00a01"_s << false;
}

void tst_JsonText::values()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QCOMPARE(JsonText::isValue(text), valid);
}

void tst_JsonText::nestingCostsNoStack()
{
    constexpr int kDepth = 1'000'000;
    QVERIFY(JsonText::isValue(QString(kDepth, u'[') + QString(kDepth, u']')));
    QVERIFY(!JsonText::isValue(QString(kDepth, u'[')));
}

void tst_JsonText::strings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("literal");
    QTest::newRow("empty") << u""_s << uR"("")"_s;
    QTest::newRow("JSON") << uR"({"a":"b\n"})"_s << uR"("{\"a\":\"b\\n\"}")"_s;
    QTest::newRow("short escapes") << u"\b\f\n\r\t"_s << uR"("\b\f\n\r\t")"_s;
    QTest::newRow("other controls") << u"\u0000\u001f"_s << uR"("\u0000\u001f")"_s;
    QTest::newRow("slash and delete stay") << u"/\u007f"_s << u"\"/\u007f\""_s;
    QTest::newRow("beyond ASCII") << u"ä\u2028😀"_s << u"\"ä\u2028😀\""_s;
    QTest::newRow("lone high surrogate") << u"a"_s + QChar(0xd83d) + u'b' << uR"("a\ud83db")"_s;
    QTest::newRow("lone low surrogate") << QString(QChar(0xde00)) << uR"("\ude00")"_s;
    QTest::newRow("surrogates swapped")
        << QString(QChar(0xde00)) + QChar(0xd83d) << uR"("\ude00\ud83d")"_s;
}

void tst_JsonText::strings()
{
    QFETCH(QString, text);
    QFETCH(QString, literal);
    QString out = u"x"_s;
    JsonText::appendString(out, text);
    QCOMPARE(out, u'x' + literal);
}

void tst_JsonText::everyCharacterSurvives()
{
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 257) {
        const QString text = QString::fromUcs4(&c, 1);
        QString literal;
        JsonText::appendString(literal, text);
        QCOMPARE(QJsonDocument::fromJson((u'[' + literal + u']').toUtf8()).array().at(0).toString(),
                 text);
    }
}

void tst_JsonText::utf8Sizes_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u""_s, u"abc"_s, u"é"_s, u"߿ࠀ"_s, u"€"_s, u"😀"_s, u"a😀é€"_s})
        QTest::addRow("%s", qPrintable(text)) << text;
}

void tst_JsonText::utf8Sizes()
{
    QFETCH(QString, text);
    QCOMPARE(JsonText::utf8Size(text), text.toUtf8().size());
}

GUILESS_TEST(tst_JsonText)
#include "tst_jsontext.moc"
