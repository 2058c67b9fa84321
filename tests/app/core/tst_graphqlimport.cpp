// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/graphqlimport.h"
#include "tests/shared/testrunner.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestGraphQlImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDocuments();
    void readsWhatAmplifyGenerates();
    void runsNothing();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TestGraphQlImport::readsDocuments()
{
    const auto result = GraphQlImport::read(
        "# all\nquery A { a }\nfragment F on T {\n  b\n}\ntype T { b: Int }", u"a.graphql"_s);
    QVERIFY(!result.problem.isProblem());
    QCOMPARE(result.definitions, QStringList({u"query A { a }"_s, u"fragment F on T {\n  b\n}"_s}));
    QVERIFY(result.note.contains(u"1"_s)); // the type
}

void TestGraphQlImport::readsWhatAmplifyGenerates()
{
    const QByteArray text = R"(/* tslint:disable */
// this is an auto generated file. This will be overwritten
import * as APITypes from "../API";
type GeneratedQuery<InputType, OutputType> = string & {
  __generatedQueryInput: InputType;
};

export const getTodo = /* GraphQL */ `query GetTodo($id: ID!) {
  getTodo(id: $id) {
    id
    name
    __typename
  }
}
` as GeneratedQuery<APITypes.GetTodoQueryVariables, APITypes.GetTodoQuery>;
export const onTodo = /* GraphQL */ `
  subscription OnTodo {
    onTodo { id }
  }
`;
)";
    const auto result = GraphQlImport::read(text, u"queries.ts"_s);
    QVERIFY2(!result.problem.isProblem(), qPrintable(result.problem.message));
    QCOMPARE(result.definitions.size(), 2);
    QVERIFY(result.definitions.at(0).startsWith(u"query GetTodo($id: ID!) {\n"_s));
    QVERIFY(result.definitions.at(1).startsWith(u"subscription OnTodo"_s));
}

void TestGraphQlImport::runsNothing()
{
    // A template with places to fill in is a computation.
    const auto result = GraphQlImport::read(
        "const q = `query A { ${field} }`;\nconst r = 'query B { b }';\nconst s = `query C { c }`;",
        u"mine.js"_s);
    QCOMPARE(result.definitions, QStringList{u"query C { c }"_s});
}

void TestGraphQlImport::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("broken") << u"a.graphql"_s << QByteArray("query {") << u"1:8"_s;
    QTest::newRow("a program without")
        << u"a.js"_s << QByteArray("console.log(`x`)") << u"no operation"_s;
    QTest::newRow("types only") << u"a.graphql"_s << QByteArray("type A { a: Int }") << u"schema"_s;
    QTest::newRow("nothing") << u"a.graphql"_s << QByteArray() << u"a.graphql"_s;
    QTest::newRow("an open template")
        << u"a.ts"_s << QByteArray("const a = `query A { a }") << u"no operation"_s;
}

void TestGraphQlImport::saysWhatIsWrong()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto result = GraphQlImport::read(text, name);
    QVERIFY(result.problem.isProblem());
    const QString said = result.problem.message + u' ' + result.problem.nextStep;
    QVERIFY2(said.contains(words), qPrintable(said));
}

GUILESS_TEST(TestGraphQlImport)
#include "tst_graphqlimport.moc"
