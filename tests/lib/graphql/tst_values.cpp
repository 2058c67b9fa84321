// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlSummary>
#include <AppSync/GraphQlValues>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync::GraphQl;

class tst_Values : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void literals_data();
    void literals();
    void variables_data();
    void variables();
    void summarizes();
};

static Schema valuesSchema()
{
    return Schema::fromText(
               u"input In { n: Int! s: [String!] = \"x\" in: In } enum Kind { ONE TWO } "
               "type Query { a(in: In, k: Kind, id: ID, f: Float, b: Boolean): Int }"_s)
        .schema;
}

void tst_Values::literals_data()
{
    QTest::addColumn<QString>("literal");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("json"); // empty: it does not fit
    const auto row = [](const char *literal, const char *type, const char *json) {
        QTest::addRow("%s as %s", literal, type)
            << QString::fromLatin1(literal) << QString::fromLatin1(type) << QByteArray(json);
    };
    row("1", "Int!", "[1]");
    row("1", "[Int]", "[[1]]");
    row("{n: 1}", "In", R"([{"n":1,"s":["x"]}])");
    row("{n: $v, s: $w}", "In", R"([{"n":5,"s":["x"]}])");
    row("[$w]", "[Int]", "[[null]]");
    row("[$w]", "[Int!]", "");
    row("{s: []}", "In", "");
    row("ONE", "Kind", "[\"ONE\"]");
    row("THREE", "Kind", "");
    row("7", "ID", "[\"7\"]");
    row("null", "Int!", "");
    row("null", "Int", "[null]");
    row("$v", "Int!", "[5]");
    row("$w", "Int", "");
    row("{a: [1, X]}", "AWSJSON", R"([{"a":[1,"X"]}])");
    row("9007199254740993", "AWSTimestamp", "[9007199254740993]");
}

void tst_Values::literals()
{
    QFETCH(QString, literal);
    QFETCH(QString, type);
    const auto read =
        valueFromLiteral(valuesSchema(), *parseValue(literal), *parseType(type), {{u"v"_s, 5}});
    QTEST(read ? QJsonDocument(QJsonArray{*read}).toJson(QJsonDocument::Compact) : QByteArray(),
          "json");
}

void tst_Values::variables_data()
{
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("result"); // JSON, or the errors
    const auto row = [](const char *name, const char *definition, const char *json,
                        const QString &result) {
        QTest::newRow(name) << QString::fromLatin1(definition) << QByteArray(json) << result;
    };
    row("given", "$a: In!", R"({"a":{"n":1},"b":2})", uR"({"a":{"n":1,"s":["x"]}})"_s);
    row("default", "$a: Int = 3", "{}", uR"({"a":3})"_s);
    row("null", "$a: Int = 3", R"({"a":null})", uR"({"a":null})"_s);
    row("absent", "$a: Int", "{}", u"{}"_s);
    row("one item", "$a: [ID!]", R"({"a":7})", uR"({"a":["7"]})"_s);
    row("missing", "$a: Int!", "{}",
        u"1:8: Variable \"$a\" of required type \"Int!\" was not provided."_s);
    row("null for non-null", "$a: Int!", R"({"a":null})",
        u"1:8: Variable \"$a\" of non-null type \"Int!\" must not be null."_s);
    row("wrong", "$a: Int", R"({"a":"x"})",
        u"1:8: Variable \"$a\" got invalid value \"x\"; Int cannot represent non-integer value: \"x\""_s);
    row("inside", "$a: In", R"({"a":{"n":1,"in":{"n":1,"s":["a",null]}}})",
        u"1:8: Variable \"$a\" got invalid value null at \"a.in.s[1]\"; Expected non-nullable type \"String!\" not to be null."_s);
    row("unknown field", "$a: In", R"({"a":{"n":1,"nn":1}})",
        u"1:8: Variable \"$a\" got invalid value { n: 1, nn: 1 }; Field \"nn\" is not defined by type \"In\". Did you mean \"in\" or \"n\"?"_s);
    row("enum", "$a: Kind", R"({"a":"ONES"})",
        u"1:8: Variable \"$a\" got invalid value \"ONES\"; Value \"ONES\" does not exist in \"Kind\" enum. Did you mean the enum value \"ONE\"?"_s);
    row("no input type", "$a: Query", R"({"a":1})",
        u"1:12: Variable \"$a\" expected value of type \"Query\" which cannot be used as an input type."_s);
}

void tst_Values::variables()
{
    QFETCH(QString, definition);
    QFETCH(QByteArray, json);
    const Document document = parse(u"query (%1) { a }"_s.arg(definition)).document;
    const CoercedVariables read = coerceVariables(valuesSchema(), *document.operations().first(),
                                                  QJsonDocument::fromJson(json).object());
    QStringList errors;
    for (const Diagnostic &error : read.errors)
        errors += error.toString();
    QTEST(errors.isEmpty()
              ? QString::fromUtf8(QJsonDocument(read.values).toJson(QJsonDocument::Compact))
              : errors.join(u'\n'),
          "result");
}

void tst_Values::summarizes()
{
    const auto operations = summary(
        parse(
            u"query A($id: ID!, $in: In = {n: 1}) { a b: c ...F }\nfragment F on Query { d } mutation { e }"_s)
            .document);
    QCOMPARE(operations.size(), 2);
    QCOMPARE(operations[0].name, u"A"_s);
    QCOMPARE(operations[0].fields, (QStringList{u"a"_s, u"c"_s}));
    QCOMPARE(operations[0].variables[0].type, u"ID!"_s);
    QVERIFY(operations[0].variables[0].isRequired());
    QCOMPARE(operations[0].variables[1].defaultValue, u"{n: 1}"_s);
    QVERIFY(!operations[0].variables[1].isRequired());
    QCOMPARE(operations[0].end, 51);
    QCOMPARE(operations[1].kind, OperationKind::Mutation);
    QCOMPARE(operations[1].position.line, 2);
    QCOMPARE(operations[1].position.column, 27);
}

APPLESS_TEST(tst_Values)

#include "tst_values.moc"
