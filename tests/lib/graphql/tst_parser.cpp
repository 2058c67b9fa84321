// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlParser>

#include <QTest>

using namespace Qt::StringLiterals;
namespace GraphQl = AppSync::GraphQl;

class tst_Parser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void operations();
    void positions();
    void selections();
    void values();
    void typeSystem();
    void strings_data();
    void strings();
    void errors_data();
    void errors();
    void limits();
    void findsOperations();
};

static GraphQl::Document parsed(const QString &text)
{
    const GraphQl::ParsedDocument read = GraphQl::parse(text);
    if (read.error)
        qWarning().noquote() << read.error->toString();
    return read.document;
}

void tst_Parser::operations()
{
    const GraphQl::Document document = parsed(u"query Q($id: ID! = 1, $l: [Int!]) @a { m } "
                                              "subscription { n } fragment F on T { o }"_s);
    const auto operations = document.operations();
    QCOMPARE(operations.size(), 2);
    QCOMPARE(operations[0]->name.text, u"Q"_s);
    QCOMPARE(operations[0]->kind, GraphQl::OperationKind::Query);
    QCOMPARE(operations[0]->variables.size(), 2);
    QCOMPARE(operations[0]->variables[0].name.text, u"id"_s);
    QCOMPARE(operations[0]->variables[0].type.toString(), u"ID!"_s);
    QCOMPARE(operations[0]->variables[0].defaultValue->text, u"1"_s);
    QCOMPARE(operations[0]->variables[1].type.toString(), u"[Int!]"_s);
    QCOMPARE(operations[0]->variables[1].type.named().name, u"Int"_s);
    QVERIFY(!operations[0]->variables[1].defaultValue);
    QCOMPARE(operations[0]->directives[0].name.text, u"a"_s);
    QCOMPARE(operations[1]->kind, GraphQl::OperationKind::Subscription);
    QVERIFY(operations[1]->name.isEmpty());
    QCOMPARE(document.fragments()[0]->typeCondition.text, u"T"_s);
    QCOMPARE(document.fragment(u"F"), document.fragments()[0]);
    QCOMPARE(document.fragment(u"G"), nullptr);
}

void tst_Parser::positions()
{
    const GraphQl::Document document =
        parsed(u"# a\r\nquery Q {\r  a: b(c: \"\"\"\n\n\"\"\" d: 1)\n}"_s);
    const auto *operation = document.operations().first();
    QCOMPARE(operation->position, (GraphQl::Position{5, 2, 1}));
    QCOMPARE(operation->end, 41);
    QCOMPARE(operation->name.position, (GraphQl::Position{11, 2, 7}));
    QCOMPARE(operation->selectionsPosition, (GraphQl::Position{13, 2, 9}));
    const GraphQl::Selection field = operation->selections.first();
    QCOMPARE(field.position, (GraphQl::Position{17, 3, 3}));
    QCOMPARE(field.name.position, (GraphQl::Position{20, 3, 6}));
    QCOMPARE(field.arguments[1].name.position, (GraphQl::Position{34, 5, 5}));
}

void tst_Parser::selections()
{
    const GraphQl::Document document =
        parsed(u"{ a: b(x: $v) @i { c } ...F @s ... on T { d } ... @j { e } }"_s);
    const auto selections = document.operations().first()->selections;
    QCOMPARE(selections.size(), 4);
    QCOMPARE(selections[0].responseName().text, u"a"_s);
    QCOMPARE(selections[0].name.text, u"b"_s);
    QCOMPARE(selections[0].arguments[0].value.kind, GraphQl::Value::Kind::Variable);
    QCOMPARE(selections[0].selections[0].responseName().text, u"c"_s);
    QCOMPARE(selections[1].kind, GraphQl::Selection::Kind::FragmentSpread);
    QCOMPARE(selections[1].name.text, u"F"_s);
    QCOMPARE(selections[2].kind, GraphQl::Selection::Kind::InlineFragment);
    QCOMPARE(selections[2].typeCondition.text, u"T"_s);
    QCOMPARE(selections[3].kind, GraphQl::Selection::Kind::InlineFragment);
    QVERIFY(selections[3].typeCondition.isEmpty());
    QCOMPARE(selections[3].directives[0].name.text, u"j"_s);
}

void tst_Parser::values()
{
    using Kind = GraphQl::Value::Kind;
    const auto value =
        GraphQl::parseValue(u"[1, -2.5e3, \"s\", true, null, EN, $v, {a: {}}, []]"_s);
    QVERIFY(value);
    QList<Kind> kinds;
    for (const GraphQl::Value &item : value->items)
        kinds += item.kind;
    QCOMPARE(kinds,
             (QList<Kind>{Kind::Int, Kind::Float, Kind::String, Kind::Boolean, Kind::Null,
                          Kind::Enum, Kind::Variable, Kind::Object, Kind::List}));
    QCOMPARE(value->items[1].text, u"-2.5e3"_s);
    QCOMPARE(value->items[6].text, u"v"_s);
    QCOMPARE(value->items[7].fields[0].name.text, u"a"_s);
    QVERIFY(!GraphQl::parseValue(u"1 2"_s));
    QVERIFY(!GraphQl::parseType(u"[ID"_s));
    QCOMPARE(GraphQl::parseType(u"[[ID!]]!"_s)->toString(), u"[[ID!]]!"_s);
}

void tst_Parser::typeSystem()
{
    const GraphQl::Document document =
        parsed(u"\"S\" schema @d { query: Q mutation: M } "
               "type Q implements & A & B @d { \"f\" f(a: Int = 1 @d): [Q!]! } "
               "union U = | Q | M "
               "enum E { \"\"\"one\"\"\" ONE TWO @d } "
               "input I { a: Int = 1 } "
               "scalar S @d "
               "interface A { f: Int } "
               "extend type Q { g: Int } "
               "directive @d(a: Int) repeatable on | FIELD | SCHEMA"_s);
    QCOMPARE(document.definitions.size(), 9);
    const auto &schema = std::get<GraphQl::SchemaDefinition>(document.definitions[0]);
    QCOMPARE(schema.description->text, u"S"_s);
    QCOMPARE(schema.operationTypes[1].kind, GraphQl::OperationKind::Mutation);
    const auto &object = std::get<GraphQl::TypeDefinition>(document.definitions[1]);
    QCOMPARE(object.kind, GraphQl::TypeKind::Object);
    QCOMPARE(object.interfaces[1].text, u"B"_s);
    QCOMPARE(object.fields[0].description->text, u"f"_s);
    QCOMPARE(object.fields[0].arguments[0].defaultValue->text, u"1"_s);
    QCOMPARE(object.fields[0].type.toString(), u"[Q!]!"_s);
    QCOMPARE(std::get<GraphQl::TypeDefinition>(document.definitions[2]).members.size(), 2);
    const auto &anEnum = std::get<GraphQl::TypeDefinition>(document.definitions[3]);
    QVERIFY(anEnum.values[0].description->block);
    QCOMPARE(anEnum.values[1].name.text, u"TWO"_s);
    QCOMPARE(std::get<GraphQl::TypeDefinition>(document.definitions[4]).inputFields.size(), 1);
    QVERIFY(std::get<GraphQl::TypeDefinition>(document.definitions[7]).extends);
    const auto &directive = std::get<GraphQl::DirectiveDefinition>(document.definitions[8]);
    QVERIFY(directive.repeatable);
    QCOMPARE(directive.locations[1].text, u"SCHEMA"_s);
}

void tst_Parser::strings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    QTest::newRow("empty") << u"\"\""_s << QString();
    QTest::newRow("escapes") << uR"("\"\\\/\b\f\n\r\t")"_s << u"\"\\/\b\f\n\r\t"_s;
    QTest::newRow("unit") << uR"("\u00e4")"_s << u"ä"_s;
    QTest::newRow("pair") << uR"("\ud83d\ude00")"_s << u"😀"_s;
    QTest::newRow("braces") << uR"("\u{1F600}")"_s << u"😀"_s;
    QTest::newRow("raw pair") << u"\"😀\""_s << u"😀"_s;
    QTest::newRow("block") << u"\"\"\"\n    a\n      b\n\n    c\n  \"\"\""_s << u"a\n  b\n\nc"_s;
    QTest::newRow("block, first line") << u"\"\"\"  a\n    b\"\"\""_s << u"  a\nb"_s;
    QTest::newRow("block, quotes") << uR"("""a "b" \""" \n""")"_s << uR"(a "b" """ \n)"_s;
    QTest::newRow("block, blank") << u"\"\"\" \n \"\"\""_s << QString();
    QTest::newRow("block, breaks") << u"\"\"\"a\r\nb\rc\"\"\""_s << u"a\nb\nc"_s;
}

void tst_Parser::strings()
{
    QFETCH(QString, text);
    const auto value = GraphQl::parseValue(text);
    QVERIFY(value);
    QTEST(value->text, "value");
}

void tst_Parser::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("empty") << QString() << u"1:1: Syntax Error: Unexpected <EOF>."_s;
    QTest::newRow("no selection") << u"{ }"_s
                                  << u"1:3: Syntax Error: Expected Name, found \"}\"."_s;
    QTest::newRow("not closed") << u"{ a"_s << u"1:4: Syntax Error: Expected Name, found <EOF>."_s;
    QTest::newRow("word") << u"\n notAn operation"_s
                          << u"2:2: Syntax Error: Unexpected Name \"notAn\"."_s;
    QTest::newRow("dots") << u"{ .. a }"_s << u"1:3: Syntax Error: Unexpected character: \".\"."_s;
    QTest::newRow("quote") << u"{ a(b: 'c') }"_s
                           << u"1:8: Syntax Error: Unexpected single quote character ('), did you "
                              u"mean to use a double "
                              "quote (\")?"_s;
    QTest::newRow("string") << u"{ a(b: \"c) }"_s << u"1:13: Syntax Error: Unterminated string."_s;
    QTest::newRow("number")
        << u"{ a(b: 01) }"_s
        << u"1:9: Syntax Error: Invalid number, unexpected digit after 0: \"1\"."_s;
    QTest::newRow("number, name")
        << u"{ a(b: 1x) }"_s
        << u"1:9: Syntax Error: Invalid number, expected digit but got: \"x\"."_s;
    QTest::newRow("escape") << u"{ a(b: \"\\x\") }"_s
                            << u"1:9: Syntax Error: Invalid character escape sequence: \"\\x\"."_s;
    QTest::newRow("fragment on") << u"fragment on on T { a }"_s
                                 << u"1:10: Syntax Error: Unexpected Name \"on\"."_s;
    QTest::newRow("constant")
        << u"query ($a: Int = $b) { a }"_s
        << u"1:18: Syntax Error: Unexpected variable \"$b\" in constant value."_s;
    QTest::newRow("enum")
        << u"enum E { true }"_s
        << u"1:10: Syntax Error: Name \"true\" is reserved and cannot be used for an enum value."_s;
    QTest::newRow("location") << u"directive @d on NOWHERE"_s
                              << u"1:17: Syntax Error: Unexpected Name \"NOWHERE\"."_s;
    QTest::newRow("description")
        << u"\"a\" query { a }"_s
        << u"1:1: Syntax Error: Unexpected description, descriptions are supported only on type definitions."_s;
    QTest::newRow("extension") << u"extend type T"_s << u"1:14: Syntax Error: Unexpected <EOF>."_s;
    QTest::newRow("keyword") << u"type T @d implements I { a: Int }"_s
                             << u"1:11: Syntax Error: Unexpected Name \"implements\"."_s;
}

void tst_Parser::errors()
{
    QFETCH(QString, text);
    const GraphQl::ParsedDocument read = GraphQl::parse(text);
    QVERIFY(read.error);
    QVERIFY(read.document.definitions.isEmpty());
    QTEST(read.error->toString(), "error");
}

void tst_Parser::limits()
{
    const auto nested = [](int depth) {
        return QString(u"{a"_s).repeated(depth) + QString(depth, u'}');
    };
    QVERIFY(!GraphQl::parse(nested(200)).error);
    QCOMPARE(GraphQl::parse(nested(201)).error->message,
             u"Syntax Error: Document nests deeper than 200 levels."_s);
    QVERIFY(GraphQl::parse(nested(1'000'000)).error);
    QVERIFY(!GraphQl::parseValue(QString(1'000'000, u'[')));
    QVERIFY(!GraphQl::parseType(QString(1'000'000, u'[')));
    // Beside each other they are no matter.
    QVERIFY(!GraphQl::parse(u'{' + QString(u"a{b}"_s).repeated(1000) + u'}').error);
    QCOMPARE(GraphQl::parse(u"{ a b c }"_s, {.tokens = 4}).error->toString(),
             u"1:9: Syntax Error: Document contains more than 4 tokens. Parsing aborted."_s);
    QVERIFY(!GraphQl::parse(u"{ a b c }"_s, {.tokens = 5}).error);
}

void tst_Parser::findsOperations()
{
    const GraphQl::Document one = parsed(u"query A { a }"_s);
    QCOMPARE(one.operation({})->name.text, u"A"_s);
    QCOMPARE(one.operation(u"B"), nullptr);
    const GraphQl::Document two = parsed(u"query A { a } mutation B { b }"_s);
    QCOMPARE(two.operation({}), nullptr);
    QCOMPARE(two.operation(u"B")->kind, GraphQl::OperationKind::Mutation);
}

APPLESS_TEST(tst_Parser)

#include "tst_parser.moc"
