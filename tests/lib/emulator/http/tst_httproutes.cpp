// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>
#include <QUuid>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! Publishing over HTTP, and what else the port answers without a WebSocket.
class tst_HttpRoutes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void publishes_data();
    void publishes();
    void refusesPublishes_data();
    void refusesPublishes();
    void reachesSubscribers();
    void tooLargeEventFailsAlone();
    void largestBatchIsAccepted();
    void answersPreflights();
    void letsLocalPagesRead();
    void refusesStrangers_data();
    void refusesStrangers();
    void answersElsewhere_data();
    void answersElsewhere();
    void keepsConnectionsAlive();
    void answersPipelinedRequests();
    void continuesWhenAsked();
    void readsChunks();
    void healthTellsVersionAndState();
    void refusesBadBodies_data();
    void refusesBadBodies();
    void worksOverTls();

private:
    [[nodiscard]] QByteArray key() const
    {
        return "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n";
    }
    [[nodiscard]] QByteArray token() const
    {
        return "Authorization: " + m_emulator.token().toLatin1() + "\r\n";
    }

    Emulator m_emulator;
};

namespace {

QByteArray body(const QString &channel, const QJsonArray &events)
{
    return RawClient::json({{u"channel"_s, channel}, {u"events"_s, events}}).toUtf8();
}

} // namespace

void tst_HttpRoutes::initTestCase()
{
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem()));
}

void tst_HttpRoutes::publishes_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("channel");
    QTest::newRow("API key") << key() << u"default/a"_s;
    QTest::newRow("API key, other case")
        << key().replace("x-api-key", "X-API-KEY") << u"/default/a/"_s;
    QTest::newRow("token") << token() << u"private/a"_s;
    QTest::newRow("Bearer token") << token().replace(": ", ": Bearer ") << u"private/a"_s;
    QTest::newRow("other headers") << key()
            + "accept: application/json, text/javascript\r\ncontent-encoding: "
              "amz-1.0\r\nx-amz-user-agent: a#1\r\n"
                                   << u"default/a"_s;
}

void tst_HttpRoutes::publishes()
{
    QFETCH(QByteArray, headers);
    QFETCH(QString, channel);
    Connection connection(m_emulator.port());
    const HttpAnswer answer =
        connection.ask(post("/event", headers, body(channel, {u"1"_s, u"{}"_s})));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").startsWith("application/json"));
    QVERIFY(!QUuid(QString::fromLatin1(answer.header("x-amzn-RequestId"))).isNull());
    QCOMPARE(answer.header("x-amzn-ErrorType"), "");
    const QJsonArray successful = answer.object().value(u"successful"_s).toArray();
    QCOMPARE(answer.object().value(u"failed"_s), QJsonValue(QJsonArray()));
    QCOMPARE(successful.size(), 2);
    QCOMPARE(successful.at(1).toObject().value(u"index"_s).toInt(), 1);
    QVERIFY(!QUuid(successful.at(1).toObject().value(u"identifier"_s).toString()).isNull());
}

void tst_HttpRoutes::refusesPublishes_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray notAuthorized =
        R"({"errors":[{"errorType":"UnauthorizedException","errorCode":401,"message":"You are not authorized to make this call."}]})";
    const QByteArray forbidden = R"({"errors":[{"errorType":"UnauthorizedException"}]})";
    const auto bad = [](const QByteArray &message) {
        return R"({"errors":[{"errorType":"BadRequestException","message":")" + message + "\"}]}";
    };
    const QByteArray good = body(u"default/a"_s, {u"1"_s});
    QTest::newRow("wrong key") << QByteArray("x-api-key: da2-wrong\r\n") << good << 401
                               << notAuthorized;
    QTest::newRow("no credentials") << QByteArray() << good << 401 << notAuthorized;
    QTest::newRow("opaque token") << QByteArray("Authorization: opaque\r\n") << good << 401
                                  << QByteArray(notAuthorized)
                                         .replace("You are not authorized to make this call.",
                                                  "Unable to parse JWT token.");
    QTest::newRow("expired token")
        << "Authorization: " + m_emulator.tokenFor(u"late"_s, std::chrono::seconds(-1)).toLatin1()
            + "\r\n"
        << good << 401
        << QByteArray(notAuthorized)
               .replace("You are not authorized to make this call.", "Token has expired.");
    QTest::newRow("unknown namespace")
        << key() << body(u"bad/channel"_s, {u"1"_s}) << 403 << forbidden;
    QTest::newRow("namespace for tokens only")
        << key() << body(u"private/a"_s, {u"1"_s}) << 403 << forbidden;
    QTest::newRow("six events") << key()
                                << body(u"default/a"_s,
                                        {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s})
                                << 400 << bad("Input exceeded 5 event limit");
    QTest::newRow("no events") << key() << body(u"default/a"_s, {}) << 400
                               << bad("Events must be an array of 1 to 5 strings");
    QTest::newRow("event not a string")
        << key() << body(u"default/a"_s, {1}) << 400 << bad("Event at index 0 is not a string");
    QTest::newRow("event not JSON") << key() << body(u"default/a"_s, {u"hello"_s}) << 400
                                    << bad("Event at index 0 is not valid JSON");
    QTest::newRow("channel form") << key() << body(u"default/*"_s, {u"1"_s}) << 400
                                  << bad("Invalid Channel Format");
    QTest::newRow("body not JSON")
        << key() << QByteArray("{") << 400 << bad("The body is not a JSON object");
    QTest::newRow("body an array")
        << key() << QByteArray("[]") << 400 << bad("The body is not a JSON object");
    QTest::newRow("no body") << key() << QByteArray() << 400
                             << bad("The body is not a JSON object");
    QTest::newRow("body not UTF-8")
        << key() << QByteArray("{\"channel\":\"default/a\",\"events\":[\"\\\"\xff\\\"\"]}") << 400
        << bad("The body is not a JSON object");
}

void tst_HttpRoutes::refusesPublishes()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(post("/event", headers, body));
    QCOMPARE(answer.status, status);
    QTEST(answer.body, "answer");
    QCOMPARE(answer.header("x-amzn-ErrorType"), answer.errorType().toLatin1());
    QVERIFY(!answer.header("x-amzn-RequestId").isEmpty());
    QTRY_COMPARE(refused.count(), 1);
    const QString line = refused.first().first().toString();
    QVERIFY2(line.startsWith(u"HTTP publish to "_s) && !line.contains(m_emulator.apiKey()),
             qPrintable(line));
}

void tst_HttpRoutes::reachesSubscribers()
{
    WebSocket socket;
    QVERIFY(socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                        {{"x-api-key", m_emulator.apiKey().toLatin1()}}));
    const QJsonObject authorization{{u"x-api-key"_s, m_emulator.apiKey()}};
    socket.send(QJsonObject{{u"type"_s, u"subscribe"_s},
                            {u"id"_s, u"s"_s},
                            {u"channel"_s, u"default/*"_s},
                            {u"authorization"_s, authorization}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    Connection connection(m_emulator.port());
    QCOMPARE(connection
                 .ask(post("/event", key(),
                           body(u"default/a/b"_s, {u"{\"z\":1,\"a\":18446744073709551615}"_s})))
                 .status,
             200);
    QCOMPARE(socket.next(),
             uR"({"id":"s","type":"data","event":"{\"z\":1,\"a\":18446744073709551615}"})"_s);
}

void tst_HttpRoutes::tooLargeEventFailsAlone()
{
    const auto event = [](qsizetype bytes) {
        return u'"' + QString((bytes - 2) / 2, u'ä') + u'"';
    }; // two bytes each
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(
        post("/event", key(), body(u"default/a"_s, {event(245'760), event(245'762), u"1"_s})));
    QCOMPARE(answer.status, 200);
    const QJsonArray successful = answer.object().value(u"successful"_s).toArray();
    QCOMPARE(successful.size(), 2);
    QCOMPARE(successful.at(1).toObject().value(u"index"_s).toInt(), 2);
    const QJsonArray failed = answer.object().value(u"failed"_s).toArray();
    QCOMPARE(failed.size(), 1);
    const QJsonObject entry = failed.first().toObject();
    QCOMPARE(entry.value(u"index"_s).toInt(), 1);
    QCOMPARE(entry.value(u"code"_s).toString(), u"EventTooLargeException"_s);
    QCOMPARE(entry.value(u"message"_s).toString(), u"Transformed event is larger than 240KB"_s);
}

void tst_HttpRoutes::largestBatchIsAccepted()
{
    const QString event = u'"' + QString(245'758, u'\\').replace(u"\\\\"_s, u"\\\""_s) + u'"';
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(
        post("/event", key(), body(u"default/a"_s, {event, event, event, event, event})));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.object().value(u"successful"_s).toArray().size(), 5);

    const HttpAnswer larger = connection.ask(
        post("/event", key(),
             body(u"default/a"_s, {event, event, event, event, QString(event + u' ')})));
    QCOMPARE(larger.status, 400);
    QCOMPARE(larger.errorMessage().toString(), u"Input exceeded 1.2 MB limit"_s);
}

void tst_HttpRoutes::answersPreflights()
{
    Connection connection(m_emulator.port());
    const HttpAnswer answer =
        connection.ask("OPTIONS /event HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                       "http://localhost:5173\r\nAccess-Control-Request-Method: POST\r\n"
                       "Access-Control-Request-Headers: "
                       "content-type,x-api-key,x-amz-user-agent\r\nAccess-Control-Request-Private-"
                       "Network: true\r\n\r\n");
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.header("Access-Control-Allow-Origin"), "http://localhost:5173");
    QVERIFY(answer.header("Access-Control-Allow-Methods").contains("POST"));
    QCOMPARE(answer.header("Access-Control-Allow-Headers"),
             "content-type,x-api-key,x-amz-user-agent");
    QCOMPARE(answer.header("Access-Control-Allow-Private-Network"), "true");
    QCOMPARE(answer.header("Vary"), "Origin");
}

void tst_HttpRoutes::letsLocalPagesRead()
{
    Connection connection(m_emulator.port());
    const QByteArray origin = "Origin: http://localhost:5173\r\n";
    const HttpAnswer good =
        connection.ask(post("/event", key() + origin, body(u"default/a"_s, {u"1"_s})));
    QCOMPARE(good.header("Access-Control-Allow-Origin"), "http://localhost:5173");
    QVERIFY(good.header("Access-Control-Expose-Headers").contains("x-amzn-RequestId"));
    const HttpAnswer bad = connection.ask(post("/event", origin, body(u"default/a"_s, {u"1"_s})));
    QCOMPARE(bad.status, 401);
    QCOMPARE(bad.header("Access-Control-Allow-Origin"), "http://localhost:5173");
    const HttpAnswer none = connection.ask(post("/event", key(), body(u"default/a"_s, {u"1"_s})));
    QCOMPARE(none.header("Access-Control-Allow-Origin"), "");
}

void tst_HttpRoutes::refusesStrangers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("type");
    const QByteArray good = post("/event", key(), body(u"default/a"_s, {u"1"_s}));
    QTest::newRow("Host") << QByteArray(good).replace("Host: localhost", "Host: evil.example")
                          << u"HostNotAllowed"_s;
    QTest::newRow("Origin") << QByteArray(good).replace(
        "Host: localhost", "Host: localhost\r\nOrigin: https://evil.example")
                            << u"OriginNotAllowed"_s;
    QTest::newRow("opaque Origin")
        << QByteArray(good).replace("Host: localhost", "Host: localhost\r\nOrigin: null")
        << u"OriginNotAllowed"_s;
    QTest::newRow("preflight") << QByteArray(
        "OPTIONS /event HTTP/1.1\r\nHost: localhost\r\nOrigin: "
        "https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n")
                               << u"OriginNotAllowed"_s;
}

void tst_HttpRoutes::refusesStrangers()
{
    QFETCH(QByteArray, request);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(request);
    QCOMPARE(answer.status, 403);
    QTEST(answer.errorType(), "type");
    QCOMPARE(answer.header("Access-Control-Allow-Origin"), "");
}

void tst_HttpRoutes::answersElsewhere_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("/") << get("/") << 200;
    QTest::newRow("/health") << get("/health?x") << 200;
    QTest::newRow("HEAD /") << get("/").replace("GET", "HEAD") << 200;
    QTest::newRow("GET /event") << get("/event") << 405;
    QTest::newRow("PUT /event") << get("/event").replace("GET", "PUT") << 405;
    QTest::newRow("POST /") << post("/", {}, "{}") << 400;
    QTest::newRow("PUT /") << post("/", {}, "{}").replace("POST", "PUT") << 405;
    QTest::newRow("absent") << get("/graphiql") << 404;
    QTest::newRow("GET /graphql") << get("/graphql") << 405;
    QTest::newRow("query") << get("/event?x=1") << 405;
}

void tst_HttpRoutes::answersElsewhere()
{
    QFETCH(QByteArray, request);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(request);
    QTEST(answer.status, "status");
    if (answer.status != 200)
        QVERIFY2(!answer.errorMessage().toString().isEmpty(), answer.body.constData());
    if (answer.status == 405)
        QVERIFY(!answer.header("Allow").isEmpty());
}

void tst_HttpRoutes::keepsConnectionsAlive()
{
    Connection connection(m_emulator.port());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(connection.ask(get("/health")).status, 200);
    QCOMPARE(connection.ask(get("/nowhere")).status, 404);
    const HttpAnswer last = connection.ask(get("/health", "Connection: close\r\n"));
    QCOMPARE(last.status, 200);
    QCOMPARE(last.header("Connection"), "close");
    QVERIFY(connection.hasEnded());

    Connection old(m_emulator.port());
    QCOMPARE(old.ask("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").status, 200);
    QVERIFY(old.hasEnded());
}

void tst_HttpRoutes::answersPipelinedRequests()
{
    Connection connection(m_emulator.port());
    connection.write(get("/health") + post("/event", key(), body(u"default/a"_s, {u"1"_s}))
                     + get("/nowhere"));
    QCOMPARE(connection.answer().status, 200);
    QCOMPARE(connection.answer().object().value(u"successful"_s).toArray().size(), 1);
    QCOMPARE(connection.answer().status, 404);
}

void tst_HttpRoutes::continuesWhenAsked()
{
    Connection connection(m_emulator.port());
    const QByteArray request =
        post("/event", key() + "Expect: 100-continue\r\n", body(u"default/a"_s, {u"1"_s}));
    const qsizetype head = request.indexOf("\r\n\r\n") + 4;
    QCOMPARE(connection.ask(request.first(head)).status, 100);
    QCOMPARE(connection.ask(request.sliced(head)).status, 200);
}

void tst_HttpRoutes::readsChunks()
{
    Connection connection(m_emulator.port());
    const QByteArray text = body(u"default/a"_s, {u"1"_s});
    const QByteArray head =
        "POST /event HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + key()
        + "\r\n";
    const auto chunk = [](const QByteArray &bytes) {
        return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
    };
    connection.write(head + chunk(text.first(5)));
    QCOMPARE(connection.ask(chunk(text.sliced(5)) + "0\r\n\r\n").status, 200);
    // Another one on the same connection, and what follows it at once.
    connection.write(head + chunk(text) + "0\r\n\r\n" + get("/health"));
    QCOMPARE(connection.answer().object().value(u"successful"_s).toArray().size(), 1);
    QCOMPARE(connection.answer().status, 200);
}

void tst_HttpRoutes::healthTellsVersionAndState()
{
    Connection connection(m_emulator.port());
    const QJsonObject state = connection.ask(get("/health")).object();
    QCOMPARE(state.value(u"status"_s).toString(), u"ok"_s);
    QCOMPARE(state.value(u"version"_s).toString().count(u'.'), 2);
    QCOMPARE(state.value(u"connections"_s), QJsonValue(0));
}

void tst_HttpRoutes::refusesBadBodies_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("no chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\nx\r\n") << 400;
    QTest::newRow("chunks too large")
        << QByteArray("Transfer-Encoding: chunked\r\n\r\nffffff\r\n") << 413;
    QTest::newRow("compressed chunks") << QByteArray("Transfer-Encoding: gzip, chunked\r\n") << 501;
    QTest::newRow("chunked twice")
        << QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") << 501;
    QTest::newRow("chunked and length")
        << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n") << 400;
    QTest::newRow("two lengths") << QByteArray("Content-Length: 2\r\nContent-Length: 2\r\n") << 400;
    QTest::newRow("negative length") << QByteArray("Content-Length: -2\r\n") << 400;
    QTest::newRow("signed length") << QByteArray("Content-Length: +2\r\n") << 400;
    QTest::newRow("minus nothing") << QByteArray("Content-Length: -0\r\n") << 400;
    QTest::newRow("length in words") << QByteArray("Content-Length: two\r\n") << 400;
    QTest::newRow("beyond 64 bits")
        << QByteArray("Content-Length: 99999999999999999999\r\n") << 400;
    QTest::newRow("9 MB") << QByteArray("Content-Length: 9000000\r\n") << 413;
    QTest::newRow("other expectation")
        << QByteArray("Content-Length: 2\r\nExpect: wonders\r\n") << 417;
    QTest::newRow("two hosts") << QByteArray("Host: localhost\r\n") << 400;
}

void tst_HttpRoutes::refusesBadBodies()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    Connection connection(m_emulator.port());
    const HttpAnswer answer =
        connection.ask("POST /event HTTP/1.1\r\nHost: localhost\r\n" + key() + headers + "\r\n{}");
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.errorMessage().toString().isEmpty());
    QCOMPARE(answer.header("Connection"), "close");
}

void tst_HttpRoutes::worksOverTls()
{
    Emulator emulator;
    Emulator::Options options;
    options.tls = true;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    Connection connection(emulator.port(), emulator.caCertificate());
    QVERIFY(connection.socket().isEncrypted());
    const QByteArray credentials = "x-api-key: " + emulator.apiKey().toLatin1() + "\r\n";
    const QString event = u'"' + QString(200'000, u'x') + u'"';
    QCOMPARE(connection.ask(post("/event", credentials, body(u"default/a"_s, {event}))).status,
             200);
    QCOMPARE(connection.ask(get("/health")).status, 200);
}

GUILESS_TEST(tst_HttpRoutes)
#include "tst_httproutes.moc"
