// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/scriptedclient.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;
using SubscriptionState = ChannelSubscription::State;
using EndReason = ChannelSubscription::EndReason;

//! Opening, subscribing and unsubscribing take a deadline, can be aborted, and end exactly once.
class tst_Operations : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void openSucceeds();
    void openOfAnOpenClientSucceeds();
    void openFailsWithTheErrorOfTheConnection();
    void openTimesOutAndStopsTheAttempt();
    void openAbortedStopsTheAttempt();
    void openAbortedGoesOnForASubscription();
    void openEndsWithClose();
    void subscribeSucceeds();
    void subscribeTwiceIsAlreadyCalled();
    void subscribeWithoutClientOrChannel();
    void subscribeRefused();
    void subscribeAborted();
    void subscribeWaitsForAConnectionUntilItsDeadline();
    void subscribeWithoutDeadlineWaitsForTheConnection();
    void subscribeAcknowledgedTooLateIsUnsubscribed();
    void unsubscribeSucceeds();
    void unsubscribeTwiceIsAlreadyCalled();
    void unsubscribeBeforeTheAckWaitsForIt();
    void unsubscribeWhenNotSubscribed();
    void unsubscribeRefused();
    void unsubscribeTimesOut();
    void unsubscribeWhileReconnectingIsDoneAtOnce();
};

void tst_Operations::openSucceeds()
{
    m_server->beFriendly();
    const Ending open(m_client->open(5s));
    QVERIFY(open.arrives());
    QVERIFY(!open.error.isError());
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
    m_clock->advance(1h); // its deadline is over with it
    QCOMPARE(open.count, 1);
}

void tst_Operations::openOfAnOpenClientSucceeds()
{
    QVERIFY(connects());
    const Ending again(m_client->open());
    QVERIFY(again.arrives());
    QVERIFY(!again.error.isError());
    QCOMPARE(m_server->connections(), 1);
}

void tst_Operations::openFailsWithTheErrorOfTheConnection()
{
    m_client->setRetryPolicy(RetryPolicy::never());
    m_server->stopListening();
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Unreachable);
}

void tst_Operations::openTimesOutAndStopsTheAttempt()
{
    const Ending open(m_client->open(5s));
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Handshaking);
    m_clock->advance(5s);
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Timeout);
    QVERIFY2(open.error.message.contains(u"5 s"), qPrintable(open.error.message));
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_Operations::openAbortedStopsTheAttempt()
{
    const Ending open(m_client->open());
    open.reply->abort();
    open.reply->abort();
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Cancelled);
    QCOMPARE(open.count, 1);
    QCOMPARE(m_server->connections(), 0);
}

void tst_Operations::openAbortedGoesOnForASubscription()
{
    m_server->beFriendly();
    auto *subscription = m_client->subscribe(u"default/a"_s);
    subscription->subscribe();
    const Ending open(m_client->open());
    open.reply->abort();
    QVERIFY(open.arrives());
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
}

void tst_Operations::openEndsWithClose()
{
    const Ending open(m_client->open());
    m_client->close();
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Cancelled);
}

void tst_Operations::subscribeSucceeds()
{
    m_server->beFriendly();
    ChannelSubscription subscription;
    subscription.setClient(m_client.get());
    subscription.setChannel(u"default/a"_s);
    const Ending subscribe(subscription.subscribe());
    QCOMPARE(subscription.state(),
             SubscriptionState::Pending); // at once, not with the next turn of the loop
    QVERIFY(subscribe.arrives());
    QVERIFY(!subscribe.error.isError());
    QCOMPARE(subscription.state(), SubscriptionState::Subscribed);
    QCOMPARE(sent(u"subscribe"_s), 1);
}

void tst_Operations::subscribeTwiceIsAlreadyCalled()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    const Ending whilePending(subscription->subscribe());
    QVERIFY(whilePending.arrives());
    QCOMPARE(whilePending.error.kind, Kind::AlreadyCalled);
    acknowledge(subscription);
    QTRY_COMPARE(subscription->state(), SubscriptionState::Subscribed);
    const Ending whenDone(subscription->subscribe());
    QVERIFY(whenDone.arrives());
    QCOMPARE(whenDone.error.kind, Kind::AlreadyCalled);
    QCOMPARE(subscription->state(), SubscriptionState::Subscribed);
    QCOMPARE(sent(u"subscribe"_s), 1);
}

void tst_Operations::subscribeWithoutClientOrChannel()
{
    ChannelSubscription subscription;
    const Ending noClient(subscription.subscribe());
    QVERIFY(noClient.arrives());
    QCOMPARE(noClient.error.kind, Kind::InvalidInput);
    subscription.setClient(m_client.get());
    const Ending noChannel(subscription.subscribe());
    QVERIFY(noChannel.arrives());
    QCOMPARE(noChannel.error.kind, Kind::InvalidInput);
    subscription.setChannel(u"bad channel"_s);
    const Ending badChannel(subscription.subscribe());
    QVERIFY(badChannel.arrives());
    QCOMPARE(badChannel.error.kind, Kind::InvalidInput);
    QCOMPARE(subscription.state(), SubscriptionState::Failed);
}

void tst_Operations::subscribeRefused()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    const Ending subscribe(subscription->subscribe());
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    m_server->send(
        u"{\"type\":\"subscribe_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
        "\"BadRequestException\",\"message\":\"no\"}]}"_s.arg(subscription->subscriptionId()));
    QVERIFY(subscribe.arrives());
    QCOMPARE(subscribe.error.serverMessage, u"no"_s);
}

void tst_Operations::subscribeAborted()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QSignalSpy ended(subscription, &ChannelSubscription::ended);
    const Ending subscribe(subscription->subscribe());
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    subscribe.reply->abort();
    QVERIFY(subscribe.arrives());
    QCOMPARE(subscribe.error.kind, Kind::Cancelled);
    QCOMPARE(subscription->state(), SubscriptionState::Inactive);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<EndReason>(), EndReason::Cancelled);
    acknowledge(subscription); // late: it must not stay subscribed on the server
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    QCOMPARE(subscribe.count, 1);
}

void tst_Operations::subscribeWaitsForAConnectionUntilItsDeadline()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    subscription->setTimeout(5s);
    const Ending subscribe(subscription->subscribe());
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Handshaking);
    m_clock->advance(5s);
    QVERIFY(subscribe.arrives());
    QCOMPARE(subscribe.error.kind, Kind::Timeout);
    QVERIFY2(subscribe.error.message.contains(u"no connection within 5 s"),
             qPrintable(subscribe.error.message));
    QCOMPARE(subscription->state(), SubscriptionState::Failed);
}

void tst_Operations::subscribeWithoutDeadlineWaitsForTheConnection()
{
    Connection::Deadlines patient;
    patient.handshaking = 0ms;
    m_client->setDeadlines(patient);
    auto *subscription = m_client->subscribe(u"default/a"_s);
    subscription->setTimeout(0ms);
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Handshaking);
    m_clock->advance(1h);
    QCOMPARE(subscription->state(), SubscriptionState::Pending);
    m_server->send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    m_clock->advance(m_client->operationTimeout()); // the answer is due all the same
    QCOMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(subscription->error().kind, Kind::Timeout);
}

void tst_Operations::subscribeAcknowledgedTooLateIsUnsubscribed()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    m_clock->advance(30s);
    QCOMPARE(subscription->state(), SubscriptionState::Failed);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
    acknowledge(subscription);
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    QCOMPARE(subscription->state(), SubscriptionState::Failed);
}

void tst_Operations::unsubscribeSucceeds()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy ended(subscription, &ChannelSubscription::ended);
    const Ending unsubscribe(subscription->unsubscribe());
    QCOMPARE(subscription->state(), SubscriptionState::Inactive);
    QVERIFY(!subscription->isActive());
    QCOMPARE(ended.count(), 1);
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    QCOMPARE(unsubscribe.count, 0); // not before the server has said so
    m_server->send(
        u"{\"type\":\"unsubscribe_success\",\"id\":\"%1\"}"_s.arg(subscription->subscriptionId()));
    QVERIFY(unsubscribe.arrives());
    QVERIFY(!unsubscribe.error.isError());
    QCOMPARE(ended.count(), 1);
}

void tst_Operations::unsubscribeTwiceIsAlreadyCalled()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    const Ending first(subscription->unsubscribe());
    const Ending second(subscription->unsubscribe());
    QVERIFY(second.arrives());
    QCOMPARE(second.error.kind, Kind::AlreadyCalled);
    QCOMPARE(first.count, 0);
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    m_server->send(
        u"{\"type\":\"unsubscribe_success\",\"id\":\"%1\"}"_s.arg(subscription->subscriptionId()));
    QVERIFY(first.arrives());
    QVERIFY(!first.error.isError());
}

void tst_Operations::unsubscribeBeforeTheAckWaitsForIt()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    const Ending unsubscribe(subscription->unsubscribe());
    const Ending second(subscription->unsubscribe());
    QVERIFY(second.arrives());
    QCOMPARE(second.error.kind, Kind::AlreadyCalled);
    QCOMPARE(sent(u"unsubscribe"_s), 0);
    acknowledge(subscription);
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    QCOMPARE(unsubscribe.count, 0);
    m_server->send(
        u"{\"type\":\"unsubscribe_success\",\"id\":\"%1\"}"_s.arg(subscription->subscriptionId()));
    QVERIFY(unsubscribe.arrives());
    QVERIFY(!unsubscribe.error.isError());
}

void tst_Operations::unsubscribeWhenNotSubscribed()
{
    ChannelSubscription subscription;
    subscription.setChannel(u"default/a"_s);
    const Ending unsubscribe(subscription.unsubscribe());
    QVERIFY(unsubscribe.arrives());
    QCOMPARE(unsubscribe.error.kind, Kind::NotSubscribed);
}

void tst_Operations::unsubscribeRefused()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    const Ending unsubscribe(subscription->unsubscribe());
    m_server->send(u"{\"type\":\"unsubscribe_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
                   "\"UnknownOperationError\",\"message\":\"Unknown operation id\"}]}"_s.arg(
                       subscription->subscriptionId()));
    QVERIFY(unsubscribe.arrives());
    QCOMPARE(unsubscribe.error.kind, Kind::UnknownId);
    QCOMPARE(unsubscribe.error.type, u"UnknownOperationError"_s);
    QCOMPARE(subscription->state(), SubscriptionState::Inactive);
}

void tst_Operations::unsubscribeTimesOut()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    const Ending unsubscribe(subscription->unsubscribe());
    m_clock->advance(30s);
    QVERIFY(unsubscribe.arrives());
    QCOMPARE(unsubscribe.error.kind, Kind::Timeout);
}

void tst_Operations::unsubscribeWhileReconnectingIsDoneAtOnce()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    m_server->drop();
    QTRY_COMPARE(subscription->state(), SubscriptionState::Pending);
    const Ending unsubscribe(subscription->unsubscribe());
    QVERIFY(unsubscribe.arrives());
    QVERIFY(!unsubscribe.error.isError());
}

GUILESS_TEST(tst_Operations)
#include "tst_operations.moc"
