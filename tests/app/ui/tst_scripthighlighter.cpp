// SPDX-License-Identifier: Apache-2.0
#include "app/ui/scripthighlighter.h"
#include "app/ui/theme.h"
#include "tests/shared/testrunner.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::ScriptHighlighter;
using Syncscope::Theme;

class TestScriptHighlighter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colors_data();
    void colors();
    void goesOnOverLines();
};

namespace {

//! What stands in \a color in \a document, its pieces joined by a bar.
QString piecesIn(const QTextDocument &document, const QColor &color)
{
    QStringList pieces;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const auto formats = block.layout()->formats();
        for (const QTextLayout::FormatRange &range : formats) {
            if (range.format.foreground().color() == color)
                pieces.append(block.text().mid(range.start, range.length));
        }
    }
    return pieces.join(u'|');
}

struct Colors {
    QString keyword, text, number, literal, comment;
};

Colors colorsOf(const QString &code)
{
    QTextDocument document;
    ScriptHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    document.setPlainText(code);
    highlighter.rehighlight();
    const Theme::Palette &palette = Theme::instance()->palette();
    return {piecesIn(document, palette.jsonKey), piecesIn(document, palette.jsonString),
            piecesIn(document, palette.jsonNumber), piecesIn(document, palette.jsonLiteral),
            piecesIn(document, palette.secondary)};
}

} // namespace

void TestScriptHighlighter::colors_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("literal");
    QTest::addColumn<QString>("comment");
    QTest::newRow("function") << u"export function onPublish(ctx) { return ctx.events }"_s
                              << u"export|function|return"_s << QString() << QString() << QString()
                              << QString();
    QTest::newRow("strings") << u"f('a\\'b', \"c // d\", `e`)"_s << QString()
                             << u"'a\\'b'|\"c // d\"|`e`"_s << QString() << QString() << QString();
    QTest::newRow("numbers") << u"x1 + 12.5e3 + 0x1F"_s << QString() << QString()
                             << u"12.5e3|0x1F"_s << QString() << QString();
    QTest::newRow("literals") << u"nullable === null || true"_s << QString() << QString()
                              << QString() << u"null|true"_s << QString();
    QTest::newRow("comment") << u"a / b // 'c' return"_s << QString() << QString() << QString()
                             << QString() << u"// 'c' return"_s;
    QTest::newRow("open string") << u"'abc\\"_s << QString() << u"'abc\\"_s << QString()
                                 << QString() << QString();
}

void TestScriptHighlighter::colors()
{
    QFETCH(QString, code);
    const Colors found = colorsOf(code);
    QTEST(found.keyword, "keyword");
    QTEST(found.text, "text");
    QTEST(found.number, "number");
    QTEST(found.literal, "literal");
    QTEST(found.comment, "comment");
}

void TestScriptHighlighter::goesOnOverLines()
{
    const Colors found = colorsOf(u"/* one\n return */ return `a\nb${1}` 2"_s);
    QCOMPARE(found.comment, u"/* one| return */"_s);
    QCOMPARE(found.text, u"`a|b${1}`"_s);
    QCOMPARE(found.keyword, u"return"_s);
    QCOMPARE(found.number, u"2"_s);
}

GUI_TEST(TestScriptHighlighter)
#include "tst_scripthighlighter.moc"
