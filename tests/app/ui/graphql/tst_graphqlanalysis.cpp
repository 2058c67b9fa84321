// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlanalysis.h"
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlParser>

#include <QElapsedTimer>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::GraphQlAnalysis;
using Syncscope::GraphQlQuestion;
using Syncscope::GraphQlRequestText;

class TestGraphQlAnalysis : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pointsAtWhatIsWrong();
    void knowsTheGrammarWithoutASchema();
    void theCursorChoosesTheOperation();
    void judgesVariables_data();
    void judgesVariables();
    void findsJsonInStrings();
    void sendsOneOperation();
    void sendsWhatIsDeclared();
    void aLargeSchemaIsNoBurden();
};

void TestGraphQlAnalysis::pointsAtWhatIsWrong()
{
    const QString text = u"query Q {\n  product(id: 1) {\n    nam\n  }\n}"_s;
    const auto analysis = GraphQlAnalysis::of({text, {}, 0, GraphQlTest::schema()});
    QCOMPARE(analysis.problems.size(), 1);
    const auto &problem = analysis.problems.first();
    QCOMPARE(problem.line, 3);
    QCOMPARE(problem.column, 5);
    QCOMPARE(text.mid(problem.offset, problem.length), u"nam"_s);
    QVERIFY(problem.message.contains(u"Did you mean \"name\"?"_s));
    QVERIFY(!analysis.isBroken);
}

void TestGraphQlAnalysis::knowsTheGrammarWithoutASchema()
{
    const auto analysis = GraphQlAnalysis::of({u"query {\n  a(b: }"_s, {}, 0, {}});
    QVERIFY(analysis.isBroken);
    QCOMPARE(analysis.problems.size(), 1);
    QCOMPARE(analysis.problems.first().line, 2);
    QVERIFY(GraphQlAnalysis::of({u" \n"_s, {}, 0, {}}).problems.isEmpty());
    // What the schema would say is not said without one.
    QVERIFY(GraphQlAnalysis::of({u"{ nobodyKnows }"_s, {}, 0, {}}).problems.isEmpty());
}

void TestGraphQlAnalysis::theCursorChoosesTheOperation()
{
    const QString text = u"query A { a }\nmutation B { b }\n# end"_s;
    const auto at = [&](qsizetype cursor) {
        return GraphQlAnalysis::of({text, {}, int(cursor), {}}).current;
    };
    QCOMPARE(at(0), 0);
    QCOMPARE(at(text.indexOf(u"mutation")), 1);
    QCOMPARE(at(text.size()), 1);
    const auto operations = GraphQlAnalysis::of({text, {}, 0, {}}).operations;
    QCOMPARE(operations.size(), 2);
    QCOMPARE(operations.at(1).name, u"B"_s);
    QCOMPARE(operations.at(1).kind, AppSync::GraphQl::OperationKind::Mutation);
    QCOMPARE(operations.at(1).detail, u"b"_s);
    QCOMPARE(GraphQlAnalysis::of({u""_s, {}, 0, {}}).current, -1);
}

void TestGraphQlAnalysis::judgesVariables_data()
{
    QTest::addColumn<QString>("variables");
    QTest::addColumn<QString>("message"); // a part of it; empty: nothing is wrong
    QTest::addColumn<int>("column");
    QTest::newRow("fine") << u"{\"id\": 1, \"other\": true}"_s << u""_s << 0;
    QTest::newRow("missing") << u""_s << u"required type \"ID!\""_s << 0;
    QTest::newRow("wrong type") << u"{\"id\": [1]}"_s << u"Variable \"$id\" got invalid value"_s
                                << 8;
    QTest::newRow("no JSON") << u"{\"id\": }"_s << u""_s << 8;
    QTest::newRow("no object") << u"[1]"_s << u"JSON object"_s << 1;
}

void TestGraphQlAnalysis::judgesVariables()
{
    QFETCH(QString, variables);
    QFETCH(QString, message);
    QFETCH(int, column);
    const QString text = u"query Q($id: ID!) { product(id: $id) { id } }"_s;
    const auto problems =
        GraphQlAnalysis::of({text, variables, 0, GraphQlTest::schema()}).variableProblems;
    QCOMPARE(problems.isEmpty(), message.isEmpty() && column == 0);
    if (problems.isEmpty())
        return;
    QVERIFY2(problems.first().message.contains(message), qPrintable(problems.first().message));
    QCOMPARE(problems.first().column, column);
}

void TestGraphQlAnalysis::findsJsonInStrings()
{
    const QString text = u"mutation M($input: NoteInput!, $meta: AWSJSON) "
                         u"{ putNote(input: $input, meta: $meta) { id } }"_s;
    const auto paths = GraphQlAnalysis::of({text, {}, 0, GraphQlTest::schema()}).jsonPaths;
    QVERIFY(paths.contains(QStringList{u"meta"_s}));
    QVERIFY(paths.contains(QStringList({u"input"_s, u"meta"_s})));
    QVERIFY(paths.size() < 5); // the input type contains itself
}

void TestGraphQlAnalysis::sendsOneOperation()
{
    const QString text = u"query A { ...F }\nfragment F on Query { a }\n"
                         u"fragment G on Query {\n  b\n}\nmutation B { c }\n"_s;
    const auto parsed = AppSync::GraphQl::parse(text);
    QVERIFY(!parsed.error);
    const auto operations = parsed.document.operations();
    const QString first = GraphQlRequestText::of(text, parsed.document, *operations.at(0));
    QCOMPARE(first, u"query A { ...F }\nfragment F on Query { a }"_s);
    const QString second = GraphQlRequestText::of(text, parsed.document, *operations.at(1));
    QCOMPARE(second, u"\n\n\n\n\nmutation B { c }"_s); // in its line
    // The only one is sent as it is.
    const QString alone = u"# why\n\nquery A { a }\n\n"_s;
    const auto single = AppSync::GraphQl::parse(alone);
    QCOMPARE(GraphQlRequestText::of(alone, single.document, *single.document.operations().at(0)),
             alone);
}

void TestGraphQlAnalysis::sendsWhatIsDeclared()
{
    const auto parsed = AppSync::GraphQl::parse(u"query A($a: Int, $b: Int) { a }"_s);
    const auto &operation = *parsed.document.operations().at(0);
    const QByteArray all = "{ \"b\": 9007199254740993,  \"a\": 1.0 }";
    QCOMPARE(GraphQlRequestText::variablesOf(all, operation), all);
    QCOMPARE(GraphQlRequestText::variablesOf("{\"c\": 1, \"b\": 1.0}", operation),
             QByteArray("{\"b\":1.0}"));
    QCOMPARE(GraphQlRequestText::variablesOf("{\"c\": 1}", operation), QByteArray());
    QCOMPARE(GraphQlRequestText::variablesOf("  ", operation), QByteArray());
}

//! 20,000 lines and more; no figure is asserted but that it ends long before anybody gives up.
void TestGraphQlAnalysis::aLargeSchemaIsNoBurden()
{
    QString text = u"type Query { t0: T0 }\n"_s;
    for (int i = 0; i < 2500; ++i) {
        text += u"type T%1 {\n"_s.arg(i);
        for (int j = 0; j < 8; ++j)
            text += u"  f%1(a: Int): T%2\n"_s.arg(j).arg((i + j + 1) % 2500);
        text += u"}\n"_s;
    }
    QVERIFY(text.count(u'\n') > 20'000);
    const auto result = AppSync::GraphQl::Schema::fromText(text);
    QVERIFY(result.errors.isEmpty());
    QElapsedTimer timer;
    timer.start();
    const auto analysis =
        GraphQlAnalysis::of({u"{ t0 { f0 { f1 { __typename nope } } } }"_s, {}, 0, result.schema});
    QCOMPARE(analysis.problems.size(), 1);
    qInfo("judged in %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 5000);
}

GUILESS_TEST(TestGraphQlAnalysis)
#include "tst_graphqlanalysis.moc"
