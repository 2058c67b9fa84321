// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlhighlighter.h"
#include "app/ui/theme.h"
#include "tests/shared/testrunner.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::GraphQlHighlighter;
using Syncscope::GraphQlProblem;
using Syncscope::GraphQlProblemModel;
using Syncscope::Theme;

class TestGraphQlHighlighter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colorsTokens();
    void rememberWhereALineBegins();
    void marksProblems();

private:
    static QTextCharFormat formatOf(const QTextDocument &document, const QString &word)
    {
        const int position = int(document.toPlainText().indexOf(word));
        const QTextBlock block = document.findBlock(position);
        const auto formats = block.layout()->formats();
        for (const QTextLayout::FormatRange &range : formats) {
            const int at = position - block.position();
            if (at >= range.start && at < range.start + range.length)
                return range.format;
        }
        return {};
    }
    static QColor colorOf(const QTextDocument &document, const QString &word)
    {
        return formatOf(document, word).foreground().color();
    }
};

void TestGraphQlHighlighter::colorsTokens()
{
    QTextDocument document;
    GraphQlHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    document.setPlainText(
        u"query Q($a: Int = 12) @skip { arg(name: \"text\") type ...on X } # end"_s);
    highlighter.rehighlight();
    const Theme::Palette &palette = Theme::instance()->palette();
    QCOMPARE(colorOf(document, u"query"_s), palette.jsonKey);
    QCOMPARE(colorOf(document, u"Q("_s), palette.text);
    QCOMPARE(colorOf(document, u"$a"_s), palette.jsonLiteral);
    QCOMPARE(colorOf(document, u"12"_s), palette.jsonNumber);
    QCOMPARE(colorOf(document, u"@skip"_s), palette.jsonNumber);
    QCOMPARE(colorOf(document, u"name"_s), palette.secondary);
    QCOMPARE(colorOf(document, u"\"text"_s), palette.jsonString);
    QCOMPARE(colorOf(document, u"type"_s), palette.text); // a field of that name
    QCOMPARE(colorOf(document, u"on X"_s), palette.jsonKey);
    QCOMPARE(colorOf(document, u"# end"_s), palette.secondary);
}

void TestGraphQlHighlighter::rememberWhereALineBegins()
{
    QTextDocument document;
    GraphQlHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    document.setPlainText(u"{\n  query\n}\nmutation M {\n a(b: \"\"\"one\ntwo\n\"\"\")\n}"_s);
    highlighter.rehighlight();
    const Theme::Palette &palette = Theme::instance()->palette();
    QCOMPARE(colorOf(document, u"query"_s), palette.text);
    QCOMPARE(colorOf(document, u"mutation"_s), palette.jsonKey);
    QCOMPARE(colorOf(document, u"two"_s), palette.jsonString);
}

void TestGraphQlHighlighter::marksProblems()
{
    QTextDocument document;
    GraphQlHighlighter highlighter(nullptr);
    highlighter.setDocument(&document);
    document.setPlainText(u"{ good\n  bad }"_s);
    GraphQlProblemModel problems;
    highlighter.setProblems(&problems);
    GraphQlProblem problem;
    problem.offset = int(document.toPlainText().indexOf(u"bad"));
    problem.length = 3;
    problems.setProblems({problem});
    const auto isMarked = [&](const QString &word) {
        return formatOf(document, word).underlineStyle() == QTextCharFormat::WaveUnderline;
    };
    QTRY_VERIFY(isMarked(u"bad"_s));
    QVERIFY(isMarked(u"d }"_s)); // to its end
    QVERIFY(!isMarked(u"good"_s));
    problems.setProblems({});
    QTRY_VERIFY(!isMarked(u"bad"_s));
}

GUI_TEST(TestGraphQlHighlighter)
#include "tst_graphqlhighlighter.moc"
