// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QFile>
#include <QJsonArray>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! The life of an emulator: listen, count, close, play.
class tst_Emulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhereItIs_data();
    void tellsWhereItIs();
    void saysWhyItCannotListen();
    void keepsItsCredentials();
    void ownNamespacesAndModes();
    void counts();
    void closesWithAReason_data();
    void closesWithAReason();
    void mayBeClosedByItsOwnSignal();
    void dropsLikeACable();
    void keepAliveNeedsNoInit();
    void endsOldConnections();
    void tellsItsTimeout();
    void playsTheDemo();
    void playsTheSameAgain();
    void saysWhyItCannotPlay();

private:
    [[nodiscard]] static bool open(const Emulator &emulator, WebSocket &socket);
    [[nodiscard]] static bool subscribe(const Emulator &emulator, WebSocket &socket,
                                        const QString &channel);
};

bool tst_Emulator::open(const Emulator &emulator, WebSocket &socket)
{
    return socket.open(emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {{"x-api-key", emulator.apiKey().toLatin1()}});
}

bool tst_Emulator::subscribe(const Emulator &emulator, WebSocket &socket, const QString &channel)
{
    socket.send(
        QJsonObject{{u"type"_s, u"subscribe"_s},
                    {u"id"_s, u"s"_s},
                    {u"channel"_s, channel},
                    {u"authorization"_s, QJsonObject{{u"x-api-key"_s, emulator.apiKey()}}}});
    return socket.nextJson().value(u"type"_s).toString() == u"subscribe_success"_s;
}

void tst_Emulator::tellsWhereItIs_data()
{
    QTest::addColumn<QHostAddress>("host");
    QTest::addColumn<QString>("shown");
    QTest::newRow("IPv4 loopback") << QHostAddress(QHostAddress::LocalHost) << u"127.0.0.1"_s;
    QTest::newRow("any") << QHostAddress(QHostAddress::Any) << u"127.0.0.1"_s;
}

void tst_Emulator::tellsWhereItIs()
{
    QFETCH(QHostAddress, host);
    QFETCH(QString, shown);
    Emulator emulator;
    QVERIFY(!emulator.isListening());
    QVERIFY(emulator.httpUrl().isEmpty());
    Emulator::Options options;
    options.host = host;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QVERIFY(emulator.isListening());
    const QString port = QString::number(emulator.port());
    QCOMPARE(emulator.httpUrl().toString(), u"http://%1:%2/event"_s.arg(shown, port));
    QCOMPARE(emulator.realtimeUrl().toString(), u"ws://%1:%2/event/realtime"_s.arg(shown, port));
    QVERIFY(QRegularExpression(u"^da2-[a-z0-9]{26}$"_s).match(emulator.apiKey()).hasMatch());
    QCOMPARE(emulator.region(), u"us-east-1"_s);
    QCOMPARE(emulator.namespaces(),
             QStringList({u"default"_s, u"public"_s, u"private"_s, u"demo"_s}));
    QVERIFY(emulator.caCertificate().isEmpty());
    Connection connection(emulator.port());
    QCOMPARE(connection.ask(get("/")).status, 200);

    options.tls = true;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QCOMPARE(emulator.httpUrl().scheme(), u"https"_s);
    QCOMPARE(emulator.realtimeUrl().scheme(), u"wss"_s);
    QVERIFY(emulator.caCertificate().startsWith("-----BEGIN CERTIFICATE-----"));
}

void tst_Emulator::saysWhyItCannotListen()
{
    Emulator first;
    QVERIFY(first.listen());
    Emulator second;
    Emulator::Options options;
    options.port = first.port();
    QVERIFY(!second.listen(options));
    QVERIFY(second.isPortTaken());
    QVERIFY2(second.problem().contains(QString::number(first.port())),
             qPrintable(second.problem()));

    options = {};
    options.tls = true;
    options.tlsCertFile = u"/no/such/cert.pem"_s;
    options.tlsKeyFile = u"/no/such/key.pem"_s;
    QVERIFY(!second.listen(options));
    QVERIFY(!second.isPortTaken());
    QVERIFY2(second.problem().contains(u"/no/such/cert.pem"_s), qPrintable(second.problem()));

    options = {};
    options.namespaces = {{u"not_valid"_s}};
    QVERIFY(!second.listen(options));
    QVERIFY2(second.problem().contains(u"not_valid"_s), qPrintable(second.problem()));

    options = {};
    options.host = QHostAddress(u"192.0.2.1"_s); // not of this machine
    QVERIFY(!second.listen(options));
    QVERIFY(!second.isPortTaken());
    QVERIFY(!second.problem().isEmpty());

    QVERIFY(second.listen());
    QVERIFY(second.problem().isEmpty());
}

void tst_Emulator::keepsItsCredentials()
{
    Emulator emulator;
    Emulator::Options options;
    options.tls = true;
    QVERIFY(emulator.listen(options));
    const QString key = emulator.apiKey();
    const QByteArray certificate = emulator.caCertificate();
    options.port = emulator.port();
    emulator.close();
    QVERIFY(!emulator.isListening());
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QCOMPARE(emulator.apiKey(), key);
    QCOMPARE(emulator.caCertificate(), certificate);
    WebSocket socket(certificate);
    QVERIFY(open(emulator, socket));

    const Emulator other;
    QVERIFY(other.apiKey() != key);
}

void tst_Emulator::ownNamespacesAndModes()
{
    using Mode = Emulator::AuthMode;
    Emulator emulator;
    Emulator::Options options;
    options.namespaces = {{u"news"_s, {Mode::Oidc}, {Mode::ApiKey}}};
    options.connectModes = {Mode::ApiKey};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QCOMPARE(emulator.namespaces(), QStringList(u"news"_s));

    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(!subscribe(emulator, socket, u"default/a"_s));
    QVERIFY(subscribe(emulator, socket, u"news/*"_s));
    Connection connection(emulator.port());
    const QByteArray body = R"({"channel":"news/a","events":["1"]})";
    QCOMPARE(
        connection.ask(post("/event", "x-api-key: " + emulator.apiKey().toLatin1() + "\r\n", body))
            .status,
        403);
    QCOMPARE(
        connection
            .ask(post("/event", "Authorization: " + emulator.token().toLatin1() + "\r\n", body))
            .status,
        200);
    QCOMPARE(socket.nextJson().value(u"event"_s).toString(), u"1"_s);

    WebSocket byToken;
    QVERIFY(byToken.open(emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                         {{"Authorization", emulator.token().toLatin1()}}));
    QCOMPARE(byToken.nextJson().value(u"type"_s).toString(), u"connection_error"_s);
}

void tst_Emulator::counts()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    QSignalSpy connections(&emulator, &Emulator::connectionCountChanged);
    QSignalSpy subscriptions(&emulator, &Emulator::subscriptionCountChanged);
    WebSocket one;
    WebSocket two;
    QVERIFY(open(emulator, one));
    QVERIFY(open(emulator, two));
    QTRY_COMPARE(emulator.connectionCount(), 2);
    QVERIFY(subscribe(emulator, one, u"default/a"_s));
    QVERIFY(subscribe(emulator, two, u"default/*"_s));
    QCOMPARE(emulator.subscriptionCount(), 2);
    one.socket().close();
    QTRY_COMPARE(emulator.connectionCount(), 1);
    QCOMPARE(emulator.subscriptionCount(), 1);
    emulator.close();
    QCOMPARE(emulator.connectionCount(), 0);
    QCOMPARE(emulator.subscriptionCount(), 0);
    QTRY_COMPARE(connections.count(), 4); // they arrive queued
    QTRY_COMPARE(subscriptions.count(), 4);
}

void tst_Emulator::closesWithAReason_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void tst_Emulator::closesWithAReason()
{
    Emulator emulator;
    Emulator::Options options;
    QFETCH(bool, tls);
    options.tls = tls;
    QVERIFY(emulator.listen(options));
    WebSocket socket(emulator.caCertificate());
    QVERIFY(open(emulator, socket));
    QTRY_COMPARE(emulator.connectionCount(), 1);
    const quint16 port = emulator.port();
    emulator.close();
    QVERIFY(socket.hasEnded());
    QCOMPARE(socket.socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost, port));
}

void tst_Emulator::mayBeClosedByItsOwnSignal()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    connect(&emulator, &Emulator::refused, &emulator, &Emulator::close);
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(!subscribe(emulator, socket, u"nowhere/a"_s));
    QVERIFY(socket.hasEnded());
    QVERIFY(!emulator.isListening());
}

void tst_Emulator::dropsLikeACable()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QTRY_COMPARE(emulator.connectionCount(), 1);
    Connection http(emulator.port());
    QCOMPARE(http.ask(get("/health")).status, 200);
    emulator.dropConnections();
    QVERIFY(socket.hasEnded());
    QCOMPARE(socket.socket().error(), QAbstractSocket::RemoteHostClosedError); // no close frame
    QVERIFY(http.hasEnded());
    QCOMPARE(emulator.connectionCount(), 0);
    QVERIFY(emulator.isListening());
}

void tst_Emulator::keepAliveNeedsNoInit()
{
    Emulator emulator;
    Emulator::Options options;
    options.keepAliveInterval = 20ms;
    QVERIFY(emulator.listen(options));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(socket.next(), uR"({"type":"ka"})"_s);
}

void tst_Emulator::endsOldConnections()
{
    Emulator emulator;
    Emulator::Options options;
    options.maxConnectionAge = 50ms;
    QVERIFY(emulator.listen(options));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(socket.hasEnded());
    QCOMPARE(socket.socket().closeCode(), QWebSocketProtocol::CloseCodeNormal);
}

void tst_Emulator::tellsItsTimeout()
{
    Emulator emulator;
    Emulator::Options options;
    options.connectionTimeout = 1234ms;
    QVERIFY(emulator.listen(options));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.next(), uR"({"type":"connection_ack","connectionTimeoutMs":1234})"_s);
}

void tst_Emulator::playsTheDemo()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(subscribe(emulator, socket, u"demo/*"_s));
    QVERIFY2(emulator.playScenario(u"demo"_s), qPrintable(emulator.problem()));
    QVERIFY(emulator.isPlaying());
    for (int i = 0; i < 3; ++i) {
        const QString event = socket.nextJson().value(u"event"_s).toString();
        QVERIFY2(QJsonDocument::fromJson(event.toUtf8()).isObject(), qPrintable(event));
    }
    emulator.stopScenario();
    QVERIFY(!emulator.isPlaying());
}

void tst_Emulator::playsTheSameAgain()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"fast.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"version":1,"actors":[{"channel":"default/a","everyMs":[1,3],"startMs":0,"count":20,)"
        R"("event":{"$walk":{"start":0,"step":100}}}]})");
    file.close();

    Emulator emulator;
    Emulator::Options options;
    options.seed = 7;
    QVERIFY(emulator.listen(options));
    WebSocket socket;
    QVERIFY(open(emulator, socket));
    QVERIFY(subscribe(emulator, socket, u"default/a"_s));
    QStringList plays[2];
    for (QStringList &events : plays) {
        QVERIFY2(emulator.playScenario(file.fileName()), qPrintable(emulator.problem()));
        for (int i = 0; i < 20; ++i)
            events.append(socket.nextJson().value(u"event"_s).toString());
        QVERIFY(!emulator.isPlaying()); // all has been said
    }
    QCOMPARE(plays[0].size(), 20);
    QVERIFY(!plays[0].contains(QString()));
    QCOMPARE(plays[1], plays[0]);
}

void tst_Emulator::saysWhyItCannotPlay()
{
    Emulator emulator;
    QVERIFY(!emulator.playScenario(u"demo"_s));
    QVERIFY2(emulator.problem().contains(u"listens"_s), qPrintable(emulator.problem()));
    Emulator::Options options;
    options.namespaces = {{u"news"_s}};
    QVERIFY(emulator.listen(options));
    QVERIFY(!emulator.playScenario(u"no-such-scenario"_s));
    QVERIFY2(emulator.problem().contains(u"no-such-scenario"_s), qPrintable(emulator.problem()));
    QVERIFY(!emulator.playScenario(u"demo"_s));
    QVERIFY2(emulator.problem().contains(u"namespace \"demo\""_s), qPrintable(emulator.problem()));
    QVERIFY(!emulator.isPlaying());
}

GUILESS_TEST(tst_Emulator)
#include "tst_emulator.moc"
