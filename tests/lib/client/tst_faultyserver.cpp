// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/emulatedclient.h"
#include "tests/lib/client/publishoutcome.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/SystemMonitor>

#include <QMetaEnum>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using ConnectionState = Connection::State;

namespace {

//! A plan of the emulator, and what a client with a subscription makes of it. (tst_statemachine has every
//! state with everything that can happen in it.)
struct Row {
    const char *name;
    const char *plan;
    const char *signals; //!< from open() on
    std::chrono::seconds passes{0}; //!< for a deadline of the client
    bool recovers = true; //!< once the fault is mended
};

const Row kRows[] = {
    {"no fault", "{}", "Authorizing Opening Handshaking opened Ready"},
    {"400 on upgrade", R"({"refuseUpgradeStatus":400})",
     "Authorizing Opening closed Disconnected failed:UpgradeRefused", 0s, false},
    {"401 on upgrade", R"({"refuseUpgradeStatus":401})",
     "Authorizing Opening closed Disconnected failed:UpgradeRefused", 0s, false},
    {"403 on upgrade", R"({"refuseUpgradeStatus":403})",
     "Authorizing Opening closed Disconnected failed:UpgradeRefused", 0s, false},
    {"404 on upgrade", R"({"refuseUpgradeStatus":404})",
     "Authorizing Opening closed Disconnected failed:UpgradeRefused", 0s, false},
    {"429 on upgrade", R"({"refuseUpgradeStatus":429})",
     "Authorizing Opening Backoff failed:UpgradeRefused"},
    {"500 on upgrade", R"({"refuseUpgradeStatus":500})",
     "Authorizing Opening Backoff failed:UpgradeRefused"},
    {"503 on upgrade", R"({"refuseUpgradeStatus":503})",
     "Authorizing Opening Backoff failed:UpgradeRefused"},
    {"wrong subprotocol", R"({"otherSubprotocol":true})",
     "Authorizing Opening closed Disconnected failed:UpgradeRefused", 0s, false},
    {"upgrade without answer", R"({"neverAnswerUpgrade":true})",
     "Authorizing Opening Backoff failed:Timeout", 15s},
    {"no ack", R"({"neverAck":true})", "Authorizing Opening Handshaking Backoff failed:Timeout",
     15s},
    {"connection_error", R"({"refuseConnect":true})",
     "Authorizing Opening Handshaking closed Disconnected failed:Unauthorized", 0s, false},
    {"no keep-alive", R"({"neverKeepAlive":true})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:Timeout", 300s},
    {"close 1000", R"({"closeCodeAfterAck":1000})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"close 1001", R"({"closeCodeAfterAck":1001})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"close 1009", R"({"closeCodeAfterAck":1009})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"close 1011", R"({"closeCodeAfterAck":1011})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"drop without close frame, 1006", R"({"dropAfterFrames":1})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"drop inside the ack", R"({"cutInsideFrame":1})",
     "Authorizing Opening Handshaking Backoff failed:ConnectionLost"},
    {"drop inside a later frame", R"({"cutInsideFrame":2})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:ConnectionLost"},
    {"half-open", R"({"silentAfterFrames":2})",
     "Authorizing Opening Handshaking opened Ready Backoff failed:Timeout", 300s},
};

QString kindOf(const Error &error)
{
    return QString::fromLatin1(QMetaEnum::fromType<Error::Kind>().valueToKey(int(error.kind)));
}

} // namespace

//! The client against each fault of the emulator's plan.
class tst_FaultyServer : public QObject, public EmulatedClient {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void faults_data();
    void faults();
    void untrustedCertificate();
    void halfOpenIsFoundAfterSleep();
    void publishLostBeforeItsAnswer();
    void largestMessagesPassTheBoundedBuffer();

private:
    void setFaults(const char *plan)
    {
        const auto faults = FaultPlan::fromJson(plan, nullptr);
        QVERIFY(faults);
        m_emulator->setFaults(*faults);
    }
    [[nodiscard]] ConnectionState state() const { return m_client->connection()->state(); }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<SystemMonitor> m_monitor;
    QStringList m_signals;
};

void tst_FaultyServer::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_monitor = std::make_unique<SystemMonitor>();
    QVERIFY(start());
    m_client->setClock(m_clock.get());
    m_client->setSystemMonitor(m_monitor.get());
    m_signals.clear();
    connect(m_client->connection(), &Connection::stateChanged, this, [this](ConnectionState now) {
        m_signals << QString::fromLatin1(
            QMetaEnum::fromType<ConnectionState>().valueToKey(int(now)));
    });
    connect(m_client.get(), &EventsClient::opened, this, [this] { m_signals << u"opened"_s; });
    connect(m_client.get(), &EventsClient::closed, this, [this] { m_signals << u"closed"_s; });
    connect(m_client.get(), &EventsClient::connectionFailed, this,
            [this](const Error &error) { m_signals << u"failed:"_s + kindOf(error); });
}

void tst_FaultyServer::cleanup()
{
    stop();
    m_monitor.reset();
    m_clock.reset();
}

void tst_FaultyServer::faults_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(kRows)); ++i)
        QTest::addRow("%s", kRows[i].name) << i;
}

void tst_FaultyServer::faults()
{
    QFETCH(int, index);
    const Row &row = kRows[index];
    setFaults(row.plan);
    auto *subscription = m_client->subscribe(u"default/a"_s);
    const QString expected = QString::fromLatin1(row.signals);
    if (row.passes > 0s) {
        // The last state before the deadline, and everything on the wire in it.
        const qsizetype before = expected.lastIndexOf(u" Backoff"_s);
        QTRY_COMPARE(m_signals.join(u' '), expected.first(before));
        if (state() == ConnectionState::Ready)
            QTRY_COMPARE(subscription->state(), ChannelSubscription::State::Subscribed);
        // Time is due in Opening and Handshaking only once the other side has it all.
        m_clock->advance(row.passes);
    }
    QTRY_VERIFY2(m_signals.join(u' ').startsWith(expected), qPrintable(m_signals.join(u' ')));
    const QString id = subscription->subscriptionId();
    setFaults("{}");
    m_clock->advance(0ms); // the delay of the back-off, which is none
    if (row.recovers) {
        QTRY_COMPARE(subscription->state(), ChannelSubscription::State::Subscribed);
        QCOMPARE(state(), ConnectionState::Ready);
        QCOMPARE(subscription->subscriptionId(), id);
    } else {
        QCOMPARE(state(), ConnectionState::Disconnected);
        QTRY_COMPARE(subscription->state(), ChannelSubscription::State::Failed);
        QVERIFY(!subscription->error().nextStep.isEmpty());
    }
}

void tst_FaultyServer::untrustedCertificate()
{
    m_emulator->close();
    Emulator::Options options;
    options.tls = true;
    QVERIFY(m_emulator->listen(options));
    m_client->setEndpoint(Endpoint(m_emulator->httpUrl()));
    m_client->open();
    QTRY_COMPARE(m_signals.join(u' '), u"Authorizing Opening closed Disconnected failed:Tls"_s);
    QVERIFY2(m_client->connection()->error().nextStep.contains(u"trust"),
             qPrintable(m_client->connection()->error().nextStep));
}

void tst_FaultyServer::halfOpenIsFoundAfterSleep()
{
    setFaults(R"({"silentAfterFrames":1})");
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Ready);
    Q_EMIT m_monitor->timeJumped(1h);
    m_clock->advance(10s);
    QTRY_COMPARE(m_client->connection()->error().kind, Error::Kind::Timeout);
}

void tst_FaultyServer::publishLostBeforeItsAnswer()
{
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    setFaults(R"({"dropOnPublish":true})");
    const Outcome outcome(m_client->publish(u"default/a"_s, "1"_ba));
    QTRY_COMPARE(outcome.finished, 1);
    QCOMPARE(outcome.error.kind, Error::Kind::ConnectionLost);
    QVERIFY2(outcome.error.message.contains(u"unknown"), qPrintable(outcome.error.message));
    setFaults("{}");
    m_clock->advance(0ms);
    QVERIFY(subscribed(subscription));
    QCOMPARE(m_client->waitingPublishes(), 0); // and is not sent again
}

//! Five events of the largest size together are more than the buffer for reading holds.
void tst_FaultyServer::largestMessagesPassTheBoundedBuffer()
{
    NetworkSettings network;
    network.maxIncomingBytes = 300 * 1024;
    m_client->setNetworkSettings(network);
    auto *subscription = m_client->subscribe(u"default/a"_s);
    QVERIFY(subscribed(subscription));
    QByteArrayList received;
    connect(subscription, &ChannelSubscription::received, this,
            [&](const Event &event) { received << event.json(); });
    const QByteArray large = '"' + QByteArray(240'000, 'x') + '"';
    const Outcome outcome(m_client->publish(u"default/a"_s, QList<QByteArray>(5, large)));
    QCOMPARE(m_client->connection()->unsentBytes(),
             0); // not before the event loop has asked for headers
    QTRY_COMPARE(received.size(), 5);
    QCOMPARE(received, QByteArrayList(5, large));
    QTRY_COMPARE(outcome.successful.size(), 5);
    QTRY_COMPARE(m_client->connection()->unsentBytes(), 0);
}

GUILESS_TEST(tst_FaultyServer)
#include "tst_faultyserver.moc"
