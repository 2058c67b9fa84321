// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;

//! `graphql` and `schema` against the emulator's sample schema.
class TestGraphQlCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void query();
    void variables();
    void documentsOfFilesAndInput();
    void bytesArePassedOn();
    void fieldErrors();
    void validationErrors();
    void syntaxErrors();
    void uncheckedDocuments();
    void choosesTheOperation();
    void wrongVariables();
    void subscriptionSeesTheMutation();
    void twoSubscriptionsOnOneConnection();
    void argumentsFilter();
    void savesAll();
    void savesNowhere();
    void refusedSubscription();
    void wrongKey();
    void wrongService();
    void usageErrors_data();
    void usageErrors();
    void pretty();
    void interrupted();
    void warnsOfSilentFailures();
    void checksAgainstASchema();
    void badSchemas();
    void schema();
    void schemaAsJson();

private:
    void prepare(CliProcess &cli) const
    {
        cli.useEmulator(*m_emulator);
        cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, graphQlUrl());
    }
    [[nodiscard]] QString graphQlUrl() const
    {
        return u"http://127.0.0.1:%1/graphql"_s.arg(m_emulator->port());
    }
    [[nodiscard]] static QJsonObject line(const CliProcess &cli, int index)
    {
        return QJsonDocument::fromJson(cli.output().split('\n').value(index)).object();
    }
    [[nodiscard]] QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    }

    QTemporaryDir m_folder;
};

namespace {

const QString kSend = u"mutation Send($room: String!, $body: String!) "
                      "{ sendMessage(room: $room, body: $body) { id room body } }"_s;

} // namespace

void TestGraphQlCommand::query()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"graphql"_s, u"query Type { __typename }"_s}), 0);
    QCOMPARE(line(cli, 0).value("kind"_L1).toString(), u"data"_s);
    QCOMPARE(line(cli, 0).value("operation"_L1).toString(), u"Type"_s);
    QCOMPARE(line(cli, 0).value("data"_L1).toObject(),
             (QJsonObject{{u"__typename"_s, u"Query"_s}}));
    QCOMPARE(line(cli, 0).value("errors"_L1).toArray(), QJsonArray());
    QCOMPARE(line(cli, 1).value("kind"_L1).toString(), u"end"_s);
    QCOMPARE(line(cli, 1).value("received"_L1).toInt(), 1);
}

void TestGraphQlCommand::variables()
{
    CliProcess cli;
    prepare(cli);
    // The declared type wins, and what follows the first colon belongs to the value.
    QCOMPARE(cli.run({u"gql"_s, kSend, u"-V"_s, u"room:42"_s, u"-V"_s, u"body:a:b"_s}), 0);
    const QJsonObject message =
        line(cli, 0).value("data"_L1).toObject().value("sendMessage"_L1).toObject();
    QCOMPARE(message.value("room"_L1).toString(), u"42"_s);
    QCOMPARE(message.value("body"_L1).toString(), u"a:b"_s);
    CliProcess other;
    prepare(other);
    QCOMPARE(other.run({u"gql"_s, kSend, u"--variables"_s, u"{\"room\":\"x\",\"body\":\"y\"}"_s,
                        u"-V"_s, u"body:z"_s}),
             0);
    QVERIFY2(other.output().contains(R"("room":"x")"), other.output());
    QVERIFY2(other.output().contains(R"("body":"z")"), other.output());
}

void TestGraphQlCommand::documentsOfFilesAndInput()
{
    const QString file = write(u"send.graphql"_s, kSend.toUtf8());
    CliProcess cli;
    prepare(cli);
    QCOMPARE(
        cli.run({u"gql"_s, u"@"_s + file, u"-"_s, u"-V"_s, u"room:lobby"_s, u"-V"_s, u"body:hi"_s},
                "query Read($room: String!) { messages(room: $room) { body } }"),
        0);
    QCOMPARE(line(cli, 0).value("operation"_L1).toString(), u"Send"_s);
    QCOMPARE(line(cli, 1).value("operation"_L1).toString(), u"Read"_s);
    QVERIFY2(cli.output().contains(R"("messages":[{"body":"hi"}])"), cli.output());
    CliProcess missing;
    prepare(missing);
    QCOMPARE(missing.run({u"gql"_s, u"@"_s + m_folder.filePath(u"none"_s)}), 9);
    QVERIFY2(missing.errors().contains("Cannot read"), missing.errors());
}

void TestGraphQlCommand::bytesArePassedOn()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, kSend, u"-V"_s, u"room:r"_s, u"-V"_s,
                      u"body:\"\\u00e4 12345678901234567890\""_s, u"-o"_s, u"raw"_s}),
             0);
    QVERIFY2(cli.output().startsWith("{\"data\":{\"sendMessage\":"), cli.output());
    QVERIFY2(cli.output().contains("ä 12345678901234567890"), cli.output());
}

void TestGraphQlCommand::fieldErrors()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"mutation { fail(message: \"not today\") { id } }"_s}), 6);
    const QJsonObject result = line(cli, 0);
    QCOMPARE(result.value("data"_L1).toObject(), (QJsonObject{{u"fail"_s, QJsonValue()}}));
    QCOMPARE(result.value("errors"_L1).toArray().first().toObject().value("message"_L1).toString(),
             u"not today"_s);
    QCOMPARE(line(cli, 1).value("exit"_L1).toInt(), 6);
}

void TestGraphQlCommand::validationErrors()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"query Wrong { nothing }"_s}), 5);
    QVERIFY2(cli.errors().contains("FieldUndefined"), cli.errors());
    QVERIFY2(cli.errors().contains("Wrong"), cli.errors());
}

void TestGraphQlCommand::syntaxErrors()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"query {\n  a(\n}"_s}), 5);
    QVERIFY2(cli.errors().contains("3:1"), cli.errors());
    QVERIFY2(cli.errors().contains("Syntax Error"), cli.errors());
    QVERIFY(cli.output().isEmpty());
}

void TestGraphQlCommand::uncheckedDocuments()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"query { a("_s, u"--no-check"_s}), 5);
    QVERIFY2(cli.errors().contains("Unable to parse GraphQL query"), cli.errors());
}

void TestGraphQlCommand::choosesTheOperation()
{
    const QString two = u"query A { __typename } query B { message(id: \"none\") { id } }"_s;
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, two, u"--operation-name"_s, u"B"_s}), 0);
    QVERIFY2(cli.output().contains(R"("data":{"message":null})"), cli.output());
    CliProcess undecided;
    prepare(undecided);
    QCOMPARE(undecided.run({u"gql"_s, two}), 2);
    QVERIFY2(undecided.errors().contains("A, B"), undecided.errors());
    CliProcess unknown;
    prepare(unknown);
    QCOMPARE(unknown.run({u"gql"_s, two, u"--operation-name"_s, u"C"_s}), 2);
    QVERIFY2(unknown.errors().contains("A, B"), unknown.errors());
}

void TestGraphQlCommand::wrongVariables()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, kSend, u"-V"_s, u"romo:x"_s}), 5);
    QVERIFY2(cli.errors().contains("$romo"), cli.errors());
    CliProcess missing;
    prepare(missing);
    QCOMPARE(missing.run({u"gql"_s, kSend, u"-V"_s, u"room:x"_s}), 5);
    QVERIFY2(missing.errors().contains("body"), missing.errors());
}

void TestGraphQlCommand::subscriptionSeesTheMutation()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"subscription On { onMessage { room body } }"_s, kSend, u"-V"_s,
                      u"room:lobby"_s, u"-V"_s, u"body:hello"_s, u"-n"_s, u"1"_s}),
             0);
    QVERIFY2(cli.errors().contains("subscribed to On"), cli.errors());
    QVERIFY2(
        cli.output().contains(
            R"("operation":"On","data":{"onMessage":{"room":"lobby","body":"hello"}},"errors":[])"),
        cli.output());
    QVERIFY2(cli.output().contains(R"("operation":"Send","data":{"sendMessage":{)"), cli.output());
}

void TestGraphQlCommand::twoSubscriptionsOnOneConnection()
{
    CliProcess cli;
    prepare(cli);
    cli.start({u"gql"_s, u"subscription A { onMessage(room: \"a\") { body } }"_s,
               u"subscription B { onMessage { body } }"_s, u"-n"_s, u"3"_s});
    QVERIFY(cli.waitForError("subscribed to A"));
    QVERIFY(cli.waitForError("subscribed to B"));
    QCOMPARE(m_emulator->connectionCount(), 1);
    for (const QString &room : {u"a"_s, u"b"_s}) {
        CliProcess sender;
        prepare(sender);
        QCOMPARE(sender.run({u"gql"_s, kSend, u"-V"_s, u"room:"_s + room, u"-V"_s, u"body:x"_s}),
                 0);
    }
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output().count(R"("operation":"A")"), 1);
    QCOMPARE(cli.output().count(R"("operation":"B")"), 2);
}

void TestGraphQlCommand::argumentsFilter()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(
        cli.run({u"gql"_s, u"subscription On($room: String) { onMessage(room: $room) { room } }"_s,
                 u"mutation { sendMessage(room: \"other\", body: \"1\") { room } }"_s,
                 u"mutation { sendMessage(room: \"mine\", body: \"2\") { room } }"_s, u"-V"_s,
                 u"room:mine"_s, u"-n"_s, u"1"_s}),
        0);
    QVERIFY2(cli.output().contains(R"("data":{"onMessage":{"room":"mine"}})"), cli.output());
    QVERIFY2(!cli.output().contains(R"("onMessage":{"room":"other"})"), cli.output());
}

//! Both ways are recorded, whatever is printed, and no key with them.
void TestGraphQlCommand::savesAll()
{
    const QString path = m_folder.filePath(u"all.ssc"_s);
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"subscription On { onMessage { body } }"_s, kSend, u"-V"_s,
                      u"room:lobby"_s, u"-V"_s, u"body:kept"_s, u"-n"_s, u"1"_s, u"-o"_s, u"raw"_s,
                      u"--save"_s, path}),
             0);
    QVERIFY2(cli.errors().contains("saved "), cli.errors());
    CliProcess cat;
    QCOMPARE(cat.run({u"capture"_s, u"cat"_s, path}), 0);
    for (const char *part : {R"("kind":"request")", R"("kind":"data")", R"("sub":"On")", "kept"})
        QVERIFY2(cat.output().contains(part), cat.output());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(m_emulator->apiKey().toUtf8()));
    CliProcess found;
    QCOMPARE(found.run({u"capture"_s, u"cat"_s, path, u"--filter"_s,
                        u"kind == \"data\" && event.onMessage.body == \"kept\""_s}),
             0);
    QVERIFY2(found.output().count(R"("kind":"data")") == 1, found.output());
}

void TestGraphQlCommand::savesNowhere()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"{ __typename }"_s, u"--save"_s,
                      m_folder.filePath(u"no/such/folder.ssc"_s)}),
             9);
    QVERIFY2(cli.errors().contains("folder.ssc"), cli.errors());
}

void TestGraphQlCommand::refusedSubscription()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"subscription Bad { onNothing { id } }"_s}), 5);
    QVERIFY2(cli.errors().contains("Bad"), cli.errors());
    QVERIFY2(cli.errors().contains("onNothing"), cli.errors());
}

void TestGraphQlCommand::wrongKey()
{
    CliProcess cli;
    prepare(cli);
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(cli.run({u"gql"_s, u"{ __typename }"_s}), 4);
    QVERIFY(!cli.errors().contains("da2-wrong"));
    CliProcess live;
    prepare(live);
    live.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(live.run({u"gql"_s, u"subscription { onMessage { id } }"_s}), 4);
}

void TestGraphQlCommand::wrongService()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"gql"_s, u"{ __typename }"_s}), 2);
    QVERIFY2(cli.errors().contains("Events API"), cli.errors());
    CliProcess other;
    prepare(other);
    QCOMPARE(other.run({u"sub"_s, u"default/a"_s}), 2);
    QVERIFY2(other.errors().contains("GraphQL API"), other.errors());
}

void TestGraphQlCommand::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no document") << QStringList() << QByteArray("wants a document");
    QTest::newRow("bad variables")
        << QStringList{u"{a}"_s, u"--variables"_s, u"[1]"_s} << QByteArray("JSON object");
    QTest::newRow("bad variable") << QStringList{u"{a}"_s, u"-V"_s, u"x"_s}
                                  << QByteArray("name:value");
    QTest::newRow("useless bound")
        << QStringList{u"{a}"_s, u"-n"_s, u"1"_s} << QByteArray("bounds a subscription");
    QTest::newRow("input twice") << QStringList{u"-"_s, u"-"_s} << QByteArray("once only");
}

void TestGraphQlCommand::usageErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run(QStringList{u"gql"_s} + arguments), 2);
    QVERIFY2(cli.errors().contains(words), cli.errors());
}

void TestGraphQlCommand::pretty()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"mutation Broken { fail(message: \"not today\") { id } }"_s,
                      u"-o"_s, u"pretty"_s, u"--ts"_s, u"none"_s}),
             6);
    QVERIFY2(cli.output().contains("Broken  {\"fail\": null}\n"), cli.output());
    QVERIFY2(cli.output().contains("  error "), cli.output());
    QVERIFY2(cli.output().contains("not today"), cli.output());
}

void TestGraphQlCommand::interrupted()
{
#ifdef Q_OS_UNIX
    CliProcess cli;
    prepare(cli);
    cli.start({u"gql"_s, u"subscription { onMessage { id } }"_s});
    QVERIFY(cli.waitForError("subscribed to subscription"));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
    QVERIFY2(cli.output().contains(R"("kind":"end")"), cli.output());
#else
    QSKIP("Signals are of Unix");
#endif
}

void TestGraphQlCommand::warnsOfSilentFailures()
{
    CliProcess cli;
    prepare(cli);
    const QString subscription =
        u"subscription On($room: String) { onMessage(room: $room) { id author } }"_s;
    const QString schema = write(u"chat.graphql"_s, R"(
        type Message { id: ID! room: String! body: String! author: String createdAt: AWSDateTime! }
        type Query { messages(room: String!, limit: Int): [Message!]! }
        type Mutation { sendMessage(room: String!, body: String!, author: String): Message }
        type Subscription {
            onMessage(room: String): Message @aws_subscribe(mutations: ["sendMessage"])
        })");
    QCOMPARE(cli.run({u"gql"_s, subscription, kSend, u"-V"_s, u"room:lobby"_s, u"-V"_s,
                      u"body:hello"_s, u"--schema"_s, schema, u"--for"_s, u"100ms"_s}),
             0);
    QCOMPARE(cli.errors().count("warning: "), 1);
    QVERIFY2(
        cli.errors().contains(
            "warning: On 1:62: onMessage selects \"author\", which the mutation sendMessage does "
            "not. Subscribers get what the mutation selects, so it arrives as null."),
        cli.errors());
    QCOMPARE(cli.run({u"gql"_s, subscription, u"--variables"_s, u"{\"room\":null}"_s, u"--for"_s,
                      u"100ms"_s}),
             0);
    QCOMPARE(cli.errors().count("The argument \"room\" of onMessage is null"), 1);
    QVERIFY2(cli.errors().contains("No argument of onMessage has a value"), cli.errors());
    QCOMPARE(cli.run({u"gql"_s, subscription, u"-q"_s, u"--for"_s, u"100ms"_s}), 0);
    QCOMPARE(cli.errors(), QByteArray());
}

void TestGraphQlCommand::checksAgainstASchema()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"schema"_s}), 0);
    const QString schema = write(u"printed.graphql"_s, cli.output());
    QCOMPARE(cli.run({u"gql"_s, u"{ mesages(room: \"x\") { id } }"_s, u"--schema"_s, schema}), 5);
    QVERIFY2(cli.errors().contains("does not fit the schema: 1:3: "), cli.errors());
    QVERIFY2(cli.errors().contains("Did you mean \"messages\""), cli.errors());
    QCOMPARE(cli.output(), QByteArray());
    QCOMPARE(cli.run({u"schema"_s, u"--format"_s, u"json"_s}), 0);
    const QString json = write(u"printed.json"_s, cli.output());
    QCOMPARE(cli.run({u"gql"_s, u"{ messages(room: \"x\") { id } }"_s, u"--schema"_s, json}), 0);
}

void TestGraphQlCommand::badSchemas()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"gql"_s, u"{ a }"_s, u"--schema"_s, u"/nosuch/file"_s}), 9);
    QVERIFY2(cli.errors().contains("Cannot read /nosuch/file"), cli.errors());
    const QString bad = write(u"bad.graphql"_s, "type {");
    QCOMPARE(cli.run({u"gql"_s, u"{ a }"_s, u"--schema"_s, bad}), 9);
    QVERIFY2(cli.errors().contains("is no schema: 1:6: Syntax Error"), cli.errors());
}

void TestGraphQlCommand::schema()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"schema"_s}), 0);
    QVERIFY2(cli.output().contains("type Message {"), cli.output());
    QVERIFY2(cli.output().contains("createdAt: AWSDateTime!"), cli.output());
    QVERIFY2(cli.output().contains("type Subscription {"), cli.output());
    QVERIFY(cli.output().endsWith('\n') && !cli.output().endsWith("\n\n"));
    CliProcess bad;
    prepare(bad);
    QCOMPARE(bad.run({u"schema"_s, u"--format"_s, u"xml"_s}), 2);
}

void TestGraphQlCommand::schemaAsJson()
{
    CliProcess cli;
    prepare(cli);
    QCOMPARE(cli.run({u"schema"_s, u"--format"_s, u"json"_s}), 0);
    const QJsonObject schema =
        QJsonDocument::fromJson(cli.output()).object().value("__schema"_L1).toObject();
    QCOMPARE(schema.value("queryType"_L1).toObject().value("name"_L1).toString(), u"Query"_s);
}

GUILESS_TEST(TestGraphQlCommand)
#include "tst_graphqlcommand.moc"
