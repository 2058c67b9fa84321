// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlParser>
#include <AppSync/GraphQlPrinter>

#include <QTest>

using namespace Qt::StringLiterals;

// That it prints as the reference implementation does is tested against that one (tests/interop/graphql).
class tst_Printer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prints_data();
    void prints();
    void values_data();
    void values();
};

void tst_Printer::prints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    QTest::newRow("short query") << u"query{a,b}"_s << u"{\n  a\n  b\n}"_s;
    QTest::newRow("anonymous with variable")
        << u"query($a:Int=1){a}"_s << u"query ($a: Int = 1) {\n  a\n}"_s;
    QTest::newRow("mutation") << u"mutation M @d{x:a(b:$c)@e{f}}"_s
                              << u"mutation M @d {\n  x: a(b: $c) @e {\n    f\n  }\n}"_s;
    QTest::newRow("fragments")
        << u"{...F ...on T@d{a} ...{b}} fragment F on T{c}"_s
        << u"{\n  ...F\n  ... on T @d {\n    a\n  }\n  ... {\n    b\n  }\n}\n\n"
           "fragment F on T {\n  c\n}"_s;
    const QString text(50, u'x');
    QTest::newRow("long arguments") << u"{a(first:\"%1\",second:\"y\")}"_s.arg(text)
                                    << u"{\n  a(first: \"%1\", second: \"y\")\n}"_s.arg(text);
    QTest::newRow("too long arguments")
        << u"{a(first:\"%1\",second:\"%1\")}"_s.arg(text)
        << u"{\n  a(\n    first: \"%1\"\n    second: \"%1\"\n  )\n}"_s.arg(text);
    QTest::newRow("type")
        << u"\"d\"type T implements&A&B@c{\"e\"f(g:Int=1@h):[T!]!}"_s
        << u"\"d\"\ntype T implements A & B @c {\n  \"e\"\n  f(g: Int = 1 @h): [T!]!\n}"_s;
    QTest::newRow("described arguments")
        << u"type T{f(\"d\"a:Int b:Int):T}"_s
        << u"type T {\n  f(\n    \"d\"\n    a: Int\n    b: Int\n  ): T\n}"_s;
    QTest::newRow("others")
        << u"schema{query:Q} extend enum E{A} union U=|A|B directive@d(a:Int)repeatable on|FIELD"_s
        << u"schema {\n  query: Q\n}\n\nextend enum E {\n  A\n}\n\nunion U = A | B\n\n"
           "directive @d(a: Int) repeatable on FIELD"_s;
}

void tst_Printer::prints()
{
    QFETCH(QString, text);
    const auto parsed = AppSync::GraphQl::parse(text);
    QVERIFY(!parsed.error);
    QTEST(AppSync::GraphQl::print(parsed.document), "printed");
}

void tst_Printer::values_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    QTest::newRow("list") << u"[1 -0.5e3,\"s\" E null true $v{}[]]"_s
                          << u"[1, -0.5e3, \"s\", E, null, true, $v, {}, []]"_s;
    QTest::newRow("object") << u"{a:1 b:{c:\"d\"}}"_s << u"{a: 1, b: {c: \"d\"}}"_s;
    QTest::newRow("escapes") << uR"("\u0007\n\"\\\u007f\/ä\u{1F600}")"_s
                             << uR"("\u0007\n\"\\\u007F/ä😀")"_s;
    QTest::newRow("block") << u"\"\"\"a\"\"\""_s << u"\"\"\"a\"\"\""_s;
    QTest::newRow("block of lines") << u"\"\"\"a\n  b\"\"\""_s << u"\"\"\"\na\nb\n\"\"\""_s;
    QTest::newRow("block that ends in a slash")
        << u"\"\"\"a\\\n\"\"\""_s << u"\"\"\"\na\\\n\"\"\""_s;
}

void tst_Printer::values()
{
    QFETCH(QString, text);
    const auto value = AppSync::GraphQl::parseValue(text);
    QVERIFY(value);
    QTEST(AppSync::GraphQl::print(*value), "printed");
}

APPLESS_TEST(tst_Printer)

#include "tst_printer.moc"
