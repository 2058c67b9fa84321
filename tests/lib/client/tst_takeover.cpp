// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/emulatedclient.h"
#include "tests/lib/client/publishoutcome.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using SubscriptionState = ChannelSubscription::State;

//! A second connection takes over before the service ends the first for its age.
class tst_Takeover : public QObject, public EmulatedClient {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingIsMissedNorTwice();
    void equalEventsAreNotTakenForOne();
    void publishInFlightIsAnswered();
    void subscriptionsOfTheOverlapAreKept();
    void emptyClientIsTakenOverToo();
    void failedTakeoverLeavesTheFirst();
    void lossWhileTakingOverIsAnOrdinaryLoss();

private:
    void takeOver();
    void drain();

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<EventsClient> m_other;
};

void tst_Takeover::init()
{
    QVERIFY(start());
    m_clock = std::make_unique<FakeClock>();
    m_client->setClock(m_clock.get());
    Connection::Deadlines deadlines;
    deadlines.takeoverAfter = 100s; // before the keep-alive, which no time passes for here
    m_client->setDeadlines(deadlines);
    m_other = std::make_unique<EventsClient>(Endpoint(m_emulator->httpUrl()), m_key.get());
}

void tst_Takeover::cleanup()
{
    m_other.reset();
    stop();
    m_clock.reset();
}

//! Until the second connection has taken over, and the old one still drains.
void tst_Takeover::takeOver()
{
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);
    m_clock->advance(100s);
    QTRY_COMPARE(renewed.count(), 1);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_Takeover::drain()
{
    m_clock->advance(5s);
    QTRY_COMPARE(m_emulator->connectionCount(), 2); // the client's one and the other's
}

void tst_Takeover::nothingIsMissedNorTwice()
{
    auto *exact = m_client->subscribe(u"default/a"_s);
    auto *wildcard = m_client->subscribe(u"default/*"_s);
    QVERIFY(subscribed(exact));
    QVERIFY(subscribed(wildcard));
    const QString id = exact->subscriptionId();
    QList<int> exactly;
    QList<int> widely;
    connect(exact, &ChannelSubscription::received, this,
            [&](const Event &event) { exactly << event.json().toInt(); });
    connect(wildcard, &ChannelSubscription::received, this,
            [&](const Event &event) { widely << event.json().toInt(); });
    QSignalSpy gaps(exact, &ChannelSubscription::gapDetected);
    QSignalSpy states(exact, &ChannelSubscription::stateChanged);
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);

    QList<int> published;
    const auto publish = [&] {
        published << int(published.size());
        const Outcome outcome(
            m_other->publish(u"default/a"_s, QByteArray::number(published.last())));
        QVERIFY(outcome.arrives());
    };
    publish();
    m_clock->advance(100s);
    for (int i = 0; i < 1000 && renewed.isEmpty(); ++i)
        publish(); // all the time while the second connection comes up
    QCOMPARE(renewed.count(), 1);
    QCOMPARE(m_emulator->connectionCount(), 3); // the old one still drains
    publish();
    publish();
    QTRY_COMPARE(exactly.size(), published.size());
    drain();
    publish();
    QTRY_COMPARE(exactly, published);
    QTRY_COMPARE(widely, published);
    QCOMPARE(gaps.count(), 0);
    QCOMPARE(states.count(), 0);
    QCOMPARE(exact->subscriptionId(), id);
    QCOMPARE(m_emulator->subscriptionCount(), 2);

    takeOver(); // and again, a lifetime later
    publish();
    QTRY_COMPARE(exactly, published);
}

void tst_Takeover::equalEventsAreNotTakenForOne()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy received(subscription, &ChannelSubscription::received);
    takeOver();
    for (int i = 0; i < 3; ++i) {
        const Outcome outcome(m_other->publish(u"default/a"_s, {"7"_ba, "7"_ba}));
        QVERIFY(outcome.arrives());
    }
    QTRY_COMPARE(received.count(), 6);
    drain();
    QCOMPARE(received.count(), 6);
}

void tst_Takeover::publishInFlightIsAnswered()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);
    m_clock->advance(100s);
    int answered = 0;
    int made = 0;
    while (renewed.isEmpty()) { // some of them leave on the old socket and are answered there
        ++made;
        PublishReply *reply = m_client->publish(u"default/b"_s, "1"_ba);
        connect(reply, &Reply::finished, this, [&, reply] {
            QVERIFY2(!reply->error().isError(), qPrintable(reply->error().message));
            ++answered;
        });
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    }
    QTRY_COMPARE(answered, made);
}

void tst_Takeover::subscriptionsOfTheOverlapAreKept()
{
    auto *first = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(first));
    auto *gone = m_client->subscribe(u"default/gone"_s);
    QVERIFY(subscribed(gone));
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);
    m_clock->advance(100s);
    auto *late = m_client->subscribe(u"default/late"_s);
    delete gone;
    QTRY_COMPARE(renewed.count(), 1);
    QVERIFY(subscribed(late));
    drain();
    QSignalSpy received(late, &ChannelSubscription::received);
    const Outcome outcome(m_other->publish(u"default/late"_s, "1"_ba));
    QVERIFY(outcome.arrives());
    QTRY_COMPARE(received.count(), 1);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 2);
}

void tst_Takeover::emptyClientIsTakenOverToo()
{
    m_client->open();
    m_other->open();
    QTRY_COMPARE(m_emulator->connectionCount(), 2);
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
    takeOver();
    drain();
}

void tst_Takeover::failedTakeoverLeavesTheFirst()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy failures(m_client.get(), &EventsClient::connectionFailed);
    FaultPlan faults;
    faults.refuseConnect = true;
    m_emulator->setFaults(faults);
    QSignalSpy logged(m_client.get(), &EventsClient::logged);
    m_client->setLogLevel(LogEntry::Level::Warning);
    m_clock->advance(100s);
    QTRY_VERIFY(!logged.isEmpty()); // the second one was refused
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
    QCOMPARE(subscription->state(), SubscriptionState::Subscribed);
    QCOMPARE(failures.count(), 0);
    m_emulator->setFaults({});
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);
    m_clock->advance(60s); // tried again
    QTRY_COMPARE(renewed.count(), 1);
}

void tst_Takeover::lossWhileTakingOverIsAnOrdinaryLoss()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QSignalSpy gaps(subscription, &ChannelSubscription::gapDetected);
    m_clock->advance(100s);
    m_emulator->dropConnections();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Backoff);
    m_clock->advance(0ms);
    QTRY_COMPARE(gaps.count(), 1);
    QVERIFY(subscribed(subscription));
}

GUILESS_TEST(tst_Takeover)
#include "tst_takeover.moc"
