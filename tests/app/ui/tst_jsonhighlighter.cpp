// SPDX-License-Identifier: Apache-2.0
#include "app/ui/jsonhighlighter.h"
#include "app/ui/theme.h"
#include "tests/shared/testrunner.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::JsonHighlighter;
using Syncscope::Theme;

namespace {

//! The format of the character at \a position of the document.
QTextCharFormat formatAt(const QTextDocument &document, int position)
{
    const QTextBlock block = document.findBlock(position);
    const auto formats = block.layout()->formats();
    for (const QTextLayout::FormatRange &range : formats) {
        const int at = position - block.position();
        if (at >= range.start && at < range.start + range.length)
            return range.format;
    }
    return {};
}

QColor colorAt(const QTextDocument &document, int position)
{
    return formatAt(document, position).foreground().color();
}

} // namespace

class TestJsonHighlighter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colorsTokens();
    void followsTheTheme();
    void marksTheError();
    void canBeSwitchedOff();
};

void TestJsonHighlighter::colorsTokens()
{
    QTextDocument document;
    JsonHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    document.setPlainText(u"{\"key\" : \"text\",\n1.5: true, x}"_s);
    highlighter.rehighlight();
    const Theme::Palette &palette = Theme::instance()->palette();
    QCOMPARE(colorAt(document, 0), palette.jsonPunctuation);
    QCOMPARE(colorAt(document, 2), palette.jsonKey);
    QCOMPARE(colorAt(document, 10), palette.jsonString);
    QCOMPARE(colorAt(document, 17), palette.jsonNumber);
    QCOMPARE(colorAt(document, 23), palette.jsonLiteral);
    QCOMPARE(colorAt(document, 28), palette.text);
}

void TestJsonHighlighter::followsTheTheme()
{
    Theme::instance()->overrideMode(Theme::Mode::Light);
    QTextDocument document(u"true"_s);
    JsonHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    highlighter.rehighlight();
    const QColor light = colorAt(document, 0);
    Theme::instance()->overrideMode(Theme::Mode::Dark);
    QVERIFY(colorAt(document, 0) != light);
    QCOMPARE(colorAt(document, 0), Theme::instance()->palette().jsonLiteral);
}

void TestJsonHighlighter::marksTheError()
{
    QTextDocument document(u"[1,\n]"_s);
    JsonHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    highlighter.setErrorPosition(4);
    QTRY_COMPARE(formatAt(document, 4).underlineStyle(), QTextCharFormat::WaveUnderline);
    QCOMPARE(formatAt(document, 1).underlineStyle(), QTextCharFormat::NoUnderline);
    highlighter.setErrorPosition(3); // behind the last character of its line
    QTRY_COMPARE(formatAt(document, 2).underlineStyle(), QTextCharFormat::WaveUnderline);
    QCOMPARE(formatAt(document, 4).underlineStyle(), QTextCharFormat::NoUnderline);
    highlighter.setErrorPosition(-1);
    QTRY_COMPARE(formatAt(document, 2).underlineStyle(), QTextCharFormat::NoUnderline);
}

void TestJsonHighlighter::canBeSwitchedOff()
{
    QTextDocument document(u"true"_s);
    JsonHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    highlighter.setEnabled(false);
    QVERIFY(document.firstBlock().layout()->formats().isEmpty());
}

GUI_TEST(TestJsonHighlighter)
#include "tst_jsonhighlighter.moc"
