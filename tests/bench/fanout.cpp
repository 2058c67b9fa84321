// SPDX-License-Identifier: Apache-2.0
// One publisher and many subscribers of one server, whoever that is. Publishes with so many under way that
// the server never waits: one is over once it was acknowledged and has reached everyone. Prints deliveries,
// seconds and latencies as one line of JSON.
//   bench_fanout [--subscribers N] [--publishes N] [--under-way N] PORT KEY
//   bench_fanout --idle N PORT KEY     opens N connections; ends with its standard input
#include "rawpeer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTextStream>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr qsizetype kEventBytes = 300;
constexpr int kOpeningAtOnce = 64;

//! A WebSocket with as little around it as possible, so that it is the server that is measured.
class Client : public QObject {
public:
    using OnText = std::function<void(QByteArrayView)>;

    Client(quint16 port, const QByteArray &key, std::function<void()> onOpen)
        : m_onOpen(std::move(onOpen))
    {
        connect(&m_socket, &QTcpSocket::connected, this, [this, key] {
            m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
            m_socket.write(
                "GET /event/realtime HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                "AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: aws-appsync-event-ws\r\n"
                "x-api-key: "
                + key + "\r\n\r\n");
        });
        connect(&m_socket, &QTcpSocket::readyRead, this, &Client::read);
        connect(&m_socket, &QTcpSocket::disconnected, qApp, [] { QCoreApplication::exit(1); });
        m_socket.connectToHost(QHostAddress::LocalHost, port,
                               QIODevice::ReadWrite | QIODevice::Unbuffered);
    }
    ~Client() override { m_socket.disconnect(); }

    void setOnText(OnText onText) { m_onText = std::move(onText); }
    void send(const QByteArray &text) { Bench::sendRaw(m_socket, text); }

private:
    void read()
    {
        static QByteArray block(256 * 1024, Qt::Uninitialized);
        const qint64 got = m_socket.read(block.data(), block.size());
        m_read.append(block.constData(), std::max<qint64>(got, 0));
        if (!m_isOpen)
            upgrade();
        if (m_isOpen)
            takeFrames();
    }

    void upgrade()
    {
        const qsizetype end = m_read.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        if (!m_read.startsWith("HTTP/1.1 101"))
            return QCoreApplication::exit(1);
        m_read.remove(0, end + 4);
        m_isOpen = true;
        m_onOpen();
    }

    void takeFrames()
    {
        const auto *bytes = reinterpret_cast<const uchar *>(m_read.constData());
        qsizetype at = 0;
        while (m_read.size() - at >= 4) {
            qsizetype size = bytes[at + 1];
            qsizetype begin = 2;
            if (size == 126) {
                size = (bytes[at + 2] << 8) | bytes[at + 3];
                begin = 4;
            }
            if (m_read.size() - at < begin + size)
                break;
            m_onText(QByteArrayView(m_read).sliced(at + begin, size));
            at += begin + size;
        }
        m_read.remove(0, at);
    }

    QTcpSocket m_socket;
    QByteArray m_read;
    bool m_isOpen = false;
    std::function<void()> m_onOpen;
    OnText m_onText = [](QByteArrayView) {};
};

struct Options {
    quint16 port = 0;
    QByteArray key;
    int clients = 0;
    int publishes = 0;
    int underWay = 0;
};

class Fanout : public QObject {
public:
    explicit Fanout(const Options &options) : m_options(options), m_total(options.publishes) { }

    //! Opens the clients, not all at once.
    void open()
    {
        while (m_clients.size() < size_t(m_options.clients) + 1 && m_opening < kOpeningAtOnce) {
            ++m_opening;
            const size_t number = m_clients.size();
            m_clients.push_back(std::make_unique<Client>(m_options.port, m_options.key,
                                                         [this, number] { onOpen(number); }));
        }
    }

    std::function<void()> onReady = [this] { start(); };

private:
    [[nodiscard]] QByteArray authorization() const
    {
        return R"("authorization":{"x-api-key":")" + m_options.key + R"("}})";
    }

    void onOpen(size_t number)
    {
        Client &client = *m_clients[number];
        if (number == 0) { // the publisher
            client.setOnText([this](QByteArrayView text) { onAnswer(text); });
            return onClientReady();
        }
        client.setOnText([this](QByteArrayView text) {
            if (text.contains("\"subscribe_success\""))
                onClientReady();
            else
                onEvent(text);
        });
        client.send(R"({"type":"subscribe","id":"sub-)" + QByteArray::number(qint64(number))
                    + R"(","channel":"/default/fan/*",)" + authorization());
    }

    void onClientReady()
    {
        --m_opening;
        if (++m_ready == m_options.clients + 1)
            onReady();
        else
            open();
    }

    void start()
    {
        m_left.resize(size_t(m_total));
        m_sent.resize(size_t(m_total));
        m_latencies.reserve(size_t(m_total) * size_t(m_options.clients));
        m_start = Clock::now();
        for (int i = 0; i < std::min(m_options.underWay, m_total); ++i)
            publish();
    }

    void publish()
    {
        const int number = m_next++;
        QByteArray event = R"({\"n\":)" + QByteArray::number(number)
            + R"(,\"device\":\"truck-7\",\"speed\":61.25,\"text\":\")";
        event += QByteArray(kEventBytes - event.size(), 'x') + R"(\"})";
        m_left[size_t(number)] = m_options.clients + 1;
        m_sent[size_t(number)] = Clock::now();
        m_clients[0]->send(R"({"type":"publish","id":")" + QByteArray::number(number)
                           + R"(","channel":"/default/fan/out","events":[")" + event + R"("],)"
                           + authorization());
    }

    void onAnswer(QByteArrayView text)
    {
        if (!text.contains("\"publish_success\""))
            return QCoreApplication::exit(1);
        const qsizetype at = text.indexOf(R"("id":")") + 6;
        count(text.sliced(at, text.indexOf('"', at) - at).toInt());
    }

    void onEvent(QByteArrayView text)
    {
        const qsizetype at = text.indexOf(R"({\"n\":)") + 7;
        const int number = text.sliced(at, text.indexOf(',', at) - at).toInt();
        if (at < 7 || number >= m_next || text.size() < kEventBytes)
            return QCoreApplication::exit(1);
        m_latencies.push_back(
            std::chrono::duration<float, std::milli>(Clock::now() - m_sent[size_t(number)])
                .count());
        count(number);
    }

    void count(int number)
    {
        if (--m_left[size_t(number)] > 0)
            return;
        ++m_done;
        if (m_next < m_total)
            publish();
        else if (m_done == m_total)
            finish();
    }

    void finish()
    {
        const std::chrono::duration<double> wall = Clock::now() - m_start;
        std::sort(m_latencies.begin(), m_latencies.end());
        const auto percentile = [this](size_t percent) {
            return double(m_latencies[(m_latencies.size() - 1) * percent / 100]);
        };
        Bench::print({{u"deliveries"_s, qint64(m_latencies.size())},
                      {u"seconds"_s, wall.count()},
                      {u"p50"_s, percentile(50)},
                      {u"p99"_s, percentile(99)}});
        QCoreApplication::quit();
    }

    const Options m_options;
    const int m_total;
    std::vector<std::unique_ptr<Client>> m_clients; //!< the publisher first
    int m_opening = 0;
    int m_ready = 0;
    int m_next = 0;
    int m_done = 0;
    std::vector<int> m_left; //!< of each publish: who has not answered or got it
    std::vector<Clock::time_point> m_sent;
    std::vector<float> m_latencies;
    Clock::time_point m_start;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption subscribers(u"subscribers"_s, u"To open."_s, u"N"_s, u"1"_s);
    const QCommandLineOption publishes(u"publishes"_s, u"To send."_s, u"N"_s, u"1000"_s);
    const QCommandLineOption underWay(u"under-way"_s, u"At a time."_s, u"N"_s, u"1"_s);
    const QCommandLineOption idle(u"idle"_s, u"Only open so many."_s, u"N"_s);
    parser.addOptions({subscribers, publishes, underWay, idle});
    parser.addPositionalArgument(u"PORT"_s, u"Of the server."_s);
    parser.addPositionalArgument(u"KEY"_s, u"That it takes."_s);
    parser.process(app);
    if (parser.positionalArguments().size() != 2)
        parser.showHelp(2);

    const bool isIdle = parser.isSet(idle);
    Fanout fanout({parser.positionalArguments().at(0).toUShort(),
                   parser.positionalArguments().at(1).toLatin1(),
                   parser.value(isIdle ? idle : subscribers).toInt(),
                   parser.value(publishes).toInt(), parser.value(underWay).toInt()});
    if (isIdle) {
        fanout.onReady = [] {
            Bench::print({{u"open"_s, true}});
            QTextStream(stdin).readLine();
            QCoreApplication::quit();
        };
    }
    fanout.open();
    return app.exec();
}
