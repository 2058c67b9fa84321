// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/manualauthorizer.h"
#include "tests/lib/client/scriptedclient.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;

//! While an authorizer waits for a person, no deadline of the client runs.
class tst_WaitingForPerson : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        start();
        m_server->beFriendly();
        m_person = std::make_unique<ManualAuthorizer>();
    }
    void cleanup() { stop(); }

    void connectingWaitsAsLongAsThePersonNeeds();
    void connectingHasItsDeadlineAgainAfterwards();
    void waitingBeforeTheReplyIsGivenCounts();
    void subscribingWaits();
    void subscribingIsDueAfterwards_data();
    void subscribingIsDueAfterwards();
    void subscribingAnewIsDueAfterwards();
    void publishingWaits();
    void closingEndsTheWaiting();

private:
    void waitForPersonAndComeBack()
    {
        m_person->last->setWaitingForPerson(true);
        m_clock->advance(4min);
        m_person->last->setWaitingForPerson(false);
    }

    std::unique_ptr<ManualAuthorizer> m_person;
};

void tst_WaitingForPerson::connectingWaitsAsLongAsThePersonNeeds()
{
    m_person->answersAtOnce = false;
    m_client->setAuthorizer(m_person.get());
    m_client->open();
    m_person->last->setWaitingForPerson(true);
    m_clock->advance(4min);
    QCOMPARE(m_client->connection()->state(), Connection::State::Authorizing);
    m_person->last->succeed({{"x-api-key"_ba, "da2-k"_ba}});
    QVERIFY(reaches(Connection::State::Ready));
}

void tst_WaitingForPerson::connectingHasItsDeadlineAgainAfterwards()
{
    m_client->setRetryPolicy(RetryPolicy::never());
    m_person->answersAtOnce = false;
    m_client->setAuthorizer(m_person.get());
    const Ending open(m_client->open());
    m_person->last->setWaitingForPerson(true);
    m_clock->advance(4min);
    m_person->last->setWaitingForPerson(false);
    m_clock->advance(29s);
    QCOMPARE(m_client->connection()->state(), Connection::State::Authorizing);
    m_clock->advance(1s);
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Timeout);
}

void tst_WaitingForPerson::waitingBeforeTheReplyIsGivenCounts()
{
    m_person->answersAtOnce = false;
    m_person->waitsAtOnce = true;
    m_client->setAuthorizer(m_person.get());
    m_client->open();
    m_clock->advance(4min);
    QCOMPARE(m_client->connection()->state(), Connection::State::Authorizing);
}

void tst_WaitingForPerson::subscribingWaits()
{
    m_client->open();
    QVERIFY(reaches(Connection::State::Ready));
    m_person->answersAtOnce = false;
    auto *subscription = m_client->subscribe(u"default/a"_s, m_person.get());
    QTRY_VERIFY(m_person->last);
    m_person->last->setWaitingForPerson(true);
    m_clock->advance(4min);
    QCOMPARE(subscription->state(), ChannelSubscription::State::Pending);
    m_person->last->succeed({{"x-api-key"_ba, "da2-k"_ba}});
    QTRY_COMPARE(subscription->state(), ChannelSubscription::State::Subscribed);
}

void tst_WaitingForPerson::subscribingIsDueAfterwards_data()
{
    QTest::addColumn<std::optional<std::chrono::milliseconds>>("timeout");
    QTest::addColumn<std::chrono::milliseconds>("due");
    using Timeout = std::optional<std::chrono::milliseconds>;
    QTest::newRow("the client's") << Timeout() << 30'000ms;
    QTest::newRow("its own") << Timeout(5'000ms) << 5'000ms;
    QTest::newRow("none of its own: the client's for the answer") << Timeout(0ms) << 30'000ms;
}

void tst_WaitingForPerson::subscribingIsDueAfterwards()
{
    QFETCH(std::optional<std::chrono::milliseconds>, timeout);
    QFETCH(std::chrono::milliseconds, due);
    m_client->open();
    QVERIFY(reaches(Connection::State::Ready));
    m_person->answersAtOnce = false;
    ChannelSubscription subscription;
    QSignalSpy ended(&subscription, &ChannelSubscription::ended);
    subscription.setChannel(u"default/a"_s);
    subscription.setAuthorizer(m_person.get());
    subscription.setTimeout(timeout);
    subscription.setClient(m_client.get());
    QTRY_VERIFY(m_person->last);
    waitForPersonAndComeBack();
    m_clock->advance(due - 1ms);
    QCOMPARE(ended.size(), 0);
    m_clock->advance(1ms);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].value<ChannelSubscription::EndReason>(),
             ChannelSubscription::EndReason::TimedOut);
}

//! What a subscription allows is for its first answer; later ones have the client's time.
void tst_WaitingForPerson::subscribingAnewIsDueAfterwards()
{
    ChannelSubscription subscription;
    QSignalSpy ended(&subscription, &ChannelSubscription::ended);
    subscription.setChannel(u"default/a"_s);
    subscription.setAuthorizer(m_person.get());
    subscription.setTimeout(5'000ms);
    subscription.setClient(m_client.get());
    m_client->open();
    QTRY_COMPARE(subscription.state(), ChannelSubscription::State::Subscribed);
    m_person->answersAtOnce = false;
    m_person->last = nullptr;
    m_server->drop();
    QVERIFY(reaches(Connection::State::Backoff));
    m_clock->advance(0ms);
    QTRY_VERIFY(m_person->last);
    waitForPersonAndComeBack();
    m_clock->advance(5'000ms);
    QCOMPARE(ended.size(), 0);
    m_clock->advance(25'000ms);
    QTRY_COMPARE(ended.size(), 1);
}

void tst_WaitingForPerson::publishingWaits()
{
    m_client->open();
    QVERIFY(reaches(Connection::State::Ready));
    m_person->answersAtOnce = false;
    PublishOptions options;
    options.authorizer = m_person.get();
    const Ending publish(m_client->publish(u"default/a"_s, {"1"_ba}, options));
    QTRY_VERIFY(m_person->last);
    m_person->last->setWaitingForPerson(true);
    m_clock->advance(4min);
    m_person->last->setWaitingForPerson(false);
    m_clock->advance(29s);
    QCOMPARE(publish.count, 0);
    m_clock->advance(1s);
    QVERIFY(publish.arrives());
    QCOMPARE(publish.error.kind, Kind::Timeout);
}

void tst_WaitingForPerson::closingEndsTheWaiting()
{
    m_person->answersAtOnce = false;
    m_client->setAuthorizer(m_person.get());
    const Ending open(m_client->open());
    m_person->last->setWaitingForPerson(true);
    m_client->close(EventsClient::CloseMode::Discard);
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Kind::Cancelled);
    m_person->last->setWaitingForPerson(false); // what comes late starts no clock
    QVERIFY(!m_clock->untilNext().has_value());
}

GUILESS_TEST(tst_WaitingForPerson)
#include "tst_waitingforperson.moc"
