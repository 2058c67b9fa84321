// SPDX-License-Identifier: Apache-2.0
#include "graphqlfixture.h"
#include "tests/shared/testrunner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace AppSync;
using namespace GraphQlFixture;
using namespace Qt::StringLiterals;

//! Own schemas with resolvers in JavaScript, the data sources behind them, and filters that they set.
class tst_ScriptedResolvers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void contexts();
    void selectionSet_data();
    void selectionSet();
    void selectionSetIsBounded();
    void nestedFieldsAndTypes();
    void errors();
    void values();
    void table();
    void functionSource();
    void pipelines();
    void pipelinesThatStop();
    void savedCodeTakesEffect();
    void enhancedFilters();
    void wrongFilters();
    void invalidation();
    void limits();
    void badOptions_data();
    void badOptions();

private:
    void listen(const QString &schema, const QMap<QString, QString> &code = {})
    {
        m_options.graphQl.schema = schema;
        for (auto it = code.begin(); it != code.end(); ++it)
            m_options.graphQl.resolvers[it.key()].code = it.value();
        QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    }

    std::unique_ptr<Emulator> m_emulator;
    Emulator::Options m_options;
};

namespace {

//! A resolver without a data source that answers the value of \a expression, where `ctx` is known.
QString answering(const QString &expression)
{
    return u"import { util, extensions, runtime } from '@aws-appsync/utils';\n"
           "export const request = (ctx) => ({ payload: %1 });\n"
           "export const response = (ctx) => ctx.result;\n"_s.arg(expression);
}

} // namespace

void tst_ScriptedResolvers::init()
{
    m_emulator = std::make_unique<Emulator>();
    m_options = {};
}

void tst_ScriptedResolvers::contexts()
{
    listen(
        u"type Query { who(a: Int, b: String): AWSJSON }"_s,
        {{u"Query.who"_s,
          answering(u"({ args: ctx.args, field: ctx.info.fieldName, type: ctx.info.parentTypeName, "
                    "list: ctx.info.selectionSetList, source: ctx.source, variables: "
                    "ctx.info.variables, sub: ctx.identity && ctx.identity.sub, "
                    "agent: ctx.request.headers['x-agent'], auth: util.authType() })"_s)}});
    const QByteArray answer = Client(*m_emulator, m_emulator->token())
                                  .ask(u"query($n: Int) { who(a: $n) }"_s, {{u"n"_s, 7}});
    const QJsonObject context = QJsonDocument::fromJson(QJsonDocument::fromJson(answer)
                                                            .object()
                                                            .value("data"_L1)
                                                            .toObject()
                                                            .value("who"_L1)
                                                            .toString()
                                                            .toUtf8())
                                    .object();
    QVERIFY2(!context.isEmpty(), answer);
    QCOMPARE(context.value("args"_L1), QJsonValue(QJsonObject{{u"a"_s, 7}}));
    QCOMPARE(context.value("field"_L1), QJsonValue(u"who"_s));
    QCOMPARE(context.value("type"_L1), QJsonValue(u"Query"_s));
    QCOMPARE(context.value("sub"_L1), QJsonValue(u"sample-user"_s));
    QCOMPARE(context.value("variables"_L1), QJsonValue(QJsonObject{{u"n"_s, 7}}));
    QCOMPARE(context.value("auth"_L1), QJsonValue(u"Open ID Connect Authorization"_s));
    QVERIFY(context.value("source"_L1).isNull());
}

void tst_ScriptedResolvers::selectionSet_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QByteArray>("list"); // JSON; with the field that tells it last
    QTest::newRow("fields") << u"{ item { id a: next { id } list } }"_s
                            << R"(["id","a","a/id","list"])"_ba;
    QTest::newRow("an inline fragment")
        << u"{ item { ... on Item { id } list } }"_s << R"(["id","list"])"_ba;
    QTest::newRow("fragments in each other")
        << u"{ item { ...A } } fragment A on Item { next { ...B } list } fragment B on Item { id }"_s
        << R"(["next","next/id","list"])"_ba;
    QTest::newRow("the same twice")
        << u"{ item { id ...A ...A list } } fragment A on Item { id next { id } }"_s
        << R"(["id","next","next/id","list"])"_ba;
}

//! What a resolver is told of the fields below its own.
void tst_ScriptedResolvers::selectionSet()
{
    QFETCH(QString, document);
    QFETCH(QByteArray, list);
    listen(u"type Item { id: Int next: Item list: AWSJSON } type Query { item: Item }"_s,
           {{u"Query.item"_s, answering(u"({ list: ctx.info.selectionSetList })"_s)}});
    const QByteArray answer = Client(*m_emulator).ask(document);
    const QJsonValue told = QJsonDocument::fromJson(answer)[u"data"_s][u"item"_s][u"list"_s];
    QVERIFY2(told.toString().toUtf8() == list, answer);
}

//! Thirty fragments, each of which spreads the next twice, are a thousand million paths.
void tst_ScriptedResolvers::selectionSetIsBounded()
{
    listen(u"type Item { a: Item b: Item count: Int } type Query { item: Item }"_s,
           {{u"Query.item"_s, answering(u"({ count: ctx.info.selectionSetList.length })"_s)}});
    QString document = u"{ item { count ...F0 } } "_s;
    for (int i = 0; i < 30; ++i)
        document += u"fragment F%1 on Item { a { ...F%2 } b { ...F%2 } } "_s.arg(i).arg(i + 1);
    document += u"fragment F30 on Item { count }"_s;
    QVERIFY(Client(*m_emulator).ask(document).contains(R"("count":10000)"));
}

void tst_ScriptedResolvers::nestedFieldsAndTypes()
{
    listen(
        uR"(
interface Named { name: String! }
type Cat implements Named { name: String! lives: Int }
type Dog implements Named { name: String! owner: Person }
type Person implements Named { name: String! pets: [Pet!]! }
union Pet = Cat | Dog
enum Color { RED GREEN }
type Query { pets: [Pet] named: [Named!] color: Color colors: [Color!] deep: [[Int!]!]! }
)"_s,
        {{u"Query.pets"_s,
          answering(u"[{ __typename: 'Cat', name: 'Tom', lives: 9 }, { __typename: 'Dog', name: "
                    "'Rex', owner: 'ann' }, null]"_s)},
         {u"Dog.owner"_s, answering(u"({ name: ctx.source.owner })"_s)},
         {u"Person.pets"_s, answering(u"[{ __typename: 'Cat', name: 'of ' + ctx.source.name }]"_s)},
         {u"Query.color"_s, answering(u"'RED'"_s)},
         {u"Query.colors"_s, answering(u"['RED', 'BLUE']"_s)},
         {u"Query.deep"_s, answering(u"[[1, 2], []]"_s)}});
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"{ pets { __typename ... on Named { name } ...C ... on Dog { owner { name "
                        "pets { ...C } } } } } fragment C on Cat { lives n: name }"_s),
             R"({"data":{"pets":[{"__typename":"Cat","name":"Tom","lives":9,"n":"Tom"},)"
             R"({"__typename":"Dog","name":"Rex","owner":{"name":"ann",)"
             R"("pets":[{"lives":null,"n":"of ann"}]}},null]}})");
    QCOMPARE(client.ask(u"query($no: Boolean!) { color @include(if: $no) deep @skip(if: $no) }"_s,
                        {{u"no"_s, false}}),
             R"({"data":{"deep":[[1,2],[]]}})");
    QCOMPARE(
        client.ask(u"{ color colors }"_s),
        R"({"data":{"color":"RED","colors":null},"errors":[{"path":["colors",1],"locations":null,)"
        R"("message":"Can't serialize value (/colors[1]) : Invalid input for Enum 'Color'."}]})");
}

void tst_ScriptedResolvers::errors()
{
    listen(u"type Query { a: String b: String! c: String d: String e: [String!] f: String }"_s,
           {{u"Query.a"_s, answering(u"util.error('no', 'Mine', { x: 1 }, 'info')"_s)},
            {u"Query.b"_s, answering(u"null"_s)},
            {u"Query.c"_s, answering(u"util.unauthorized()"_s)},
            {u"Query.d"_s, answering(u"nothing.there"_s)},
            {u"Query.e"_s, answering(u"['x', null]"_s)},
            {u"Query.f"_s, answering(u"(util.appendError('beside', 'Note'), 'value')"_s)}});
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"{ a }"_s),
             R"({"data":{"a":null},"errors":[{"path":["a"],"data":{"x":1},"errorType":"Mine",)"
             R"("errorInfo":"info","locations":[{"line":1,"column":3,"sourceName":null}],)"
             R"("message":"no"}]})");
    QCOMPARE(
        client.ask(u"{ b }"_s),
        R"({"data":null,"errors":[{"path":["b"],"locations":null,"message":)"
        R"x("Cannot return null for non-nullable type: 'String' within parent 'Query' (/b)"}]})x");
    QVERIFY(client.ask(u"{ c }"_s).contains(R"("errorType":"Unauthorized","errorInfo":null)"));
    QSignalSpy problems(m_emulator.get(), &Emulator::handlerProblem);
    const QByteArray broken = client.ask(u"{ d }"_s);
    QVERIFY2(broken.contains(R"("errorType":"Code")"), broken);
    QVERIFY2(broken.contains(R"("message":"Runtime Error")"), broken);
    QTRY_COMPARE(problems.size(), 1);
    QCOMPARE(problems.first().at(0).toString(), u"Query.d"_s);
    QCOMPARE(problems.first().at(2).toInt(), 2);
    QCOMPARE(
        client.ask(u"{ e }"_s),
        R"({"data":{"e":null},"errors":[{"path":["e",1],"locations":null,"message":)"
        R"x("Cannot return null for non-nullable type: 'String' within parent 'Query' (/e[1])"}]})x");
    QCOMPARE(client.ask(u"{ f }"_s),
             R"({"data":{"f":"value"},"errors":[{"path":["f"],"data":null,"errorType":"Note",)"
             R"("errorInfo":null,"locations":[{"line":1,"column":3,"sourceName":null}],)"
             R"("message":"beside"}]})");
}

void tst_ScriptedResolvers::values()
{
    listen(u"type Query { when: AWSDateTime json: AWSJSON id: ID early(x: In): String } "
           "input In { a: Int! = 7 b: [Color!] } enum Color { RED }"_s,
           {{u"Query.when"_s, answering(u"'yesterday'"_s)},
            {u"Query.json"_s, answering(u"({ b: [1.5, null] })"_s)},
            {u"Query.id"_s, answering(u"12"_s)},
            {u"Query.early"_s, answering(u"runtime.earlyReturn(JSON.stringify(ctx.args))"_s)}});
    Client client(*m_emulator);
    QCOMPARE(
        client.ask(u"{ json id early(x: { b: RED }) }"_s),
        R"({"data":{"json":"{\"b\":[1.5,null]}","id":"12","early":"{\"x\":{\"a\":7,\"b\":[\"RED\"]}}"}})");
    QCOMPARE(
        client.ask(u"{ when }"_s),
        R"({"data":{"when":null},"errors":[{"path":["when"],"locations":null,"message":)"
        R"("Can't serialize value (/when) : Unable to serialize `yesterday` as a valid AWSDateTime Object."}]})");
    QVERIFY(client
                .ask(u"query($x: In) { early(x: $x) }"_s,
                     {{u"x"_s, QJsonObject{{u"a"_s, QJsonValue()}}}})
                .contains("Variable 'x' has coerced Null value for NonNull type 'Int!'"));
    QVERIFY(client.ask(u"query($x: In) { early(x: $x) }"_s, {{u"x"_s, QJsonObject{{u"z"_s, 1}}}})
                .contains("a field that is not defined for input object type 'In'"));
    QVERIFY(
        client
            .ask(u"query($x: In) { early(x: $x) }"_s, {{u"x"_s, QJsonObject{{u"b"_s, u"BLUE"_s}}}})
            .contains("No value found for name 'BLUE'"));
}

void tst_ScriptedResolvers::table()
{
    m_options.dataSources = {{u"posts"_s, Emulator::DataSource::Kind::Table}};
    const QString ddb = u"import { util } from '@aws-appsync/utils';\n"
                        "import * as ddb from '@aws-appsync/utils/dynamodb';\n"
                        "export const request = (ctx) => %1;\n"
                        "export function response(ctx) {\n"
                        "  if (ctx.error) util.error(ctx.error.message, ctx.error.type);\n"
                        "  return %2;\n}\n"_s;
    const QMap<QString, QString> code{
        {u"Mutation.add"_s,
         ddb.arg(u"ddb.put({ key: { id: ctx.args.id }, item: { title: ctx.args.title, votes: 0 }, "
                 "condition: { id: { attributeExists: false } } })"_s,
                 u"ctx.result"_s)},
        {u"Mutation.vote"_s,
         ddb.arg(u"ddb.update({ key: { id: ctx.args.id }, update: { votes: "
                 "ddb.operations.increment(2), note: 'x' } })"_s,
                 u"ctx.result"_s)},
        {u"Mutation.drop"_s,
         ddb.arg(u"ddb.remove({ key: { id: ctx.args.id } })"_s, u"ctx.result"_s)},
        {u"Query.post"_s,
         ddb.arg(
             u"({ operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) })"_s,
             u"ctx.result"_s)},
        {u"Query.popular"_s,
         ddb.arg(u"ddb.scan({ filter: { votes: { gt: 1 } }, limit: 10 })"_s,
                 u"ctx.result.items"_s)}};
    for (auto it = code.begin(); it != code.end(); ++it)
        m_options.graphQl.resolvers[it.key()].dataSource = u"posts"_s;
    listen(uR"(
type Post { id: ID! title: String votes: Int note: String }
type Query { post(id: ID!): Post popular: [Post!]! }
type Mutation { add(id: ID!, title: String): Post vote(id: ID!): Post drop(id: ID!): Post }
)"_s,
           code);
    Client client(*m_emulator);
    QCOMPARE(
        client.ask(u"mutation { a: add(id: 1, title: \"one\") { id votes } "
                   "b: add(id: 2, title: \"two\") { title } vote(id: 1) { votes note } }"_s),
        R"({"data":{"a":{"id":"1","votes":0},"b":{"title":"two"},"vote":{"votes":2,"note":"x"}}})");
    QCOMPARE(
        client.ask(u"{ post(id: 1) { title votes } popular { id } none: post(id: 3) { id } }"_s),
        R"({"data":{"post":{"title":"one","votes":2},"popular":[{"id":"1"}],"none":null}})");
    const QByteArray again = client.ask(u"mutation { add(id: 1) { id } }"_s);
    QVERIFY2(again.contains("DynamoDB:ConditionalCheckFailedException"), again);
    QCOMPARE(client.ask(u"mutation { drop(id: 1) { title } }"_s),
             R"({"data":{"drop":{"title":"one"}}})");
    QCOMPARE(client.ask(u"{ popular { id } }"_s), R"({"data":{"popular":[]}})");
}

void tst_ScriptedResolvers::functionSource()
{
    Emulator::DataSource source{u"sum"_s, Emulator::DataSource::Kind::Function};
    source.code =
        u"export const handler = async ({ a, b }) => { if (a < 0) throw new Error('low'); "
        "return a + b; };"_s;
    m_options.dataSources = {source};
    m_options.graphQl.resolvers[u"Query.sum"_s].dataSource = u"sum"_s;
    listen(u"type Query { sum(a: Int!, b: Int!): Int }"_s,
           {{u"Query.sum"_s,
             u"import { util } from '@aws-appsync/utils';\n"
             "export const request = (ctx) => ({ operation: 'Invoke', payload: ctx.args });\n"
             "export const response = (ctx) => ctx.error ? util.error(ctx.error.message, "
             "ctx.error.type) : ctx.result;"_s}});
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"{ sum(a: 1, b: 2) }"_s), R"({"data":{"sum":3}})");
    const QByteArray failed = client.ask(u"{ sum(a: -1, b: 2) }"_s);
    QVERIFY2(failed.contains(R"("errorType":"Lambda:Unhandled")"), failed);
}

namespace {

//! A step of a pipeline: \a before goes into `request`, \a payload is what it returns, \a after is the result.
EmulatorOptions::Function step(const QString &before, const QString &payload, const QString &after)
{
    EmulatorOptions::Function function;
    function.code = u"import { util, extensions, runtime } from '@aws-appsync/utils';\n"
                    "export function request(ctx) { %1; return { payload: %2 }; }\n"
                    "export function response(ctx) { return %3; }\n"_s.arg(before, payload, after);
    return function;
}

const QString kPipeline = u"type Query { run(n: Int): AWSJSON }"_s;

} // namespace

void tst_ScriptedResolvers::pipelines()
{
    EmulatorOptions::DataSource lookup;
    lookup.name = u"lookup"_s;
    lookup.kind = EmulatorOptions::DataSource::Kind::Function;
    lookup.code = u"export const handler = (event) => ({ doubled: event.n * 2 });"_s;
    m_options.dataSources.append(lookup);
    EmulatorOptions::Resolver &resolver = m_options.graphQl.resolvers[u"Query.run"_s];
    resolver.code = step(u"ctx.stash.steps = ['before']"_s, u"ctx.args.n"_s,
                         u"({ result: ctx.prev.result, steps: ctx.stash.steps })"_s)
                        .code;
    EmulatorOptions::Function asking;
    asking.dataSource = u"lookup"_s;
    asking.code =
        u"export function request(ctx) { ctx.stash.steps.push('ask ' + ctx.prev.result.payload);"
        " return { operation: 'Invoke', payload: { n: ctx.prev.result.payload } }; }\n"
        "export function response(ctx) { return ctx.result.doubled; }"_s;
    resolver.functions = {
        asking, step(u"ctx.stash.steps.push('add')"_s, u"ctx.prev.result + 1"_s, u"ctx.result"_s),
        step(u"runtime.earlyReturn('early ' + ctx.prev.result)"_s, u"null"_s, u"'not reached'"_s)};
    listen(kPipeline);
    Client client(*m_emulator);
    const QByteArray answer = client.ask(u"{ run(n: 20) }"_s);
    QCOMPARE(QJsonDocument::fromJson(answer)["data"_L1]["run"_L1].toString(),
             uR"({"result":"early 41","steps":["before","ask 20","add"]})"_s);
    // Nothing of it is left for the next one.
    QCOMPARE(client.ask(u"{ run(n: 20) }"_s), answer);
}

void tst_ScriptedResolvers::pipelinesThatStop()
{
    EmulatorOptions::Resolver &resolver = m_options.graphQl.resolvers[u"Query.run"_s];
    resolver.code = step({}, u"1"_s, u"'not reached'"_s).code;
    resolver.functions = {
        step(u"util.appendError('a warning', 'Warning')"_s, u"2"_s, u"ctx.result"_s),
        step(u"util.error('no more', 'Stop')"_s, u"3"_s, u"ctx.result"_s),
        step(u"throw new Error('not reached')"_s, u"4"_s, u"ctx.result"_s)};
    listen(kPipeline);
    const QJsonArray errors =
        QJsonDocument::fromJson(Client(*m_emulator).ask(u"{ run }"_s))["errors"_L1].toArray();
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.at(0)["message"_L1].toString(), u"a warning"_s);
    QCOMPARE(errors.at(1)["message"_L1].toString(), u"no more"_s);
    QCOMPARE(errors.at(1)["errorType"_L1].toString(), u"Stop"_s);

    m_emulator->close();
    resolver.functions[1].dataSource = u"nowhere"_s;
    m_options.graphQl.schema = kPipeline;
    QVERIFY(!m_emulator->listen(m_options));
    QVERIFY(m_emulator->problem().contains(u"the data source \"nowhere\""));
    resolver.functions[1].dataSource.clear();
    resolver.dataSource = u"lookup"_s;
    QVERIFY(!m_emulator->listen(m_options));
    QVERIFY(m_emulator->problem().contains(u"only they have data sources"));
}

void tst_ScriptedResolvers::savedCodeTakesEffect()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"value.js"_s);
    const auto save = [&](const QString &text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(answering(text).toUtf8());
    };
    save(u"1"_s);
    m_options.graphQl.resolvers[u"Query.value"_s].codeFile = path;
    listen(u"type Query { value: Int }"_s);
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"{ value }"_s), R"({"data":{"value":1}})");
    save(u"2"_s);
    QTRY_COMPARE(client.ask(u"{ value }"_s), R"({"data":{"value":2}})");
}

namespace {

const QString kAlarms = uR"(
type Alarm { id: ID! severity: Int title: String place: Place }
type Place { city: String }
type Query { a: Int }
type Mutation { raise(id: ID!, severity: Int, title: String): Alarm close(group: String!): Boolean }
type Subscription {
  onAlarm(filter: String, severity: Int, group: String): Alarm @aws_subscribe(mutations: ["raise"])
}
)"_s;

const QString kRaise = u"mutation($s: Int, $t: String) { raise(id: 1, severity: $s, title: $t) "
                       "{ id severity title place { city } } }"_s;

QString raising()
{
    return answering(u"Object.assign({ place: { city: 'Rome' } }, ctx.args)"_s);
}

} // namespace

void tst_ScriptedResolvers::enhancedFilters()
{
    listen(kAlarms,
           {{u"Mutation.raise"_s, raising()},
            {u"Subscription.onAlarm"_s,
             u"import { util, extensions } from '@aws-appsync/utils';\n"
             "export const request = () => ({ payload: null });\n"
             "export function response(ctx) {\n"
             "  const filter = JSON.parse(ctx.args.filter);\n"
             "  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter));\n"
             "  return null;\n}\n"_s}});
    Client client(*m_emulator);
    QVERIFY(client.connect());
    const auto subscribe = [&](const QString &id, const QString &filter) {
        return client.start(
            id, u"subscription($f: String) { onAlarm(filter: $f, severity: 99) { title } }"_s,
            {{u"f"_s, filter}});
    };
    QCOMPARE(subscribe(u"low"_s, uR"({"severity":{"le":2}})"_s), started(u"low"_s));
    QCOMPARE(
        subscribe(
            u"or"_s,
            uR"({"or":[{"severity":{"ge":9}},{"title":{"beginsWith":"fire"}}],"place.city":{"eq":"Rome"}})"_s),
        started(u"or"_s));
    QCOMPARE(subscribe(u"none"_s, uR"({"and":[{"severity":{"gt":1}},{"severity":{"lt":1}}]})"_s),
             started(u"none"_s));
    for (const auto &[severity, title] :
         {std::pair(1, u"drip"_s), std::pair(5, u"fire!"_s), std::pair(9, u"flood"_s)})
        QVERIFY(Client(*m_emulator)
                    .ask(kRaise, {{u"s"_s, severity}, {u"t"_s, title}})
                    .startsWith(R"({"data":{"raise":{"id":"1")"));
    const QString data =
        uR"({"type":"data","id":"%1","payload":{"data":{"onAlarm":{"title":"%2"}}}})"_s;
    QCOMPARE(client.received(),
             (QStringList{data.arg(u"low"_s, u"drip"_s), data.arg(u"or"_s, u"fire!"_s),
                          data.arg(u"or"_s, u"flood"_s)}));
}

void tst_ScriptedResolvers::wrongFilters()
{
    listen(kAlarms,
           {{u"Subscription.onAlarm"_s,
             answering(u"extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: "
                       "'id', operator: 'in', value: [1, 2, 3, 4, 5, 6] }] }] })"_s)}});
    Client client(*m_emulator);
    QVERIFY(client.connect());
    const QString refused = client.start(u"1"_s, u"subscription { onAlarm { id } }"_s);
    QVERIFY2(refused.contains(u"exceeds maximum value limit"_s), qPrintable(refused));
    QCOMPARE(m_emulator->subscriptionCount(), 0);
}

void tst_ScriptedResolvers::invalidation()
{
    listen(
        kAlarms,
        {{u"Mutation.close"_s,
          answering(u"(extensions.invalidateSubscriptions({ subscriptionField: 'onAlarm', payload: "
                    "{ group: ctx.args.group } }), true)"_s)},
         {u"Subscription.onAlarm"_s,
          answering(u"extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [{ "
                    "fieldName: 'group', operator: 'eq', value: ctx.args.group }] }] })"_s)}});
    Client client(*m_emulator);
    QVERIFY(client.connect());
    for (const QString &id : {u"a"_s, u"b"_s})
        QCOMPARE(client.start(id, u"subscription($g: String) { onAlarm(group: $g) { id } }"_s,
                              {{u"g"_s, id}}),
                 started(id));
    QCOMPARE(Client(*m_emulator).ask(u"mutation { close(group: \"a\") }"_s),
             R"({"data":{"close":true}})");
    QCOMPARE(client.socket.next(), uR"({"type":"complete","id":"a"})"_s);
    QVERIFY(client.received().isEmpty());
    QCOMPARE(m_emulator->subscriptionCount(), 1);
}

void tst_ScriptedResolvers::limits()
{
    m_options.graphQl.queryDepthLimit = 2;
    m_options.graphQl.resolverCountLimit = 10;
    m_options.graphQl.introspection = false;
    m_options.handlerDeadline = std::chrono::milliseconds(500);
    listen(u"type Query { many: [Item!] item: Item loop: Int } type Item { n: Int item: Item }"_s,
           {{u"Query.many"_s, answering(u"[1,2,3,4,5,6,7,8,9,10,11].map((n) => ({}))"_s)},
            {u"Item.n"_s, answering(u"1"_s)},
            {u"Query.loop"_s, answering(u"(() => { for (;;); })()"_s)}});
    Client client(*m_emulator);
    QVERIFY(client.ask(u"{ many { n } }"_s).contains("more than 10 resolvers"));
    QVERIFY(client.ask(u"{ item { item { item { n } } } }"_s).contains("depth limit of 2"));
    QVERIFY(client.ask(u"{ __schema { description } }"_s)
                .contains("Validation error of type FieldUndefined: Field '__schema' in type "
                          "'Query' is undefined @ '__schema'"));
    QVERIFY(client.ask(u"{ loop }"_s).contains("did not end within"));
}

void tst_ScriptedResolvers::badOptions_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("problem");
    const QString good = u"type Query { a: Int }"_s;
    QTest::newRow("syntax") << u"type Query {"_s << QString() << QString() << u"1:13"_s;
    QTest::newRow("unknown type") << u"type Query { a: Nothing }"_s << QString() << QString()
                                  << u"Nothing"_s;
    QTest::newRow("no query") << u"type A { a: Int }"_s << QString() << QString() << u"Query"_s;
    QTest::newRow("unknown field") << good << u"Query.b"_s << QString() << u"Query.b"_s;
    QTest::newRow("unknown source") << good << u"Query.a"_s << u"t"_s << u"data source"_s;
}

void tst_ScriptedResolvers::badOptions()
{
    QFETCH(QString, schema);
    QFETCH(QString, field);
    QFETCH(QString, source);
    QFETCH(QString, problem);
    m_options.graphQl.schema = schema;
    if (!field.isEmpty())
        m_options.graphQl.resolvers[field] = {answering(u"1"_s), {}, source};
    QVERIFY(!m_emulator->listen(m_options));
    QVERIFY2(m_emulator->problem().contains(problem), qPrintable(m_emulator->problem()));
}

GUILESS_TEST(tst_ScriptedResolvers)
#include "tst_scriptedresolvers.moc"
