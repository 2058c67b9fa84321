// SPDX-License-Identifier: Apache-2.0
#include "manualauthorizer.h"
#include "scriptedgraphql.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Frame>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

//! Queries and mutations over HTTP: what is sent, what comes back, and every way in which it can fail.
class tst_GraphQlExecution : public QObject, public ScriptedGraphQl {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void sendsTheDocumentAsItIs();
    void variablesAreSentByteForByte();
    void optionsAreSent();
    void answerIsTyped();
    void errorsBesideDataAreNoError();
    void nothingExecutedIsAnError();
    void dataNullAloneIsAnAnswer();
    void refusals_data();
    void refusals();
    void brokenAnswers_data();
    void brokenAnswers();
    void answerThatBreaksOff();
    void nobodyAnswers();
    void answerOfTenMegabytes();
    void answerTooLong();
    void badInputIsNotSent();
    void badInputIsSentOnDemand();
    void timesOut();
    void timesOutForWantOfCredentials();
    void personIsWaitedFor();
    void abortTellsWhatIsUnknown();
    void newCredentialsAreTriedOnce();
    void authorizers();
    void discardCancels();
    void flushLetsGoOn();
    void tooMany();
    void tapShowsBothWays();
    void clientMayGoMeanwhile();
    void introspects();

private:
    void answer(int status, const QByteArray &body, const QByteArray &type = "application/json"_ba);
    [[nodiscard]] QJsonObject lastBody() const
    {
        return QJsonDocument::fromJson(m_http->requests.last().body).object();
    }
};

void tst_GraphQlExecution::answer(int status, const QByteArray &body, const QByteArray &type)
{
    m_http->setAnswer([=](const HttpServer::Request &) {
        return HttpServer::Answer{status, body, type, {{"x-amzn-RequestId"_ba, "r-1"_ba}}, false};
    });
}

void tst_GraphQlExecution::sendsTheDocumentAsItIs()
{
    answer(200, R"({"data":{"a":1}})"_ba);
    const QString document = u"query  A{\r\n\ta(b: \"\\u00e9\U0001F600\") # comment\n}\n"_s;
    const Executed done(m_client->execute(document));
    QVERIFY(done.arrives());
    QVERIFY2(!done.error.isError(), qPrintable(done.error.toString()));
    const HttpServer::Request &request = m_http->requests.first();
    QCOMPARE(request.verb, "POST"_ba);
    QCOMPARE(request.path(), u"/graphql"_s);
    QCOMPARE(request.headers["content-type"], "application/json"_ba);
    QCOMPARE(request.headers["x-api-key"], "da2-k"_ba);
    QCOMPARE(lastBody().keys(), QStringList{u"query"_s});
    QCOMPARE(lastBody()[u"query"].toString(), document);
    QCOMPARE(m_server->connections(), 0); // no WebSocket for that
}

void tst_GraphQlExecution::variablesAreSentByteForByte()
{
    answer(200, R"({"data":{}})"_ba);
    const QByteArray variables = R"({"z": 9007199254740993, "a":null, "e":"\u00e9"})"_ba;
    const Executed done(m_client->execute(u"{ a }"_s, variables));
    QVERIFY(done.arrives());
    QVERIFY(m_http->requests.first().body.endsWith(",\"variables\":" + variables + "}"));

    const Executed again(m_client->execute(u"{ a }"_s, QJsonObject{{u"a"_s, 1}}, u"N"_s));
    QVERIFY(again.arrives());
    QCOMPARE(m_http->requests.last().body,
             R"({"query":"{ a }","variables":{"a":1},"operationName":"N"})"_ba);
}

void tst_GraphQlExecution::optionsAreSent()
{
    answer(200, R"({"data":{}})"_ba);
    const ApiKeyAuthorizer other(u"da2-other"_s);
    GraphQlOptions options;
    options.operationName = u"B"_s;
    options.authorizer = const_cast<ApiKeyAuthorizer *>(&other);
    options.headers = {{"x-tenant"_ba, "blue"_ba}};
    const Executed done(m_client->execute(u"query A { a } query B { b }"_s, {}, options));
    QVERIFY(done.arrives());
    QCOMPARE(lastBody()[u"operationName"].toString(), u"B"_s);
    QCOMPARE(m_http->requests.first().headers["x-tenant"], "blue"_ba);
    QCOMPARE(m_http->requests.first().headers["x-api-key"], "da2-other"_ba);
}

void tst_GraphQlExecution::answerIsTyped()
{
    answer(200, R"({"data":{"n":9007199254740993},"extensions":{"x":1}})"_ba);
    GraphQlReply *reply = m_client->execute(u"{ n }"_s);
    QCOMPARE(reply->operationId(), u"req-1"_s);
    const Executed done(reply);
    QVERIFY(done.arrives());
    QCOMPARE(done.count, 1);
    QCOMPARE(done.httpStatus, 200);
    QCOMPARE(done.requestId, u"r-1"_s);
    QCOMPARE(done.result.dataJson(), R"({"n":9007199254740993})"_ba);
    QCOMPARE(done.result.extensions()[u"x"].toInt(), 1);
    QVERIFY(done.sentAt.isValid() && done.answeredAt.isValid());
    QCOMPARE(done.result.receivedAt(), done.answeredAt);
}

void tst_GraphQlExecution::errorsBesideDataAreNoError()
{
    answer(
        200,
        R"({"data":{"fail":null},"errors":[{"path":["fail"],"errorType":"X","message":"on purpose"}]})"_ba);
    const Executed done(m_client->execute(u"mutation { fail }"_s));
    QVERIFY(done.arrives());
    QVERIFY(!done.error.isError());
    QVERIFY(done.result.hasData());
    QCOMPARE(done.result.errors().first().message, u"on purpose"_s);
}

void tst_GraphQlExecution::nothingExecutedIsAnError()
{
    answer(
        200,
        R"({"data":null,"errors":[{"path":null,"locations":[{"line":1,"column":3}],"message":"Validation error of type FieldUndefined: Field 'x' in type 'Query' is undefined @ 'x'"}]})"_ba);
    const Executed done(m_client->execute(u"query Mine { x }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Refused);
    QCOMPARE(done.error.httpStatus, 200);
    QVERIFY2(done.error.message.contains(u"The operation Mine"), qPrintable(done.error.message));
    QVERIFY(done.error.serverMessage.contains(u"FieldUndefined"));
    QVERIFY(done.error.nextStep.contains(u"schema"));
    QCOMPARE(done.result.errors().first().line, 1);
}

void tst_GraphQlExecution::dataNullAloneIsAnAnswer()
{
    answer(200, R"({"data":null})"_ba);
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QVERIFY(!done.error.isError());
    QVERIFY(!done.result.hasData());
}

void tst_GraphQlExecution::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("serverMessage");
    QTest::addColumn<QString>("nextStep");
    const auto said = [](const char *type, const char *words) {
        return R"({"errors":[{"errorType":")"_ba + type + R"(","message":")" + words + "\"}]}";
    };
    QTest::newRow("no credentials")
        << 401 << said("UnauthorizedException", "Valid authorization header not provided.")
        << Error::Kind::Unauthorized << u"Valid authorization header not provided."_s
        << u"belongs to this API"_s;
    QTest::newRow("expired") << 401 << said("UnauthorizedException", "Token has expired.")
                             << Error::Kind::Unauthorized << u"Token has expired."_s
                             << u"Sign in again"_s;
    QTest::newRow("signature") << 403
                               << said("InvalidSignatureException",
                                       "The request signature we calculated does not match")
                               << Error::Kind::Unauthorized << u"does not match"_s << u"clock"_s;
    QTest::newRow("body") << 400
                          << said("MalformedHttpRequestException", "Unable to parse GraphQL query.")
                          << Error::Kind::Refused << u"Unable to parse"_s << u"GraphQL"_s;
    QTest::newRow("throttled") << 429 << said("ThrottlingException", "Rate exceeded")
                               << Error::Kind::LimitExceeded << u"Rate exceeded"_s
                               << u"slow down"_s;
    QTest::newRow("gateway") << 502 << "<html>Bad Gateway</html>"_ba << Error::Kind::Server
                             << u"Bad Gateway"_s << u"Try again"_s;
    QTest::newRow("introspection")
        << 400 << said("X", "Introspection is not allowed") << Error::Kind::Refused
        << u"Introspection"_s << u"get-introspection-schema"_s;
    QTest::newRow("redirect") << 302 << QByteArray() << Error::Kind::Receiving << QString()
                              << u"not followed"_s;
}

void tst_GraphQlExecution::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, serverMessage);
    QFETCH(QString, nextStep);
    answer(status, body);
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QTEST(done.error.kind, "kind");
    QCOMPARE(done.error.httpStatus, status);
    QCOMPARE(done.httpStatus, status);
    QVERIFY2(done.error.serverMessage.contains(serverMessage), qPrintable(done.error.toString()));
    QVERIFY2(done.error.nextStep.contains(nextStep), qPrintable(done.error.toString()));
    QCOMPARE(done.result.errors().isEmpty(), !body.startsWith('{'));
}

void tst_GraphQlExecution::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << QByteArray() << u"is empty"_s;
    QTest::newRow("white space") << " \r\n"_ba << u"is empty"_s;
    QTest::newRow("web page") << "\n<!doctype html><title>Login</title>"_ba << u"web page"_s;
    QTest::newRow("cut off") << R"({"data":{"a":[1,2)"_ba << u"not JSON"_s;
    QTest::newRow("words") << "OK"_ba << u"not JSON"_s;
    QTest::newRow("an array") << R"([{"data":{}}])"_ba << u"neither data nor errors"_s;
    QTest::newRow("other JSON") << R"({"successful":[],"failed":[]})"_ba
                                << u"neither data nor errors"_s;
    QTest::newRow("errors without an error")
        << R"({"errors":[]})"_ba << u"neither data nor errors"_s;
    QTest::newRow("not UTF-8") << "{\"data\":{\"a\":\"\xff\"}}"_ba << u"UTF-8"_s;
}

void tst_GraphQlExecution::brokenAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    answer(200, body);
    const Executed done(m_client->execute(u"query Mine { a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Receiving);
    QCOMPARE(done.error.httpStatus, 200);
    QVERIFY2(done.error.message.contains(message), qPrintable(done.error.message));
    QVERIFY2(done.error.message.contains(u"Mine"), qPrintable(done.error.message));
    QVERIFY(!done.error.nextStep.isEmpty());
    QVERIFY(done.result.json().isEmpty());
}

void tst_GraphQlExecution::answerThatBreaksOff()
{
    MuteServer server("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":{"_ba);
    m_client->setEndpoint(Endpoint(server.url()).forService(Endpoint::Service::Events));
    QUrl url = server.url();
    url.setPath(u"/graphql"_s);
    m_client->setEndpoint(Endpoint(url));
    const Executed done(m_client->execute(u"mutation { a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::ConnectionLost);
    QVERIFY2(done.error.message.contains(u"middle of the answer"), qPrintable(done.error.message));
    QVERIFY(done.error.nextStep.contains(u"may have been carried out"));
}

void tst_GraphQlExecution::nobodyAnswers()
{
    m_http->close();
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Unreachable);
    QCOMPARE(done.httpStatus, 0);
    QVERIFY(!done.answeredAt.isValid());
}

void tst_GraphQlExecution::answerOfTenMegabytes()
{
    const QByteArray item = R"({"id":9007199254740993,"body":"0123456789 \u00e9"},)"_ba;
    QByteArray list = item.repeated(10'000'000 / int(item.size()));
    list.chop(1);
    answer(200, R"({"data":{"all":[)"_ba + list + "]}}");
    const Executed done(m_client->execute(u"{ all { id body } }"_s));
    QVERIFY(done.arrives());
    QVERIFY2(!done.error.isError(), qPrintable(done.error.toString()));
    QCOMPARE(done.result.dataJson(), R"({"all":[)"_ba + list + "]}");
}

void tst_GraphQlExecution::answerTooLong()
{
    NetworkSettings settings = m_client->networkSettings();
    settings.maxAnswerBytes = 100'000;
    m_client->setNetworkSettings(settings);
    answer(200, R"({"data":{"a":")"_ba + QByteArray(1'000'000, 'x') + "\"}}");
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Receiving);
    QVERIFY2(done.error.message.contains(u"longer than 100000 bytes"),
             qPrintable(done.error.message));
}

void tst_GraphQlExecution::badInputIsNotSent()
{
    const Executed empty(m_client->execute(QString()));
    QVERIFY(empty.arrives());
    QCOMPARE(empty.error.kind, Error::Kind::InvalidInput);
    const Executed broken(m_client->execute(u"{ a }"_s, "{"_ba));
    QVERIFY(broken.arrives());
    QCOMPARE(broken.error.kind, Error::Kind::Encoding);
    const Executed subscription(m_client->execute(u"subscription { a }"_s));
    QVERIFY(subscription.arrives());
    QCOMPARE(subscription.error.kind, Error::Kind::InvalidInput);
    QVERIFY(subscription.error.nextStep.contains(u"Subscribe"));
    m_client->setEndpointText(u"https://api.example.com/event"_s);
    const Executed elsewhere(m_client->execute(u"{ a }"_s));
    QVERIFY(elsewhere.arrives());
    QCOMPARE(elsewhere.error.kind, Error::Kind::InvalidInput);
    QVERIFY2(elsewhere.error.message.contains(u"Events API"), qPrintable(elsewhere.error.message));
    QVERIFY(m_http->requests.isEmpty());
}

void tst_GraphQlExecution::badInputIsSentOnDemand()
{
    answer(400, R"({"errors":[{"errorType":"MalformedHttpRequestException","message":"no"}]})"_ba);
    GraphQlOptions options;
    options.check = false;
    const Executed done(m_client->execute(QString(), "[1]"_ba, options));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.type, u"MalformedHttpRequestException"_s);
    QCOMPARE(m_http->requests.first().body, R"({"query":"","variables":[1]})"_ba);
}

void tst_GraphQlExecution::timesOut()
{
    m_http->setAnswer([](const auto &) {
        HttpServer::Answer never;
        never.isNever = true;
        return never;
    });
    const Executed done(m_client->execute(u"mutation { a }"_s));
    QTRY_COMPARE(m_http->requests.size(), 1);
    m_clock->advance(29s);
    QCOMPARE(m_client->executions(), 1);
    m_clock->advance(1s);
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Timeout);
    QVERIFY2(done.error.message.contains(u"unknown"), qPrintable(done.error.message));
    QCOMPARE(done.elapsed, 30s);
    QCOMPARE(m_client->executions(), 0);
}

void tst_GraphQlExecution::timesOutForWantOfCredentials()
{
    ManualAuthorizer silent;
    silent.answersAtOnce = false;
    m_client->setExecuteAuthorizer(&silent);
    GraphQlOptions options;
    options.timeout = 5s;
    const Executed done(m_client->execute(u"{ a }"_s, {}, options));
    QTRY_COMPARE(silent.requests.size(), 1);
    m_clock->advance(5s);
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Timeout);
    QVERIFY2(done.error.message.contains(u"credentials"), qPrintable(done.error.message));
}

void tst_GraphQlExecution::personIsWaitedFor()
{
    answer(200, R"({"data":{}})"_ba);
    ManualAuthorizer person;
    person.answersAtOnce = false;
    person.waitsAtOnce = true;
    m_client->setExecuteAuthorizer(&person);
    const Executed done(m_client->execute(u"{ a }"_s));
    QTRY_VERIFY(person.last);
    m_clock->advance(1h);
    QCOMPARE(done.count, 0);
    person.last->succeed({{"x-api-key"_ba, "k"_ba}});
    QVERIFY(done.arrives());
    QVERIFY(!done.error.isError());
}

void tst_GraphQlExecution::abortTellsWhatIsUnknown()
{
    GraphQlReply *early = m_client->execute(u"{ a }"_s);
    const Executed before(early);
    early->abort();
    QVERIFY(before.arrives());
    QCOMPARE(before.error.kind, Error::Kind::Cancelled);
    QVERIFY(!before.error.message.contains(u"unknown"));

    m_http->setAnswer([](const auto &) {
        HttpServer::Answer never;
        never.isNever = true;
        return never;
    });
    GraphQlReply *late = m_client->execute(u"{ a }"_s);
    const Executed after(late);
    QTRY_COMPARE(m_http->requests.size(), 1);
    late->abort();
    QVERIFY(after.arrives());
    QCOMPARE(after.error.kind, Error::Kind::Cancelled);
    QVERIFY2(after.error.message.contains(u"unknown"), qPrintable(after.error.message));
}

void tst_GraphQlExecution::newCredentialsAreTriedOnce()
{
    answer(
        401,
        R"({"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]})"_ba);
    ManualAuthorizer renewing;
    renewing.canRenew = true;
    m_client->setAuthorizer(&renewing);
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(renewing.invalidations, 1);
    QCOMPARE(m_http->requests.size(), 2);

    // Errors of fields are none of the credentials: nothing is executed twice.
    answer(
        200,
        R"({"data":null,"errors":[{"errorType":"Unauthorized","message":"Not Authorized to access a on type Query"}]})"_ba);
    const Executed field(m_client->execute(u"{ a }"_s));
    QVERIFY(field.arrives());
    QCOMPARE(field.error.kind, Error::Kind::Unauthorized);
    QVERIFY2(field.error.nextStep.contains(u"@aws_"), qPrintable(field.error.nextStep));
    QCOMPARE(m_http->requests.size(), 3);
    QCOMPARE(renewing.invalidations, 1);
}

void tst_GraphQlExecution::authorizers()
{
    answer(200, R"({"data":{}})"_ba);
    ManualAuthorizer mine;
    m_client->setExecuteAuthorizer(&mine);
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(mine.requests.size(), 1);
    const SignableRequest &request = mine.requests.first();
    QCOMPARE(request.operation, SignableRequest::Operation::Execute);
    QCOMPARE(request.body, m_http->requests.first().body);
    QCOMPARE(request.url, m_http->url(u"/graphql"_s));
    QVERIFY(request.overHttp);
    QVERIFY(request.channel.isEmpty());
    m_client->setExecuteAuthorizer(nullptr);
    m_client->setAuthorizer(nullptr);
    const Executed without(m_client->execute(u"{ a }"_s));
    QVERIFY(without.arrives());
    QCOMPARE(without.error.kind, Error::Kind::InvalidInput);
}

void tst_GraphQlExecution::discardCancels()
{
    m_http->setAnswer([](const auto &) {
        HttpServer::Answer never;
        never.isNever = true;
        return never;
    });
    const Executed done(m_client->execute(u"{ a }"_s));
    QTRY_COMPARE(m_http->requests.size(), 1);
    m_client->close(Client::CloseMode::Discard);
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Cancelled);
}

void tst_GraphQlExecution::flushLetsGoOn()
{
    answer(200, R"({"data":{}})"_ba);
    const Executed done(m_client->execute(u"{ a }"_s));
    m_client->close();
    QVERIFY(done.arrives());
    QVERIFY(!done.error.isError());
}

void tst_GraphQlExecution::tooMany()
{
    answer(200, R"({"data":{}})"_ba);
    m_client->setMaximumExecutions(2);
    const Executed first(m_client->execute(u"{ a }"_s));
    const Executed second(m_client->execute(u"{ a }"_s));
    const Executed third(m_client->execute(u"{ a }"_s));
    QVERIFY(first.arrives() && second.arrives() && third.arrives());
    QVERIFY(!first.error.isError() && !second.error.isError());
    QCOMPARE(third.error.kind, Error::Kind::LimitExceeded);
    QCOMPARE(m_http->requests.size(), 2);
}

void tst_GraphQlExecution::tapShowsBothWays()
{
    const QByteArray body = R"({"data":{"words":"authorization: as they were sent"}})"_ba;
    answer(200, body);
    QList<Frame> frames;
    connect(m_client.get(), &Client::frameSeen, this, [&](const Frame &frame) { frames << frame; });
    const Executed done(m_client->execute(u"{ words }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(frames.size(), 2);
    QCOMPARE(frames[0].type, u"POST"_s);
    QCOMPARE(frames[0].text, R"({"query":"{ words }"})"_L1);
    QCOMPARE(frames[1].type, u"HTTP 200"_s);
    QCOMPARE(frames[1].transport, Frame::Transport::Http);
    QCOMPARE(frames[1].id, frames[0].id);
    QCOMPARE(frames[1].text, QString::fromUtf8(body));
}

void tst_GraphQlExecution::clientMayGoMeanwhile()
{
    QNetworkAccessManager network; // the client's own would take its replies along
    m_client->setNetworkAccessManager(&network);
    m_http->setAnswer([](const auto &) {
        HttpServer::Answer never;
        never.isNever = true;
        return never;
    });
    GraphQlReply *reply = m_client->execute(u"{ a }"_s);
    const QPointer<GraphQlReply> alive(reply);
    QTRY_COMPARE(m_http->requests.size(), 1);
    m_client.reset();
    QVERIFY(!alive);
}

void tst_GraphQlExecution::introspects()
{
    answer(200, R"({"data":{"__schema":{}}})"_ba);
    const Executed done(m_client->introspect());
    QVERIFY(done.arrives());
    QVERIFY(!done.error.isError());
    const QString query = lastBody()[u"query"].toString();
    QVERIFY(query.contains(u"__schema"));
    QCOMPARE(query.count(u"ofType"), 7);
    QCOMPARE(GraphQlClient::introspectionQuery(2).count(u"ofType"), 2);
    QCOMPARE(query.count(u'{'), query.count(u'}'));
}

GUILESS_TEST(tst_GraphQlExecution)
#include "tst_graphqlexecution.moc"
