// SPDX-License-Identifier: Apache-2.0
#include "lib/core/jsonstring_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
namespace JsonString = AppSync::JsonString;

class tst_JsonString : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unescapes_data();
    void unescapes();
    void unescapesAtEveryAlignment();
    void unescapesWhateverComes();
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

namespace {

//! One unit after the other, as anybody would write it.
QString plainUnescaped(QStringView literal)
{
    static const QHash<QChar, QChar> kShort{{u'"', u'"'},  {u'\\', u'\\'}, {u'/', u'/'},
                                            {u'b', u'\b'}, {u'f', u'\f'},  {u'n', u'\n'},
                                            {u'r', u'\r'}, {u't', u'\t'}};
    QString text;
    for (qsizetype i = 0; i < literal.size(); ++i) {
        const QChar next = i + 1 < literal.size() ? literal[i + 1] : QChar();
        if (literal[i] == u'\\' && kShort.contains(next)) {
            text += kShort[next];
            ++i;
            continue;
        }
        bool isHex = false;
        const QString digits = literal.mid(i + 2, 4).toString();
        const ushort unit = digits.size() == 4 && !digits.contains(u'+') && !digits.contains(u'-')
            ? digits.toUShort(&isHex, 16)
            : ushort(0);
        if (literal[i] == u'\\' && next == u'u' && isHex) {
            text += QChar(unit);
            i += 5;
            continue;
        }
        text += literal[i];
    }
    return text;
}

//! True if both forms of unescaping agree with the plain one.
bool agrees(QStringView literal)
{
    const QString plain = plainUnescaped(literal);
    return JsonString::unescaped(literal) == plain
        && JsonString::unescapedUtf8(literal) == plain.toUtf8();
}

} // namespace

//! Every escape at every distance from both ends, so that it meets every boundary of the blocks.
void tst_JsonString::unescapesAtEveryAlignment()
{
    const QStringList parts{uR"(\")"_s,
                            uR"(\\)"_s,
                            uR"(\\\")"_s,
                            uR"(\"\"\"\")"_s,
                            uR"(\/)"_s,
                            uR"(\n)"_s,
                            uR"(\"\n\")"_s,
                            uR"(\u0041)"_s,
                            uR"(\u00e9)"_s,
                            uR"(\ud83d\ude00)"_s,
                            uR"(\ud800)"_s,
                            u"é"_s,
                            u"😀"_s,
                            u"\x7f"_s,
                            u"\x80"_s,
                            QString(QChar(0x225c)),
                            QString(QChar(0x5c22)),
                            uR"(\x)"_s,
                            uR"(\u12)"_s,
                            uR"(\u00g0)"_s,
                            u"\\é"_s,
                            u"\\"_s,
                            QString(QChar(u'\0'))};
    for (const QString &part : parts) {
        for (qsizetype before = 0; before < 40; ++before) {
            for (qsizetype after = 0; after < 90; after += after < 36 ? 1 : 9) {
                const QString text = QString(before, u'x') + part + QString(after, u'y');
                if (!agrees(text) || (before > 0 && !agrees(QStringView(text).sliced(1))))
                    QFAIL(qPrintable(u"%1 units, %2, %3 units"_s.arg(before).arg(part).arg(after)));
            }
        }
    }
}

void tst_JsonString::unescapesWhateverComes()
{
    const QStringList parts{u"\\"_s,
                            u"\""_s,
                            uR"(\")"_s,
                            uR"(\\)"_s,
                            uR"(\n)"_s,
                            u"abc"_s,
                            u"long plain text"_s,
                            u"u"_s,
                            u"0041"_s,
                            u"é"_s,
                            QString(QChar(0x5c22)),
                            uR"(\u0022)"_s,
                            u"/"_s};
    QRandomGenerator random(20250101);
    for (int round = 0; round < 20'000; ++round) {
        // Without what is not ASCII in three of four, or the way for bytes would hardly be taken.
        const bool isAscii = round % 4 != 0;
        QString text;
        for (int count = random.bounded(30); count > 0; --count) {
            const QString &part = parts[random.bounded(int(parts.size()))];
            if (!isAscii || part.back() < QChar(0x80))
                text += part;
        }
        if (!agrees(text))
            QFAIL(qPrintable(text));
    }
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

GUILESS_TEST(tst_JsonString)
#include "tst_jsonstring.moc"
