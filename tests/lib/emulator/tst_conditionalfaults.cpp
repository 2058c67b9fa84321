// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Fault = FaultPlan::Fault;
using Kind = FaultPlan::Kind;

//! Faults that have no short member, and conditions: for whom, when and how often.
class tst_ConditionalFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void ackDelay();
    void connectionErrorOfAnyType();
    void closesOpenConnections_data();
    void closesOpenConnections();
    void closesNewConnections();
    void halfOpen();
    void answerDelay();
    void subscribeError();
    void publishError();
    void httpError();
    void deliveryDelay();
    void loseEvents();
    void shuffleEvents();
    void broadcastError();
    void errorsWithoutMessage();
    void forOneConnection();
    void forAMode();
    void forAUser();
    void forANamespace();
    void atATime();
    void atARate();
    void soOften();
    void shutDownLetsAnswersGo();
    void shutDownHasPatience();

private:
    [[nodiscard]] bool open(WebSocket &socket,
                            const QPair<QByteArray, QByteArray> &credentials = {}) const;
    [[nodiscard]] bool subscribe(WebSocket &socket, const QString &channel = u"default/a"_s) const;
    [[nodiscard]] QJsonObject operation(const QString &type, const QString &id,
                                        const QString &channel = u"default/a"_s,
                                        const QStringList &events = {u"1"_s}) const;
    HttpAnswer publishOverHttp(const QStringList &events,
                               const QString &channel = u"default/a"_s) const;
    void set(const Fault &fault);
    static bool nothingCame(WebSocket &socket);
    static QString typeOf(const QJsonObject &frame);
    static QJsonObject errorOf(const QJsonObject &frame);

    Emulator m_emulator;
};

void tst_ConditionalFaults::init()
{
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem()));
}

void tst_ConditionalFaults::cleanup()
{
    m_emulator.close();
}

bool tst_ConditionalFaults::open(WebSocket &socket,
                                 const QPair<QByteArray, QByteArray> &credentials) const
{
    const QPair<QByteArray, QByteArray> key{"x-api-key", m_emulator.apiKey().toLatin1()};
    const int before = int(m_emulator.connections().size());
    return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {credentials.first.isEmpty() ? key : credentials})
        && waitFor([&] { return m_emulator.connections().size() > before; });
}

bool tst_ConditionalFaults::subscribe(WebSocket &socket, const QString &channel) const
{
    socket.send(operation(u"subscribe"_s, u"s"_s, channel));
    return typeOf(socket.nextJson()) == u"subscribe_success";
}

QJsonObject tst_ConditionalFaults::operation(const QString &type, const QString &id,
                                             const QString &channel,
                                             const QStringList &events) const
{
    return {{u"type"_s, type},
            {u"id"_s, id},
            {u"channel"_s, channel},
            {u"events"_s, QJsonArray::fromStringList(events)},
            {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}};
}

HttpAnswer tst_ConditionalFaults::publishOverHttp(const QStringList &events,
                                                  const QString &channel) const
{
    Connection connection(m_emulator.port());
    const QByteArray body = RawClient::json({{u"channel"_s, channel},
                                             {u"events"_s, QJsonArray::fromStringList(events)}})
                                .toUtf8();
    return connection.ask(
        post("/event", "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n", body));
}

void tst_ConditionalFaults::set(const Fault &fault)
{
    FaultPlan plan;
    plan.faults.append(fault);
    m_emulator.setFaults(plan);
}

//! Asks for something that is always answered: what was withheld before it never came.
bool tst_ConditionalFaults::nothingCame(WebSocket &socket)
{
    socket.send(QJsonObject{{u"type"_s, u"unsubscribe"_s}, {u"id"_s, u"barrier"_s}});
    return socket.nextJson().value(u"id"_s).toString() == u"barrier"_s;
}

QString tst_ConditionalFaults::typeOf(const QJsonObject &frame)
{
    return frame.value(u"type"_s).toString();
}

QJsonObject tst_ConditionalFaults::errorOf(const QJsonObject &frame)
{
    return frame.value(u"errors"_s).toArray().at(0).toObject();
}

void tst_ConditionalFaults::ackDelay()
{
    set({Kind::AckDelay, 150});
    WebSocket socket;
    QVERIFY(open(socket));
    QElapsedTimer time;
    time.start();
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QVERIFY(nothingCame(socket));
    QCOMPARE(typeOf(socket.nextJson()), u"connection_ack"_s);
    QVERIFY(time.elapsed() >= 140);
}

void tst_ConditionalFaults::connectionErrorOfAnyType()
{
    set({Kind::RefuseConnect, 0, u"LimitExceededError"_s});
    WebSocket socket;
    QVERIFY(socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                        {{"x-api-key", m_emulator.apiKey().toLatin1()}}));
    const QJsonObject frame = socket.nextJson();
    QCOMPARE(typeOf(frame), u"connection_error"_s);
    QCOMPARE(errorOf(frame).value(u"errorType"_s).toString(), u"LimitExceededError"_s);
    QCOMPARE(errorOf(frame).value(u"errorCode"_s), QJsonValue(429));
}

void tst_ConditionalFaults::closesOpenConnections_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("going away") << 1001;
    QTest::newRow("own") << 4400;
    QTest::newRow("cut") << 1006;
}

void tst_ConditionalFaults::closesOpenConnections()
{
    QFETCH(int, code);
    WebSocket socket;
    QVERIFY(open(socket));
    WebSocket other;
    QVERIFY(open(other));
    Fault fault{Kind::CloseCode, code};
    fault.connection = m_emulator.connections().first().id;
    set(fault);
    QVERIFY(socket.hasEnded());
    if (code == 1006)
        QCOMPARE(socket.socket().error(), QAbstractSocket::RemoteHostClosedError);
    else
        QCOMPARE(int(socket.socket().closeCode()), code);
    QVERIFY(nothingCame(other));
}

void tst_ConditionalFaults::closesNewConnections()
{
    WebSocket earlier;
    QVERIFY(open(earlier));
    set({Kind::CloseCode, 4001});
    QVERIFY(earlier.hasEnded()); // those that are open are struck at that time, and not again
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(typeOf(socket.nextJson()), u"connection_ack"_s);
    QVERIFY(socket.hasEnded());
    QCOMPARE(int(socket.socket().closeCode()), 4001);
}

void tst_ConditionalFaults::halfOpen()
{
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    WebSocket other;
    QVERIFY(open(other));
    QVERIFY(subscribe(other));
    WebSocket third;
    QVERIFY(open(third));
    Fault fault{Kind::HalfOpen};
    fault.connection = m_emulator.connections().first().id;
    Fault end{Kind::CloseCode, 4001};
    end.connection = m_emulator.connections().last().id;
    FaultPlan plan;
    plan.faults = {fault, end};
    m_emulator.setFaults(plan);
    QVERIFY(third.hasEnded()); // they strike together
    QSignalSpy pong(&socket.socket(), &QWebSocket::pong);
    socket.socket().ping();
    QCOMPARE(publishOverHttp({u"1"_s}).status, 200);
    QCOMPARE(other.nextJson().value(u"event"_s).toString(), u"1"_s);
    QVERIFY(nothingCame(other)); // a round trip later
    QCOMPARE(socket.waiting(), 0);
    QCOMPARE(pong.count(), 0);
    QCOMPARE(socket.socket().state(), QAbstractSocket::ConnectedState);
}

void tst_ConditionalFaults::answerDelay()
{
    WebSocket socket;
    QVERIFY(open(socket));
    Fault fault{Kind::AnswerDelay, 150};
    fault.channel = u"default"_s;
    set(fault);
    QElapsedTimer time;
    time.start();
    socket.send(operation(u"subscribe"_s, u"s"_s));
    QVERIFY(nothingCame(socket));
    QCOMPARE(typeOf(socket.nextJson()), u"subscribe_success"_s);
    QVERIFY(time.elapsed() >= 140);
    time.start();
    QCOMPARE(publishOverHttp({u"1"_s}).status, 200);
    QVERIFY(time.elapsed() >= 140);
    QCOMPARE(m_emulator.metrics().summary(EmulatorMetrics::Latency).count, 1);
    QVERIFY(m_emulator.metrics().summary(EmulatorMetrics::Latency).most >= 140);
}

void tst_ConditionalFaults::subscribeError()
{
    set({Kind::SubscribeError, 0, u"UnauthorizedException"_s});
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s));
    const QJsonObject frame = socket.nextJson();
    QCOMPARE(typeOf(frame), u"subscribe_error"_s);
    QCOMPARE(frame.value(u"id"_s).toString(), u"s"_s);
    QCOMPARE(errorOf(frame).value(u"errorType"_s).toString(), u"UnauthorizedException"_s);
    QCOMPARE(m_emulator.subscriptionCount(), 0);
    m_emulator.setFaults({});
    QVERIFY(subscribe(socket)); // the id is free
}

void tst_ConditionalFaults::publishError()
{
    set({Kind::PublishError, 0, u"LimitExceededError"_s});
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    socket.send(operation(u"publish"_s, u"p"_s));
    const QJsonObject frame = socket.nextJson();
    QCOMPARE(typeOf(frame), u"publish_error"_s);
    QCOMPARE(errorOf(frame).value(u"message"_s).toString(), u"Rate limit exceeded"_s);
    const HttpAnswer answer = publishOverHttp({u"1"_s});
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.errorType(), u"LimitExceededError"_s);
    QVERIFY(nothingCame(socket));
}

void tst_ConditionalFaults::httpError()
{
    set({Kind::HttpError, 503, u"ServiceUnavailableException"_s, u"not now"_s});
    const HttpAnswer answer = publishOverHttp({u"1"_s});
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.errorType(), u"ServiceUnavailableException"_s);
    QCOMPARE(answer.errorMessage().toString(), u"not now"_s);
    QCOMPARE(m_emulator.metrics().value(EmulatorMetrics::ServerErrors), 1);
}

void tst_ConditionalFaults::deliveryDelay()
{
    set({Kind::DeliveryDelay, 150});
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    QElapsedTimer time;
    time.start();
    QCOMPARE(publishOverHttp({u"1"_s, u"2"_s, u"3"_s}).status, 200);
    for (const QString &event : {u"1"_s, u"2"_s, u"3"_s})
        QCOMPARE(socket.nextJson().value(u"event"_s).toString(), event);
    QVERIFY(time.elapsed() >= 140);
    QCOMPARE(m_emulator.metrics().value(EmulatorMetrics::InboundMessageDelayed, u"default"_s), 3);
}

void tst_ConditionalFaults::loseEvents()
{
    set({Kind::LoseEvents});
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    QCOMPARE(publishOverHttp({u"1"_s}).status, 200);
    QVERIFY(nothingCame(socket));
    QCOMPARE(m_emulator.metrics().value(EmulatorMetrics::InboundMessageDropped), 1);
}

void tst_ConditionalFaults::shuffleEvents()
{
    set({Kind::ShuffleEvents});
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    const QStringList events{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s};
    bool isOther = false;
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(publishOverHttp(events).status, 200);
        QStringList received;
        for (int n = 0; n < events.size(); ++n)
            received.append(socket.nextJson().value(u"event"_s).toString());
        isOther |= received != events;
        received.sort();
        QCOMPARE(received, events);
    }
    QVERIFY(isOther);
}

void tst_ConditionalFaults::broadcastError()
{
    set({Kind::BroadcastError});
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket));
    QCOMPARE(publishOverHttp({u"1"_s}).status, 200);
    QCOMPARE(socket.next(),
             u"{\"id\":\"s\",\"type\":\"broadcast_error\",\"errors\":[{\"errorType\":"
             "\"MessageProcessingError\",\"message\":\"There was an error processing "
             "the message\"}]}"_s);
}

void tst_ConditionalFaults::errorsWithoutMessage()
{
    FaultPlan plan;
    plan.errorsWithoutMessage = true;
    m_emulator.setFaults(plan);
    QCOMPARE(publishOverHttp({u"no JSON"_s}).body,
             R"({"errors":[{"errorType":"BadRequestException"}]})");
}

void tst_ConditionalFaults::forOneConnection()
{
    WebSocket first;
    QVERIFY(open(first));
    WebSocket second;
    QVERIFY(open(second));
    Fault fault{Kind::NeverKeepAlive};
    fault.peer = m_emulator.connections().at(0).peer;
    set(fault);
    m_emulator.sendKeepAlives();
    QCOMPARE(second.next(), uR"({"type":"ka"})"_s);
    QVERIFY(nothingCame(first));
}

void tst_ConditionalFaults::forAMode()
{
    Fault fault{Kind::NeverAnswerSubscribe};
    fault.authType = u"OPENID_CONNECT"_s;
    set(fault);
    WebSocket withKey;
    QVERIFY(open(withKey));
    QVERIFY(subscribe(withKey));
    WebSocket withToken;
    QVERIFY(open(withToken, {"authorization", m_emulator.token().toLatin1()}));
    withToken.send(operation(u"subscribe"_s, u"s"_s));
    QVERIFY(nothingCame(withToken));
}

void tst_ConditionalFaults::forAUser()
{
    Fault fault{Kind::CloseCodeAfterAck, 4002};
    fault.user = u"ann"_s;
    set(fault);
    const auto closeCode = [this](const QString &user) {
        WebSocket socket;
        if (!open(socket, {"authorization", m_emulator.tokenFor(user, 1h).toLatin1()}))
            return -1;
        socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
        if (typeOf(socket.nextJson()) != u"connection_ack")
            return -2;
        return nothingCame(socket) ? 0 : int(socket.socket().closeCode());
    };
    QCOMPARE(closeCode(u"ann"_s), 4002);
    QCOMPARE(closeCode(u"bob"_s), 0);
}

void tst_ConditionalFaults::forANamespace()
{
    Fault fault{Kind::EventAsArray};
    fault.channel = u"public/*"_s;
    set(fault);
    WebSocket socket;
    QVERIFY(open(socket));
    QVERIFY(subscribe(socket, u"public/*"_s));
    socket.send(operation(u"subscribe"_s, u"t"_s, u"default/*"_s));
    QCOMPARE(typeOf(socket.nextJson()), u"subscribe_success"_s);
    QCOMPARE(publishOverHttp({u"1"_s}, u"default/a"_s).status, 200);
    QCOMPARE(socket.next(), uR"({"id":"t","type":"data","event":"1"})"_s);
    QCOMPARE(publishOverHttp({u"2"_s}, u"public/a"_s).status, 200);
    QCOMPARE(socket.next(), uR"({"id":"s","type":"data","event":["2"]})"_s);
}

void tst_ConditionalFaults::atATime()
{
    WebSocket socket;
    QVERIFY(open(socket));
    QElapsedTimer time;
    Fault fault{Kind::CloseCode, 4003};
    fault.from = 200ms;
    time.start();
    set(fault);
    QVERIFY(nothingCame(socket));
    QVERIFY(socket.hasEnded());
    QVERIFY(time.elapsed() >= 190);
    QCOMPARE(int(socket.socket().closeCode()), 4003);
}

void tst_ConditionalFaults::atARate()
{
    const auto statuses = [this] {
        Fault fault{Kind::HttpError, 500};
        fault.rate = 0.5;
        set(fault);
        QList<int> list;
        for (int i = 0; i < 20; ++i)
            list.append(publishOverHttp({u"1"_s}).status);
        return list;
    };
    const QList<int> first = statuses();
    QVERIFY(first.contains(200));
    QVERIFY(first.contains(500));
    QCOMPARE(statuses(), first);
}

void tst_ConditionalFaults::soOften()
{
    Fault fault{Kind::HttpError, 500};
    fault.times = 1;
    set(fault);
    QCOMPARE(publishOverHttp({u"1"_s}).status, 500);
    QCOMPARE(publishOverHttp({u"1"_s}).status, 200);
}

void tst_ConditionalFaults::shutDownLetsAnswersGo()
{
    WebSocket socket;
    QVERIFY(open(socket));
    set({Kind::AnswerDelay, 800});
    socket.send(operation(u"publish"_s, u"p"_s));
    Connection http(m_emulator.port());
    http.write(post("/event", "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n",
                    R"({"channel":"default/a","events":["1"]})"));
    QTRY_COMPARE(m_emulator.metrics().value(EmulatorMetrics::SuccessfulEvents), 2);
    QSignalSpy closed(&m_emulator, &Emulator::closed);
    m_emulator.shutDown();
    QCOMPARE(typeOf(socket.nextJson()), u"publish_success"_s);
    QCOMPARE(http.answer().status, 200);
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(socket.hasEnded());
    QCOMPARE(int(socket.socket().closeCode()), 1001);
    QVERIFY(!m_emulator.isListening());
}

void tst_ConditionalFaults::shutDownHasPatience()
{
    FaultPlan plan;
    plan.neverAnswerHttp = true;
    m_emulator.setFaults(plan);
    Connection silent(m_emulator.port());
    silent.write(post("/event", {}, "{}"));
    QSignalSpy closed(&m_emulator, &Emulator::closed);
    m_emulator.shutDown(50ms);
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(silent.hasEnded());
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem())); // and opens again
}

GUILESS_TEST(tst_ConditionalFaults)
#include "tst_conditionalfaults.moc"
