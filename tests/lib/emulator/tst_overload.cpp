// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QLoggingCategory>
#include <QTest>

#include <vector>

#ifdef Q_OS_UNIX
#    include <arpa/inet.h>
#    include <netinet/in.h>
#    include <sys/resource.h>
#    include <sys/socket.h>
#    include <unistd.h>
#endif

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Much at a time, from clients that mean no good: memory stays bounded, and nobody else notices.
class tst_Overload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void tenThousandConnects();
    void tenThousandUpgrades();
    void noDescriptorsLeft();
    void tricklingRequests();
    void thousandsOfSubscriptions();
    void answersThatNobodyReads_data();
    void answersThatNobodyReads();
    void deepJson();
    void halfClosed();
    void smuggledRequests_data();
    void smuggledRequests();
    void pipelinedRequests();
    void channelsDoNotReachHeaders();

private:
    [[nodiscard]] bool isHealthy() const;
    [[nodiscard]] QJsonObject operation(const QString &type, const QString &id,
                                        const QString &channel,
                                        const QString &event = u"1"_s) const;
    [[nodiscard]] bool open(WebSocket &socket) const;
    [[nodiscard]] QByteArray upgradeRequest() const;

    Emulator m_emulator;
};

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

constexpr int kBursts = 20;
constexpr int kPerBurst = 500; // fewer than the system keeps waiting

//! A client's text frame, masked with zeros.
QByteArray textFrame(const QByteArray &text)
{
    QByteArray header = QByteArray::fromHex(text.size() < 126 ? "81" : "81fe");
    if (text.size() < 126)
        header += char(0x80 | text.size());
    else
        header.append(char(text.size() >> 8)).append(char(text.size() & 0xff));
    return header + QByteArray(4, '\0') + text;
}

#ifdef Q_OS_UNIX
//! Sets how many descriptors this process may have, and takes that back.
class DescriptorLimit {
public:
    DescriptorLimit() { ::getrlimit(RLIMIT_NOFILE, &m_before); }
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    Q_DISABLE_COPY_MOVE(DescriptorLimit)

    void set(rlim_t limit) const
    {
        rlimit changed = m_before;
        changed.rlim_cur = std::min(limit, m_before.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &changed);
    }

private:
    rlimit m_before{};
};

//! A client without an event loop, of which thousands cost little.
class PlainSocket {
public:
    PlainSocket() = default;
    ~PlainSocket()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(PlainSocket)

    //! Sends \a request once the system has connected; whether that went well.
    bool open(quint16 port, const QByteArray &request)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        return m_descriptor >= 0
            && ::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
            && ::send(m_descriptor, request.constData(), size_t(request.size()), 0)
            == request.size();
    }

    [[nodiscard]] bool hasReceived(const QByteArray &start) const
    {
        QByteArray bytes(start.size(), '\0');
        const ssize_t got = ::recv(m_descriptor, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT);
        return got == start.size() && bytes == start;
    }

private:
    int m_descriptor = -1;
};

//! The number that the next descriptor gets.
int nextDescriptor()
{
    const int next = ::dup(0);
    ::close(next);
    return next;
}
#endif

} // namespace

void tst_Overload::initTestCase()
{
    QLoggingCategory::setFilterRules(
        u"appsync.emulator=false"_s); // a line for each refusal is too much
}

void tst_Overload::init()
{
    Emulator::Options options;
    options.requestDeadline = 2s;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
}

bool tst_Overload::isHealthy() const
{
    Connection connection(m_emulator.port());
    return connection.ask(get("/health")).status == 200;
}

bool tst_Overload::open(WebSocket &socket) const
{
    return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                       {{"x-api-key", m_emulator.apiKey().toLatin1()}});
}

QJsonObject tst_Overload::operation(const QString &type, const QString &id, const QString &channel,
                                    const QString &event) const
{
    return {{u"type"_s, type},
            {u"id"_s, id},
            {u"channel"_s, channel},
            {u"events"_s, QJsonArray{event}},
            {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}};
}

QByteArray tst_Overload::upgradeRequest() const
{
    return get("/event/realtime",
               "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
               "aws-appsync-event-ws\r\nx-api-key: "
                   + m_emulator.apiKey().toLatin1() + "\r\n");
}

//! In bursts of so many at a time; client and server share this process's descriptors.
void tst_Overload::tenThousandConnects()
{
#ifdef Q_OS_UNIX
    const DescriptorLimit limit;
    limit.set(4096);
    for (int burst = 0; burst < kBursts; ++burst) {
        std::vector<PlainSocket> sockets(kPerBurst);
        for (PlainSocket &socket : sockets)
            QVERIFY(socket.open(m_emulator.port(), get("/health")));
        for (PlainSocket &socket : sockets)
            QVERIFY(waitFor([&] { return socket.hasReceived("HTTP/1.1 200"); }));
    }
    QVERIFY(isHealthy());
#else
    QSKIP("needs plain sockets");
#endif
}

void tst_Overload::tenThousandUpgrades()
{
#ifdef Q_OS_UNIX
    const DescriptorLimit limit;
    limit.set(4096);
    for (int burst = 0; burst < kBursts; ++burst) {
        std::vector<PlainSocket> sockets(kPerBurst);
        for (PlainSocket &socket : sockets)
            QVERIFY(socket.open(m_emulator.port(), upgradeRequest()));
        QVERIFY2(waitFor([&] { return m_emulator.connectionCount() == kPerBurst; }),
                 qPrintable(QString::number(m_emulator.connectionCount())));
        sockets.clear();
        QVERIFY(waitFor([&] { return m_emulator.connectionCount() == 0; }));
    }
    QVERIFY(isHealthy());
#else
    QSKIP("needs plain sockets");
#endif
}

//! Who comes while there are no descriptors waits, is told of in the log, and is served once there are.
void tst_Overload::noDescriptorsLeft()
{
#ifdef Q_OS_UNIX
    if (kIsSanitized)
        QSKIP("the sanitizer opens pipes of its own to look at types");
    WebSocket other;
    QVERIFY(open(other));
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    std::vector<std::unique_ptr<QTcpSocket>> sockets(20);
    int answered = 0;
    for (auto &socket : sockets) {
        socket = std::make_unique<QTcpSocket>();
        socket->bind(QHostAddress::LocalHost); // has its descriptor now
        connect(socket.get(), &QTcpSocket::readyRead, this, [&answered] { ++answered; });
    }
    {
        const DescriptorLimit limit;
        limit.set(rlim_t(nextDescriptor()) + 5);
        for (auto &socket : sockets) {
            socket->connectToHost(QHostAddress::LocalHost, m_emulator.port());
            QVERIFY(socket->waitForConnected(kPatience)); // by the system, without the emulator
            socket->write(get("/health"));
        }
        QVERIFY(waitFor([&] { return answered == 5; }));
        QCOMPARE(refused.count(), 1);
        QVERIFY2(refused.first().first().toString().startsWith(
                     u"connections refused for everybody for now"_s),
                 qPrintable(refused.first().first().toString()));
        other.send(operation(u"publish"_s, u"p"_s, u"default/a"_s));
        QCOMPARE(other.nextJson().value(u"type"_s).toString(), u"publish_success"_s);
        QCOMPARE(answered, 5);
    }
    QVERIFY(waitFor([&] { return answered == int(sockets.size()); }));
    QVERIFY(isHealthy());
#else
    QSKIP("descriptors are not limited here");
#endif
}

//! The deadline is one for the whole head, and one for the whole body; bytes now and then do not move it.
void tst_Overload::tricklingRequests()
{
    Emulator::Options options;
    options.requestDeadline = 300ms;
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
    Connection head(m_emulator.port());
    Connection body(m_emulator.port());
    head.write("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    body.write("POST /event HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, &head, [&] {
        head.write("x");
        body.write("x");
    });
    trickle.start(20);
    QCOMPARE(head.answer().status, 408);
    QCOMPARE(body.answer().status, 408);
    QVERIFY(isHealthy());
}

void tst_Overload::thousandsOfSubscriptions()
{
    constexpr int kConnections = 20;
    constexpr int kEach = 200;
    std::vector<std::unique_ptr<WebSocket>> sockets;
    for (int i = 0; i < kConnections; ++i) {
        sockets.push_back(std::make_unique<WebSocket>());
        QVERIFY(open(*sockets.back()));
        for (int s = 0; s < kEach; ++s)
            sockets.back()->send(
                operation(u"subscribe"_s, u"s%1"_s.arg(s), u"default/c%1/d%2"_s.arg(i).arg(s)));
    }
    QVERIFY(waitFor([&] { return m_emulator.subscriptionCount() == kConnections * kEach; }));
    WebSocket publisher;
    QVERIFY(open(publisher));
    for (int i = 0; i < kConnections; ++i) {
        for (int s = 0; s < kEach; ++s)
            QVERIFY(sockets[size_t(i)]->next().contains(u"subscribe_success"_s));
        publisher.send(operation(u"publish"_s, u"p"_s, u"default/c%1/d%2"_s.arg(i).arg(i * 7)));
        QCOMPARE(sockets[size_t(i)]->next(),
                 uR"({"id":"s%1","type":"data","event":"1"})"_s.arg(i * 7));
    }
    for (auto &socket : sockets)
        QCOMPARE(socket->waiting(), 0);
    sockets.clear();
    QTRY_COMPARE(m_emulator.subscriptionCount(), 0);
}

void tst_Overload::answersThatNobodyReads_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("reason");
    QTest::newRow("pongs") << QByteArray::fromHex("89fd") + QByteArray(4, '\0')
            + QByteArray(125, 'x')
                           << u"does not read"_s;
    const QString refused = u"refused frames within a second"_s;
    QTest::newRow("errors") << textFrame("{}") << refused;
    QTest::newRow("errors that repeat what was sent")
        << textFrame(R"({"type":"unsubscribe","id":")" + QByteArray(128, 'i') + R"("})") << refused;
}

//! A client that sends without end, and reads nothing of what it is answered, is dropped.
void tst_Overload::answersThatNobodyReads()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, reason);
    QString last;
    QObject listener;
    connect(&m_emulator, &Emulator::refused, &listener, [&](const QString &line) { last = line; });
    Connection lazy(m_emulator.port());
    QCOMPARE(lazy.ask(upgradeRequest()).status, 101);
    lazy.socket().setReadBufferSize(1); // from here on it reads nothing
    lazy.socket().disconnect();
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    const QByteArray block = frame.repeated(256 * 1024 / frame.size());
    qint64 sent = 0;
    while (m_emulator.connectionCount() > 0 && sent < 1'000'000'000) {
        if (lazy.socket().bytesToWrite() < 4 * block.size())
            sent += lazy.socket().write(block);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    QCOMPARE(m_emulator.connectionCount(), 0);
    QTRY_VERIFY2(last.contains(reason), qPrintable(last)); // told from the event loop
    QVERIFY(isHealthy());
}

void tst_Overload::deepJson()
{
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send(operation(u"subscribe"_s, u"s"_s, u"default/a"_s));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    // An event is text: how deep it is, is its own affair.
    const QString event = QString(100'000, u'[') + QString(100'000, u']');
    socket.send(operation(u"publish"_s, u"p"_s, u"default/a"_s, event));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"publish_success"_s);
    QCOMPARE(socket.nextJson().value(u"event"_s).toString(), event);
    socket.send(operation(u"publish"_s, u"p"_s, u"default/a"_s, QString(200'000, u'[')));
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"publish_error"_s);
    // A frame is read whole.
    socket.send(uR"({"type":"connection_init","x":)"_s + event + u'}');
    QCOMPARE(
        socket.next(),
        uR"({"type":"error","errors":[{"errorType":"BadRequestException","message":"The frame is not a JSON object"}]})"_s);
    Connection connection(m_emulator.port());
    QCOMPARE(connection
                 .ask(post("/event", "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n",
                           R"({"channel":"default/a","events":)" + event.toLatin1() + '}'))
                 .status,
             400);
}

//! A client that says that it will send nothing more gets no more either, as with other servers.
void tst_Overload::halfClosed()
{
#ifdef Q_OS_UNIX
    Connection connection(m_emulator.port());
    QCOMPARE(connection.ask(upgradeRequest()).status, 101);
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    ::shutdown(int(connection.socket().socketDescriptor()), SHUT_WR);
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
    QVERIFY(isHealthy());
#else
    QSKIP("needs sockets that can be closed by half");
#endif
}

void tst_Overload::smuggledRequests_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("length and chunks")
        << QByteArray("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("chunks and length")
        << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n");
    QTest::newRow("chunks by another name")
        << QByteArray("Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n");
    QTest::newRow("two lengths") << QByteArray("Content-Length: 4\r\nContent-Length: 0\r\n");
    QTest::newRow("a list of lengths") << QByteArray("Content-Length: 4, 0\r\n");
    QTest::newRow("space before the colon")
        << QByteArray("Content-Length: 4\r\nTransfer-Encoding : chunked\r\n");
    QTest::newRow("folded") << QByteArray(
        "Content-Length: 4\r\nX: a\r\n Transfer-Encoding: chunked\r\n");
    QTest::newRow("bare line feed")
        << QByteArray("Content-Length: 4\r\nX: a\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("bare carriage return")
        << QByteArray("Content-Length: 4\r\nX: a\rTransfer-Encoding: chunked\r\n");
    QTest::newRow("zero byte") << QByteArray("Content-Length: 4\r\nX: a\0b\r\n", 26);
}

//! Whoever stands before us could read another end of the body: refused, and what follows is not answered.
void tst_Overload::smuggledRequests()
{
    QFETCH(QByteArray, headers);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    Connection connection(m_emulator.port());
    connection.write("POST /event HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n0\r\n\r\n"
                     + get("/health"));
    const int status = connection.answer().status;
    QVERIFY2(status == 400 || status == 411, qPrintable(QString::number(status)));
    QVERIFY(connection.hasEnded());
    QCOMPARE(connection.received(), QByteArray());
    QCOMPARE(refused.count(), 1);
}

//! Answered one after the other, in order; who does not read the answers is not read either.
void tst_Overload::pipelinedRequests()
{
    Connection connection(m_emulator.port());
    connection.write(get("/health") + get("/absent") + post("/event", {}, "{}") + get("/health"));
    QCOMPARE(connection.answer().status, 200);
    QCOMPARE(connection.answer().status, 404);
    QCOMPARE(connection.answer().status, 400);
    QCOMPARE(connection.answer().status, 200);

    Connection lazy(m_emulator.port());
    lazy.socket().setReadBufferSize(1);
    lazy.socket().disconnect();
    const QByteArray block = get("/health").repeated(2'000);
    for (int i = 0; i < 1'000 && lazy.socket().bytesToWrite() < 4 * block.size(); ++i) {
        lazy.write(block);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    QVERIFY2(lazy.socket().bytesToWrite() >= 4 * block.size(), "it is read without end");
    QVERIFY(isHealthy());
}

void tst_Overload::channelsDoNotReachHeaders()
{
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(
        post("/event", "x-api-key: " + m_emulator.apiKey().toLatin1() + "\r\n",
             R"({"channel":"default/a\r\nX-Evil: 1\r\n\r\nHTTP/1.1 200 OK","events":["1"]})"));
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.head.contains("X-Evil"));
    QCOMPARE(refused.count(), 1);
    const QString line = refused.first().first().toString();
    QVERIFY2(!line.contains(u'\r') && !line.contains(u'\n'), qPrintable(line));
}

GUILESS_TEST(tst_Overload)
#include "tst_overload.moc"
