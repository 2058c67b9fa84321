// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>
#include <AppSync/TokenAuthorizer>

#include "tests/shared/fakeclock.h"
#include "tests/shared/scriptedserver.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;
using SubscriptionState = ChannelSubscription::State;

namespace {

//! What a publish ended with; the reply itself is gone by then.
struct Outcome {
    explicit Outcome(PublishReply *reply)
    {
        QObject::connect(reply, &Reply::finished, reply, [this, reply] {
            ++finished;
            error = reply->error();
            successful = reply->successful();
            failed = reply->failed();
            elapsed = reply->elapsed();
        });
    }
    [[nodiscard]] bool arrives() const
    {
        return QTest::qWaitFor([this] { return finished > 0; });
    }
    int finished = 0;
    Error error;
    QList<PublishedEvent> successful;
    QList<PublishedEvent> failed;
    std::chrono::nanoseconds elapsed{0};
};

QByteArray ofSize(qsizetype size)
{
    return '"' + QByteArray(size - 2, 'x') + '"';
}

} // namespace

//! The client against the emulator: what users do all day.
class tst_EventsClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void publishReachesExactAndWildcard_data();
    void publishReachesExactAndWildcard();
    void payloadsSurviveByteForByte_data();
    void payloadsSurviveByteForByte();
    void fiveEventsArriveAsFive();
    void httpPublishOpensNoWebSocket();
    void publishWithoutSubscriptionConnects();
    void qmlValuesAndTexts();

    void badInputIsRefusedBeforeSending_data();
    void badInputIsRefusedBeforeSending();
    void uncheckedInputShowsTheServersAnswer();
    void wrongKey();
    void wrongKeyOverHttp();
    void unknownNamespace();
    void oneRefusedChannelDoesNotHurtTheOthers();
    void eachOperationHasItsAuthorizer();
    void expiredTokenIsRefused();
    void partialFailureIsNoError();

    void closeWaitsForPublishes();
    void closeDiscards();
    void operationAfterCloseOpensAgain();
    void reconnectResubscribes();
    void publishInFlightAtLossIsUnknown();
    void publishWhileConnectingWaits();
    void silentServerTimesOut();
    void silentHttpTimesOut();
    void httpUnreachable();
    void httpAnswerOfSomebodyElse();

    void tapShowsEveryFrameMasked();
    void tapShowsHttp();
    void subscriptionsOfADeletedClientBecomeInactive();
    void tlsWithOwnCa();
    void tlsWithUnknownCaIsRefused();

private:
    [[nodiscard]] bool subscribed(ChannelSubscription *subscription) const
    {
        return QTest::qWaitFor(
            [=] { return subscription->state() == SubscriptionState::Subscribed; });
    }

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<EventsClient> m_client;
};

void tst_EventsClient::initTestCase()
{
    qRegisterMetaType<Event>();
}

void tst_EventsClient::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<ApiKeyAuthorizer>(m_emulator->apiKey());
    m_client = std::make_unique<EventsClient>(Endpoint(m_emulator->httpUrl()), m_key.get());
    RetryPolicy quick;
    quick.base = quick.cap = 0ms;
    m_client->setRetryPolicy(quick);
}

void tst_EventsClient::cleanup()
{
    m_client.reset();
    m_key.reset();
    m_emulator.reset();
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

void tst_EventsClient::badInputIsRefusedBeforeSending_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QList<QByteArray>>("events");
    QTest::addColumn<QString>("words");
    QTest::newRow("six events") << u"default/a"_s << QList<QByteArray>(6, "1") << u"at most 5"_s;
    QTest::newRow("no event") << u"default/a"_s << QList<QByteArray>() << u"no event"_s;
    QTest::newRow("not JSON") << u"default/a"_s << QList<QByteArray>{"hello"} << u"not JSON"_s;
    QTest::newRow("not UTF-8") << u"default/a"_s << QList<QByteArray>{"\"\xff\""} << u"UTF-8"_s;
    QTest::newRow("too large") << u"default/a"_s << QList<QByteArray>{ofSize(245'761)}
                               << u"240 KB"_s;
    QTest::newRow("wildcard") << u"default/*"_s << QList<QByteArray>{"1"} << u"wildcard"_s;
    QTest::newRow("bad channel") << u"default/a_b"_s << QList<QByteArray>{"1"} << u"a_b"_s;
}

void tst_EventsClient::badInputIsRefusedBeforeSending()
{
    QFETCH(QString, channel);
    QFETCH(QList<QByteArray>, events);
    QFETCH(QString, words);
    const Outcome outcome(m_client->publish(channel, events, {}));
    QCOMPARE(outcome.finished, 0); // never synchronously
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::InvalidInput);
    QVERIFY2(outcome.error.message.contains(words), qPrintable(outcome.error.message));
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_EventsClient::uncheckedInputShowsTheServersAnswer()
{
    PublishOptions unchecked;
    unchecked.check = false;
    const Outcome six(m_client->publish(u"default/a"_s, QList<QByteArray>(6, "1"), unchecked));
    QVERIFY(six.arrives());
    QCOMPARE(six.error.kind, Kind::Refused);
    QCOMPARE(six.error.type, u"InvalidInputError"_s);
    QCOMPARE(six.error.serverMessage, u"input exceeded 5 event limit"_s);

    unchecked.via = EventsClient::PublishVia::Http;
    const Outcome overHttp(m_client->publish(u"default/a"_s, QList<QByteArray>(6, "1"), unchecked));
    QVERIFY(overHttp.arrives());
    QCOMPARE(overHttp.error.type, u"BadRequestException"_s);
    QCOMPARE(overHttp.error.serverMessage, u"Input exceeded 5 event limit"_s);
    QVERIFY(overHttp.error.httpStatus >= 400);

    const Outcome large(m_client->publish(u"default/a"_s, {ofSize(245'761)}, unchecked));
    QVERIFY(large.arrives());
    QVERIFY(!large.error.isError());
    QCOMPARE(large.failed.size(), 1);
    QCOMPARE(large.failed[0].code, u"EventTooLargeException"_s);
}

void tst_EventsClient::wrongKey()
{
    m_key->setKey(u"da2-wrongwrongwrongwrongwrongwr"_s);
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QSignalSpy errors(subscription, &ChannelSubscription::errorOccurred);
    const Outcome publish(m_client->publish(u"default/a"_s, "1"_ba));
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Unauthorized);
    QCOMPARE(errors.count(), 1);
    QVERIFY(publish.arrives());
    QCOMPARE(publish.error.kind, Kind::Unauthorized);
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);

    // The key is corrected: open() brings the subscription back.
    m_key->setKey(m_emulator->apiKey());
    m_client->open();
    QVERIFY(subscribed(subscription));
}

void tst_EventsClient::wrongKeyOverHttp()
{
    m_key->setKey(u"da2-wrongwrongwrongwrongwrongwr"_s);
    m_client->setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Unauthorized);
    QCOMPARE(outcome.error.httpStatus, 401);
    QVERIFY(!outcome.error.serverMessage.isEmpty());
}

void tst_EventsClient::unknownNamespace()
{
    auto *subscription = m_client->subscribe(u"nowhere/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Unauthorized);
    QVERIFY2(subscription->error().nextStep.contains(u"namespace"),
             qPrintable(subscription->error().nextStep));
    const Outcome outcome(m_client->publish(u"nowhere/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Unauthorized);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_EventsClient::oneRefusedChannelDoesNotHurtTheOthers()
{
    auto *good = m_client->subscribe(u"default/a"_s);
    auto *refused = m_client->subscribe(u"nowhere/a"_s);
    auto *malformed = m_client->subscribe(u"default/a_b"_s);
    QVERIFY(subscribed(good));
    QTRY_COMPARE(refused->state(), SubscriptionState::Failed);
    QTRY_COMPARE(malformed->state(), SubscriptionState::Failed);
    QCOMPARE(malformed->error().kind, Kind::InvalidInput);
    QCOMPARE(good->state(), SubscriptionState::Subscribed);
    QCOMPARE(m_emulator->connectionCount(), 1);
}

void tst_EventsClient::eachOperationHasItsAuthorizer()
{
    TokenAuthorizer token(m_emulator->token());
    // `private` refuses API keys; connecting and publishing elsewhere goes on with the key.
    auto *withKey = m_client->subscribe(u"private/a"_s);
    QTRY_COMPARE(withKey->state(), SubscriptionState::Failed);
    auto *withToken = m_client->subscribe(u"private/a"_s, &token);
    QVERIFY(subscribed(withToken));

    QSignalSpy received(withToken, &ChannelSubscription::received);
    const Outcome refused(m_client->publish(u"private/a"_s, "1"_ba));
    QVERIFY(refused.arrives());
    QCOMPARE(refused.error.kind, Kind::Unauthorized);
    PublishOptions options;
    options.authorizer = &token;
    const Outcome allowed(m_client->publish(u"private/a"_s, {"2"_ba}, options));
    QVERIFY(allowed.arrives());
    QVERIFY(!allowed.error.isError());
    QTRY_COMPARE(received.count(), 1);

    m_client->setPublishAuthorizer(&token);
    m_client->setSubscribeAuthorizer(&token);
    const Outcome byDefault(m_client->publish(u"private/a"_s, "3"_ba));
    QVERIFY(byDefault.arrives());
    QVERIFY(!byDefault.error.isError());
    QVERIFY(subscribed(m_client->subscribe(u"private/b"_s)));

    m_client->close();
    ApiKeyAuthorizer wrong(u"da2-wrong"_s);
    m_client->setConnectAuthorizer(&wrong);
    m_client->open();
    QTRY_COMPARE(m_client->connection()->error().kind, Kind::Unauthorized);
}

void tst_EventsClient::expiredTokenIsRefused()
{
    TokenAuthorizer expired(m_emulator->tokenFor(u"someone"_s, -60s));
    auto *subscription = m_client->subscribe(u"private/a"_s, &expired);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Unauthorized);
}

void tst_EventsClient::partialFailureIsNoError()
{
    PublishOptions unchecked;
    unchecked.check = false;
    FaultPlan numeric;
    for (const bool isNumber : {false, true}) {
        numeric.numericFailureCode = isNumber;
        m_emulator->setFaults(numeric);
        const Outcome outcome(
            m_client->publish(u"default/a"_s, {"1"_ba, ofSize(245'761)}, unchecked));
        QVERIFY(outcome.arrives());
        QVERIFY(!outcome.error.isError());
        QCOMPARE(outcome.successful.size(), 1);
        QCOMPARE(outcome.failed.size(), 1);
        QCOMPARE(outcome.failed[0].index, 1);
        QVERIFY(!outcome.failed[0].code.isEmpty());
        QCOMPARE(outcome.failed[0].message, u"Transformed event is larger than 240KB"_s);
    }
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
    QCOMPARE(outcome.error.kind, Kind::Protocol);
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

QTEST_GUILESS_MAIN(tst_EventsClient)
#include "tst_eventsclient.moc"
