// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>
#include <AppSync/TokenAuthorizer>

#include "tests/lib/client/emulatedclient.h"
#include "tests/lib/client/publishoutcome.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;
using SubscriptionState = ChannelSubscription::State;

//! What the client refuses itself, what the service refuses, and who may do what.
class tst_ClientRefusals : public QObject, public EmulatedClient {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

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
};

void tst_ClientRefusals::init()
{
    QVERIFY2(start(), qPrintable(m_emulator->problem()));
}

void tst_ClientRefusals::cleanup()
{
    stop();
}

void tst_ClientRefusals::badInputIsRefusedBeforeSending_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QList<QByteArray>>("events");
    QTest::addColumn<QString>("words");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("six events") << u"default/a"_s << QList<QByteArray>(6, "1") << u"at most 5"_s
                                << Kind::InvalidInput;
    QTest::newRow("no event") << u"default/a"_s << QList<QByteArray>() << u"no event"_s
                              << Kind::InvalidInput;
    QTest::newRow("not JSON") << u"default/a"_s << QList<QByteArray>{"hello"} << u"not JSON"_s
                              << Kind::Encoding;
    QTest::newRow("not UTF-8") << u"default/a"_s << QList<QByteArray>{"\"\xff\""} << u"UTF-8"_s
                               << Kind::Encoding;
    QTest::newRow("too large") << u"default/a"_s << QList<QByteArray>{ofSize(245'761)}
                               << u"240 KB"_s << Kind::InvalidInput;
    QTest::newRow("wildcard") << u"default/*"_s << QList<QByteArray>{"1"} << u"wildcard"_s
                              << Kind::InvalidInput;
    QTest::newRow("bad channel") << u"default/a_b"_s << QList<QByteArray>{"1"} << u"a_b"_s
                                 << Kind::InvalidInput;
}

void tst_ClientRefusals::badInputIsRefusedBeforeSending()
{
    QFETCH(QString, channel);
    QFETCH(QList<QByteArray>, events);
    QFETCH(QString, words);
    const Outcome outcome(m_client->publish(channel, events, {}));
    QFETCH(Kind, kind);
    QCOMPARE(outcome.finished, 0); // never synchronously
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, kind);
    QVERIFY2(outcome.error.message.contains(words), qPrintable(outcome.error.message));
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_ClientRefusals::uncheckedInputShowsTheServersAnswer()
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

void tst_ClientRefusals::wrongKey()
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

void tst_ClientRefusals::wrongKeyOverHttp()
{
    m_key->setKey(u"da2-wrongwrongwrongwrongwrongwr"_s);
    m_client->setPublishVia(EventsClient::PublishVia::Http);
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::Unauthorized);
    QCOMPARE(outcome.error.httpStatus, 401);
    QVERIFY(!outcome.error.serverMessage.isEmpty());
}

void tst_ClientRefusals::unknownNamespace()
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

void tst_ClientRefusals::oneRefusedChannelDoesNotHurtTheOthers()
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

void tst_ClientRefusals::eachOperationHasItsAuthorizer()
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

void tst_ClientRefusals::expiredTokenIsRefused()
{
    TokenAuthorizer expired(m_emulator->tokenFor(u"someone"_s, -60s));
    auto *subscription = m_client->subscribe(u"private/a"_s, &expired);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Unauthorized);
}

void tst_ClientRefusals::partialFailureIsNoError()
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

GUILESS_TEST(tst_ClientRefusals)
#include "tst_clientrefusals.moc"
