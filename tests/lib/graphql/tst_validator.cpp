// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlValidator>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync::GraphQl;

class tst_Validator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void severalErrors();
    void manyErrors();
    void hostile_data();
    void hostile();
    void tooManyToCompare();
};

// The words and places of all rules are tested against the reference implementation (tests/interop/graphql).
void tst_Validator::rules_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rule"); // empty: valid
    const auto row = [](const char *text, const char *rule) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(rule);
    };
    row("{ node(id: 1) { id ... on User { name } ...F } } fragment F on Node { id }", "");
    row("query ($a: ID!, $b: In = {n: 1}) { node(id: $a) { id } find(in: $b) { __typename } }", "");
    row("{ __schema { types { name } } __type(name: \"User\") { kind } }", "");
    row("subscription { onUser { name } }", "");
    row("type A { a: Int }", "ExecutableDefinitions");
    row("query A { __typename } query A { __typename }", "UniqueOperationNames");
    row("{ __typename } query A { __typename }", "LoneAnonymousOperation");
    row("subscription { onUser { name } b: onUser { name } }", "SingleFieldSubscriptions");
    row("subscription { __typename }", "SingleFieldSubscriptions");
    row("{ node(id: 1) { ... on Nope { id } } }", "KnownTypeNames");
    row("{ node(id: 1) { ... on Kind { id } } }", "FragmentsOnCompositeTypes");
    row("query ($u: User) { all(a: $u) }", "VariablesInAllowedPosition VariablesAreInputTypes");
    row("{ node(id: 1) }", "ScalarLeafs");
    row("{ all { a } }", "ScalarLeafs");
    row("{ nope }", "FieldsOnCorrectType");
    row("{ ...F } fragment F on Query { all } fragment F on Query { all }", "UniqueFragmentNames");
    row("{ ...F }", "KnownFragmentNames");
    row("{ all } fragment F on Query { all }", "NoUnusedFragments");
    row("{ node(id: 1) { ... on Other { x } } }", "PossibleFragmentSpreads");
    row("{ ...F } fragment F on Query { all ...F }", "NoFragmentCycles");
    row("query ($a: Int, $a: Int) { all(a: $a) }", "UniqueVariableNames");
    row("{ all(a: $a) }", "NoUndefinedVariables");
    row("query ($a: Int) { all }", "NoUnusedVariables");
    row("{ all @nope }", "KnownDirectives");
    row("{ all @skip(if: true) @skip(if: true) }", "UniqueDirectivesPerLocation");
    row("{ all(b: 1) }", "KnownArgumentNames");
    row("{ all(a: 1, a: 1) }", "UniqueArgumentNames");
    row("{ all(a: \"x\") }", "ValuesOfCorrectType");
    row("{ find(in: {n: 1, m: 2}) { __typename } }", "ValuesOfCorrectType");
    row("{ find(in: {}) { __typename } }", "ValuesOfCorrectType");
    row("{ find(in: {n: 1, k: THREE}) { __typename } }", "ValuesOfCorrectType");
    row("{ node { id } }", "ProvidedRequiredArguments");
    row("query ($a: ID) { node(id: $a) { id } }", "VariablesInAllowedPosition");
    row("{ all all: node(id: 1) { id } }", "OverlappingFieldsCanBeMerged");
    row("{ find(in: {n: 1, n: 1}) { __typename } }", "UniqueInputFieldNames");
}

static Schema testSchema()
{
    const SchemaResult result = Schema::fromText(
        u"interface Node { id: ID! } type User implements Node { id: ID! name: String } type Other "
        u"{ x: Int } "
        "input In { n: Int! k: [Kind!] } enum Kind { ONE TWO } type Subscription { onUser: User } "
        "type Query { node(id: ID!): Node find(in: In): User all(a: Int): [Int] self: Query }"_s);
    return result.schema;
}

void tst_Validator::rules()
{
    QFETCH(QString, text);
    const ParsedDocument parsed = parse(text);
    QVERIFY(!parsed.error);
    QStringList rules;
    for (const Diagnostic &diagnostic : validate(testSchema(), parsed.document))
        rules += diagnostic.rule;
    rules.removeDuplicates();
    QTEST(rules.join(u' '), "rule");
}

void tst_Validator::severalErrors()
{
    const Document document =
        parse(u"query A {\n  node(id: 1) {\n    nam\n    id { x }\n  }\n  al\n}"_s).document;
    QStringList texts;
    for (const Diagnostic &diagnostic : validate(testSchema(), document))
        texts += diagnostic.toString();
    QCOMPARE(
        texts,
        (QStringList{
            u"3:5: Cannot query field \"nam\" on type \"Node\"."_s,
            u"4:8: Field \"id\" must not have a selection since type \"ID!\" has no subfields."_s,
            u"6:3: Cannot query field \"al\" on type \"Query\". Did you mean \"all\"?"_s,
        }));
}

void tst_Validator::manyErrors()
{
    const Document document = parse(u'{' + QString(u" nope"_s).repeated(1000) + u'}').document;
    const auto errors = validate(testSchema(), document, 20);
    QCOMPARE(errors.size(), 21);
    QVERIFY(errors.last().message.startsWith(u"Too many validation errors"));
}

// Each of these took hours or the whole stack if it were followed without thought.
void tst_Validator::hostile_data()
{
    QTest::addColumn<QString>("text");
    QString chain = u"{ ...F0 }"_s;
    QString twice = u"{ ...F0 }"_s;
    QString wide = u"{ ...F0 }"_s;
    for (int i = 0; i < 20'000; ++i)
        chain += u" fragment F%1 on Query { self { ...F%2 } }"_s.arg(i).arg(i + 1);
    for (int i = 0; i < 60; ++i)
        twice +=
            u" fragment F%1 on Query { self { ...F%2 all } self { ...F%2 x: all } }"_s.arg(i).arg(
                i + 1);
    for (int i = 0; i < 300; ++i)
        wide += u" fragment F%1 on Query { a%1: all ...F%2 ...F%3 }"_s.arg(i)
                    .arg((i + 1) % 300)
                    .arg((i + 7) % 300);
    QTest::newRow("chain of fragments") << chain;
    QTest::newRow("fragments spread twice") << twice;
    QTest::newRow("fragments across") << wide;
    QTest::newRow("one field often") << u'{' + QString(u" all(a: 1)"_s).repeated(20'000) + u'}';
    QTest::newRow("one object often") << u'{' + QString(u" self { all }"_s).repeated(20'000) + u'}';
    QTest::newRow("nested pairs") << u'{'
            + QString(u"self { all ... { self { all } } } "_s).repeated(300) + u'}';
}

void tst_Validator::hostile()
{
    QFETCH(QString, text);
    const ParsedDocument parsed = parse(text);
    QVERIFY(!parsed.error);
    (void)validate(testSchema(), parsed.document);
}

void tst_Validator::tooManyToCompare()
{
    const auto messages = [](int count) {
        const ParsedDocument parsed =
            parse(u'{' + QString(u" self { all }"_s).repeated(count) + u'}');
        QStringList texts;
        for (const Diagnostic &one : validate(testSchema(), parsed.document))
            texts += one.message;
        return texts;
    };
    QCOMPARE(messages(300), QStringList());
    QCOMPARE(
        messages(2'000),
        QStringList{u"Too many fields have the same name: more than 200000 pairs of them would "
                    "have to be compared."_s});
}

APPLESS_TEST(tst_Validator)

#include "tst_validator.moc"
