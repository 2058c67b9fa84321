// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlformatter.h"
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlPrinter>

#include <QtTest>

using namespace Qt::StringLiterals;

class TestGraphQlFormatter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void laysOut_data();
    void laysOut();
    void keepsTheMeaning_data();
    void keepsTheMeaning();
};

void TestGraphQlFormatter::laysOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");
    QTest::newRow("fields") << u"{a b{c}}"_s << u"{\n  a\n  b {\n    c\n  }\n}\n"_s;
    QTest::newRow("arguments")
        << u"query Q($a:Int=1,$b:[ID!]!)@x{a(b:$b,c:{d:1,e:[2,3]})}"_s
        << u"query Q($a: Int = 1, $b: [ID!]!) @x {\n  a(b: $b, c: {d: 1, e: [2, 3]})\n}\n"_s;
    QTest::newRow("alias, directive, fragments")
        << u"{x:a@include(if:$b) ...F ...on T{c}} fragment F on T{d}"_s
        << u"{\n  x: a @include(if: $b)\n  ...F\n  ... on T {\n    c\n  }\n}\n\nfragment F on T {\n  d\n}\n"_s;
    QTest::newRow("comments") << u"# why\n{a # this\n# and\nb}\n# end"_s
                              << u"# why\n{\n  a # this\n  # and\n  b\n}\n# end\n"_s;
    QTest::newRow("long arguments")
        << u"query Quite($aRatherLongName:String!,$another:String!,$aThird:String!,$four:Int){a}"_s
        << u"query Quite(\n  $aRatherLongName: String!\n  $another: String!\n  $aThird: String!\n  $four: Int\n) {\n  a\n}\n"_s;
    QTest::newRow("blank lines between fields") << u"{a\n\n\nb}"_s << u"{\n  a\n\n  b\n}\n"_s;
}

void TestGraphQlFormatter::laysOut()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    QCOMPARE(Syncscope::GraphQlFormatter::indented(text), result);
    QCOMPARE(Syncscope::GraphQlFormatter::indented(result), result); // it stays so
}

void TestGraphQlFormatter::keepsTheMeaning_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("everything")
        << u"subscription S ($a: A = {b: [1, -2.5e3], c: D}) @x(y: \"z\") { a(b: \"\"\"block\n  "
           u"text\"\"\") @skip(if: true) "
           u"{ ... @include(if: false) { b } ...F @y ... on C @z { d(e: {}, f: []) } } }"_s;
    QTest::newRow("types")
        << u"type A implements B & C @d { \"doc\" a(b: Int = 1 @e): [C!]! @f } enum D { E F } union G = A | H"_s;
}

void TestGraphQlFormatter::keepsTheMeaning()
{
    QFETCH(QString, text);
    using namespace AppSync::GraphQl;
    const ParsedDocument before = parse(text);
    QVERIFY2(!before.error, before.error ? qPrintable(before.error->toString()) : "");
    const ParsedDocument after = parse(Syncscope::GraphQlFormatter::indented(text));
    QVERIFY2(!after.error, after.error ? qPrintable(after.error->toString()) : "");
    QCOMPARE(print(after.document), print(before.document));
}

GUILESS_TEST(TestGraphQlFormatter)
#include "tst_graphqlformatter.moc"
