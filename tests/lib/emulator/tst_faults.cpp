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

//! Every fault, switched on and off while the emulator runs.
class tst_Faults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void refuseUpgradeStatus();
    void neverAnswerUpgrade();
    void neverAck();
    void refuseConnect();
    void neverKeepAlive();
    void neverAnswerSubscribe();
    void neverAnswerPublish();
    void neverAnswerHttp();
    void dropAfterFrames_data();
    void dropAfterFrames();
    void closeCodeAfterAck();
    void eventAsArray();
    void errorsAsObject();
    void numericFailureCode();
    void deliveryGap();

private:
    [[nodiscard]] bool open(WebSocket &socket) const;
    [[nodiscard]] QJsonObject operation(const QString &type, const QString &id) const;
    HttpAnswer publishOverHttp(const QString &event) const;
    //! Asks for something that is always answered: what was withheld before it never came.
    static bool nothingCame(WebSocket &socket);

    Emulator m_emulator;
};

void tst_Faults::init()
{
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem()));
}

void tst_Faults::cleanup()
{
    m_emulator.close();
}

bool tst_Faults::open(WebSocket &socket) const
{
    return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {{"x-api-key", m_emulator.apiKey().toLatin1()}});
}

QJsonObject tst_Faults::operation(const QString &type, const QString &id) const
{
    return {{u"type"_s, type},
            {u"id"_s, id},
            {u"channel"_s, u"default/a"_s},
            {u"events"_s, QJsonArray{u"1"_s}},
            {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}};
}

HttpAnswer tst_Faults::publishOverHttp(const QString &event) const
{
    Connection connection(m_emulator.port());
    const QByteArray body =
        RawClient::json({{u"channel"_s, u"default/a"_s}, {u"events"_s, QJsonArray{event}}})
            .toUtf8();
    return connection.ask(
        post("/event", "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n", body));
}

bool tst_Faults::nothingCame(WebSocket &socket)
{
    socket.send(QJsonObject{{u"type"_s, u"unsubscribe"_s}, {u"id"_s, u"barrier"_s}});
    return socket.nextJson().value(u"id"_s).toString() == u"barrier"_s;
}

void tst_Faults::refuseUpgradeStatus()
{
    FaultPlan plan;
    plan.refuseUpgradeStatus = 401;
    m_emulator.setFaults(plan);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(
        get("/event/realtime",
            "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"));
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.header("x-amzn-ErrorType"), "UnauthorizedException");
    QVERIFY(connection.hasEnded());

    WebSocket refused;
    QVERIFY(!open(refused));
    m_emulator.setFaults({});
    WebSocket welcome;
    QVERIFY(open(welcome));
}

void tst_Faults::neverAnswerUpgrade()
{
    FaultPlan plan;
    plan.neverAnswerUpgrade = true;
    m_emulator.setFaults(plan);
    WebSocket silent;
    QSignalSpy connected(&silent.socket(), &QWebSocket::connected);
    silent.socket().open(m_emulator.realtimeUrl());
    m_emulator.setFaults(plan);
    QCOMPARE(publishOverHttp(u"1"_s).status, 200); // others are served meanwhile
    QCOMPARE(connected.count(), 0);
    QCOMPARE(m_emulator.connectionCount(), 0);
}

void tst_Faults::neverAck()
{
    FaultPlan plan;
    plan.neverAck = true;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    const QJsonObject init{{u"type"_s, u"connection_init"_s}};
    socket.send(init);
    QVERIFY(nothingCame(socket));
    m_emulator.setFaults({});
    socket.send(init);
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"connection_ack"_s);
}

void tst_Faults::refuseConnect()
{
    FaultPlan plan;
    plan.refuseConnect = true;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"connection_error"_s);
    QVERIFY(socket.hasEnded());
}

void tst_Faults::neverKeepAlive()
{
    FaultPlan plan;
    plan.neverKeepAlive = true;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    m_emulator.sendKeepAlives();
    QVERIFY(nothingCame(socket));
    m_emulator.setFaults({});
    m_emulator.sendKeepAlives();
    QCOMPARE(socket.next(), uR"({"type":"ka"})"_s);
}

void tst_Faults::neverAnswerSubscribe()
{
    FaultPlan plan;
    plan.neverAnswerSubscribe = true;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    QVERIFY(nothingCame(socket));
    QCOMPARE(m_emulator.subscriptionCount(), 0);
}

void tst_Faults::neverAnswerPublish()
{
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    FaultPlan plan;
    plan.neverAnswerPublish = true;
    m_emulator.setFaults(plan);
    socket.send(operation(u"publish"_s, u"p"_s));
    QVERIFY(nothingCame(socket)); // neither an answer nor the event
}

void tst_Faults::neverAnswerHttp()
{
    FaultPlan plan;
    plan.neverAnswerHttp = true;
    m_emulator.setFaults(plan);
    Connection silent(m_emulator.port());
    silent.write(post("/event", {}, "{}"));
    Connection other(m_emulator.port());
    QCOMPARE(other.ask(get("/health")).status, 200);
    QCOMPARE(silent.received(), "");
    m_emulator.close();
    QVERIFY(silent.hasEnded());
}

void tst_Faults::dropAfterFrames_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void tst_Faults::dropAfterFrames()
{
    QFETCH(bool, tls);
    Emulator::Options options;
    options.tls = tls;
    options.faults.dropAfterFrames = 2;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    WebSocket socket(m_emulator.caCertificate());
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    socket.send(operation(u"publish"_s, u"p"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"publish_success"_s);
    QVERIFY(socket.hasEnded());
    QCOMPARE(socket.waiting(), 0); // the event would have been the third
    QCOMPARE(socket.socket().error(), QAbstractSocket::RemoteHostClosedError); // no close frame
    QTRY_COMPARE(m_emulator.subscriptionCount(), 0);
}

void tst_Faults::closeCodeAfterAck()
{
    FaultPlan plan;
    plan.closeCodeAfterAck = 4001;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"connection_ack"_s);
    QVERIFY(socket.hasEnded());
    QCOMPARE(int(socket.socket().closeCode()), 4001);
}

void tst_Faults::eventAsArray()
{
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    FaultPlan plan;
    plan.eventAsArray = true;
    m_emulator.setFaults(plan);
    publishOverHttp(u"1"_s);
    QCOMPARE(socket.next(), uR"({"id":"s","type":"data","event":["1"]})"_s);
    m_emulator.setFaults({});
    publishOverHttp(u"2"_s);
    QCOMPARE(socket.next(), uR"({"id":"s","type":"data","event":"2"})"_s);
}

void tst_Faults::errorsAsObject()
{
    FaultPlan plan;
    plan.errorsAsObject = true;
    m_emulator.setFaults(plan);
    const HttpAnswer answer = publishOverHttp(u"hello"_s);
    QCOMPARE(
        answer.body,
        R"({"errors":{"errorType":"BadRequestException","message":"Event at index 0 is not valid JSON"}})");
}

void tst_Faults::numericFailureCode()
{
    FaultPlan plan;
    plan.numericFailureCode = true;
    m_emulator.setFaults(plan);
    const HttpAnswer answer = publishOverHttp(u'"' + QString(300'000, u'x') + u'"');
    QCOMPARE(answer.status, 200);
    const QJsonObject failed = answer.object().value(u"failed"_s).toArray().at(0).toObject();
    QCOMPARE(failed.value(u"code"_s), QJsonValue(400));
}

void tst_Faults::deliveryGap()
{
    FaultPlan plan;
    plan.deliveryGap = 1h;
    m_emulator.setFaults(plan);
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    QCOMPARE(publishOverHttp(u"\"lost\""_s).status, 200);
    QVERIFY(nothingCame(socket));
    m_emulator.setFaults({});
    publishOverHttp(u"\"found\""_s);
    QCOMPARE(socket.nextJson().value(u"event"_s).toString(), u"\"found\""_s);
}

GUILESS_TEST(tst_Faults)
#include "tst_faults.moc"
