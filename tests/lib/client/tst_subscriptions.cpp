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

//! What a subscription tells of its life: milestones, gaps, and one end.
class tst_Subscriptions : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void endedComesOnceForEveryReason_data();
    void endedComesOnceForEveryReason();
    void milestones();
    void gapBetweenLossAndAcknowledgement();
    void gapOfSeveralAttemptsIsOne();
};

void tst_Subscriptions::endedComesOnceForEveryReason_data()
{
    QTest::addColumn<EndReason>("reason");
    QTest::newRow("unsubscribed") << EndReason::Unsubscribed;
    QTest::newRow("closed") << EndReason::ClientClosed;
    QTest::newRow("refused") << EndReason::Refused;
    QTest::newRow("timed out") << EndReason::TimedOut;
    QTest::newRow("connection failed") << EndReason::ConnectionFailed;
}

void tst_Subscriptions::endedComesOnceForEveryReason()
{
    QFETCH(EndReason, reason);
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QSignalSpy ended(subscription, &ChannelSubscription::ended);
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    switch (reason) {
    case EndReason::Unsubscribed:
        subscription->setActive(false);
        break;
    case EndReason::ClientClosed:
        m_client->close();
        break;
    case EndReason::Refused:
        m_server->send(u"{\"type\":\"subscribe_error\",\"id\":\"%1\",\"errors\":[{}]}"_s.arg(
            subscription->subscriptionId()));
        break;
    case EndReason::TimedOut:
        m_clock->advance(30s);
        break;
    case EndReason::ConnectionFailed:
        m_client->setRetryPolicy(RetryPolicy::never());
        m_server->drop();
        break;
    case EndReason::Cancelled: // see subscribeAborted
    case EndReason::Completed: // of GraphQL only
        break;
    }
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<EndReason>(), reason);
    const bool isFailure = ended[0][1].value<Error>().isError();
    QCOMPARE(subscription->state(),
             isFailure ? SubscriptionState::Failed : SubscriptionState::Inactive);
    QCOMPARE(isFailure, reason != EndReason::Unsubscribed && reason != EndReason::ClientClosed);
    m_client->close();
    delete subscription;
    QCOMPARE(ended.count(), 1);
}

void tst_Subscriptions::milestones()
{
    QVERIFY(connects());
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(!subscription->requestedAt().isValid());
    QTRY_VERIFY(subscription->requestedAt().isValid());
    const qint64 start = m_clock->wallMs();
    QCOMPARE(subscription->requestedAt().toMSecsSinceEpoch(), start);
    m_clock->advance(10ms);
    acknowledge(subscription);
    QTRY_VERIFY(subscription->acknowledgedAt().isValid());
    QCOMPARE(subscription->acknowledgedAt().toMSecsSinceEpoch(), start + 10);
    QVERIFY(!subscription->firstEventAt().isValid());
    m_clock->advance(10ms);
    const QString event =
        u"{\"type\":\"data\",\"id\":\"%1\",\"event\":\"1\"}"_s.arg(subscription->subscriptionId());
    m_server->send(event);
    QTRY_VERIFY(subscription->firstEventAt().isValid());
    m_clock->advance(10ms);
    QSignalSpy received(subscription, &ChannelSubscription::received);
    m_server->send(event);
    QVERIFY(received.wait());
    QCOMPARE(subscription->firstEventAt().toMSecsSinceEpoch(), start + 20);
}

void tst_Subscriptions::gapBetweenLossAndAcknowledgement()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy gaps(subscription, &ChannelSubscription::gapDetected);
    const QString id = subscription->subscriptionId();
    m_clock->advance(10s);
    QSignalSpy keepAlive(m_client->connection(), &Connection::keepAliveReceived);
    m_server->send(u"{\"type\":\"ka\"}"_s);
    QVERIFY(keepAlive.wait());
    const qint64 lastFrame = m_clock->wallMs();
    m_clock->advance(3s);
    m_server->drop();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Backoff);
    m_clock->advance(0ms);
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Handshaking);
    m_server->send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 2);
    QCOMPARE(gaps.count(), 0); // still open
    m_clock->advance(2s);
    acknowledge(subscription);
    QTRY_COMPARE(gaps.count(), 1);
    QCOMPARE(subscription->subscriptionId(), id);
    const Gap gap = gaps[0][0].value<Gap>();
    QCOMPARE(gap.from.toMSecsSinceEpoch(), lastFrame);
    QCOMPARE(gap.to.toMSecsSinceEpoch(), lastFrame + 5000);
    QCOMPARE(gap.reason.kind, Kind::ConnectionLost);
    QCOMPARE(gap.channel, u"/default/a"_s);
}

void tst_Subscriptions::gapOfSeveralAttemptsIsOne()
{
    QVERIFY(connects());
    auto *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy gaps(subscription, &ChannelSubscription::gapDetected);
    const qint64 lastFrame = m_clock->wallMs();
    for (int attempt = 0; attempt < 3; ++attempt) {
        m_clock->advance(1s);
        m_server->drop();
        QTRY_COMPARE(m_client->connection()->state(), Connection::State::Backoff);
        m_clock->advance(0ms);
        QTRY_COMPARE(m_client->connection()->state(), Connection::State::Handshaking);
        QTRY_COMPARE(m_server->connections(), attempt + 2);
    }
    m_server->send(u"{\"type\":\"connection_ack\"}"_s);
    QTRY_COMPARE(sent(u"subscribe"_s), 2);
    acknowledge(subscription);
    QTRY_COMPARE(gaps.count(), 1);
    QCOMPARE(gaps[0][0].value<Gap>().from.toMSecsSinceEpoch(), lastFrame);
    QCOMPARE(gaps[0][0].value<Gap>().reason.kind, Kind::ConnectionLost);
}

GUILESS_TEST(tst_Subscriptions)
#include "tst_subscriptions.moc"
