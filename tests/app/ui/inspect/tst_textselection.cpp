// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textselection.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::TextLines;
using Syncscope::TextSelection;

class TestTextSelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void selectsAcrossRows();
    void stepsByCharacter();
    void stepsByWord();
    void stepsByRow();
    void staysInPiecesOfALine();
    void selectsWordsLinesAndAll();
    void survivesAnotherLayout();
    void survivesAnotherText();

private:
    TextLines m_lines;
    TextSelection m_selection;
};

void TestTextSelection::init()
{
    m_lines.setColumns(0);
    m_lines.setText({}, false);
    m_lines.setText(u"{\n  \"a\": \"é😀\",\n  \"b\": 12\n}"_s, true);
    m_selection.setLines(&m_lines);
    m_selection.moveTo(0, false);
}

void TestTextSelection::selectsAcrossRows()
{
    QVERIFY(!m_selection.isSelected());
    m_selection.moveTo(3, false);
    m_selection.moveTo(18, true);
    QVERIFY(m_selection.isSelected());
    QCOMPARE(m_selection.text(), u" \"a\": \"é😀\",\n  "_s);
    m_selection.moveTo(1, true); // to the other side of where it began
    QCOMPARE(m_selection.text(), u"\n "_s);
    m_selection.moveTo(-5, false);
    QCOMPARE(m_selection.cursor(), 0);
    m_selection.moveTo(9'999, true);
    QCOMPARE(m_selection.text(), m_lines.text());
}

void TestTextSelection::stepsByCharacter()
{
    const int e = int(m_lines.text().indexOf(u'é'));
    m_selection.moveTo(e, false);
    m_selection.move(TextSelection::Right, true, 1);
    m_selection.move(TextSelection::Right, true, 1);
    QCOMPARE(m_selection.text(), u"é😀"_s); // a pair is one step
    m_selection.move(TextSelection::Left, true, 1);
    QCOMPARE(m_selection.text(), u"é"_s);
    m_selection.move(TextSelection::Left, false, 1); // to where the selection begins
    QVERIFY(!m_selection.isSelected());
    QCOMPARE(m_selection.cursor(), e);
    m_selection.moveTo(e + 2, false); // into the pair
    QCOMPARE(m_selection.cursor(), e + 1);
    m_selection.move(TextSelection::TextEnd, false, 1);
    m_selection.move(TextSelection::Right, false, 1);
    QCOMPARE(m_selection.cursor(), int(m_lines.text().size()));
}

void TestTextSelection::stepsByWord()
{
    m_lines.setText(u"one, two_three  4"_s, false);
    QList<int> stops;
    for (int i = 0; i < 4; ++i) {
        m_selection.move(TextSelection::WordRight, false, 1);
        stops += m_selection.cursor();
    }
    QCOMPARE(stops, (QList<int>{5, 16, 17, 17}));
    m_selection.move(TextSelection::WordLeft, false, 1);
    m_selection.move(TextSelection::WordLeft, true, 1);
    QCOMPARE(m_selection.text(), u"two_three  "_s);
}

void TestTextSelection::stepsByRow()
{
    m_selection.moveTo(6, false); // fifth of the second row
    m_selection.move(TextSelection::Up, false, 1);
    QCOMPARE(m_selection.cursor(), 1); // the row is shorter
    m_selection.move(TextSelection::RowBegin, false, 1);
    m_selection.move(TextSelection::PageDown, true, 2);
    QCOMPARE(m_selection.text(), u"{\n  \"a\": \"é😀\",\n"_s);
    m_selection.move(TextSelection::RowEnd, true, 1);
    QVERIFY(m_selection.text().endsWith(u"12"_s));
    m_selection.move(TextSelection::PageDown, false, 20);
    QCOMPARE(m_selection.cursor(), int(m_lines.text().size()));
    m_selection.move(TextSelection::PageUp, false, 20);
    QCOMPARE(m_selection.cursor(), 0);
}

void TestTextSelection::staysInPiecesOfALine()
{
    m_lines.setColumns(4);
    m_lines.setText(u"abcdefgh"_s, false);
    m_selection.move(TextSelection::RowEnd, false, 1);
    QCOMPARE(m_selection.cursor(), 3); // behind d begins the next one
    m_selection.move(TextSelection::Down, false, 1);
    m_selection.move(TextSelection::RowEnd, false, 1);
    QCOMPARE(m_selection.cursor(), 8);
}

void TestTextSelection::selectsWordsLinesAndAll()
{
    m_selection.selectWord(5);
    QCOMPARE(m_selection.text(), u"a"_s);
    m_selection.selectWord(0);
    QCOMPARE(m_selection.text(), u"{"_s);
    m_selection.selectLine(5);
    QCOMPARE(m_selection.text(), u"  \"a\": \"é😀\",\n"_s);
    m_selection.selectLine(int(m_lines.text().size()));
    QCOMPARE(m_selection.text(), u"}"_s);
    m_selection.selectLine(0);
    QCOMPARE(m_selection.text(), u"{\n"_s);
    m_selection.selectAll();
    QCOMPARE(m_selection.text(), m_lines.text());
}

void TestTextSelection::survivesAnotherLayout()
{
    m_selection.select(4, 9);
    const QString selected = m_selection.text();
    const QSignalSpy changed(&m_selection, &TextSelection::changed);
    m_lines.setColumns(3);
    QCOMPARE(m_selection.text(), selected);
    QCOMPARE(changed.size(), 0);
}

void TestTextSelection::survivesAnotherText()
{
    m_selection.selectAll();
    m_lines.setText(u"x"_s, false);
    QVERIFY(!m_selection.isSelected());
    m_lines.setText({}, false);
    m_selection.move(TextSelection::Down, true, 1);
    m_selection.selectWord(7);
    m_selection.selectLine(7);
    QCOMPARE(m_selection.text(), QString());
}

GUI_TEST(TestTextSelection)
#include "tst_textselection.moc"
