// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>
#include <AppSync/TokenAuthorizer>

#include "tests/lib/client/emulatedclient.h"
#include "tests/lib/client/publishoutcome.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;
using SubscriptionState = ChannelSubscription::State;

//! The client against the emulator: what users do all day.
class tst_EventsClient : public QObject, public EmulatedClient {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void listenersOfFramesMayEnd();

    void publishReachesExactAndWildcard_data();
    void publishReachesExactAndWildcard();
    void payloadsSurviveByteForByte_data();
    void payloadsSurviveByteForByte();
    void fiveEventsArriveAsFive();
    void httpPublishOpensNoWebSocket();
    void publishWithoutSubscriptionConnects();
    void qmlValuesAndTexts();

    void closeWaitsForPublishes();
    void closeDiscards();
    void operationAfterCloseOpensAgain();
    void reconnectResubscribes();
    void publishInFlightAtLossIsUnknown();
    void publishWhileConnectingWaits();
    void publishesThatWaitedKeepTheirOrder();
    void silentServerTimesOut();
    void silentHttpTimesOut();
    void httpUnreachable();
    void httpAnswerOfSomebodyElse();

    void tapShowsEveryFrameMasked();
    void tapShowsHttp();
    void subscriptionsOfADeletedClientBecomeInactive();
    void tlsWithOwnCa();
    void tlsWithUnknownCaIsRefused();
};

void tst_EventsClient::initTestCase()
{
    qRegisterMetaType<Event>();
}

void tst_EventsClient::init()
{
    QVERIFY2(start(), qPrintable(m_emulator->problem()));
}

void tst_EventsClient::cleanup()
{
    stop();
}

void tst_EventsClient::publishReachesExactAndWildcard_data()
{
    QTest::addColumn<EventsClient::PublishVia>("via");
    QTest::newRow("WebSocket") << EventsClient::PublishVia::WebSocket;
    QTest::newRow("HTTP") << EventsClient::PublishVia::Http;
}

void tst_EventsClient::publishReachesExactAndWildcard()
{
    QFETCH(EventsClient::PublishVia, via);
    m_client->setPublishVia(via);
    auto *exact = m_client->subscribe(u"default/room"_s);
    auto *wildcard = m_client->subscribe(u"/default/*"_s);
    QVERIFY(subscribed(exact) && subscribed(wildcard));
    QSignalSpy atExact(exact, &ChannelSubscription::received);
    QSignalSpy atWildcard(wildcard, &ChannelSubscription::received);

    const Outcome outcome(m_client->publish(u"default/room"_s, R"({"a":1})"_ba));
    QVERIFY(outcome.arrives());
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.successful.size(), 1);
    QCOMPARE(outcome.successful[0].index, 0);
    QVERIFY(!outcome.successful[0].identifier.isEmpty());
    QVERIFY(outcome.elapsed > 0ns);

    QTRY_COMPARE(atExact.count(), 1);
    QTRY_COMPARE(atWildcard.count(), 1);
    const auto first = atExact[0][0].value<Event>();
    QCOMPARE(first.json(), R"({"a":1})"_ba);
    QCOMPARE(first.channel, u"/default/room"_s);
    QCOMPARE(first.subscription, u"/default/room"_s);
    QCOMPARE(first.subscriptionId, exact->subscriptionId());
    QVERIFY(first.frameSeq > 0);
    const auto second = atWildcard[0][0].value<Event>();
    QCOMPARE(second.channel, QString()); // the service does not tell it under a wildcard
    QCOMPARE(second.subscription, u"/default/*"_s);
}

void tst_EventsClient::payloadsSurviveByteForByte_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("large integer") << R"({"id":9007199254740993})"_ba;
    QTest::newRow("key order and duplicates") << R"({"z":1,"a":2,"z":3})"_ba;
    QTest::newRow("white space") << "{ \"a\" :\n\t1 }"_ba;
    QTest::newRow("escapes") << R"("\u0041\/\n\"\\\ud83d\ude00")"_ba;
    QTest::newRow("lone surrogate escape") << R"("\ud800")"_ba;
    QTest::newRow("beyond the BMP") << "\"\xf0\x9f\x98\x80 \xc3\xa9\""_ba;
    QTest::newRow("number forms") << "[1.0, 1e2, -0, 0.10]"_ba;
    QTest::newRow("string") << R"("Breaking news!")"_ba;
    QTest::newRow("null") << "null"_ba;
    QTest::newRow("markup") << R"("<a href='x'>&amp;</a>")"_ba;
}

void tst_EventsClient::payloadsSurviveByteForByte()
{
    QFETCH(QByteArray, json);
    auto *subscription = m_client->subscribe(u"default/bytes"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy received(subscription, &ChannelSubscription::received);
    PublishOptions overHttp;
    overHttp.via = EventsClient::PublishVia::Http;
    m_client->publish(u"default/bytes"_s, json);
    m_client->publish(u"default/bytes"_s, {json}, overHttp);
    QTRY_COMPARE(received.count(), 2);
    QCOMPARE(received[0][0].value<Event>().json(), json);
    QCOMPARE(received[1][0].value<Event>().json(), json);
}

void tst_EventsClient::fiveEventsArriveAsFive()
{
    auto *subscription = m_client->subscribe(u"default/five"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy received(subscription, &ChannelSubscription::received);
    const Outcome outcome(
        m_client->publish(u"default/five"_s, {"1"_ba, "2"_ba, "3"_ba, "4"_ba, "5"_ba}, {}));
    QTRY_COMPARE(received.count(), 5);
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.successful.size(), 5);
    QSet<QByteArray> all;
    for (const QVariantList &arguments : received)
        all << arguments[0].value<Event>().json();
    QCOMPARE(all, (QSet<QByteArray>{"1", "2", "3", "4", "5"}));
}

void tst_EventsClient::httpPublishOpensNoWebSocket()
{
    PublishOptions options;
    options.via = EventsClient::PublishVia::Http;
    const Outcome outcome(m_client->publish(u"default/a"_s, {"1"_ba}, options));
    QVERIFY(outcome.arrives());
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
    QCOMPARE(m_emulator->connectionCount(), 0);
}

void tst_EventsClient::publishWithoutSubscriptionConnects()
{
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.successful.size(), 1);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_EventsClient::qmlValuesAndTexts()
{
    auto *subscription = m_client->subscribe(u"default/qml"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy received(subscription, &ChannelSubscription::received);
    m_client->publish(u"default/qml"_s, QJsonValue(QJsonObject{{u"text"_s, u"hello"_s}}));
    m_client->publish(u"default/qml"_s, QJsonValue(u"just text"_s));
    m_client->publishText(u"default/qml"_s, {u"{\"b\":9007199254740993}"_s});
    QTRY_COMPARE(received.count(), 3);
    QCOMPARE(received[0][0].value<Event>().json(), R"({"text":"hello"})"_ba);
    QCOMPARE(received[1][0].value<Event>().json(), R"("just text")"_ba);
    QCOMPARE(received[2][0].value<Event>().json(), R"({"b":9007199254740993})"_ba);
}

void tst_EventsClient::closeWaitsForPublishes()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy closed(m_client.get(), &EventsClient::closed);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    m_client->close();
    QCOMPARE(subscription->state(), SubscriptionState::Inactive);
    QVERIFY(outcome.arrives());
    QVERIFY(!outcome.error.isError());
    QTRY_COMPARE(closed.count(), 1);
    QTRY_COMPARE(m_emulator->connectionCount(), 0);
}

void tst_EventsClient::closeDiscards()
{
    FaultPlan silent;
    silent.neverAnswerPublish = true;
    m_emulator->setFaults(silent);
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    m_client->close(EventsClient::CloseMode::Discard);
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Cancelled);
    QCOMPARE(outcome.finished, 1);
}

void tst_EventsClient::operationAfterCloseOpensAgain()
{
    QVERIFY(subscribed(m_client->subscribe(u"default/a"_s)));
    m_client->close();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Disconnected);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QVERIFY(!outcome.error.isError());
}

void tst_EventsClient::reconnectResubscribes()
{
    auto *first = m_client->subscribe(u"default/a"_s);
    auto *second = m_client->subscribe(u"default/*"_s);
    QVERIFY(subscribed(first) && subscribed(second));
    const QString id = first->subscriptionId();
    QSignalSpy received(first, &ChannelSubscription::received);
    QSignalSpy opened(m_client.get(), &EventsClient::opened);
    QSignalSpy failed(m_client.get(), &EventsClient::connectionFailed);
    m_emulator->dropConnections();
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(failed.count(), 1);
    QVERIFY(subscribed(first) && subscribed(second));
    QCOMPARE(first->subscriptionId(), id);
    m_client->publish(u"default/a"_s, "1"_ba);
    QTRY_COMPARE(received.count(), 1);
}

void tst_EventsClient::publishInFlightAtLossIsUnknown()
{
    FaultPlan silent;
    silent.neverAnswerPublish = true;
    m_emulator->setFaults(silent);
    QSignalSpy frames(m_client.get(), &EventsClient::frameSeen);
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QTRY_VERIFY(frames.last()[0].value<Frame>().type == u"publish");
    m_emulator->dropConnections();
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::ConnectionLost);
    QVERIFY(outcome.error.message.contains(u"unknown"));
    // It is not sent again by itself.
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
    const int sent =
        int(std::count_if(frames.begin(), frames.end(), [](const QVariantList &arguments) {
            return arguments[0].value<Frame>().type == u"publish";
        }));
    QCOMPARE(sent, 1);
}

void tst_EventsClient::publishWhileConnectingWaits()
{
    m_client->open();
    QCOMPARE(m_client->connection()->state(), Connection::State::Authorizing);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QVERIFY(!outcome.error.isError());
}

void tst_EventsClient::publishesThatWaitedKeepTheirOrder()
{
    ScriptedServer server;
    server.beFriendly();
    EventsClient client(Endpoint(server.url()), m_key.get());
    QStringList expected;
    // More than ten, so that the order of the ids as text would be another one.
    for (int i = 1; i <= 25; ++i) {
        const QByteArray event = QByteArray::number(i);
        client.publish(u"/default/order"_s, event);
        expected << QString::fromLatin1(event);
    }
    QTRY_COMPARE(server.receivedOf(u"publish"_s).size(), expected.size());
    QStringList sent;
    const auto frames = server.receivedOf(u"publish"_s);
    for (const QJsonObject &frame : frames)
        sent << frame[u"events"_s][0].toString();
    QCOMPARE(sent, expected);
}

void tst_EventsClient::silentServerTimesOut()
{
    FakeClock clock;
    ScriptedServer server;
    EventsClient client(Endpoint(server.url()), m_key.get());
    client.setClock(&clock);
    client.setRetryPolicy(RetryPolicy::never());
    client.open();
    QTRY_COMPARE(client.connection()->state(), Connection::State::Handshaking);
    server.send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(client.connection()->state(), Connection::State::Ready);

    auto *subscription = client.subscribe(u"default/a"_s);
    const Outcome publish(client.publish(u"default/a"_s, "1"_ba));
    QTRY_COMPARE(server.receivedOf(u"subscribe"_s).size(), 1);
    QTRY_COMPARE(server.receivedOf(u"publish"_s).size(), 1);
    clock.advance(29s);
    QCOMPARE(subscription->state(), SubscriptionState::Pending);
    clock.advance(1s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Timeout);
    QVERIFY(publish.arrives());
    QCOMPARE(publish.error.kind, Kind::Timeout);
    QVERIFY(publish.error.message.contains(u"unknown"));

    // The late answers are dropped, not reported.
    QSignalSpy errors(&client, &EventsClient::errorOccurred);
    const QString id = server.receivedOf(u"publish"_s).first()[u"id"_s].toString();
    server.send(u"{\"type\":\"publish_success\",\"id\":\"%1\",\"successful\":[]}"_s.arg(id));
    server.send(u"{\"type\":\"ka\"}"_s);
    QSignalSpy keepAlive(client.connection(), &Connection::keepAliveReceived);
    QVERIFY(keepAlive.wait());
    QCOMPARE(errors.count(), 0);
    QCOMPARE(publish.finished, 1);
    QCOMPARE(client.connection()->state(), Connection::State::Ready);
}

void tst_EventsClient::silentHttpTimesOut()
{
    FakeClock clock;
    MuteServer mute;
    EventsClient client(Endpoint(mute.url()), m_key.get());
    client.setClock(&clock);
    client.setPublishVia(EventsClient::PublishVia::Http);
    QSignalSpy reached(&mute, &MuteServer::connected);
    const Outcome outcome(client.publish(u"default/a"_s, "1"_ba));
    QVERIFY(reached.wait());
    clock.advance(30s);
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Timeout);
    QVERIFY(outcome.error.message.contains(u"30 s"));
}

void tst_EventsClient::httpUnreachable()
{
    const QUrl url = m_emulator->httpUrl();
    m_emulator->close();
    m_client->setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Unreachable);
    QVERIFY(outcome.error.message.contains(QString::number(url.port())));
}

void tst_EventsClient::httpAnswerOfSomebodyElse()
{
    MuteServer other(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<h1>Hello</h1>"_ba);
    m_client->setEndpoint(Endpoint(other.url()));
    m_client->setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Receiving);
    QCOMPARE(outcome.error.httpStatus, 200);
}

void tst_EventsClient::tapShowsEveryFrameMasked()
{
    QSignalSpy frames(m_client.get(), &EventsClient::frameSeen);
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    const Outcome outcome(
        m_client->publish(u"default/a"_s, R"({"x-api-key":"in the payload"})"_ba));
    QVERIFY(outcome.arrives());
    QSignalSpy received(subscription, &ChannelSubscription::received);
    QTRY_COMPARE(frames.count(), 7);
    QStringList types;
    for (qsizetype i = 0; i < frames.count(); ++i) {
        const auto frame = frames[i][0].value<Frame>();
        QCOMPARE(frame.seq, i + 1);
        QVERIFY2(!frame.text.contains(m_emulator->apiKey()), "a credential in the tap");
        types << frame.type;
    }
    types.sort();
    QCOMPARE(types,
             (QStringList{u"connection_ack"_s, u"connection_init"_s, u"data"_s, u"publish"_s,
                          u"publish_success"_s, u"subscribe"_s, u"subscribe_success"_s}));
    for (const QVariantList &arguments : frames) {
        const auto frame = arguments[0].value<Frame>();
        if (frame.type == u"publish") {
            QCOMPARE(frame.direction, Frame::Direction::Out);
            QVERIFY(frame.text.contains(u"in the payload"));
            QVERIFY(frame.text.contains(u"<masked"));
        }
    }
}

void tst_EventsClient::tapShowsHttp()
{
    QSignalSpy frames(m_client.get(), &EventsClient::frameSeen);
    m_client->setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(frames.count(), 2);
    QCOMPARE(frames[0][0].value<Frame>().type, u"POST"_s);
    QCOMPARE(frames[0][0].value<Frame>().text,
             u"{\"channel\":\"/default/a\",\"events\":[\"1\"]}"_s);
    QCOMPARE(frames[1][0].value<Frame>().type, u"HTTP 200"_s);
    QCOMPARE(frames[1][0].value<Frame>().transport, Frame::Transport::Http);
}

void tst_EventsClient::subscriptionsOfADeletedClientBecomeInactive()
{
    ChannelSubscription subscription;
    subscription.setChannel(u"default/a"_s);
    subscription.setClient(m_client.get());
    QVERIFY(subscribed(&subscription));
    m_client.reset();
    QCOMPARE(subscription.state(), SubscriptionState::Inactive);
    QVERIFY(!subscription.client());
}

void tst_EventsClient::tlsWithOwnCa()
{
    Emulator emulator;
    Emulator::Options options;
    options.tls = true;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    EventsClient client(Endpoint(emulator.httpUrl()), m_key.get());
    m_key->setKey(emulator.apiKey());
    NetworkSettings network;
    network.tls.setCaCertificates(QSslCertificate::fromData(emulator.caCertificate(), QSsl::Pem));
    client.setNetworkSettings(network);
    auto *subscription = client.subscribe(u"default/a"_s);
    QVERIFY2(subscribed(subscription), qPrintable(client.connection()->error().toString()));
    QSignalSpy received(subscription, &ChannelSubscription::received);
    PublishOptions overHttp;
    overHttp.via = EventsClient::PublishVia::Http;
    const Outcome outcome(client.publish(u"default/a"_s, {"1"_ba}, overHttp));
    QVERIFY(outcome.arrives());
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QTRY_COMPARE(received.count(), 1);
}

void tst_EventsClient::tlsWithUnknownCaIsRefused()
{
    Emulator emulator;
    Emulator::Options options;
    options.tls = true;
    QVERIFY(emulator.listen(options));
    EventsClient client(Endpoint(emulator.httpUrl()), m_key.get());
    client.open();
    QTRY_COMPARE(client.connection()->state(), Connection::State::Disconnected);
    QCOMPARE(client.connection()->error().kind, Kind::Tls);
    QVERIFY(!client.connection()->error().serverMessage.isEmpty());

    client.setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(client.publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Tls);
}

void tst_EventsClient::listenersOfFramesMayEnd()
{
    EventsClient client;
    // Qt has 131 locks for all objects: some of so many listeners share that of the client.
    std::vector<std::unique_ptr<QObject>> listeners;
    for (int i = 0; i < 1000; ++i) {
        listeners.push_back(std::make_unique<QObject>());
        connect(&client, &EventsClient::frameSeen, listeners.back().get(), [] {});
    }
    listeners.clear(); // and does not wait for ever
    QCoreApplication::processEvents();
    QVERIFY(listeners.empty());
}

GUILESS_TEST(tst_EventsClient)
#include "tst_eventsclient.moc"
