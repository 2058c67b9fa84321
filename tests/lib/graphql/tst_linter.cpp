// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlLinter>

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync::GraphQl;

class tst_Linter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arguments_data();
    void arguments();
    void argumentsWithoutSchema();
    void selections_data();
    void selections();
    void comparesWithOtherDocuments();
    void looksAtTheOperationThatIsSent();
    void largeVariables();
    void eventSizes();
    void subscriptionCounts();
    void tellsPlaceReasonAndNextStep();
    void recursiveFragments();
    void manyFindings();
};

namespace {

using Rule = LintFinding::Rule;

Schema chat()
{
    return Schema::fromText(
               u"type Message { id: ID! room: String! body: String! author: User createdAt: "
               u"AWSDateTime! } "
               "type User { id: ID! name: String reports: User } "
               "type Query { message: Message } "
               "type Mutation { send(room: String, body: String): Message other: Message } "
               "type Subscription { onMessage(room: String, body: String): Message "
               "@aws_subscribe(mutations: [\"send\"]) onAny: Message @aws_subscribe(mutations: "
               "\"send\") "
               "onUnknown: Message }"_s)
        .schema;
}

LintRequest request(const QString &text, const QByteArray &variables = "{}")
{
    const ParsedDocument parsed = parse(text);
    if (parsed.error)
        qFatal("%s", qPrintable(parsed.error->toString()));
    return {parsed.document, {}, QJsonDocument::fromJson(variables).object()};
}

QList<Rule> rulesOf(const QList<LintFinding> &findings)
{
    QList<Rule> rules;
    for (const LintFinding &finding : findings)
        rules += finding.rule;
    return rules;
}

} // namespace

void tst_Linter::arguments_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QByteArray>("variables");
    QTest::addColumn<QList<AppSync::GraphQl::LintFinding::Rule>>("rules");
    const auto row = [](const char *name, const char *document, const char *variables,
                        const QList<Rule> &rules) {
        QTest::newRow(name) << QString::fromLatin1(document) << QByteArray(variables) << rules;
    };
    const char *both =
        "subscription($r: String, $b: String) { onMessage(room: $r, body: $b) { id } }";
    row("a value", both, R"({"r":"lobby"})", {});
    row("null instead of nothing", both, R"({"r":"lobby","b":null})", {Rule::NullArgument});
    row("nothing", both, "{}", {Rule::NoLiveFilter});
    row("all null", both, R"({"r":null,"b":null})",
        {Rule::NoLiveFilter, Rule::NullArgument, Rule::NullArgument});
    row("literal null", "subscription { onMessage(room: null, body: \"x\") { id } }", "{}",
        {Rule::NullArgument});
    row("literal", "subscription { onMessage(room: \"lobby\") { id } }", "{}", {});
    row("not given at all", "subscription { onMessage { id } }", "{}", {Rule::NoLiveFilter});
    row("default value", "subscription($r: String = \"x\") { onMessage(room: $r) { id } }", "{}",
        {});
    row("default null", "subscription($r: String = null) { onMessage(room: $r) { id } }", "{}",
        {Rule::NoLiveFilter, Rule::NullArgument});
    row("default value beaten", "subscription($r: String = \"x\") { onMessage(room: $r) { id } }",
        R"({"r":null})", {Rule::NoLiveFilter, Rule::NullArgument});
    row("it takes no arguments", "subscription { onAny { id } }", "{}", {});
    row("in a fragment", "subscription { ...S } fragment S on Subscription { onMessage { id } }",
        "{}", {Rule::NoLiveFilter});
    row("no subscription", "mutation($r: String) { send(room: $r) { id } }", R"({"r":null})", {});
}

void tst_Linter::arguments()
{
    QFETCH(QString, document);
    QFETCH(QByteArray, variables);
    QFETCH(QList<AppSync::GraphQl::LintFinding::Rule>, rules);
    QCOMPARE(rulesOf(lint({request(document, variables)}, chat())), rules);
}

void tst_Linter::argumentsWithoutSchema()
{
    const QString text = u"subscription($r: String) { onMessage(room: $r) { id } }"_s;
    QCOMPARE(rulesOf(lint({request(text, R"({"r":null})")})),
             QList({Rule::NoLiveFilter, Rule::NullArgument}));
    QCOMPARE(rulesOf(lint({request(text)})), QList{Rule::NoLiveFilter});
    QCOMPARE(lint({request(u"subscription { onMessage { id } }"_s)}).size(), 0); // it may take none
}

void tst_Linter::selections_data()
{
    QTest::addColumn<QString>("subscription");
    QTest::addColumn<QString>("mutation");
    QTest::addColumn<QStringList>("messages");
    const auto row = [](const char *name, const char *subscription, const char *mutation,
                        const QStringList &messages) {
        QTest::newRow(name) << QString::fromLatin1(subscription) << QString::fromLatin1(mutation)
                            << messages;
    };
    row("the same", "subscription { onAny { id body } }", "mutation { send { id body room } }", {});
    row("a field is missing", "subscription { onAny { id body } }", "mutation { send { id } }",
        {u"onAny selects \"body\", which the mutation send does not."_s});
    row("inside an object", "subscription { onAny { author { id name } } }",
        "mutation { send { author { id } } }",
        {u"onAny selects \"author.name\", which the mutation send does not."_s});
    row("an object", "subscription { onAny { author { id name } } }", "mutation { send { id } }",
        {u"onAny selects \"author\", which the mutation send does not."_s});
    row("other names in the response", "subscription { onAny { text: body } }",
        "mutation { sent: send { b: body } }", {});
    row("fragments",
        "subscription { onAny { ...F } } fragment F on Message { id author { ...U } } "
        "fragment U on User { name }",
        "mutation { send { ...M } } fragment M on Message { ... on Message { id } author { id } }",
        {u"onAny selects \"author.name\", which the mutation send does not."_s});
    row("selected in two places", "subscription { onAny { author { id name } } }",
        "mutation { send { author { id } author { name } } }", {});
    row("another mutation", "subscription { onAny { id body } }", "mutation { other { id } }", {});
    row("nothing triggers it", "subscription { onUnknown { id body } }", "mutation { send { id } }",
        {});
    row("type name", "subscription { onAny { __typename id } }", "mutation { send { id } }", {});
    row("what filters", "subscription { onMessage(room: \"x\") { id } }",
        "mutation { send { id } }",
        {u"onMessage filters by \"room\", which the mutation send does not select."_s});
    row("what filters is selected", "subscription { onMessage(room: \"x\") { id } }",
        "mutation { send { id room } }", {});
}

void tst_Linter::selections()
{
    QFETCH(QString, subscription);
    QFETCH(QString, mutation);
    QFETCH(QStringList, messages);
    QStringList found;
    const auto findings = lint({request(subscription), request(mutation)}, chat());
    for (const LintFinding &finding : findings)
        found += finding.message;
    QCOMPARE(found, messages);
}

void tst_Linter::comparesWithOtherDocuments()
{
    const LintRequest subscription = request(u"subscription { onAny { id body } }"_s);
    const Document other =
        request(u"query { message { id } } mutation M { send { id } }"_s).document;
    QCOMPARE(rulesOf(lint({subscription}, chat(), {other})), QList{Rule::UnselectedField});
    QCOMPARE(lint({subscription}, {}, {other}).size(), 0); // nothing says what triggers it
}

void tst_Linter::looksAtTheOperationThatIsSent()
{
    LintRequest one = request(
        u"subscription A { onMessage { id } } subscription B { onMessage(room: \"x\") { id } }"_s);
    one.operationName = u"B"_s;
    QCOMPARE(lint({one}, chat()).size(), 0);
    one.operationName = u"A"_s;
    QCOMPARE(rulesOf(lint({one}, chat())), QList{Rule::NoLiveFilter});
    one.operationName.clear(); // the service refuses it
    QCOMPARE(lint({one}, chat()).size(), 0);
}

void tst_Linter::largeVariables()
{
    const QString text = u"mutation Send($b: String) { send(body: $b) { id } }"_s;
    const auto withBody = [&](qsizetype bytes) {
        LintRequest one = request(text);
        one.variables.insert(u"b"_s, QString(bytes, u'x'));
        return one;
    };
    QCOMPARE(lint({withBody(1000)}).size(), 0);
    const QList<LintFinding> findings = lint({withBody(250'000)});
    QCOMPARE(rulesOf(findings), QList{Rule::EventSize});
    QVERIFY(findings.first().message.contains(u"The variables of Send take 250008 bytes"));
}

void tst_Linter::eventSizes()
{
    QVERIFY(!lintEventSize(u"send"_s, kEventWarnBytes - 1));
    QVERIFY(lintEventSize(u"send"_s, kEventWarnBytes)->reason.contains(u"nearly"));
    QVERIFY(lintEventSize(u"send"_s, kEventMaxBytes + 1)->reason.contains(u"get nothing"));
}

void tst_Linter::subscriptionCounts()
{
    QVERIFY(!lintSubscriptionCount(kSubscriptionsWarn - 1));
    QVERIFY(!lintSubscriptionCount(100)->reason.contains(u"refused"));
    QVERIFY(lintSubscriptionCount(101)->reason.contains(u"refused"));
    const LintRequest one = request(u"subscription { onAny { id } }"_s);
    QCOMPARE(lint(QList<LintRequest>(79, one)).size(), 0);
    QCOMPARE(rulesOf(lint(QList<LintRequest>(101, one))), QList{Rule::SubscriptionCount});
}

void tst_Linter::tellsPlaceReasonAndNextStep()
{
    const auto findings = lint({request(u"subscription {\n  onAny { id body author { id } }\n}"_s),
                                request(u"mutation { send { id } }"_s)},
                               chat());
    QCOMPARE(findings.size(), 2);
    QCOMPARE(findings.at(0).request, 0);
    QCOMPARE(findings.at(0).position.line, 2);
    QCOMPARE(findings.at(0).position.column, 14);
    QVERIFY(findings.at(0).reason.contains(u"must not be null"));
    QVERIFY(findings.at(1).reason.contains(u"arrives as null"));
    QCOMPARE(
        findings.at(1).toString(),
        u"2:19: onAny selects \"author\", which the mutation send does not. Subscribers get what "
        "the mutation selects, so it arrives as null. Select it in the mutation too."_s);
}

void tst_Linter::recursiveFragments()
{
    const QString cycle = u" fragment F on User { reports { ...F id } ...F }"_s;
    const auto findings = lint({request(u"subscription { onAny { author { ...F } } }"_s + cycle),
                                request(u"mutation { send { author { ...F } } }"_s + cycle)},
                               chat());
    QCOMPARE(findings.size(), 0); // and it came back

    QString chain;
    for (int i = 0; i < 50'000; ++i)
        chain += u"fragment F%1 on Message { ...F%2 } "_s.arg(i).arg(i + 1);
    QCOMPARE(lint({request(u"subscription { onAny { ...F0 } } "_s + chain)}, chat()).size(), 0);
}

void tst_Linter::manyFindings()
{
    QString fields;
    for (int i = 0; i < 200; ++i)
        fields += u" f%1"_s.arg(i);
    QCOMPARE(lint({request(u"subscription { onAny {%1 } }"_s.arg(fields)),
                   request(u"mutation { send { id } }"_s)},
                  chat())
                 .size(),
             50);
}

APPLESS_TEST(tst_Linter)

#include "tst_linter.moc"
