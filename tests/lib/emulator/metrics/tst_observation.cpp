// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! What the emulator tells of its clients: counters, connections, refusals.
class tst_Observation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsAConversation();
    void countsHttp();
    void countsRefusals_data();
    void countsRefusals();
    void countsTlsFailures();
    void countsUnitsOfFiveKilobytes();
    void countsEnds();
    void tellsChangesNowAndThen();
    void listsConnections();
    void namesUsers();
    void endsOne();
    void ofNamespacesThatThereAreOnly();

private:
    using Metric = EmulatorMetrics;

    [[nodiscard]] bool open(WebSocket &socket,
                            const QList<QPair<QByteArray, QByteArray>> &headers) const;
    [[nodiscard]] bool open(WebSocket &socket) const
    {
        return open(socket, {{"x-api-key", m_emulator.apiKey().toLatin1()}});
    }
    [[nodiscard]] QJsonObject operation(const QString &type, const QString &id,
                                        const QString &channel = u"default/a"_s,
                                        const QString &event = u"1"_s) const;
    QString ask(WebSocket &socket, const QJsonObject &frame) const;
    [[nodiscard]] qint64 count(EmulatorMetrics::Counter counter,
                               const QString &nameSpace = {}) const
    {
        return nameSpace.isEmpty() ? m_emulator.metrics().value(counter)
                                   : m_emulator.metrics().value(counter, nameSpace);
    }

    Emulator m_emulator;
};

void tst_Observation::init()
{
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem()));
}

bool tst_Observation::open(WebSocket &socket,
                           const QList<QPair<QByteArray, QByteArray>> &headers) const
{
    const auto before = m_emulator.connections().size();
    return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s}, headers)
        && waitFor([&] { return m_emulator.connections().size() > before; });
}

QJsonObject tst_Observation::operation(const QString &type, const QString &id,
                                       const QString &channel, const QString &event) const
{
    return {{u"type"_s, type},
            {u"id"_s, id},
            {u"channel"_s, channel},
            {u"events"_s, QJsonArray{event}},
            {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}};
}

QString tst_Observation::ask(WebSocket &socket, const QJsonObject &frame) const
{
    socket.send(frame);
    return socket.nextJson().value(u"type"_s).toString();
}

void tst_Observation::countsAConversation()
{
    WebSocket socket;
    QVERIFY(open(socket));
    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"s"_s, u"/default/a"_s)),
             u"subscribe_success"_s);
    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"x"_s, u"/private/a"_s)), u"subscribe_error"_s);
    QCOMPARE(ask(socket, operation(u"publish"_s, u"p"_s)), u"publish_success"_s);
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"data"_s);
    QCOMPARE(ask(socket, operation(u"publish"_s, u"q"_s, u"default/a"_s, u"no JSON"_s)),
             u"publish_error"_s);
    QCOMPARE(count(Metric::ActiveSubscriptions), 1);
    QCOMPARE(count(Metric::ActiveSubscriptions, u"default"_s), 1);
    QCOMPARE(ask(socket, operation(u"unsubscribe"_s, u"s"_s)), u"unsubscribe_success"_s);
    QCOMPARE(ask(socket, operation(u"unsubscribe"_s, u"s"_s)), u"unsubscribe_error"_s);

    QCOMPARE(count(Metric::ConnectRequests), 1);
    QCOMPARE(count(Metric::ConnectSuccess), 1);
    QCOMPARE(count(Metric::ActiveConnections), 1);
    QCOMPARE(count(Metric::SubscribeSuccess, u"default"_s), 1);
    QCOMPARE(count(Metric::SubscribeClientError, u"private"_s), 1);
    QCOMPARE(count(Metric::PublishSuccess, u"default"_s), 1);
    QCOMPARE(count(Metric::PublishClientError, u"default"_s), 1);
    QCOMPARE(count(Metric::SuccessfulEvents, u"default"_s), 1);
    QCOMPARE(count(Metric::BroadcastEventSuccess, u"default"_s), 1);
    QCOMPARE(count(Metric::UnsubscribeSuccess), 1);
    QCOMPARE(count(Metric::UnsubscribeClientError), 1);
    QCOMPARE(count(Metric::ActiveSubscriptions), 0);
    QCOMPARE(count(Metric::ActiveSubscriptions, u"default"_s), 0);
    QCOMPARE(count(Metric::Refused), 3);
    m_emulator.close();
    QCOMPARE(count(Metric::ConnectSuccess), 1); // it can still be read
}

void tst_Observation::countsHttp()
{
    const QByteArray key = "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n";
    Connection connection(m_emulator.port());
    QCOMPARE(
        connection.ask(post("/event", key, R"({"channel":"default/a","events":["1","2"]})")).status,
        200);
    QCOMPARE(connection.ask(post("/event", {}, R"({"channel":"default/a","events":["1"]})")).status,
             401);
    QCOMPARE(connection.ask(get("/health")).status, 200); // no publish
    const QString large = u'"' + QString(250'000, u'x') + u'"';
    const QByteArray body =
        RawClient::json({{u"channel"_s, u"default/a"_s}, {u"events"_s, QJsonArray{large}}})
            .toUtf8();
    QCOMPARE(connection.ask(post("/event", key, body)).status, 200);
    QCOMPARE(count(Metric::Requests), 3);
    QCOMPARE(count(Metric::ClientErrors), 1);
    QCOMPARE(count(Metric::ServerErrors), 0);
    QCOMPARE(count(Metric::TokensConsumed), 3);
    QCOMPARE(count(Metric::SuccessfulEvents), 2);
    QCOMPARE(count(Metric::FailedEvents), 1);
    QCOMPARE(m_emulator.metrics().summary(Metric::Latency).count, 3);
}

void tst_Observation::countsRefusals_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("upgrades");
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    QTest::newRow("rubbish") << QByteArray("rubbish\r\n\r\n") << 0;
    QTest::newRow("foreign page") << get("/event", "Origin: http://evil.example\r\n") << 0;
    QTest::newRow("rebinding") << get("/event").replace("localhost", "evil.example") << 0;
    QTest::newRow("nothing there") << get("/nothing") << 0;
    QTest::newRow("other API") << get("/apis/none/event") << 0;
    QTest::newRow("foreign upgrade")
        << get("/event/realtime", upgrade + "Origin: http://evil.example\r\n") << 1;
    QTest::newRow("bad upgrade") << get("/event/realtime", upgrade) << 1;
    QTest::newRow("large body") << QByteArray("POST /event HTTP/1.1\r\nHost: localhost\r\n"
                                              "Content-Length: 9000000\r\n\r\n")
                                << 0;
    QTest::newRow("Cognito") << post("/", "X-Amz-Target: nothing\r\n", "{}") << 0;
}

void tst_Observation::countsRefusals()
{
    QFETCH(QByteArray, request);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    Connection connection(m_emulator.port());
    QVERIFY(connection.ask(request).status >= 400);
    QTRY_COMPARE(refused.count(), 1);
    QCOMPARE(count(Metric::Refused), 1);
    QTEST(int(count(Metric::UpgradesRefused)), "upgrades");
}

void tst_Observation::countsTlsFailures()
{
    Emulator::Options options;
    options.tls = true;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    Connection connection(m_emulator.port());
    connection.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(count(Metric::TlsFailures), 1);
    QCOMPARE(count(Metric::Refused), 1);
}

void tst_Observation::countsUnitsOfFiveKilobytes()
{
    WebSocket socket;
    QVERIFY(open(socket));
    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"s"_s)), u"subscribe_success"_s);
    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"t"_s, u"default/*"_s)),
             u"subscribe_success"_s);
    const QString event = u'"' + QString(5'000, u'x') + u'"'; // a little more than 5 kB
    socket.send(operation(u"publish"_s, u"p"_s, u"default/a"_s, event));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!socket.next().isEmpty());
    QCOMPARE(count(Metric::InboundMessages), 2);
    QCOMPARE(count(Metric::OutboundMessages), 4);
    QCOMPARE(count(Metric::BroadcastEventSuccess), 2);
    QCOMPARE(m_emulator.metrics().summary(Metric::BroadcastEventSize).most, 5'002);
}

void tst_Observation::countsEnds()
{
    {
        WebSocket polite;
        QVERIFY(open(polite));
        polite.socket().close();
        QTRY_COMPARE(count(Metric::DisconnectSuccess), 1);
        WebSocket rude;
        QVERIFY(open(rude));
        rude.socket().abort();
        QTRY_COMPARE(count(Metric::DisconnectClientError), 1);
    }
    WebSocket cut;
    QVERIFY(open(cut));
    m_emulator.dropConnections();
    QTRY_COMPARE(count(Metric::DisconnectServerError), 1);
    QCOMPARE(count(Metric::ActiveConnections), 0);
    QCOMPARE(m_emulator.metrics().summary(Metric::ConnectionDuration).count, 3);
    WebSocket refused;
    QVERIFY(refused.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s}));
    QTRY_COMPARE(count(Metric::ConnectClientError), 1);
    QVERIFY(refused.hasEnded());
    QCOMPARE(count(Metric::DisconnectSuccess), 1); // it never was connected
}

void tst_Observation::tellsChangesNowAndThen()
{
    QSignalSpy changed(&m_emulator, &Emulator::metricsChanged);
    WebSocket socket;
    QVERIFY(open(socket));
    for (int i = 0; i < 50; ++i)
        QVERIFY(!ask(socket, operation(u"publish"_s, u"p"_s)).isEmpty());
    QTRY_VERIFY(changed.count() >= 1);
    QVERIFY2(changed.count() < 50, "each change is told");
}

void tst_Observation::listsConnections()
{
    QSignalSpy opened(&m_emulator, &Emulator::connectionOpened);
    QSignalSpy changed(&m_emulator, &Emulator::connectionChanged);
    QSignalSpy closed(&m_emulator, &Emulator::connectionClosed);
    WebSocket socket;
    QVERIFY(
        open(socket, {{"x-api-key", m_emulator.apiKey().toLatin1()}, {"User-Agent", "test/1"}}));
    QTRY_COMPARE(opened.count(), 1);
    const auto first = opened.at(0).at(0).value<EmulatorConnection>();
    QCOMPARE(first.peer, u"127.0.0.1:%1"_s.arg(socket.socket().localPort()));
    QCOMPARE(first.authType, u"API_KEY"_s);
    QCOMPARE(first.user, QString());
    QCOMPARE(first.userAgent, u"test/1"_s);
    QCOMPARE(first.subprotocol, u"aws-appsync-event-ws"_s);
    QCOMPARE(first.apiId, m_emulator.apiIds().first());
    QVERIFY(qAbs(first.since.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QVERIFY(first.subscriptions.isEmpty());

    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"one"_s, u"/default/*"_s)),
             u"subscribe_success"_s);
    QCOMPARE(ask(socket, operation(u"subscribe"_s, u"two"_s)), u"subscribe_success"_s);
    QTRY_COMPARE(changed.count(), 2);
    const EmulatorConnection now = m_emulator.connections().first();
    QCOMPARE(now.id, first.id);
    QCOMPARE(now.framesReceived, 2);
    QCOMPARE(now.framesSent, 2);
    QVERIFY(now.bytesSent > 50);
    QVERIFY(now.bytesReceived > 100);
    QCOMPARE(now.subscriptions.size(), 2);
    QCOMPARE(now.subscriptions.at(0).id, u"one"_s);
    QCOMPARE(now.subscriptions.at(0).channel, u"/default/*"_s);
    QVERIFY(!QJsonDocument(now.toJson()).toJson().contains(m_emulator.apiKey().toLatin1()));
    QCOMPARE(ask(socket, operation(u"unsubscribe"_s, u"one"_s)), u"unsubscribe_success"_s);
    QTRY_COMPARE(changed.count(), 3);
    QCOMPARE(changed.at(2).at(0).value<EmulatorConnection>().subscriptions.size(), 1);

    socket.socket().close();
    QTRY_COMPARE(closed.count(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), first.id);
    QVERIFY(m_emulator.connections().isEmpty());
    WebSocket second;
    QVERIFY(open(second));
    QVERIFY(m_emulator.connections().first().id != first.id);
    m_emulator.close();
    QTRY_COMPARE(closed.count(), 2);
}

void tst_Observation::namesUsers()
{
    WebSocket socket;
    QVERIFY(open(socket, {{"authorization", m_emulator.tokenFor(u"ann"_s, 1h).toLatin1()}}));
    const EmulatorConnection connection = m_emulator.connections().first();
    QCOMPARE(connection.authType, u"OPENID_CONNECT"_s);
    QCOMPARE(connection.user, u"ann"_s);
}

void tst_Observation::endsOne()
{
    WebSocket first;
    QVERIFY(open(first));
    WebSocket second;
    QVERIFY(open(second));
    const QList<EmulatorConnection> all = m_emulator.connections();
    QVERIFY(m_emulator.closeConnection(all.at(0).id, 4123));
    QVERIFY(first.hasEnded());
    QCOMPARE(int(first.socket().closeCode()), 4123);
    QVERIFY(!m_emulator.closeConnection(all.at(0).id));
    QVERIFY(m_emulator.dropConnection(all.at(1).id));
    QVERIFY(second.hasEnded());
    QVERIFY(!m_emulator.dropConnection(u"none"_s));
}

void tst_Observation::ofNamespacesThatThereAreOnly()
{
    WebSocket socket;
    QVERIFY(open(socket));
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(ask(socket, operation(u"publish"_s, u"p"_s, u"other%1/a"_s.arg(i))),
                 u"publish_error"_s);
        QCOMPARE(ask(socket, operation(u"subscribe"_s, u"s"_s, u"other%1/a"_s.arg(i))),
                 u"subscribe_error"_s);
    }
    QCOMPARE(count(Metric::PublishClientError), 20);
    QVERIFY(m_emulator.metrics().namespaces().isEmpty());
}

GUILESS_TEST(tst_Observation)
#include "tst_observation.moc"
