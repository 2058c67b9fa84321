// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textlines.h"
#include "app/ui/theme.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::TextLayout;
using Syncscope::TextLines;
using Syncscope::Theme;

class TestTextLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void breaksAtLinesAndWidth_data();
    void breaksAtLinesAndWidth();
    void losesNothing_data();
    void losesNothing();
    void partsNoCharacter();
    void boundsRowsWithoutWidth();
    void findsRows();
    void showsWhatShowsNothing();
    void colors();
    void colorsPiecesOfLongTokens();
    void laysOutLargeTextsAside_data();
    void laysOutLargeTextsAside();
    void forgetsWhatCameTooLate();
    void keepsRowsUntilNewOnesAreThere();

private:
    [[nodiscard]] static QStringList rows(const TextLines &lines)
    {
        QStringList all;
        for (int row = 0; row < lines.count(); ++row)
            all += lines.row(row).toString();
        return all;
    }
    [[nodiscard]] static QStringList colored(const TextLines &lines, int row)
    {
        const Theme::Palette &palette = Theme::instance()->palette();
        QStringList all;
        for (const QTextLayout::FormatRange &range : lines.colors(row)) {
            const QColor color = range.format.foreground().color();
            const QString name = color == palette.jsonKey ? u"key"_s
                : color == palette.jsonString             ? u"string"_s
                : color == palette.jsonNumber             ? u"number"_s
                : color == palette.jsonLiteral            ? u"literal"_s
                : color == palette.jsonPunctuation        ? u"sign"_s
                                                          : u"?"_s;
            all += name + u' ' + lines.row(row).sliced(range.start, range.length).toString();
        }
        return all;
    }
};

void TestTextLines::breaksAtLinesAndWidth_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("empty") << QString() << 10 << QStringList{};
    QTest::newRow("one") << u"abc"_s << 10 << QStringList{u"abc"_s};
    QTest::newRow("lines") << u"a\n\nb\n"_s << 10 << QStringList{u"a"_s, u""_s, u"b"_s, u""_s};
    QTest::newRow("full") << u"abcd\ne"_s << 4 << QStringList{u"abcd"_s, u"e"_s};
    QTest::newRow("long") << u"abcdefghij"_s << 4 << QStringList{u"abcd"_s, u"efgh"_s, u"ij"_s};
    QTest::newRow("wide") << u"日本語"_s << 4 << QStringList{u"日本"_s, u"語"_s};
    QTest::newRow("tabs") << u"a\tb\tc"_s << 6 << QStringList{u"a\tb"_s, u"\tc"_s};
    QTest::newRow("escape") << u"\"ab\\ncd\""_s << 4 << QStringList{u"\"ab\\n"_s, u"cd\""_s};
    QTest::newRow("too narrow") << u"ab"_s << 0
                                << QStringList{u"ab"_s}; // no width: as long as it is
}

void TestTextLines::breaksAtLinesAndWidth()
{
    QFETCH(const QString, text);
    QFETCH(const int, columns);
    TextLines lines;
    const QAbstractItemModelTester tester(&lines,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    lines.setColumns(columns);
    lines.setText(text, true);
    QTEST(rows(lines), "expected");
}

void TestTextLines::losesNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("lone surrogates") << QString(500, QChar(0xd800)) + QString(500, QChar(0xdc00));
    QTest::newRow("nuls") << QString(1'000, QChar(0));
    QTest::newRow("invalid utf-8") << QString::fromUtf8(QByteArray(1'000, '\xff'));
    QTest::newRow("only marks") << QString(1'000, QChar(0x301));
    QTest::newRow("backslashes") << u'"' + QString(1'000, u'\\');
    QTest::newRow("line breaks") << QString(1'000, u'\n');
    QTest::newRow("carriage returns") << u"a\r\nb\r\n"_s.repeated(100);
    QTest::newRow("pairs") << u"😀"_s.repeated(500);
    QTest::newRow("separators") << QString(300, QChar::LineSeparator);
}

void TestTextLines::losesNothing()
{
    QFETCH(const QString, text);
    for (const int columns : {1, 7, 80, TextLines::kLongestRow}) {
        const TextLayout layout = TextLayout::of(text, columns);
        QString all;
        for (int row = 0; row < layout.rows(); ++row) {
            const qsizetype begin = layout.begin(row);
            const qsizetype end = layout.end(row, text);
            QVERIFY2(end - begin <= 2 * columns + 1, "a row has an end");
            all += QStringView(text).sliced(begin, end - begin);
            if (end < text.size() && text.at(end) == u'\n')
                all += u'\n';
        }
        QVERIFY(all == text);
    }
}

void TestTextLines::partsNoCharacter()
{
    const QString text = u"a"_s + u"😀"_s.repeated(100);
    const TextLayout layout = TextLayout::of(text, 6);
    QVERIFY(layout.rows() > 10);
    for (int row = 1; row < layout.rows(); ++row)
        QVERIFY(text.at(layout.begin(row)).isHighSurrogate());
    const QString accents = u"e\u0301"_s.repeated(40);
    const TextLayout other = TextLayout::of(accents, 7);
    QVERIFY(other.rows() > 5);
    for (int row = 1; row < other.rows(); ++row)
        QCOMPARE(accents.at(other.begin(row)), QChar(u'e'));
}

void TestTextLines::boundsRowsWithoutWidth()
{
    TextLines lines;
    lines.setText(QString(2'500, u'x'), false);
    QCOMPARE(lines.count(), 3);
    QCOMPARE(lines.longest(), TextLines::kLongestRow);
    const QSignalSpy laidOut(&lines, &TextLines::laidOut);
    lines.setColumns(100);
    QCOMPARE(laidOut.size(), 1);
    QCOMPARE(lines.count(), 25);
    QCOMPARE(lines.longest(), 100);
}

void TestTextLines::findsRows()
{
    const QString text = u"ab\ncdef\n"_s;
    const TextLayout layout = TextLayout::of(text, 3);
    QCOMPARE(layout.rows(), 4); // ab cde f and the empty one
    QCOMPARE(layout.rowAt(0), 0);
    QCOMPARE(layout.rowAt(2), 0); // the line break
    QCOMPARE(layout.rowAt(3), 1);
    QCOMPARE(layout.rowAt(6), 2);
    QCOMPARE(layout.rowAt(8), 3);
    QCOMPARE(layout.rowAt(999), 3);
    QCOMPARE(TextLayout().rowAt(5), 0);
}

void TestTextLines::showsWhatShowsNothing()
{
    const QString text = u"a\0b\x1b\x7f é"_s + QChar(0xd800) + QChar(QChar::LineSeparator)
        + QChar(0x202e) + u"😀\t"_s;
    const QString shown = TextLayout::shown(text);
    QCOMPARE(shown.size(), text.size());
    QCOMPARE(shown, u"a␀b␛␡ é\ufffd↵\ufffd😀\t"_s);
}

void TestTextLines::colors()
{
    TextLines lines;
    lines.setText(u"{\n  \"a\": [1.5e3, true],\n  \"b\\\"c\": \"x\"\n}"_s, true);
    QCOMPARE(colored(lines, 1),
             (QStringList{u"key \"a\""_s, u"sign :"_s, u"sign ["_s, u"number 1.5e3"_s, u"sign ,"_s,
                          u"literal true"_s, u"sign ]"_s, u"sign ,"_s}));
    QCOMPARE(colored(lines, 2), (QStringList{u"key \"b\\\"c\""_s, u"sign :"_s, u"string \"x\""_s}));
    lines.setText(lines.text() + u' ', false);
    QCOMPARE(colored(lines, 1), QStringList());
}

void TestTextLines::colorsPiecesOfLongTokens()
{
    TextLines lines;
    lines.setColumns(10);
    lines.setText(u"{\"a long key\":12345678901234567890,\"k\":\"a string {1:2}, 3\"}"_s, true);
    QCOMPARE(rows(lines).first(), u"{\"a long k"_s);
    QCOMPARE(colored(lines, 0), (QStringList{u"sign {"_s, u"key \"a long k"_s}));
    QCOMPARE(colored(lines, 1), (QStringList{u"key ey\""_s, u"sign :"_s, u"number 123456"_s}));
    QCOMPARE(colored(lines, 2), (QStringList{u"number 7890123456"_s}));
    QCOMPARE(colored(lines, 3).last(), u"string \""_s);
    QCOMPARE(colored(lines, 4), QStringList{u"string a string {"_s});
    QCOMPARE(colored(lines, 5), (QStringList{u"string 1:2}, 3\""_s, u"sign }"_s}));
}

void TestTextLines::laysOutLargeTextsAside_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("one line") << QString(10'000'000, u'x') << 100'000;
    QTest::newRow("300,000 lines")
        << u"{\"number\": 123456789, \"ok\": 1}\n"_s.repeated(300'000) << 300'001;
}

void TestTextLines::laysOutLargeTextsAside()
{
    QFETCH(const QString, text);
    TextLines lines;
    lines.setColumns(100);
    QSignalSpy laidOut(&lines, &TextLines::laidOut);
    lines.setText(text, true);
    QVERIFY(lines.isBusy()); // it did not wait
    QCOMPARE(lines.count(), 0);
    QCOMPARE(lines.text().size(), text.size());
    QTRY_VERIFY(!lines.isBusy());
    QTEST(lines.count(), "rows");
}

void TestTextLines::forgetsWhatCameTooLate()
{
    TextLines lines;
    lines.setText(QString(5'000'000, u'x'), true);
    QVERIFY(lines.isBusy());
    lines.setText(u"small"_s, true);
    QVERIFY(!lines.isBusy());
    QCOMPARE(lines.count(), 1);
    lines.setText(QString(3'000'000, u'\n'), true);
    lines.setText(QString(1'000'000, u'\n'), true);
    QTRY_VERIFY(!lines.isBusy());
    QCOMPARE(lines.count(), 1'000'001);
}

void TestTextLines::keepsRowsUntilNewOnesAreThere()
{
    TextLines lines;
    lines.setText(QString(300'000, u'x'), true);
    QTRY_COMPARE(lines.count(), 300);
    const int serial = lines.serial();
    lines.setColumns(100);
    QVERIFY(lines.isBusy());
    QCOMPARE(lines.count(), 300);
    QTRY_COMPARE(lines.count(), 3'000);
    QCOMPARE(lines.serial(), serial);
}

GUI_TEST(TestTextLines)
#include "tst_textlines.moc"
