// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqltokenizer.h"
#include "tests/shared/testrunner.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::GraphQlToken;
using Syncscope::GraphQlTokenizer;

class TestGraphQlTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cuts_data();
    void cuts();
    void blockStringsGoOverLines();
    void neverStandsStill();
};

void TestGraphQlTokenizer::cuts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("tokens");
    QTest::newRow("operation") << u"query Q($a: [ID!] = 1) @b { c }"_s
                               << QStringList{u"query"_s, u"Q"_s, u"("_s, u"$a"_s, u":"_s, u"["_s,
                                              u"ID"_s,    u"!"_s, u"]"_s, u"="_s,  u"1"_s, u")"_s,
                                              u"@b"_s,    u"{"_s, u"c"_s, u"}"_s};
    QTest::newRow("spread") << u"...on X ...F"_s
                            << QStringList{u"..."_s, u"on"_s, u"X"_s, u"..."_s, u"F"_s};
    QTest::newRow("strings") << u"\"a\\\"b\" \"\"\"c \\\"\"\" d\"\"\" e"_s
                             << QStringList{u"\"a\\\"b\""_s, u"\"\"\"c \\\"\"\" d\"\"\""_s, u"e"_s};
    QTest::newRow("comment") << u"a # b\nc"_s << QStringList{u"a"_s, u"# b"_s, u"c"_s};
    QTest::newRow("open string") << u"\"a\nb"_s << QStringList{u"\"a"_s, u"b"_s};
    QTest::newRow("unknown") << u"a ? b"_s << QStringList{u"a"_s, u"?"_s, u"b"_s};
}

void TestGraphQlTokenizer::cuts()
{
    QFETCH(QString, text);
    QFETCH(QStringList, tokens);
    GraphQlTokenizer tokenizer(text);
    GraphQlToken token;
    QStringList found;
    while (tokenizer.next(token))
        found += token.in(text).toString();
    QCOMPARE(found, tokens);
}

void TestGraphQlTokenizer::blockStringsGoOverLines()
{
    GraphQlToken token;
    const QString first = u"a \"\"\"b"_s;
    GraphQlTokenizer begin(first);
    while (begin.next(token)) { }
    QVERIFY(begin.isInBlockString());
    const QString last = u"c\"\"\" d"_s;
    GraphQlTokenizer end(last, true);
    QVERIFY(end.next(token));
    QCOMPARE(token.kind, GraphQlToken::Kind::BlockString);
    QCOMPARE(token.end, 4);
    QVERIFY(!end.isInBlockString());
    QVERIFY(end.next(token));
    QCOMPARE(token.kind, GraphQlToken::Kind::Name);
}

void TestGraphQlTokenizer::neverStandsStill()
{
    // Whatever is typed: every token is longer than nothing, so that it ends.
    for (char16_t c = 0; c < 0x180; ++c) {
        const QString text = QString(3, QChar(c)) + u"\\"_s;
        GraphQlTokenizer tokens(text);
        GraphQlToken token;
        while (tokens.next(token)) {
            QVERIFY(token.end > token.begin);
            QVERIFY(token.end <= text.size());
        }
    }
}

GUILESS_TEST(TestGraphQlTokenizer)
#include "tst_graphqltokenizer.moc"
