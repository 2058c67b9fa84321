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

//! Clients that misbehave: each gets what it deserves, and nobody else notices.
class tst_Robustness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void slowHeads_data();
    void slowHeads();
    void rubbish_data();
    void rubbish();
    void plainTextOnTls();
    void tlsOnPlainText();
    void binaryFrames();
    void fragmentedMessages();
    void badFrames_data();
    void badFrames();
    void floodOfBadFrames();
    void muchBeforeTheVerdict();
    void droppedCable();
    void clientsThatDoNotRead_data();
    void clientsThatDoNotRead();
    void twoHundredSubscriptions();
    void requestRates();
    void controlCharactersStayOutOfTheLog();

private:
    [[nodiscard]] bool isHealthy() const;
    [[nodiscard]] QJsonObject operation(const QString &type, const QString &id,
                                        const QString &event = u"1"_s) const;
    [[nodiscard]] bool open(WebSocket &socket) const;

    Emulator m_emulator;
};

namespace {

//! A WebSocket opened by hand, for frames that no library would send.
std::unique_ptr<Connection> upgraded(const Emulator &emulator)
{
    auto connection = std::make_unique<Connection>(emulator.port());
    const HttpAnswer answer = connection->ask(
        get("/event/realtime",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
            "aws-appsync-event-ws\r\n"
            "x-api-key: "
                + emulator.apiKey().toLatin1() + "\r\n"));
    return answer.status == 101 ? std::move(connection) : nullptr;
}

//! A client's frame of at most 125 bytes, masked with zeros.
QByteArray frame(char opcodeAndFlags, const QByteArray &payload)
{
    return QByteArray(1, opcodeAndFlags) + char(0x80 | payload.size()) + QByteArray(4, '\0')
        + payload;
}

constexpr char kFinal = char(0x80);

} // namespace

void tst_Robustness::init()
{
    Emulator::Options options;
    options.requestDeadline = 300ms;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
}

bool tst_Robustness::isHealthy() const
{
    Connection connection(m_emulator.port(), m_emulator.caCertificate());
    return connection.ask(get("/health")).status == 200;
}

bool tst_Robustness::open(WebSocket &socket) const
{
    return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {{"x-api-key", m_emulator.apiKey().toLatin1()}});
}

QJsonObject tst_Robustness::operation(const QString &type, const QString &id,
                                      const QString &event) const
{
    return {{u"type"_s, type},
            {u"id"_s, id},
            {u"channel"_s, u"default/a"_s},
            {u"events"_s, QJsonArray{event}},
            {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}};
}

void tst_Robustness::slowHeads_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("GET /health HTTP/1.1\r\nHost: loc");
    QTest::newRow("half a body") << QByteArray(
        "POST /event HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
}

void tst_Robustness::slowHeads()
{
    QFETCH(QByteArray, start);
    Connection slow(m_emulator.port());
    slow.write(start);
    QVERIFY(isHealthy());
    QCOMPARE(slow.answer().status, 408);
    slow.socket().disconnectFromHost();
    QVERIFY(isHealthy());
}

void tst_Robustness::rubbish_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("line feeds") << QByteArray("\r\n\r\n");
    QTest::newRow("TLS to a plain port")
        << QByteArray::fromHex("16030100c8010000c40303") + QByteArray(200, '\x01') + "\r\n\r\n";
    QTest::newRow("zeros") << QByteArray(100'000, '\0');
    QTest::newRow("text") << QByteArray("hello\r\n\r\n");
}

void tst_Robustness::rubbish()
{
    QFETCH(QByteArray, bytes);
    Connection connection(m_emulator.port());
    const int status = connection.ask(bytes).status;
    QVERIFY2(status == 400 || status == 431, qPrintable(QString::number(status)));
    QVERIFY(isHealthy());
}

void tst_Robustness::plainTextOnTls()
{
    Emulator::Options options;
    options.tls = true;
    options.requestDeadline = 300ms;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    Connection plain(m_emulator.port());
    plain.write(get("/health"));
    QVERIFY(plain.hasEnded());
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY2(refused.first().first().toString().startsWith(u"TLS handshake refused"_s),
             qPrintable(refused.first().first().toString()));

    Connection silent(m_emulator.port());
    QVERIFY(silent.hasEnded()); // the deadline holds for the handshake too
    QVERIFY(isHealthy());
}

void tst_Robustness::tlsOnPlainText()
{
    Connection client(m_emulator.port());
    client.write(QByteArray::fromHex("16030100a5010000a1"));
    const HttpAnswer answer = client.answer();
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.contains("--tls"), answer.body.constData());
}

void tst_Robustness::binaryFrames()
{
    WebSocket socket;
    QVERIFY(open(socket));
    socket.socket().sendBinaryMessage("{\"type\":\"connection_init\"}");
    QCOMPARE(
        socket.next(),
        uR"({"type":"error","errors":[{"errorType":"BadRequestException","message":"Only text frames are supported"}]})"_s);
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"connection_ack"_s);
}

void tst_Robustness::fragmentedMessages()
{
    const auto connection = upgraded(m_emulator);
    QVERIFY(connection);
    connection->write(frame('\x01', "{\"type\":\"connec") + frame('\x00', "tion_")
                      + frame(kFinal, "init\"}"));
    QVERIFY(waitFor([&] { return connection->received().contains("connection_ack"); }));

    // A ping may stand between the pieces, and is answered at once.
    connection->write(frame('\x01', "{\"type\":\"connec") + frame(kFinal | 9, "now"));
    QVERIFY(waitFor([&] { return connection->received().endsWith("\x8a\x03now"); }));
    connection->write(frame(kFinal, "tion_init\"}"));
    QVERIFY(waitFor([&] { return connection->received().count("connection_ack") == 2; }));
}

void tst_Robustness::badFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("closeCode");
    QTest::newRow("bad UTF-8") << frame(kFinal | 1, "{\"type\":\"\xff\xfe\"}") << 1007;
    QTest::newRow("reserved opcode") << frame(kFinal | 3, "x") << 1002;
    QTest::newRow("reserved bit") << frame(char(0xc1), "x") << 1002;
    QTest::newRow("continuation of nothing") << frame(kFinal, "x") << 1002;
    QTest::newRow("close with a long reason")
        << QByteArray::fromHex("88fe00c8") + QByteArray(4, '\0') + "\x03\xe8" + QByteArray(198, 'x')
        << 1002;
    QTest::newRow("close with half a code") << frame(kFinal | 8, "\x03") << 1002;
    QTest::newRow("close with a code that is none") << frame(kFinal | 8, "\x03\xe7") << 1002;
    QTest::newRow("close with bad UTF-8") << frame(kFinal | 8, "\x03\xe8\xff\xfe") << 1007;
    QTest::newRow("ping in pieces") << frame(9, "x") << 1002;
    QTest::newRow("long ping") << QByteArray::fromHex("89fe0080") + QByteArray(4, '\0')
            + QByteArray(128, 'x')
                               << 1002;
    QTest::newRow("message within a message") << frame(1, "a") + frame(kFinal | 1, "b") << 1002;
    QTest::newRow("too large in pieces") << frame(1, "{")
            + (QByteArray::fromHex("00ff0000000000100000") + QByteArray(4, '\0')
               + QByteArray(0x100000, ' '))
                  .repeated(9) << 1009;
    QTest::newRow("negative size")
        << QByteArray::fromHex("81ffffffffffffffffff") + QByteArray(4, '\0') << 1002;
    QTest::newRow("too large") << QByteArray::fromHex("81ff0000000000900000") + QByteArray(4, '\0')
            + QByteArray(1000, 'x')
                               << 1009;
}

void tst_Robustness::badFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, closeCode);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    const auto connection = upgraded(m_emulator);
    QVERIFY(connection);
    connection->write(bytes);
    QVERIFY(connection->hasEnded());
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY2(refused.first().first().toString().startsWith(u"frame refused for 127.0.0.1:"_s),
             qPrintable(refused.first().first().toString()));
    const QByteArray close = connection->received();
    QVERIFY2(close.size() >= 4 && close[0] == char(0x88), close.toHex().constData());
    QCOMPARE(int(uchar(close[2])) << 8 | uchar(close[3]), closeCode);
    QVERIFY(isHealthy());
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
}

void tst_Robustness::floodOfBadFrames()
{
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    const auto connection = upgraded(m_emulator);
    QVERIFY(connection);
    connection->write(frame(kFinal | 1, "x").repeated(20'000));
    QVERIFY(connection->hasEnded());
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
    QVERIFY2(refused.last().first().toString().contains(u"more than 2000 refused frames"),
             qPrintable(refused.last().first().toString()));
    QVERIFY(refused.count() < 3'000);
    QVERIFY(isHealthy());
}

//! Whose Lambda authorizer takes its time.
void tst_Robustness::muchBeforeTheVerdict()
{
    m_emulator.setLambdaAuthorizer([](const auto &, const auto &) {});
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    WebSocket socket;
    QVERIFY(
        socket.open(m_emulator.realtimeUrl(),
                    {u"aws-appsync-event-ws"_s,
                     headerProtocol({{u"host"_s, u"h"_s}, {u"Authorization"_s, u"opaque"_s}})}));
    for (int i = 0; i < 3; ++i)
        socket.send(operation(u"publish"_s, u"p"_s, QString(400'000, u'x')));
    QVERIFY(socket.hasEnded());
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY2(refused.first().first().toString().contains(u"1048576 characters"),
             qPrintable(refused.first().first().toString()));
    m_emulator.setLambdaAuthorizer({});
}

void tst_Robustness::droppedCable()
{
    WebSocket other;
    QVERIFY(open(other));
    {
        WebSocket socket;
        QVERIFY(open(socket));
        socket.send(operation(u"subscribe"_s, u"s"_s));
        QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
        QCOMPARE(m_emulator.subscriptionCount(), 1);
        socket.socket().abort();
    }
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    QCOMPARE(m_emulator.subscriptionCount(), 0);
    other.send(operation(u"publish"_s, u"p"_s));
    QCOMPARE(other.nextJson().value(u"type"_s).toString(), u"publish_success"_s);
}

void tst_Robustness::clientsThatDoNotRead_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void tst_Robustness::clientsThatDoNotRead()
{
    QFETCH(bool, tls);
    Emulator::Options options;
    options.tls = tls;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    WebSocket reader(m_emulator.caCertificate());
    QVERIFY(open(reader));
    reader.send(operation(u"subscribe"_s, u"r"_s));
    QCOMPARE(reader.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);

    Connection lazy(m_emulator.port(), m_emulator.caCertificate());
    QCOMPARE(
        lazy.ask(get("/event/realtime",
                     "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
                     "aws-appsync-event-ws\r\n"
                     "x-api-key: "
                         + m_emulator.apiKey().toLatin1() + "\r\n"))
            .status,
        101);
    const QByteArray subscribe = RawClient::json(operation(u"subscribe"_s, u"l"_s)).toUtf8();
    QByteArray header = QByteArray::fromHex("81fe") + char(subscribe.size() >> 8)
        + char(subscribe.size() & 0xff) + QByteArray(4, '\0');
    lazy.write(header + subscribe);
    QTRY_COMPARE(m_emulator.subscriptionCount(), 2);
    lazy.socket().setReadBufferSize(1); // from here on it reads nothing
    lazy.socket().disconnect();

    const QString event = u'"' + QString(240'000, u'x') + u'"';
    int published = 0;
    while (m_emulator.droppedReaders() == 0 && published < 500) {
        reader.send(operation(u"publish"_s, u"p"_s, event));
        QCOMPARE(reader.nextJson().value(u"type"_s).toString(), u"publish_success"_s);
        QCOMPARE(reader.nextJson().value(u"type"_s).toString(), u"data"_s);
        ++published;
    }
    QCOMPARE(m_emulator.droppedReaders(), 1);
    QVERIFY(published > 32'000'000 / 240'000);
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    QVERIFY(refused.last().first().toString().contains(u"does not read"_s));
}

void tst_Robustness::twoHundredSubscriptions()
{
    WebSocket socket;
    QVERIFY(open(socket));
    for (int i = 0; i < 205; ++i)
        socket.send(operation(u"subscribe"_s, u"s%1"_s.arg(i)));
    for (int i = 0; i < 200; ++i)
        QCOMPARE(socket.next(), uR"({"id":"s%1","type":"subscribe_success"})"_s.arg(i));
    for (int i = 200; i < 205; ++i)
        QCOMPARE(
            socket.next(),
            uR"({"id":"s%1","type":"subscribe_error","errors":[{"errorType":"MaxSubscriptionsReachedError"}]})"_s
                .arg(i));
    QCOMPARE(m_emulator.subscriptionCount(), 200);
    socket.send(QJsonObject{{u"type"_s, u"unsubscribe"_s}, {u"id"_s, u"s7"_s}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"unsubscribe_success"_s);
    socket.send(operation(u"subscribe"_s, u"again"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
}

void tst_Robustness::requestRates()
{
    constexpr int kCount = 100;
    for (const auto &limits : {Emulator::Limits::relaxed(), Emulator::Limits::aws()}) {
        Emulator::Options options;
        options.limits = limits;
        QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
        WebSocket socket;
        QVERIFY(open(socket));
        for (int i = 0; i < kCount; ++i)
            socket.send(operation(u"publish"_s, u"p%1"_s.arg(i)));
        int accepted = 0;
        for (int i = 0; i < kCount; ++i) {
            const QJsonObject answer = socket.nextJson();
            QCOMPARE(answer.value(u"id"_s).toString(), u"p%1"_s.arg(i));
            if (answer.value(u"type"_s).toString() == u"publish_success"_s) {
                ++accepted;
                continue;
            }
            const QJsonObject error = answer.value(u"errors"_s).toArray().at(0).toObject();
            QCOMPARE(error.value(u"errorType"_s).toString(), u"LimitExceededError"_s);
            QCOMPARE(error.value(u"message"_s).toString(), u"Rate limit exceeded"_s);
        }
        if (limits == Emulator::Limits::relaxed())
            QCOMPARE(accepted, kCount);
        else
            QVERIFY2(accepted >= 25 && accepted < kCount, qPrintable(QString::number(accepted)));
    }
}

void tst_Robustness::controlCharactersStayOutOfTheLog()
{
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    WebSocket socket;
    QVERIFY(open(socket));
    QJsonObject frame = operation(u"subscribe"_s, u"s"_s);
    frame.insert(u"channel"_s, u"a\nINFO all is well\x1b[2J"_s + QString(10'000, u'x'));
    socket.send(frame);
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_error"_s);
    const QString line = refused.first().first().toString();
    QVERIFY2(!line.contains(u'\n') && !line.contains(u'\x1b') && line.size() < 1'000,
             qPrintable(line));
}

GUILESS_TEST(tst_Robustness)
#include "tst_robustness.moc"
