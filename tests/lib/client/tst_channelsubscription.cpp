// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/ChannelSubscription>
#include <AppSync/EventsClient>

#include "tests/shared/fakeclock.h"
#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using SubscriptionState = ChannelSubscription::State;

//! One subscription as its server sees it.
class tst_ChannelSubscription : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void propertyOrderDoesNotMatter();
    void sendsNothingUntilActive();
    void deletingItUnsubscribes();
    void deletingItsParentUnsubscribes();
    void deletingBeforeTheAckUnsubscribesAfterIt();
    void deactivatingUnsubscribesAndKeepsTheObject();
    void changingTheChannelSubscribesAnew();
    void movingToAnotherClient();
    void refusalIsOneError();
    void broadcastErrorKeepsItSubscribed();
    void eventsAfterUnsubscribeAreNotDelivered();
    void eventAsArrayIsSeveralEvents();
    void deletingItInASlotOfABatchIsSafe();
    void twoSubscriptionsToOneChannelAreTwo();
    void renewedCredentialsAreTriedOnce();

private:
    [[nodiscard]] int subscribes() const
    {
        return int(m_server->receivedOf(u"subscribe"_s).size());
    }
    [[nodiscard]] QList<QJsonObject> unsubscribes() const
    {
        return m_server->receivedOf(u"unsubscribe"_s);
    }
    void connectClient();

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<EventsClient> m_client;
};

void tst_ChannelSubscription::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->beFriendly();
    m_key = std::make_unique<ApiKeyAuthorizer>(u"da2-k"_s);
    m_client = std::make_unique<EventsClient>(Endpoint(m_server->url()), m_key.get());
}

void tst_ChannelSubscription::cleanup()
{
    m_client.reset();
    m_key.reset();
    m_server.reset();
}

void tst_ChannelSubscription::connectClient()
{
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_ChannelSubscription::propertyOrderDoesNotMatter()
{
    ChannelSubscription subscription;
    subscription.setAuthorizer(m_key.get());
    subscription.setClient(m_client.get());
    subscription.setChannel(u"default/first"_s);
    subscription.setChannel(u"default/a"_s);
    QTRY_COMPARE(subscription.state(), SubscriptionState::Subscribed);
    QCOMPARE(subscribes(), 1);
    const QJsonObject frame = m_server->receivedOf(u"subscribe"_s).first();
    QCOMPARE(frame[u"channel"_s].toString(), u"/default/a"_s);
    QCOMPARE(frame[u"id"_s].toString(), subscription.subscriptionId());
    QCOMPARE(frame[u"authorization"_s].toObject()[u"x-api-key"_s].toString(), u"da2-k"_s);
}

void tst_ChannelSubscription::sendsNothingUntilActive()
{
    ChannelSubscription subscription;
    subscription.setActive(false);
    subscription.setClient(m_client.get());
    subscription.setChannel(u"default/a"_s);
    connectClient();
    QSignalSpy keepAlive(m_client->connection(), &Connection::keepAliveReceived);
    m_server->send(u"{\"type\":\"ka\"}"_s); // a round trip in which a subscribe would have arrived
    QVERIFY(keepAlive.wait());
    QCOMPARE(subscription.state(), SubscriptionState::Inactive);
    QCOMPARE(subscribes(), 0);
    subscription.setActive(true);
    QTRY_COMPARE(subscription.state(), SubscriptionState::Subscribed);
}

void tst_ChannelSubscription::deletingItUnsubscribes()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    const QString id = subscription->subscriptionId();
    delete subscription;
    QTRY_COMPARE(unsubscribes().size(), 1);
    QCOMPARE(unsubscribes().first()[u"id"_s].toString(), id);
    QVERIFY(!unsubscribes().first().contains(u"authorization"_s));
}

void tst_ChannelSubscription::deletingItsParentUnsubscribes()
{
    auto parent = std::make_unique<QObject>();
    auto *subscription = new ChannelSubscription(parent.get());
    subscription->setClient(m_client.get());
    subscription->setChannel(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    parent.reset();
    QTRY_COMPARE(unsubscribes().size(), 1);
}

void tst_ChannelSubscription::deletingBeforeTheAckUnsubscribesAfterIt()
{
    ScriptedServer server;
    EventsClient client(Endpoint(server.url()), m_key.get());
    auto *subscription = client.subscribe(u"default/a"_s);
    QTRY_COMPARE(client.connection()->state(), Connection::State::Handshaking);
    server.send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(server.receivedOf(u"subscribe"_s).size(), 1);
    const QString id = subscription->subscriptionId();
    delete subscription;
    QCOMPARE(server.receivedOf(u"unsubscribe"_s).size(), 0);
    server.send(u"{\"type\":\"subscribe_success\",\"id\":\"%1\"}"_s.arg(id));
    QTRY_COMPARE(server.receivedOf(u"unsubscribe"_s).size(), 1);
}

void tst_ChannelSubscription::deactivatingUnsubscribesAndKeepsTheObject()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    const QString firstId = subscription->subscriptionId();
    subscription->setActive(false);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Inactive);
    QTRY_COMPARE(unsubscribes().size(), 1);
    subscription->setActive(true);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    QVERIFY(subscription->subscriptionId() != firstId);
}

void tst_ChannelSubscription::changingTheChannelSubscribesAnew()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    subscription->setChannel(u"default/b"_s);
    QTRY_COMPARE(subscribes(), 2);
    QCOMPARE(unsubscribes().size(), 1);
    QCOMPARE(m_server->receivedOf(u"subscribe"_s).last()[u"channel"_s].toString(), u"/default/b"_s);
}

void tst_ChannelSubscription::movingToAnotherClient()
{
    ScriptedServer other;
    other.beFriendly();
    EventsClient client(Endpoint(other.url()), m_key.get());
    ChannelSubscription subscription;
    subscription.setChannel(u"default/a"_s);
    subscription.setClient(m_client.get());
    QTRY_COMPARE(subscription.state(), SubscriptionState::Subscribed);
    subscription.setClient(&client);
    QTRY_COMPARE(other.receivedOf(u"subscribe"_s).size(), 1);
    QTRY_COMPARE(unsubscribes().size(), 1);
}

void tst_ChannelSubscription::refusalIsOneError()
{
    ScriptedServer server;
    EventsClient client(Endpoint(server.url()), m_key.get());
    auto *subscription = client.subscribe(u"default/a"_s);
    QSignalSpy errors(subscription, &ChannelSubscription::errorOccurred);
    QTRY_COMPARE(client.connection()->state(), Connection::State::Handshaking);
    server.send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(server.receivedOf(u"subscribe"_s).size(), 1);
    server.send(u"{\"type\":\"subscribe_error\",\"id\":\"%1\",\"errors\":{\"errorType\":"
                u"\"BadRequestException\","
                "\"message\":\"Invalid Channel Format\"}}"_s.arg(subscription->subscriptionId()));
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(errors.count(), 1);
    QCOMPARE(subscription->error().serverMessage, u"Invalid Channel Format"_s);
    QCOMPARE(subscription->error().message, u"The subscription to /default/a was refused."_s);
    QCOMPARE(client.connection()->state(), Connection::State::Ready);
}

void tst_ChannelSubscription::broadcastErrorKeepsItSubscribed()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    QSignalSpy errors(subscription, &ChannelSubscription::errorOccurred);
    m_server->send(
        u"{\"type\":\"broadcast_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
        "\"MessageProcessingError\",\"message\":\"There was an error processing the message\"}]}"_s
            .arg(subscription->subscriptionId()));
    QVERIFY(errors.wait());
    QCOMPARE(errors[0][0].value<Error>().type, u"MessageProcessingError"_s);
    QCOMPARE(subscription->state(), SubscriptionState::Subscribed);
}

void tst_ChannelSubscription::eventsAfterUnsubscribeAreNotDelivered()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    const QString id = subscription->subscriptionId();
    QSignalSpy received(subscription, &ChannelSubscription::received);
    QSignalSpy errors(m_client.get(), &EventsClient::errorOccurred);
    subscription->setActive(false);
    QTRY_COMPARE(unsubscribes().size(), 1);
    m_server->send(u"{\"type\":\"data\",\"id\":\"%1\",\"event\":\"1\"}"_s.arg(id));
    m_server->send(u"{\"type\":\"ka\"}"_s);
    QSignalSpy keepAlive(m_client->connection(), &Connection::keepAliveReceived);
    QVERIFY(keepAlive.wait());
    QCOMPARE(received.count(), 0);
    QCOMPARE(errors.count(), 0); // it was on its way; nobody is to blame
}

void tst_ChannelSubscription::eventAsArrayIsSeveralEvents()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    QSignalSpy received(subscription, &ChannelSubscription::received);
    m_server->send(u"{\"type\":\"data\",\"id\":\"%1\",\"event\":[\"{\\\"a\\\":1}\",\"2\"]}"_s.arg(
        subscription->subscriptionId()));
    QTRY_COMPARE(received.count(), 2);
    QCOMPARE(received[0][0].value<Event>().json(), R"({"a":1})"_ba);
    QCOMPARE(received[1][0].value<Event>().json(), "2"_ba);
}

void tst_ChannelSubscription::deletingItInASlotOfABatchIsSafe()
{
    QPointer<ChannelSubscription> subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    int received = 0;
    connect(subscription, &ChannelSubscription::received, this, [&] {
        ++received;
        delete subscription;
    });
    m_server->send(u"{\"type\":\"data\",\"id\":\"%1\",\"event\":[\"1\",\"2\"]}"_s.arg(
        subscription->subscriptionId()));
    QTRY_VERIFY(!subscription);
    QCOMPARE(received, 1);
    QTRY_COMPARE(unsubscribes().size(), 1);
}

void tst_ChannelSubscription::twoSubscriptionsToOneChannelAreTwo()
{
    auto *first = m_client->subscribe(u"default/a"_s);
    auto *second = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(first->state(), SubscriptionState::Subscribed);
    QTRY_COMPARE(second->state(), SubscriptionState::Subscribed);
    QVERIFY(first->subscriptionId() != second->subscriptionId());
    delete first;
    QTRY_COMPARE(unsubscribes().size(), 1);
    QCOMPARE(second->state(), SubscriptionState::Subscribed);
}

namespace {

//! Has another key after each refusal.
class RenewingAuthorizer : public Authorizer {
    Q_OBJECT

public:
    AuthReply *authorize(const SignableRequest &) override
    {
        auto *reply = new AuthReply(this);
        reply->succeed({{"Authorization"_ba, QByteArray::number(generation)}});
        return reply;
    }
    bool invalidate() override
    {
        ++generation;
        return true;
    }
    [[nodiscard]] QString displayName() const override { return u"renewing"_s; }
    int generation = 1;
};

} // namespace

void tst_ChannelSubscription::renewedCredentialsAreTriedOnce()
{
    ScriptedServer server;
    RenewingAuthorizer renewing;
    EventsClient client(Endpoint(server.url()), m_key.get());
    auto *subscription = client.subscribe(u"default/a"_s, &renewing);
    QTRY_COMPARE(client.connection()->state(), Connection::State::Handshaking);
    server.send(u"{\"type\":\"connection_ack\"}"_s);
    const QString refusal =
        u"{\"type\":\"subscribe_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
        "\"UnauthorizedException\",\"message\":\"Token expired\"}]}"_s;
    QTRY_COMPARE(server.receivedOf(u"subscribe"_s).size(), 1);
    server.send(refusal.arg(subscription->subscriptionId()));
    QTRY_COMPARE(server.receivedOf(u"subscribe"_s).size(), 2);
    QCOMPARE(server.receivedOf(u"subscribe"_s)
                 .last()[u"authorization"_s]
                 .toObject()[u"Authorization"_s]
                 .toString(),
             u"2"_s);
    server.send(refusal.arg(subscription->subscriptionId()));
    QTRY_COMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(server.receivedOf(u"subscribe"_s).size(), 2);
}

GUILESS_TEST(tst_ChannelSubscription)
#include "tst_channelsubscription.moc"
