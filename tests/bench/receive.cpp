// SPDX-License-Identifier: Apache-2.0
// Receives a flood in one of several ways and prints what it took, as one line of JSON. Time and CPU run
// from the first event to the last, so that starting up is not counted.
//   bench_receive MODE PORT FRAMES
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTextStream>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <chrono>
#include <cstring>
#include <functional>
#include <optional>

#ifdef Q_OS_UNIX
#    include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;

namespace {

//! CPU seconds of this process, as the operating system counts them.
double cpuSeconds()
{
#ifdef Q_OS_UNIX
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
#else
    return double(std::clock()) / CLOCKS_PER_SEC;
#endif
}

class Meter {
public:
    explicit Meter(qint64 frames) : m_frames(frames) { }

    [[nodiscard]] bool isDone() const { return m_seen == m_frames; }

    void count(qint64 bytes)
    {
        if (m_seen == 0) {
            m_start = std::chrono::steady_clock::now();
            m_cpu = cpuSeconds();
        }
        m_bytes += bytes;
        if (++m_seen == m_frames)
            finish();
    }

private:
    void finish()
    {
        const double cpu = cpuSeconds() - m_cpu;
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - m_start;
        const QJsonObject result{{u"frames"_s, m_seen},
                                 {u"bytes"_s, m_bytes},
                                 {u"seconds"_s, wall.count()},
                                 {u"cpuSeconds"_s, cpu}};
        QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Compact) << Qt::endl;
        QCoreApplication::quit();
    }

    const qint64 m_frames;
    qint64 m_seen = 0;
    qint64 m_bytes = 0;
    double m_cpu = 0;
    std::chrono::steady_clock::time_point m_start;
};

QByteArray masked(const QByteArray &text)
{
    QByteArray bytes("\x81");
    bytes += char(0x80 | text.size()); // short texts only
    return bytes + QByteArray(4, '\0') + text;
}

constexpr auto kInit = R"({"type":"connection_init"})";
constexpr auto kSubscribe = R"({"type":"subscribe","id":"sub-1","channel":"/default/flood"})";

//! The flood's own ceiling: TCP cut into frames in one buffer, nothing decoded.
void receiveRaw(quint16 port, Meter &meter)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write(
        "GET /event/realtime HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: "
        "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        + masked(kInit) + masked(kSubscribe));
    QByteArray head;
    while (!head.contains("\r\n\r\n") && socket.waitForReadyRead())
        head += socket.readLine();
    QByteArray buffer(1024 * 1024, Qt::Uninitialized);
    qsizetype filled = 0;
    int skip = 2; // the ack and the subscribe_success
    while (!meter.isDone() && (socket.bytesAvailable() > 0 || socket.waitForReadyRead())) {
        filled += socket.read(buffer.data() + filled, buffer.size() - filled);
        const auto *bytes = reinterpret_cast<const uchar *>(buffer.constData());
        qsizetype at = 0;
        while (filled - at >= 4) {
            qsizetype size = bytes[at + 1] & 0x7f;
            qsizetype begin = 2;
            if (size == 126) {
                size = (bytes[at + 2] << 8) | bytes[at + 3];
                begin = 4;
            }
            if (filled - at < begin + size)
                break;
            at += begin + size;
            if (skip > 0)
                --skip;
            else
                meter.count(size);
        }
        std::memmove(buffer.data(), buffer.constData() + at, size_t(filled - at));
        filled -= at;
    }
}

//! A bare QWebSocket; \a onMessage sees the text of each `data` frame.
void receiveBare(quint16 port, Meter &meter,
                 const std::function<qint64(const QString &)> &onMessage)
{
    auto *socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, qApp);
    QObject::connect(socket, &QWebSocket::connected, socket, [socket] {
        socket->sendTextMessage(QString::fromLatin1(kInit));
        socket->sendTextMessage(QString::fromLatin1(kSubscribe));
    });
    QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                     [&meter, onMessage, skip = 2](const QString &text) mutable {
                         if (skip > 0)
                             --skip;
                         else
                             meter.count(onMessage ? onMessage(text) : text.size());
                     });
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"aws-appsync-event-ws"_s});
    socket->open(QUrl(u"ws://127.0.0.1:%1/event/realtime"_s.arg(port)), options);
}

//! What a first version would do: a document for the frame.
qint64 throughDocument(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    return object[u"type"_s].toString() == u"data" ? object[u"event"_s].toString().toUtf8().size()
                                                   : 0;
}

void receiveWithClient(quint16 port, Meter &meter, bool takeText)
{
    auto *key = new AppSync::ApiKeyAuthorizer(u"da2-bench"_s, qApp);
    auto *client = new AppSync::EventsClient(
        AppSync::Endpoint(QUrl(u"http://127.0.0.1:%1/event"_s.arg(port))), key, qApp);
    auto *subscription = client->subscribe(u"/default/flood"_s);
    QObject::connect(subscription, &AppSync::ChannelSubscription::received, client,
                     [&meter, takeText](const AppSync::Event &event) {
                         meter.count(takeText ? event.json().size() : 1);
                     });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 4)
        return 2;
    const QString mode = arguments[1];
    const quint16 port = arguments[2].toUShort();
    Meter meter(arguments[3].toLongLong());
    if (mode == u"raw") {
        receiveRaw(port, meter);
        return meter.isDone() ? 0 : 1;
    }
    if (mode == u"bare")
        receiveBare(port, meter, {});
    else if (mode == u"document")
        receiveBare(port, meter, throughDocument);
    else if (mode == u"client")
        receiveWithClient(port, meter, false);
    else if (mode == u"client-text")
        receiveWithClient(port, meter, true);
    else
        return 2;
    return app.exec();
}
