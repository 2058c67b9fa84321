// SPDX-License-Identifier: Apache-2.0
#include "graphqlfixture.h"
#include "tests/lib/emulator/access/signer.h"
#include "tests/shared/testrunner.h"

#include <QTest>
#include <QUrlQuery>

using namespace AppSync;
using namespace GraphQlFixture;
using namespace Qt::StringLiterals;

//! GraphQL over WebSocket: handshakes, frames, errors, deliveries.
class tst_GraphQlRealtime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void session();
    void credentialsByQueryAndHeader();
    void refusedHandshakes_data();
    void refusedHandshakes();
    void refusedStarts_data();
    void refusedStarts();
    void signaturesCoverTheExactText();
    void startNeedsTheAck();
    void idsAndLimits();
    void argumentsFilter();
    void onlyWhatTheMutationSelected();
    void largePayloadsAreDropped();
    void oneDocumentManySubscribers();
    void connectionsAreTold();
    void faults();

private:
    [[nodiscard]] QByteArray send(const QString &room, const QString &body,
                                  const QString &selection = u"id room body createdAt"_s)
    {
        return Client(*m_emulator)
            .ask(u"mutation M($r: String!, $b: String!) { sendMessage(room: $r, body: $b) {"_s
                     + selection + u"} }"_s,
                 {{u"r"_s, room}, {u"b"_s, body}});
    }

    std::unique_ptr<Emulator> m_emulator;
};

namespace {

const QString kBodies = u"subscription { onMessage { body } }"_s;

QString data(const QString &id, const QString &payload)
{
    return uR"({"type":"data","id":"%1","payload":%2})"_s.arg(id, payload);
}

QString error(const QString &id, const QString &errors)
{
    return uR"({"type":"error","id":"%1","payload":{"errors":[%2]}})"_s.arg(id, errors);
}

} // namespace

void tst_GraphQlRealtime::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY(m_emulator->listen());
}

void tst_GraphQlRealtime::session()
{
    Client client(*m_emulator);
    QVERIFY(client.socket.open(m_emulator->graphQlRealtimeUrl(),
                               {u"graphql-ws"_s, RawClient::headerProtocol(client.credentials)}));
    QCOMPARE(client.socket.socket().subprotocol(), u"graphql-ws"_s);
    client.socket.send(u"{\"type\":\"connection_init\",\"payload\":{}}"_s);
    QCOMPARE(client.socket.next(),
             uR"({"type":"connection_ack","payload":{"connectionTimeoutMs":300000}})"_s);
    m_emulator->sendKeepAlives();
    QCOMPARE(client.socket.next(), uR"({"type":"ka"})"_s);
    QCOMPARE(client.start(u"one"_s, kBodies), started(u"one"_s));
    QVERIFY(send(u"a"_s, u"hi"_s).contains("\"body\":\"hi\""));
    QCOMPARE(client.socket.next(), data(u"one"_s, uR"({"data":{"onMessage":{"body":"hi"}}})"_s));
    client.socket.send(uR"({"type":"stop","id":"one"})"_s);
    QCOMPARE(client.socket.next(), uR"({"type":"complete","id":"one"})"_s);
    QVERIFY(!send(u"a"_s, u"late"_s).isEmpty());
    QVERIFY(client.received().isEmpty());
    QCOMPARE(m_emulator->subscriptionCount(), 0);
}

void tst_GraphQlRealtime::credentialsByQueryAndHeader()
{
    const QByteArray json = compact({{u"host"_s, u"localhost"_s},
                                     {u"x-api-key"_s, m_emulator->apiKey()},
                                     {u"note"_s, u"~~~>>>?"_s}}); // + and / in base64
    for (const bool isAtShortPath : {false, true}) {
        QUrl url = m_emulator->graphQlRealtimeUrl();
        if (isAtShortPath)
            url.setPath(u"/graphql"_s);
        const QByteArray base64 = json.toBase64();
        url.setQuery(u"header="_s
                     + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(base64)))
                     + u"&payload=e30="_s);
        RawClient::WebSocket socket;
        QVERIFY(socket.open(url, {u"graphql-ws"_s}));
        socket.send(uR"({"type":"connection_init"})"_s);
        QCOMPARE(socket.nextJson().value("type"_L1).toString(), u"connection_ack"_s);
    }
    RawClient::WebSocket socket;
    QVERIFY(socket.open(m_emulator->graphQlRealtimeUrl(), {u"graphql-ws"_s},
                        {{"x-api-key", m_emulator->apiKey().toUtf8()}}));
    socket.send(uR"({"type":"connection_init"})"_s);
    QCOMPARE(socket.nextJson().value("type"_L1).toString(), u"connection_ack"_s);
}

void tst_GraphQlRealtime::refusedHandshakes_data()
{
    QTest::addColumn<QStringList>("protocols");
    QTest::addColumn<QString>("errors");

    const QString wrong =
        uR"({"errorType":"UnauthorizedException","message":"You are not authorized to make this call.","errorCode":401})"_s;
    QTest::newRow("wrong key") << QStringList{u"graphql-ws"_s,
                                              RawClient::headerProtocol(
                                                  {{u"host"_s, u"localhost"_s},
                                                   {u"x-api-key"_s, u"da2-wrong"_s}})}
                               << wrong;
    QTest::newRow("nothing") << QStringList{u"graphql-ws"_s} << wrong;
    QTest::newRow("expired token")
        << QStringList{u"graphql-ws"_s, u"$expired"_s}
        << uR"({"errorType":"UnauthorizedException","message":"Token has expired.","errorCode":401})"_s;
    QTest::newRow("not base64")
        << QStringList{u"graphql-ws"_s, u"header-!"_s}
        << uR"({"errorType":"BadRequestException","message":"Unable to read the authorization header object.","errorCode":400})"_s;
    QTest::newRow("no subprotocol")
        << QStringList{}
        << uR"({"errorType":"BadRequestException","message":"NoProtocolError","errorCode":400})"_s;
    QTest::newRow("subprotocol of Events")
        << QStringList{u"aws-appsync-event-ws"_s}
        << uR"({"errorType":"BadRequestException","message":"SubProtocolNotSupportedError","errorCode":400})"_s;
}

void tst_GraphQlRealtime::refusedHandshakes()
{
    QFETCH(QStringList, protocols);
    QFETCH(QString, errors);
    const QString expired = m_emulator->tokenFor(u"a"_s, std::chrono::seconds(-5));
    protocols.replaceInStrings(
        u"$expired"_s,
        RawClient::headerProtocol({{u"host"_s, u"localhost"_s}, {u"Authorization"_s, expired}}));
    RawClient::WebSocket socket;
    QVERIFY(socket.open(m_emulator->graphQlRealtimeUrl(), protocols));
    QCOMPARE(socket.next(),
             uR"({"type":"connection_error","payload":{"errors":[%1]}})"_s.arg(errors));
    QVERIFY(socket.hasEnded());
}

void tst_GraphQlRealtime::refusedStarts_data()
{
    QTest::addColumn<QString>("frame"); // with $auth
    QTest::addColumn<QString>("answer");

    const auto start = [](const QString &data) {
        return uR"({"type":"start","id":"1","payload":{"data":%1,"extensions":{"authorization":$auth}}})"_s
            .arg(data);
    };
    const QString unknown =
        uR"({"errorType":"UnsupportedOperation","message":"unknown not supported through the realtime channel"})"_s;
    QTest::newRow("unknown type") << uR"({"type":"subscribe","id":"1"})"_s
                                  << error(u"1"_s, unknown);
    QTest::newRow("unknown type without id")
        << uR"({"type":"ping"})"_s
        << uR"({"type":"error","payload":{"errors":[%1]}})"_s.arg(unknown);
    QTest::newRow("data is no text") << start(u"{}"_s) << error(u"1"_s, unknown);
    QTest::newRow("mutation")
        << start(uR"("{\"query\":\"mutation { fail(message: \\\"x\\\") { id } }\"}")"_s)
        << error(
               u"1"_s,
               uR"({"errorType":"UnsupportedOperation","message":" not supported through the realtime channel"})"_s);
    QTest::newRow("syntax error")
        << start(uR"("{\"query\":\"subscription {\"}")"_s)
        << error(
               u"1"_s,
               uR"({"errorType":"BadRequestException","message":"Unable to parse GraphQL query."})"_s);
    QTest::newRow("variable")
        << start(
               uR"("{\"query\":\"subscription S($r: String!) { onMessage(room: $r) { id } }\"}")"_s)
        << error(
               u"1"_s,
               uR"({"message":"Variable 'r' has coerced Null value for NonNull type 'String!'"})"_s);
    QTest::newRow("no credentials")
        << uR"({"type":"start","id":"1","payload":{"data":"{}"}})"_s
        << error(
               u"1"_s,
               uR"({"errorType":"UnauthorizedException","message":"You are not authorized to make this call.","errorCode":401})"_s);
    QTest::newRow("stop of nothing")
        << uR"({"type":"stop","id":"1"})"_s
        << error(u"1"_s,
                 uR"({"errorType":"UnknownOperationError","message":"Unknown operation id 1"})"_s);
    QTest::newRow("no JSON")
        << u"meow"_s
        << uR"({"type":"error","payload":{"errors":[{"errorType":"BadRequestException","message":"The frame is not a JSON object"}]}})"_s;
}

void tst_GraphQlRealtime::refusedStarts()
{
    QFETCH(QString, frame);
    QFETCH(QString, answer);
    Client client(*m_emulator);
    QVERIFY(client.connect());
    client.socket.send(frame.replace(u"$auth"_s, RawClient::json(client.credentials)));
    QCOMPARE(client.socket.next(), answer);
    QCOMPARE(client.start(u"next"_s, kBodies), started(u"next"_s)); // it lives on
}

void tst_GraphQlRealtime::signaturesCoverTheExactText()
{
    const Signer signer{m_emulator->accessKeyId(), m_emulator->secretAccessKey()};
    const auto signedFor = [&](const QByteArray &path, const QByteArray &body) {
        QJsonObject object;
        for (const auto &[name, value] : signer.sign(path, body, {{"host", "localhost"}}))
            object.insert(QString::fromLatin1(name), QString::fromUtf8(value));
        return object;
    };
    RawClient::WebSocket socket;
    QVERIFY(socket.open(
        m_emulator->graphQlRealtimeUrl(),
        {u"graphql-ws"_s, RawClient::headerProtocol(signedFor("/graphql/connect", "{}"))}));
    socket.send(uR"({"type":"connection_init"})"_s);
    QCOMPARE(socket.nextJson().value("type"_L1).toString(), u"connection_ack"_s);

    // Spaces, order, escapes: nothing of it may be written anew.
    const QString text =
        uR"({ "variables":{"a" : "<\u00fc>"}, "query":"subscription { onMessage { body } }" })"_s;
    const auto start = [&](const QString &id, const QString &data) {
        socket.send(QJsonObject{
            {u"type"_s, u"start"_s},
            {u"id"_s, id},
            {u"payload"_s,
             QJsonObject{
                 {u"data"_s, data},
                 {u"extensions"_s,
                  QJsonObject{{u"authorization"_s, signedFor("/graphql", text.toUtf8())}}}}}});
        return socket.next();
    };
    QCOMPARE(start(u"1"_s, text), started(u"1"_s));
    const QString refused = start(u"2"_s, QString(text).remove(u' '));
    QVERIFY2(refused.contains(u"BadRequestException"_s), qPrintable(refused));
    QVERIFY(refused.contains(u"does not match the signature you provided"_s));
}

void tst_GraphQlRealtime::startNeedsTheAck()
{
    Client client(*m_emulator);
    QVERIFY(client.socket.open(m_emulator->graphQlRealtimeUrl(),
                               {u"graphql-ws"_s, RawClient::headerProtocol(client.credentials)}));
    QVERIFY(client.start(u"1"_s, kBodies)
                .contains(u"unknown not supported through the realtime channel"_s));
}

void tst_GraphQlRealtime::idsAndLimits()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"a"_s, kBodies), started(u"a"_s));
    QVERIFY(client.start(u"a"_s, kBodies).contains(u"DuplicatedOperationError"_s));
    for (int i = 1; i < 100; ++i)
        QCOMPARE(client.start(QString::number(i), kBodies), started(QString::number(i)));
    QCOMPARE(
        client.start(u"b"_s, kBodies),
        error(
            u"b"_s,
            uR"({"errorType":"MaxSubscriptionsReachedError","message":"Max number of 100 subscriptions reached"})"_s));
    client.socket.send(uR"({"type":"stop","id":"a"})"_s);
    QCOMPARE(client.socket.next(), uR"({"type":"complete","id":"a"})"_s);
    QCOMPARE(client.start(u"a \"b\" ü"_s, kBodies), uR"({"type":"start_ack","id":"a \"b\" ü"})"_s);
}

void tst_GraphQlRealtime::argumentsFilter()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    const QString document = u"subscription S($room: String) { onMessage(room: $room) { body } }"_s;
    QCOMPARE(client.start(u"all"_s, document), started(u"all"_s));
    QCOMPARE(client.start(u"a"_s, document, {{u"room"_s, u"a"_s}}), started(u"a"_s));
    QCOMPARE(client.start(u"null"_s, document, {{u"room"_s, QJsonValue()}}), started(u"null"_s));
    QVERIFY(send(u"a"_s, u"1"_s).contains("body"));
    QVERIFY(send(u"b"_s, u"2"_s).contains("body"));
    QVERIFY(send(u"a"_s, u"3"_s, u"body"_s).contains("body")); // no room is selected
    const QString payload = uR"({"data":{"onMessage":{"body":"%1"}}})"_s;
    QStringList expected{data(u"all"_s, payload.arg(1)), data(u"a"_s, payload.arg(1)),
                         data(u"all"_s, payload.arg(2)), data(u"all"_s, payload.arg(3)),
                         data(u"null"_s, payload.arg(3))};
    QStringList received = client.received();
    received.sort();
    expected.sort();
    QCOMPARE(received, expected);
}

void tst_GraphQlRealtime::onlyWhatTheMutationSelected()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"1"_s, u"subscription { onMessage { author body } }"_s),
             started(u"1"_s));
    QVERIFY(send(u"a"_s, u"x"_s, u"b: body"_s).contains("\"b\":\"x\""));
    QCOMPARE(client.socket.next(),
             data(u"1"_s, uR"({"data":{"onMessage":{"author":null,"body":"x"}}})"_s));
    QVERIFY(send(u"a"_s, u"x"_s, u"id"_s).contains("\"id\""));
    QCOMPARE(
        client.socket.next(),
        data(
            u"1"_s,
            uR"({"data":{"onMessage":null},"errors":[{"path":["onMessage","body"],"locations":null,)"
            uR"x("message":"Cannot return null for non-nullable type: 'String' within parent 'Message' (/onMessage/body)"}]})x"_s));
}

void tst_GraphQlRealtime::largePayloadsAreDropped()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"1"_s, kBodies), started(u"1"_s));
    const QString head = uR"({"data":{"onMessage":{"body":""}}})"_s;
    const qsizetype most = 245'760 - head.size();
    QVERIFY(send(u"a"_s, QString(most + 1, u'x'), u"body"_s).startsWith("{\"data\":{"));
    QVERIFY(send(u"a"_s, QString(most, u'y'), u"body"_s).startsWith("{\"data\":{"));
    QCOMPARE(client.socket.next().count(u'y'), most + 1); // and one in "body"
}

void tst_GraphQlRealtime::oneDocumentManySubscribers()
{
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<Client>(*m_emulator));
        QVERIFY(clients.back()->connect());
        QCOMPARE(clients.back()->start(u"s"_s, kBodies), started(u"s"_s));
    }
    QCOMPARE(m_emulator->subscriptionCount(), 20);
    clients.pop_back();
    QTRY_COMPARE(m_emulator->subscriptionCount(), 19);
    QVERIFY(send(u"a"_s, u"hi"_s).contains("body"));
    for (const auto &client : clients)
        QCOMPARE(client->socket.next(), data(u"s"_s, uR"({"data":{"onMessage":{"body":"hi"}}})"_s));
}

void tst_GraphQlRealtime::connectionsAreTold()
{
    Client client(*m_emulator, m_emulator->token());
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"1"_s, kBodies), started(u"1"_s));
    const QList<EmulatorConnection> connections = m_emulator->connections();
    QCOMPARE(connections.size(), 1);
    QCOMPARE(connections.first().subprotocol, u"graphql-ws"_s);
    QCOMPARE(connections.first().authType, u"OPENID_CONNECT"_s);
    QCOMPARE(connections.first().subscriptions.size(), 1);
    QCOMPARE(connections.first().subscriptions.first().channel, u"onMessage"_s);
}

void tst_GraphQlRealtime::faults()
{
    FaultPlan plan;
    FaultPlan::Fault fault{FaultPlan::Kind::SubscribeError};
    fault.channel = u"onMessage"_s;
    fault.errorType = u"Unauthorized"_s;
    fault.times = 1;
    plan.faults = {fault};
    plan.errorsAsObject = true;
    m_emulator->setFaults(plan);
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"1"_s, kBodies),
             uR"({"type":"error","id":"1","payload":{"errors":{"errorType":"Unauthorized"}}})"_s);
    QCOMPARE(client.start(u"1"_s, kBodies), started(u"1"_s));
    plan = {};
    plan.dropAfterFrames = 1;
    m_emulator->setFaults(plan);
    QVERIFY(send(u"a"_s, u"x"_s).contains("body"));
    QVERIFY(client.socket.hasEnded());
}

GUILESS_TEST(tst_GraphQlRealtime)
#include "tst_graphqlrealtime.moc"
