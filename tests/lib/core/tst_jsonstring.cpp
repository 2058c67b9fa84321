// SPDX-License-Identifier: Apache-2.0
#include "lib/core/jsonstring_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
namespace JsonString = AppSync::JsonString;

class tst_JsonString : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unescapes_data();
    void unescapes();
    void keepsLoneSurrogates();
    void survivesThereAndBack_data();
    void survivesThereAndBack();
};

void tst_JsonString::unescapes_data()
{
    QTest::addColumn<QString>("literal");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("plain") << u"abc"_s << u"abc"_s;
    QTest::newRow("quotes") << uR"({\"a\":\"b\\c\"})"_s << uR"({"a":"b\c"})"_s;
    QTest::newRow("all short escapes") << uR"(\"\\\/\b\f\n\r\t)"_s << u"\"\\/\b\f\n\r\t"_s;
    QTest::newRow("unicode") << uR"(\u00e9\u20AC)"_s << u"é€"_s;
    QTest::newRow("surrogate pair") << uR"(\ud83d\ude00!)"_s << u"😀!"_s;
    QTest::newRow("non-ASCII as it is") << u"é😀"_s << u"é😀"_s;
    QTest::newRow("broken escape is kept") << uR"(a\xb)"_s << uR"(a\xb)"_s;
    QTest::newRow("short unicode is kept") << uR"(\u12)"_s << uR"(\u12)"_s;
    QTest::newRow("backslash at the end") << u"a\\"_s << u"a\\"_s;
}

void tst_JsonString::unescapes()
{
    QFETCH(QString, literal);
    QFETCH(QString, text);
    QCOMPARE(JsonString::unescaped(literal), text);
    QCOMPARE(JsonString::unescapedUtf8(literal), text.toUtf8());
}

void tst_JsonString::keepsLoneSurrogates()
{
    const QString text = JsonString::unescaped(uR"(x\ud800y)");
    QCOMPARE(text.size(), 3);
    QCOMPARE(text[1].unicode(), char16_t(0xd800));
}

void tst_JsonString::survivesThereAndBack_data()
{
    QTest::addColumn<QByteArray>("utf8");
    QTest::newRow("json") << R"({"b":1,"a":9007199254740993,"a":2})"_ba;
    QTest::newRow("controls") << QByteArray("\x01\x1f\n\r\t\b\f\x7f", 8);
    QTest::newRow("nul") << QByteArray("a\0b", 3);
    QTest::newRow("text") << "é \\ \" 😀 / "_ba;
    QTest::newRow("empty") << QByteArray();
}

void tst_JsonString::survivesThereAndBack()
{
    QFETCH(QByteArray, utf8);
    QByteArray literal;
    JsonString::append(literal, utf8);
    QCOMPARE(JsonString::unescapedUtf8(QString::fromUtf8(literal.sliced(1, literal.size() - 2))),
             utf8);
    // An independent reader agrees.
    const QJsonDocument document = QJsonDocument::fromJson('[' + literal + ']');
    QCOMPARE(document.array().first().toString().toUtf8(), utf8);
}

QTEST_GUILESS_MAIN(tst_JsonString)
#include "tst_jsonstring.moc"
