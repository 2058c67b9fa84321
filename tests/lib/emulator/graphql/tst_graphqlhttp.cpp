// SPDX-License-Identifier: Apache-2.0
#include "graphqlfixture.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync;
using namespace GraphQlFixture;
using namespace Qt::StringLiterals;

//! GraphQL over HTTP: statuses, headers and bodies as the service has them.
class tst_GraphQlHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sampleWorks();
    void resolverErrors();
    void malformed_data();
    void malformed();
    void credentials_data();
    void credentials();
    void headersOfAnswers();
    void otherMethodsAndPaths();
    void operationNames();
    void variables_data();
    void variables();
    void formats_data();
    void formats();
    void subscriptionsAreForTheSocket();
    void queriesAreForHttp();
    void largeAnswersDelayNobody();
    void aDocumentThatUnfoldsIsStopped();
    void aDocumentThatIsDeepIsRefused();
    void invalidDocuments_data();
    void invalidDocuments();

private:
    std::unique_ptr<Emulator> m_emulator;
};

void tst_GraphQlHttp::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY(m_emulator->listen());
}

void tst_GraphQlHttp::sampleWorks()
{
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"{ messages(room: \"a\") { id } }"_s), R"({"data":{"messages":[]}})");
    const QJsonObject sent =
        QJsonDocument::fromJson(
            client.ask(u"mutation M($b: String!) { sendMessage(room: \"a\", body: $b) "
                       "{ id createdAt author } }"_s,
                       {{u"b"_s, u"grüße 😀"_s}}))
            .object()
            .value("data"_L1)
            .toObject()
            .value("sendMessage"_L1)
            .toObject();
    const QString id = sent.value("id"_L1).toString();
    QVERIFY(!id.isEmpty());
    QVERIFY(sent.value("author"_L1).isNull());
    QVERIFY(
        QDateTime::fromString(sent.value("createdAt"_L1).toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(
        client.ask(u"query($id: ID!) { m: message(id: $id) { b: body room } }"_s, {{u"id"_s, id}}),
        QByteArray(R"({"data":{"m":{"b":"grüße 😀","room":"a"}}})"));
    QCOMPARE(client.ask(u"{ message(id: \"nobody\") { id } }"_s), R"({"data":{"message":null}})");
    for (int i = 0; i < 3; ++i)
        client.ask(u"mutation { sendMessage(room: \"b\", body: \"%1\") { id } }"_s.arg(i));
    QCOMPARE(client.ask(u"{ messages(room: \"b\", limit: 2) { body } }"_s),
             R"({"data":{"messages":[{"body":"1"},{"body":"2"}]}})");
}

void tst_GraphQlHttp::resolverErrors()
{
    Client client(*m_emulator);
    QCOMPARE(client.ask(u"mutation {\n  x: fail(message: \"so be it\") { id }\n}"_s),
             R"({"data":{"x":null},"errors":[{"path":["x"],"data":null,"errorType":null,)"
             R"("errorInfo":null,"locations":[{"line":2,"column":3,"sourceName":null}],)"
             R"("message":"so be it"}]})");
}

void tst_GraphQlHttp::malformed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("message");

    const QByteArray unparseable("Unable to parse GraphQL query.");
    QTest::newRow("empty") << QByteArray() << QByteArray("Request body is empty.");
    QTest::newRow("blank") << QByteArray(" \n") << QByteArray("Request body is empty.");
    QTest::newRow("text") << QByteArray("meow") << unparseable;
    QTest::newRow("empty object") << QByteArray("{}") << unparseable;
    QTest::newRow("a brace too many") << QByteArray("{}}") << unparseable;
    QTest::newRow("array") << QByteArray("[]") << unparseable;
    QTest::newRow("syntax error") << request(u"{ messages( }"_s) << unparseable;
    QTest::newRow("query is no text") << QByteArray(R"({"query":7})") << unparseable;
    QTest::newRow("fragments only")
        << request(u"fragment F on Query { __typename }"_s) << unparseable;
    QTest::newRow("definitions only") << request(u"type Query { a: Int }"_s) << unparseable;
}

void tst_GraphQlHttp::malformed()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, message);
    const RawClient::HttpAnswer answer = Client(*m_emulator).post(body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body,
             R"({"errors":[{"errorType":"MalformedHttpRequestException","message":")" + message
                 + "\"}]}");
}

void tst_GraphQlHttp::credentials_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("message");

    const QByteArray wrong("You are not authorized to make this call.");
    QTest::newRow("none") << QByteArray() << QByteArray("Valid authorization header not provided.");
    QTest::newRow("wrong key") << QByteArray("x-api-key: da2-wrong\r\n") << wrong;
    QTest::newRow("no token") << QByteArray("Authorization: meow\r\n")
                              << QByteArray("Unable to parse JWT token.");
    QTest::newRow("expired token")
        << QByteArray("Authorization: $expired\r\n") << QByteArray("Token has expired.");
}

void tst_GraphQlHttp::credentials()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, message);
    header.replace("$expired", m_emulator->tokenFor(u"a"_s, std::chrono::seconds(-5)).toUtf8());
    RawClient::Connection connection(m_emulator->port());
    const RawClient::HttpAnswer answer =
        connection.ask(RawClient::post("/graphql", header, request(u"{ __typename }"_s)));
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.body,
             R"({"errors":[{"errorType":"UnauthorizedException","message":")" + message + "\"}]}");
    QCOMPARE(answer.header("x-amzn-ErrorType"), "UnauthorizedException");
}

void tst_GraphQlHttp::headersOfAnswers()
{
    Client client(*m_emulator);
    const RawClient::HttpAnswer good = client.post(request(u"{ __typename }"_s));
    QCOMPARE(good.body, R"({"data":{"__typename":"Query"}})");
    QVERIFY(!good.header("x-amzn-RequestId").isEmpty());
    QVERIFY(good.header("x-amzn-ErrorType").isEmpty());
    QVERIFY(good.header("Content-Type").startsWith("application/json"));
    const RawClient::HttpAnswer bad = client.post("meow");
    QCOMPARE(bad.header("x-amzn-ErrorType"), "MalformedHttpRequestException");
    // A document alone, as application/graphql has it.
    QCOMPARE(client.post("{ __typename }").body, R"({"data":{"__typename":"Query"}})");
}

void tst_GraphQlHttp::otherMethodsAndPaths()
{
    RawClient::Connection connection(m_emulator->port());
    QCOMPARE(connection.ask(RawClient::get("/graphql")).status, 405);
    QCOMPARE(connection.ask(RawClient::get("/graphql/realtime")).status, 426);
    QCOMPARE(connection.ask(RawClient::post("/graphql/other", {}, "{}")).status, 404);
    const RawClient::HttpAnswer preflight = connection.ask(
        "OPTIONS /graphql HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n"
        "Access-Control-Request-Method: POST\r\n\r\n");
    QCOMPARE(preflight.status, 204);
    QCOMPARE(preflight.header("Access-Control-Allow-Methods"), "POST, OPTIONS");
}

void tst_GraphQlHttp::operationNames()
{
    Client client(*m_emulator);
    const QString two = u"query A { a: __typename } query B { b: __typename }"_s;
    QCOMPARE(client.post(compact({{u"query"_s, two}, {u"operationName"_s, u"B"_s}})).body,
             R"({"data":{"b":"Query"}})");
    QVERIFY(client.ask(two).contains("Must provide operation name"));
    QVERIFY(client.post(compact({{u"query"_s, two}, {u"operationName"_s, u"C"_s}}))
                .body.contains("Unknown operation named 'C'."));
}

void tst_GraphQlHttp::variables_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QJsonObject>("variables");
    QTest::addColumn<QByteArray>("message");

    QTest::newRow("missing") << u"query($r: String!) { messages(room: $r) { id } }"_s
                             << QJsonObject()
                             << QByteArray("Variable 'r' has coerced Null value for NonNull type "
                                           "'String!'");
    QTest::newRow("null") << u"query($r: String!) { messages(room: $r) { id } }"_s
                          << QJsonObject{{u"r"_s, QJsonValue()}}
                          << QByteArray("Variable 'r' has coerced Null value for NonNull type "
                                        "'String!'");
    QTest::newRow("a text for a number")
        << u"query($n: Int) { messages(room: \"a\", limit: $n) { id } }"_s
        << QJsonObject{{u"n"_s, u"7"_s}}
        << QByteArray("Variable 'n' has an invalid value. Expected type 'Int' but was 'String'.");
    QTest::newRow("a number that is too large")
        << u"query($n: Int) { messages(room: \"a\", limit: $n) { id } }"_s
        << QJsonObject{{u"n"_s, 3e9}}
        << QByteArray("Variable 'n' has an invalid value. Expected type 'Int' but was 'Number'.");
}

void tst_GraphQlHttp::variables()
{
    QFETCH(QString, document);
    QFETCH(QJsonObject, variables);
    QFETCH(QByteArray, message);
    const QByteArray body = Client(*m_emulator).ask(document, variables);
    QCOMPARE(body,
             R"({"data":null,"errors":[{"path":null,"locations":[{"line":1,"column":7,)"
             R"("sourceName":null}],"message":")"
                 + message + "\"}]}");
}

void tst_GraphQlHttp::formats_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("good");
    QTest::addColumn<QString>("bad");
    QTest::newRow("AWSDate") << u"AWSDate"_s << u"2026-02-28Z"_s << u"2026-02-30"_s;
    QTest::newRow("AWSTime") << u"AWSTime"_s << u"12:30:00.123+01:00"_s << u"25:00"_s;
    QTest::newRow("AWSDateTime") << u"AWSDateTime"_s << u"2026-02-28T12:30:00Z"_s
                                 << u"2026-02-28T12:30:00"_s;
    QTest::newRow("AWSEmail") << u"AWSEmail"_s << u"a@example.org"_s << u"a at example.org"_s;
    QTest::newRow("AWSJSON") << u"AWSJSON"_s << uR"({"a":1})"_s << u"{a}"_s;
    QTest::newRow("AWSURL") << u"AWSURL"_s << u"https://example.org/"_s << u"example"_s;
    QTest::newRow("AWSPhone") << u"AWSPhone"_s << u"+44 20 7946 0000"_s << u"none"_s;
    QTest::newRow("AWSIPAddress") << u"AWSIPAddress"_s << u"192.168.1.0/24"_s << u"192.168.1.300"_s;
}

//! Of literals, of variables, and of the fields of input objects in either.
void tst_GraphQlHttp::formats()
{
    QFETCH(QString, type);
    QFETCH(QString, good);
    QFETCH(QString, bad);
    Emulator::Options options;
    options.graphQl.schema =
        u"input In { x: [%1] } type Query { at(x: %1, in: In, n: AWSTimestamp): Int }"_s.arg(type);
    m_emulator->close();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    Client client(*m_emulator);
    const auto ask = [&](const QString &text) {
        const QString literal = QString::fromUtf8(compact({{u"t"_s, text}})).sliced(5).chopped(1);
        return QByteArrayList{
            client.ask(u"{ at(x: %1) }"_s.arg(literal)),
            client.ask(u"{ at(in: {x: [%1]}) }"_s.arg(literal)),
            client.ask(u"query($x: %1) { at(x: $x) }"_s.arg(type), {{u"x"_s, text}}),
            client.ask(u"query($in: In) { at(in: $in) }"_s,
                       {{u"in"_s, QJsonObject{{u"x"_s, text}}}})};
    };
    for (const QByteArray &answer : ask(good))
        QCOMPARE(answer, R"({"data":{"at":null}})");
    for (const QByteArray &answer : ask(bad))
        QVERIFY2(answer.contains("as a valid " + type.toUtf8()), answer);
    QCOMPARE(client.ask(u"{ at(n: 1714557600) }"_s), R"({"data":{"at":null}})");
    QVERIFY(client.ask(u"{ at(n: \"now\") }"_s).contains("AWSTimestamp"));
}

void tst_GraphQlHttp::subscriptionsAreForTheSocket()
{
    const RawClient::HttpAnswer answer =
        Client(*m_emulator).post(request(u"subscription { onMessage { id } }"_s));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body,
             R"({"errors":[{"errorType":"BadRequestException",)"
             R"("message":"Subscriptions over MQTT is not supported."}]})");
}

void tst_GraphQlHttp::queriesAreForHttp()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(
        client.start(u"1"_s, u"{ __typename }"_s),
        uR"({"type":"error","id":"1","payload":{"errors":[{"errorType":"UnsupportedOperation",)"
        uR"("message":" not supported through the realtime channel"}]}})"_s);
}

void tst_GraphQlHttp::largeAnswersDelayNobody()
{
    Client client(*m_emulator);
    const QString body(2'000, u'x');
    for (int i = 0; i < 500; ++i)
        client.ask(u"mutation($b: String!) { sendMessage(room: \"a\", body: $b) { id } }"_s,
                   {{u"b"_s, body}});
    QString fields;
    for (int i = 0; i < 10; ++i)
        fields += u" f%1: body"_s.arg(i);
    Client other(*m_emulator);
    RawClient::Connection http(m_emulator->port());
    const QByteArray large = request(u"{ messages(room: \"a\") {"_s + fields + u" } }"_s);
    http.write(
        RawClient::post("/graphql", "x-api-key: " + m_emulator->apiKey().toUtf8() + "\r\n", large));
    // Both are asked at once; the small one does not wait for ten megabytes to be made.
    QElapsedTimer age;
    age.start();
    QCOMPARE(other.ask(u"{ __typename }"_s), R"({"data":{"__typename":"Query"}})");
    const RawClient::HttpAnswer answer = http.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.size() > 10'000'000, qPrintable(QString::number(answer.body.size())));
    qInfo() << "10 MB in" << age.elapsed() << "ms";
}

void tst_GraphQlHttp::aDocumentThatUnfoldsIsStopped()
{
    // `ofType` of a type is a type: each level is ten times as large as the one above.
    QString document = u"{ __type(name: \"__Type\") { ...F0 } }"_s;
    for (int i = 0; i < 12; ++i) {
        document += u" fragment F%1 on __Type {"_s.arg(i);
        for (int alias = 0; alias < 10; ++alias)
            document += u" a%1: fields { type { ...F%2 } }"_s.arg(alias).arg(i + 1);
        document += u" }"_s;
    }
    document += u" fragment F12 on __Type { name }"_s;
    RawClient::Connection http(m_emulator->port());
    http.write(RawClient::post("/graphql", "x-api-key: " + m_emulator->apiKey().toUtf8() + "\r\n",
                               request(document)));
    QCOMPARE(Client(*m_emulator).ask(u"{ __typename }"_s), R"({"data":{"__typename":"Query"}})");
    RawClient::HttpAnswer answer;
    for (int i = 0; i < 6 && answer.status == 0; ++i) // slow where the compiler helped little
        answer = http.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.startsWith(R"({"data":null,"errors":[)"), answer.body.left(300));
    QVERIFY2(answer.body.contains("has more than"), answer.body.left(300));
}

void tst_GraphQlHttp::aDocumentThatIsDeepIsRefused()
{
    // Fragments within fragments: no single one of them is nested deeply.
    QString document = u"{ __schema { types { ...F0 } } }"_s;
    for (int i = 0; i < 160; ++i)
        document += u" fragment F%1 on __Type { %2...F%3 name%4 }"_s.arg(i)
                        .arg(u"ofType { "_s.repeated(180))
                        .arg(i + 1)
                        .arg(u" }"_s.repeated(180));
    document += u" fragment F160 on __Type { name }"_s;
    const QByteArray answer = Client(*m_emulator).ask(document);
    QVERIFY2(answer.startsWith(R"({"data":null,"errors":[)"), answer.left(300));
    const QByteArray cycle =
        Client(*m_emulator)
            .ask(u"{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"_s);
    QVERIFY2(cycle.contains("Validation error of type FragmentCycle: Fragment cycles not allowed"),
             cycle);
}

void tst_GraphQlHttp::invalidDocuments_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QByteArray>("message"); // behind "Validation error of type "
    const auto row = [](const char *document, const char *message) {
        QTest::newRow(document) << QString::fromLatin1(document) << QByteArray(message);
    };
    row("{badfield}", "FieldUndefined: Field 'badfield' in type 'Query' is undefined @ 'badfield'");
    row("{ messages(room: \"a\") { x } }",
        "FieldUndefined: Field 'x' in type 'Message' is undefined @ 'messages/x'");
    row("{ message(id: 1) }",
        "SubSelectionRequired: Sub selection required for type Message of field message @ "
        "'message'");
    row("{ message(id: 1) { id { x } } }",
        "SubSelectionNotAllowed: Sub selection not allowed on leaf type ID! of field id @ "
        "'message/id'");
    row("{ messages { id } }", "MissingFieldArgument: Missing field argument room @ 'messages'");
    row("{ message(id: 1, x: 2) { id } }", "UnknownArgument: Unknown field argument x @ 'message'");
    row("{ messages(room: 7) { id } }",
        "WrongType: argument 'room' with value 'IntValue{value=7}' is not a valid 'String' @ "
        "'messages'");
    row("{ messages(room: null) { id } }",
        "WrongType: argument 'room' with value 'NullValue{}' must not be null @ 'messages'");
    row("query Q($a: Int) { __typename }", "UnusedVariable: Unused variable a");
    row("{ message(id: $a) { id } }", "UndefinedVariable: Undefined variable a @ 'message'");
    row("query Q($a: String) { messages(room: $a) { id } }",
        "VariableTypeMismatch: Variable type doesn't match @ 'messages'");
    row("query Q($a: Foo) { messages(room: $a) { id } }", "UnknownType: Unknown type Foo");
    row("{ ...F }", "UndefinedFragment: Undefined fragment F");
    row("{ __typename } fragment F on Query { __typename }", "UnusedFragment: Unused fragment F");
    row("{ __typename @nope }", "UnknownDirective: Unknown directive nope @ '__typename'");
    row("{ __typename @skip }",
        "MissingDirectiveArgument: Missing directive argument if @ '__typename'");
    row("query A { __typename } query A { __typename }",
        "DuplicateOperationName: There can be only one operation named 'A'");
}

void tst_GraphQlHttp::invalidDocuments()
{
    QFETCH(QString, document);
    QFETCH(QByteArray, message);
    const QByteArray answer = Client(*m_emulator).ask(document);
    QVERIFY2(answer.startsWith(
                 R"({"data":null,"errors":[{"path":null,"locations":[{"line":1,"column":)"),
             answer);
    QVERIFY2(answer.contains("\"message\":\"Validation error of type " + message + "\"}"), answer);
}

GUILESS_TEST(tst_GraphQlHttp)
#include "tst_graphqlhttp.moc"
