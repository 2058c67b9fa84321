// SPDX-License-Identifier: Apache-2.0
#include "app/core/graphqlvariables.h"
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlParser>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestGraphQlVariables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void givenOnes();
    void merges();
};

void TestGraphQlVariables::values_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *type, const char *text, const char *json) {
        QTest::addRow("%s %s", type, text)
            << QString::fromUtf8(type) << QString::fromUtf8(text) << QByteArray(json);
    };
    row("Int", "42", "42");
    row("Int!", "9007199254740993", "9007199254740993");
    row("Float", "1.50", "1.50");
    row("Boolean", "true", "true");
    row("Boolean", "yes", "\"yes\"");
    row("String!", "42", "\"42\"");
    row("String", "true", "\"true\"");
    row("String", "hello world", "\"hello world\"");
    row("String", "\"quoted\"", "\"quoted\"");
    row("String", "null", "null");
    row("String!", "null", "\"null\"");
    row("String", "", "\"\"");
    row("ID!", "7", "\"7\"");
    row("AWSDateTime!", "2026-11-26T10:00:00Z", "\"2026-11-26T10:00:00Z\"");
    row("AWSTimestamp!", "1732614000", "1732614000");
    row("AWSJSON", "{\"a\":1}", "\"{\\\"a\\\":1}\"");
    row("Direction", "NORTH", "\"NORTH\"");
    row("Filter!", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}");
    row("[String!]", "[\"a\"]", "[\"a\"]");
    row("[Int]", "[1,2]", "[1,2]");
}

void TestGraphQlVariables::values()
{
    QFETCH(QString, type);
    QFETCH(QString, text);
    const auto parsed = AppSync::GraphQl::parseType(type);
    QVERIFY(parsed);
    QTEST(GraphQlVariables::json(text, *parsed), "json");
}

void TestGraphQlVariables::givenOnes()
{
    Problem problem;
    QCOMPARE(GraphQlVariables::parse(u"at:10:30"_s, &problem),
             GraphQlVariables::Given(u"at"_s, u"10:30"_s));
    QCOMPARE(GraphQlVariables::parse(u"empty:"_s, &problem),
             GraphQlVariables::Given(u"empty"_s, u""_s));
    for (const QString &wrong : {u"novalue"_s, u":x"_s, u""_s}) {
        problem = {};
        QVERIFY(!GraphQlVariables::parse(wrong, &problem));
        QCOMPARE(problem.kind, Problem::Kind::Usage);
        QVERIFY(problem.message.contains(u"name:value"_s));
    }
}

void TestGraphQlVariables::merges()
{
    const auto document =
        AppSync::GraphQl::parse(u"query ($room: String!, $n: Int) { a }"_s).document;
    const AppSync::GraphQl::OperationDefinition &operation = *document.operations().first();
    const QByteArray base = "{ \"n\" : 1, \"other\":12345678901234567890 }";
    QCOMPARE(GraphQlVariables::of(operation, base, {}), base); // byte for byte
    QCOMPARE(GraphQlVariables::of(operation, base, {{u"room"_s, u"7"_s}, {u"n"_s, u"2"_s}}),
             QByteArray("{\"other\":12345678901234567890,\"room\":\"7\",\"n\":2}"));
    QCOMPARE(GraphQlVariables::of(operation, {}, {{u"room"_s, u"a"_s}, {u"room"_s, u"b"_s}}),
             QByteArray("{\"room\":\"b\"}"));
    QCOMPARE(GraphQlVariables::of(operation, {}, {{u"unknown"_s, u"a"_s}}), QByteArray());
    QVERIFY(GraphQlVariables::declares(operation, u"n"_s));
    QVERIFY(!GraphQlVariables::declares(operation, u"unknown"_s));
}

GUILESS_TEST(TestGraphQlVariables)
#include "tst_graphqlvariables.moc"
