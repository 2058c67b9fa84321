// SPDX-License-Identifier: Apache-2.0
#include "scriptedgraphql.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! The client of GraphQL against the emulator with its sample schema: the same words, written twice.
class tst_GraphQlEmulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void mutationReachesItsSubscribers_data();
    void mutationReachesItsSubscribers();
    void variablesFilter();
    void queryReadsWhatWasSent();
    void resolverErrorStandsBesideData();
    void invalidDocuments_data();
    void invalidDocuments();
    void subscriptionOverHttp();
    void queryOverTheWebSocket();
    void wrongKey();
    void introspects();
    void comesBackAfterALoss();
    void unsubscribes();

private:
    [[nodiscard]] GraphQlSubscription *subscribed(const QByteArray &variables = {})
    {
        GraphQlSubscription *subscription = m_client->subscribe(
            u"subscription On($room: String) { onMessage(room: $room) { id room body author } }"_s,
            variables);
        const bool isThere = QTest::qWaitFor(
            [=] { return subscription->state() == Subscription::State::Subscribed; });
        if (!isThere)
            qWarning().noquote() << subscription->error().toString();
        return isThere ? subscription : nullptr;
    }
    GraphQlReply *send(const QString &room, const QString &body)
    {
        return m_client->execute(
            u"mutation Send($room: String!, $body: String!) { sendMessage(room: $room, body: $body) { id room body author } }"_s,
            QJsonObject{{u"room"_s, room}, {u"body"_s, body}});
    }

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<GraphQlClient> m_client;
};

void tst_GraphQlEmulator::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<ApiKeyAuthorizer>(m_emulator->apiKey());
    m_client = std::make_unique<GraphQlClient>(Endpoint(m_emulator->graphQlUrl()), m_key.get());
    QCOMPARE(m_client->endpoint().realtime(), m_emulator->graphQlRealtimeUrl());
    RetryPolicy quick;
    quick.base = quick.cap = std::chrono::milliseconds(0);
    m_client->setRetryPolicy(quick);
}

void tst_GraphQlEmulator::cleanup()
{
    m_client.reset();
    m_key.reset();
    m_emulator.reset();
}

void tst_GraphQlEmulator::mutationReachesItsSubscribers_data()
{
    QTest::addColumn<Connection::Handshake>("handshake");
    QTest::newRow("subprotocol") << Connection::Handshake::Subprotocol;
    QTest::newRow("query") << Connection::Handshake::Query;
    QTest::newRow("headers") << Connection::Handshake::Headers;
}

void tst_GraphQlEmulator::mutationReachesItsSubscribers()
{
    QFETCH(Connection::Handshake, handshake);
    m_client->setHandshake(handshake);
    GraphQlSubscription *first = subscribed();
    GraphQlSubscription *second = subscribed();
    QVERIFY(first && second);
    QSignalSpy one(first, &GraphQlSubscription::received);
    QSignalSpy two(second, &GraphQlSubscription::received);
    const QString body = u"<é\U0001F600> \"quoted\" \\ \n"_s;
    const Executed sent(send(u"lobby"_s, body));
    QVERIFY(sent.arrives());
    QVERIFY2(!sent.error.isError(), qPrintable(sent.error.toString()));
    QVERIFY(sent.result.errors().isEmpty());
    QVERIFY(!sent.requestId.isEmpty());
    QTRY_COMPARE(one.count(), 1);
    QTRY_COMPARE(two.count(), 1);
    const QJsonValue message = one[0][0].value<GraphQlResult>().data()[u"onMessage"];
    QCOMPARE(message[u"body"].toString(), body);
    QCOMPARE(message, sent.result.data()[u"sendMessage"]);
    QCOMPARE(m_emulator->connectionCount(), 1);
}

void tst_GraphQlEmulator::variablesFilter()
{
    GraphQlSubscription *lobby = subscribed(R"({"room":"lobby"})"_ba);
    GraphQlSubscription *garden = subscribed(R"({"room":"garden"})"_ba);
    QVERIFY(lobby && garden);
    QSignalSpy inLobby(lobby, &GraphQlSubscription::received);
    QSignalSpy inGarden(garden, &GraphQlSubscription::received);
    const Executed first(send(u"garden"_s, u"1"_s));
    const Executed second(send(u"lobby"_s, u"2"_s));
    QVERIFY(first.arrives() && second.arrives());
    QTRY_COMPARE(inLobby.count(), 1);
    QTRY_COMPARE(inGarden.count(), 1);
    QCOMPARE(inGarden[0][0].value<GraphQlResult>().data()[u"onMessage"][u"body"].toString(),
             u"1"_s);
}

void tst_GraphQlEmulator::queryReadsWhatWasSent()
{
    const Executed sent(send(u"lobby"_s, u"kept"_s));
    QVERIFY(sent.arrives());
    const Executed read(m_client->execute(
        u"query ($room: String!) { messages(room: $room) { body } }"_s, R"({"room":"lobby"})"_ba));
    QVERIFY(read.arrives());
    QVERIFY2(!read.error.isError(), qPrintable(read.error.toString()));
    QVERIFY2(read.result.dataJson().contains("kept"), read.result.json().constData());
}

void tst_GraphQlEmulator::resolverErrorStandsBesideData()
{
    const Executed done(m_client->execute(u"mutation { fail(message: \"on purpose\") { id } }"_s));
    QVERIFY(done.arrives());
    QVERIFY2(!done.error.isError(), qPrintable(done.error.toString()));
    QCOMPARE(done.result.errors().size(), 1);
    QCOMPARE(done.result.errors().first().message, u"on purpose"_s);
    QCOMPARE(done.result.errors().first().pathText(), u"fail"_s);
}

void tst_GraphQlEmulator::invalidDocuments_data()
{
    QTest::addColumn<QString>("document");
    QTest::newRow("syntax") << u"subscription { onMessage { "_s;
    QTest::newRow("unknown field") << u"subscription { onNothing { id } }"_s;
    QTest::newRow("missing variable")
        << u"subscription ($room: String!) { onMessage(room: $room) { id } }"_s;
}

void tst_GraphQlEmulator::invalidDocuments()
{
    QFETCH(QString, document);
    GraphQlSubscription *good = subscribed();
    QVERIFY(good);
    const GraphQlSubscription *bad = m_client->subscribe(document);
    QTRY_COMPARE(bad->state(), Subscription::State::Failed);
    QVERIFY2(!bad->error().serverMessage.isEmpty(), qPrintable(bad->error().toString()));
    QCOMPARE(good->state(), Subscription::State::Subscribed);

    const QString query = QString(document).replace(u"subscription"_s, u"mutation"_s);
    const Executed done(m_client->execute(query));
    QVERIFY(done.arrives());
    QVERIFY2(done.error.isError() && !done.error.serverMessage.isEmpty(),
             qPrintable(done.error.toString()));
}

void tst_GraphQlEmulator::subscriptionOverHttp()
{
    GraphQlOptions unchecked;
    unchecked.check = false;
    const Executed done(
        m_client->execute(u"subscription { onMessage { id } }"_s, QByteArray(), unchecked));
    QVERIFY(done.arrives());
    QVERIFY2(done.error.isError() || !done.result.errors().isEmpty() || !done.result.hasData()
                 || done.result.data()[u"onMessage"].isNull(),
             done.result.json().constData());
}

void tst_GraphQlEmulator::queryOverTheWebSocket()
{
    const GraphQlSubscription *wrong =
        m_client->subscribe(u"query { messages(room: \"a\") { id } }"_s);
    QTRY_COMPARE(wrong->state(), Subscription::State::Failed);
    QCOMPARE(wrong->error().type, u"UnsupportedOperation"_s);
    QVERIFY2(wrong->error().nextStep.contains(u"HTTP"), qPrintable(wrong->error().toString()));
}

void tst_GraphQlEmulator::wrongKey()
{
    ApiKeyAuthorizer wrong(u"da2-wrong"_s);
    m_client->setAuthorizer(&wrong);
    const Executed done(m_client->execute(u"{ message(id: 1) { id } }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(done.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(done.httpStatus, 401);
    const GraphQlSubscription *refused =
        m_client->subscribe(u"subscription { onMessage { id } }"_s);
    QTRY_COMPARE(refused->state(), Subscription::State::Failed);
    QCOMPARE(refused->error().kind, Error::Kind::Unauthorized);
}

void tst_GraphQlEmulator::introspects()
{
    const Executed done(m_client->introspect());
    QVERIFY(done.arrives());
    QVERIFY2(!done.error.isError(), qPrintable(done.error.toString()));
    QVERIFY(done.result.errors().isEmpty());
    const QJsonValue schema = done.result.data()[u"__schema"];
    QCOMPARE(schema[u"mutationType"][u"name"].toString(), u"Mutation"_s);
}

void tst_GraphQlEmulator::comesBackAfterALoss()
{
    GraphQlSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy gaps(subscription, &Subscription::gapDetected);
    QSignalSpy received(subscription, &GraphQlSubscription::received);
    m_emulator->dropConnections();
    QTRY_COMPARE(gaps.count(), 1);
    const Executed sent(send(u"lobby"_s, u"again"_s));
    QVERIFY(sent.arrives());
    QTRY_COMPARE(received.count(), 1);
}

void tst_GraphQlEmulator::unsubscribes()
{
    GraphQlSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy received(subscription, &GraphQlSubscription::received);
    const Ending ended(subscription->unsubscribe());
    QVERIFY(ended.arrives());
    QVERIFY2(!ended.error.isError(), qPrintable(ended.error.toString()));
    GraphQlSubscription *other = subscribed();
    QVERIFY(other);
    QSignalSpy heard(other, &GraphQlSubscription::received);
    const Executed sent(send(u"lobby"_s, u"x"_s));
    QVERIFY(sent.arrives());
    QTRY_COMPARE(heard.count(), 1);
    QCOMPARE(received.count(), 0);
}

GUILESS_TEST(tst_GraphQlEmulator)
#include "tst_graphqlemulator.moc"
