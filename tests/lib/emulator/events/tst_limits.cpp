// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! Each figure of the options, over real sockets.
class tst_Limits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedFigures();
    void sizesAndCounts();
    void subscriptions();
    void publishRate();
    void connectRate();
    void inboundRate();
    void outboundRate();

private:
    void listen(const Emulator::Limits &limits)
    {
        Emulator::Options options;
        options.limits = limits;
        QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    }
    [[nodiscard]] QJsonObject authorization() const
    {
        return {{u"x-api-key"_s, m_emulator.apiKey()}, {u"host"_s, u"h"_s}};
    }
    [[nodiscard]] bool open(WebSocket &socket) const
    {
        return socket.open(m_emulator.realtimeUrl(),
                           {u"aws-appsync-event-ws"_s, headerProtocol(authorization())});
    }
    void send(WebSocket &socket, const QString &type, const QString &id,
              const QStringList &events = {u"1"_s}) const
    {
        socket.send(QJsonObject{{u"type"_s, type},
                                {u"id"_s, id},
                                {u"channel"_s, u"default/a"_s},
                                {u"events"_s, QJsonArray::fromStringList(events)},
                                {u"authorization"_s, authorization()}});
    }
    [[nodiscard]] HttpAnswer publish(const QStringList &events) const
    {
        Connection connection(m_emulator.port());
        return connection.ask(post("/event", "x-api-key: " + m_emulator.apiKey().toUtf8() + "\r\n",
                                   json({{u"channel"_s, u"default/a"_s},
                                         {u"events"_s, QJsonArray::fromStringList(events)}})
                                       .toUtf8()));
    }

    Emulator m_emulator;
};

namespace {

QString errorType(const QJsonObject &frame)
{
    return frame["errors"_L1][0]["errorType"_L1].toString();
}

} // namespace

void tst_Limits::publishedFigures()
{
    const auto aws = Emulator::Limits::aws();
    auto relaxed = aws;
    relaxed.publishesPerSecond = relaxed.connectsPerSecond = relaxed.inboundEventsPerSecond =
        relaxed.outboundMessagesPerSecond = 0;
    QVERIFY(relaxed == Emulator::Limits::relaxed());
    QVERIFY(Emulator::Options().limits == Emulator::Limits::relaxed());
    QCOMPARE(aws.publishesPerSecond, 25);
}

void tst_Limits::sizesAndCounts()
{
    Emulator::Limits limits;
    limits.eventsPerPublish = 7;
    limits.eventBytes = 10;
    limits.publishBytes = 1'024;
    listen(limits);
    QCOMPARE(publish(QStringList(7, u"1"_s)).status, 200);
    const HttpAnswer many = publish(QStringList(8, u"1"_s));
    QCOMPARE(many.status, 400);
    QCOMPARE(many.errorMessage().toString(), u"Input exceeded 7 event limit"_s);
    const QJsonObject answer =
        publish({u"\"%1\""_s.arg(QString(8, u'x')), u"\"%1\""_s.arg(QString(9, u'x'))}).object();
    QCOMPARE(answer["successful"_L1].toArray().size(), 1);
    QCOMPARE(answer["failed"_L1][0]["code"_L1].toString(), u"EventTooLargeException"_s);
    const QStringList large(2, u"\"%1\""_s.arg(QString(600, u'x')));
    QCOMPARE(publish(large).errorMessage().toString(), u"Input exceeded 0.001 MB limit"_s);
}

void tst_Limits::subscriptions()
{
    Emulator::Limits limits;
    limits.subscriptionsPerConnection = 1;
    listen(limits);
    WebSocket socket;
    QVERIFY(open(socket));
    send(socket, u"subscribe"_s, u"1"_s);
    QCOMPARE(socket.nextJson()["type"_L1].toString(), u"subscribe_success"_s);
    send(socket, u"subscribe"_s, u"2"_s);
    QCOMPARE(errorType(socket.nextJson()), u"MaxSubscriptionsReachedError"_s);
}

void tst_Limits::publishRate()
{
    Emulator::Limits limits;
    limits.publishesPerSecond = 1;
    listen(limits);
    WebSocket socket;
    QVERIFY(open(socket));
    send(socket, u"publish"_s, u"1"_s);
    send(socket, u"publish"_s, u"2"_s);
    QCOMPARE(socket.nextJson()["type"_L1].toString(), u"publish_success"_s);
    QCOMPARE(errorType(socket.nextJson()), u"LimitExceededError"_s);
}

void tst_Limits::connectRate()
{
    Emulator::Limits limits;
    limits.connectsPerSecond = 1;
    listen(limits);
    WebSocket sockets[2];
    for (WebSocket &socket : sockets)
        QVERIFY(open(socket));
    QCOMPARE(errorType(sockets[1].nextJson()), u"LimitExceededError"_s);
}

void tst_Limits::inboundRate()
{
    Emulator::Limits limits;
    limits.inboundEventsPerSecond = 3;
    listen(limits);
    QCOMPARE(publish({u"1"_s, u"2"_s, u"3"_s}).status, 200);
    const HttpAnswer answer = publish({u"1"_s, u"2"_s, u"3"_s});
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.errorType(), u"LimitExceededError"_s);
}

//! A publisher hears of success, and yet not everybody gets what was published; that is told.
void tst_Limits::outboundRate()
{
    Emulator::Limits limits;
    limits.outboundMessagesPerSecond = 3;
    listen(limits);
    WebSocket sockets[2];
    for (WebSocket &socket : sockets) {
        QVERIFY(open(socket));
        send(socket, u"subscribe"_s, u"s"_s);
        QCOMPARE(socket.nextJson()["type"_L1].toString(), u"subscribe_success"_s);
    }
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    const QString large = u"\"%1\""_s.arg(QString(9'000, u'x')); // counts twice
    QCOMPARE(publish({large}).status, 200);
    QTRY_COMPARE(refused.size(), 1);
    const QString line = refused[0][0].toString();
    QVERIFY2(line.contains(u"1 deliveries would exceed 3 messages per second"_s), qPrintable(line));
    waitFor([&] { return sockets[0].waiting() + sockets[1].waiting() > 0; });
    QCOMPARE(sockets[0].waiting() + sockets[1].waiting(), 1);
}

GUILESS_TEST(tst_Limits)
#include "tst_limits.moc"
