// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlSchema>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::GraphQl::Schema;
using AppSync::GraphQl::SchemaResult;

class tst_Schema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lookups();
    void extensions();
    void ofAppSync();
    void roots();
    void defaults_data();
    void defaults();
    void errors_data();
    void errors();
    void introspection();
    void badIntrospection_data();
    void badIntrospection();
    void manyLines();
};

namespace {

const QString kMessages = uR"(
type Message { id: ID! room: String! body: String! author: String createdAt: AWSDateTime! }
type Query { messages(room: String!, limit: Int): [Message!]! message(id: ID!): Message }
type Mutation { sendMessage(room: String!, body: String!, author: String): Message fail(message: String!): Message }
type Subscription { onMessage(room: String): Message @aws_subscribe(mutations: ["sendMessage"]) }
)"_s;

QStringList texts(const SchemaResult &result)
{
    QStringList all;
    for (const auto &error : result.errors)
        all += error.toString();
    return all;
}

Schema schemaOf(const QString &text)
{
    const SchemaResult result = Schema::fromText(text);
    if (!result.errors.isEmpty())
        qWarning() << texts(result);
    return result.schema;
}

} // namespace

void tst_Schema::lookups()
{
    const Schema schema = schemaOf(
        u"interface Node { id: ID! } type A implements Node { id: ID! a: [A!]! @deprecated } type "
        u"B implements Node "
        "{ id: ID! } union U = A type Query { node(in: In): Node } input In { x: Int } enum E { ONE }"_s);
    QCOMPARE(schema.rootType(AppSync::GraphQl::OperationKind::Query)->name.text, u"Query"_s);
    QCOMPARE(schema.rootType(AppSync::GraphQl::OperationKind::Mutation), nullptr);
    const auto *node = schema.type(u"Node"_s);
    const auto *a = schema.type(u"A"_s);
    const auto *query = schema.type(u"Query"_s);
    QCOMPARE(schema.possibleTypes(*node).size(), 2);
    QCOMPARE(schema.possibleTypes(*schema.type(u"U"_s)), QList{a});
    QVERIFY(schema.isSubType(*node, *a));
    QCOMPARE(schema.field(*a, u"a"_s)->type.toString(), u"[A!]!"_s);
    QCOMPARE(AppSync::GraphQl::deprecationReason(schema.field(*a, u"a"_s)->directives),
             u"No longer supported"_s);
    QCOMPARE(schema.field(*a, u"b"_s), nullptr);
    QCOMPARE(schema.field(*node, u"__typename"_s)->type.toString(), u"String!"_s);
    QCOMPARE(schema.field(*query, u"__schema"_s)->type.toString(), u"__Schema!"_s);
    QCOMPARE(schema.field(*a, u"__schema"_s), nullptr);
    QVERIFY(schema.inputField(*schema.type(u"In"_s), u"x"_s));
    QVERIFY(schema.enumValue(*schema.type(u"E"_s), u"ONE"_s));
    QVERIFY(schema.isBuiltIn(*schema.type(u"__Type"_s)));
    QVERIFY(!schema.isBuiltIn(*a));
    const auto type = [](const QString &text) { return *AppSync::GraphQl::parseType(text); };
    QVERIFY(schema.isSubType(type(u"[A!]!"_s), type(u"[Node]"_s)));
    QVERIFY(!schema.isSubType(type(u"[A]"_s), type(u"[Node!]"_s)));
    QVERIFY(Schema().isEmpty());
}

void tst_Schema::extensions()
{
    const Schema schema = schemaOf(
        u"extend type Query { b: E } type Query { a: Int } enum E { X } extend enum E { Y } "
        "extend schema { mutation: Query }"_s);
    QCOMPARE(schema.toText(),
             u"schema {\n  query: Query\n  mutation: Query\n}\n\n"
             "type Query {\n  a: Int\n  b: E\n}\n\nenum E {\n  X\n  Y\n}"_s);
}

void tst_Schema::ofAppSync()
{
    const Schema schema = schemaOf(kMessages);
    QVERIFY(!schema.isEmpty());
    QVERIFY(schema.isBuiltIn(*schema.type(u"AWSDateTime"_s)));
    QVERIFY(schema.isBuiltIn(*schema.directive(u"aws_iam"_s)));
    const auto *subscription = schema.type(u"Subscription"_s);
    QCOMPARE(schema.field(*subscription, u"onMessage"_s)->directives.first().name.text,
             u"aws_subscribe"_s);
    // Many declare them, so that their editors know them.
    const Schema own = schemaOf(u"scalar AWSDateTime directive @aws_iam on OBJECT "_s + kMessages);
    QVERIFY(!own.isBuiltIn(*own.type(u"AWSDateTime"_s)));
    QCOMPARE(own.directive(u"aws_iam"_s)->locations.size(), 1);
}

void tst_Schema::roots()
{
    QCOMPARE(schemaOf(u"schema { query: Start } type Start { a: Int } type Mutation { b: Int }"_s)
                 .rootType(AppSync::GraphQl::OperationKind::Mutation),
             nullptr);
    const Schema described =
        schemaOf(u"\"All of it.\" schema { query: Query } type Query { a: Int }"_s);
    QCOMPARE(described.description(), u"All of it."_s);
    QVERIFY(described.toText().startsWith(u"\"\"\"All of it.\"\"\"\nschema {"));
}

void tst_Schema::defaults_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("read");
    QTest::newRow("one item") << u"[Int] = 1"_s << u"[Int] = [1]"_s;
    QTest::newRow("object") << u"In = {}"_s << u"In = {a: 1, c: [\"x\"]}"_s;
    QTest::newRow("number") << u"Float = 1.50e2"_s << u"Float = 150"_s;
    QTest::newRow("big number") << u"Float = 1e21"_s << u"Float = 1e+21"_s;
    QTest::newRow("id") << u"ID = \"5\""_s << u"ID = 5"_s;
    QTest::newRow("any JSON") << u"AWSJSON = {a: [1, true]}"_s << u"AWSJSON = {a: [1, true]}"_s;
    QTest::newRow("wrong") << u"Int = \"x\""_s << u"Int"_s;
    QTest::newRow("itself") << u"Self = {}"_s << u"Self = {}"_s;
    QTest::newRow("many") << u"Much0 = {}"_s << u"Much0"_s;
}

void tst_Schema::defaults()
{
    QFETCH(QString, written);
    QString text =
        u"input In { a: Int = 1 b: Int c: [String] = \"x\" } input Self { s: Self = {} } "_s
        + u"type Query { f(x: %1): Int }"_s.arg(written);
    // Each doubles the one before: written in full they would fill any memory.
    for (int i = 0; i < 60; ++i)
        text += u"input Much%1 { a: Much%2 = {} b: Much%2 = {} }"_s.arg(i).arg(i + 1);
    text += u"input Much60 { a: Int }"_s;
    QFETCH(QString, read);
    const QString printed = schemaOf(text).toText();
    QVERIFY2(printed.contains(u"f(x: %1): Int"_s.arg(read)), qPrintable(printed.left(300)));
}

void tst_Schema::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    const QString query = u"type Query { a: Int }\n"_s;
    QTest::newRow("syntax") << u"type Query {"_s
                            << u"1:13: Syntax Error: Expected Name, found <EOF>."_s;
    QTest::newRow("no query") << u"type A { a: Int }"_s << u"Query root type must be provided."_s;
    QTest::newRow("unknown type") << u"type Query { a: Strin }"_s
                                  << u"1:17: Unknown type \"Strin\". Did you mean \"String\"?"_s;
    QTest::newRow("twice") << query + u"type Query { b: Int }"_s
                           << u"1:6: There can be only one type named \"Query\"."_s;
    QTest::newRow("unknown directive")
        << u"type Query { a: Int @nope }"_s << u"1:21: Unknown directive \"@nope\"."_s;
    QTest::newRow("directive misplaced")
        << u"type Query @aws_subscribe { a: Int }"_s
        << u"1:12: Directive \"@aws_subscribe\" may not be used on OBJECT."_s;
    QTest::newRow("interface")
        << query + u"interface I { b: Int } type T implements I { a: Int }"_s
        << u"2:15: Interface field I.b expected but T does not provide it."_s;
    QTest::newRow("input as output")
        << u"input In { a: Int } type Query { a: In }"_s
        << u"1:37: The type of Query.a must be Output Type but got: In."_s;
    QTest::newRow("no field") << query + u"type T"_s
                              << u"2:1: Type T must define one or more fields."_s;
    QTest::newRow("endless input")
        << query + u"input A { b: B! } input B { a: A! }"_s
        << u"2:11: Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"b.a\"."_s;
}

void tst_Schema::errors()
{
    QFETCH(QString, text);
    const SchemaResult result = Schema::fromText(text);
    QTEST(texts(result).value(0), "error");
    QVERIFY(result.schema.isEmpty());
}

void tst_Schema::introspection()
{
    const QByteArray json =
        R"({"data": {"__schema": {"queryType": {"name": "Query"}, "mutationType": null, "types": [
        {"kind": "OBJECT", "name": "Query", "interfaces": [], "fields": [{"name": "a", "description": "The a.",
            "args": [{"name": "b", "type": {"kind": "LIST", "ofType": {"kind": "SCALAR", "name": "Int"}}, "defaultValue": "1"}],
            "type": {"kind": "NON_NULL", "ofType": {"kind": "SCALAR", "name": "AWSDate"}}, "deprecationReason": "old"}]},
        {"kind": "SCALAR", "name": "Int"}, {"kind": "SCALAR", "name": "AWSDate", "specifiedByURL": "https://example.com"}],
        "directives": [{"name": "skip", "args": [], "locations": []},
            {"name": "own", "args": [], "locations": ["FIELD", "QUERY"], "isRepeatable": true}]}}})";
    const QJsonObject answer = QJsonDocument::fromJson(json).object();
    const QString text =
        u"directive @own repeatable on FIELD | QUERY\n\ntype Query {\n  \"\"\"The a.\"\"\"\n"
        "  a(b: [Int] = [1]): AWSDate! @deprecated(reason: \"old\")\n}\n\n"
        "scalar AWSDate @specifiedBy(url: \"https://example.com\")"_s;
    for (const QJsonObject &each :
         {answer, answer["data"_L1].toObject(), answer["data"_L1]["__schema"_L1].toObject()}) {
        const SchemaResult result = Schema::fromIntrospection(each);
        QCOMPARE(texts(result), QStringList());
        QCOMPARE(result.schema.toText(), text);
    }
}

void tst_Schema::badIntrospection_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error");
    QTest::newRow("something else")
        << QByteArray(R"({"data": {"a": 1}})")
        << u"This is no answer to an introspection query: it has no \"__schema\" with \"types\"."_s;
    QTest::newRow("type missing")
        << QByteArray(R"({"__schema": {"types": [{"kind": "OBJECT", "name": "A", "interfaces": [],
        "fields": [{"name": "f", "args": [], "type": {"kind": "OBJECT", "name": "B"}}]}]}})")
        << u"The type \"B\" of A.f is not in the introspection result: it takes the full introspection query."_s;
    QTest::newRow("no fields") << QByteArray(
        R"({"__schema": {"types": [{"kind": "OBJECT", "name": "A", "interfaces": []}]}})")
                               << u"The introspection result has no fields of \"A\"."_s;
    QTest::newRow("bad name")
        << QByteArray(R"({"__schema": {"types": [{"kind": "SCALAR", "name": "a b"}]}})")
        << u"A type of the introspection result has no valid name and kind: \"a b\"."_s;
}

void tst_Schema::badIntrospection()
{
    QFETCH(QByteArray, json);
    const SchemaResult result = Schema::fromIntrospection(QJsonDocument::fromJson(json).object());
    QTEST(texts(result).value(0), "error");
    QVERIFY(result.schema.isEmpty());
}

void tst_Schema::manyLines()
{
    QString text = u"type Query { t0: T0 }\n"_s;
    for (int i = 0; i < 2000; ++i)
        text += u"\"\"\"\nNumber %1\n\"\"\"\ntype T%1 {\n  id: ID!\n  next(limit: Int = 10): "
                u"[T%2!]!\n  a: String\n"
                "  b: AWSDateTime\n  c: Boolean @deprecated\n}\n\n"_s.arg(i)
                    .arg((i + 1) % 2000);
    QVERIFY(text.count(u'\n') > 20'000);
    QElapsedTimer timer;
    timer.start();
    const Schema schema = schemaOf(text);
    const qint64 read = timer.restart();
    QCOMPARE(schema.toText().count(u"\ntype T"), 2000);
    qInfo("20,000 lines: read in %lld ms, printed in %lld ms", read, timer.elapsed());
}

APPLESS_TEST(tst_Schema)

#include "tst_schema.moc"
