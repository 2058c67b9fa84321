// SPDX-License-Identifier: Apache-2.0
// Publishes over WebSocket with a fixed number in flight, in one of several ways, and prints publishes per
// second and how long the answers took, as one line of JSON.
//   bench_publish MODE PORT --publishes N [--in-flight N] [--size BYTES] [--certificate FILE]
#include "peer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QJsonObject>
#include <QTcpSocket>
#include <QWebSocket>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace Qt::StringLiterals;
using Bench::Peer;

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kChannel = "/default/0";
constexpr QByteArrayView kIdMember = R"("id":"pub-)";

QByteArray event(qsizetype size)
{
    const QByteArray head = R"({"device":"truck-7","speed":61.25,"text":")"_ba;
    return head + QByteArray(qMax<qsizetype>(0, size - head.size() - 2), 'x') + R"("})";
}

//! The message as a program without our client would compose it, the event escaped once and for all.
QByteArray publishMessage(qsizetype number, const QByteArray &escapedEvent)
{
    return R"({"type":"publish","id":"pub-)" + QByteArray::number(number) + R"(","channel":")"
        + kChannel + R"(","events":[")" + escapedEvent
        + R"("],"authorization":{"host":"127.0.0.1","x-api-key":"da2-bench"}})";
}

QByteArray escaped(QByteArray text)
{
    return text.replace('"', "\\\"");
}

//! Keeps so many publishes in flight, and their times.
class Exchange {
public:
    explicit Exchange(qsizetype publishes) : m_started(size_t(publishes))
    {
        m_latencies.reserve(m_started.size());
    }

    void begin(qsizetype inFlight, const std::function<void(qsizetype number)> &publish)
    {
        m_publish = publish;
        while (inFlight-- > 0)
            publishNext();
    }

    //! False once it was the last.
    bool answered(qsizetype number)
    {
        m_latencies.push_back(Clock::now() - m_started.at(size_t(number)));
        if (m_latencies.size() == m_started.size()) {
            print();
            QCoreApplication::quit();
            return false;
        }
        publishNext();
        return true;
    }

private:
    void publishNext()
    {
        if (m_begun == m_started.size())
            return;
        m_started[m_begun] = Clock::now();
        m_publish(qsizetype(m_begun++));
    }

    void print()
    {
        const std::chrono::duration<double> wall = Clock::now() - m_started.front();
        std::sort(m_latencies.begin(), m_latencies.end());
        const auto percentile = [this](size_t percent) {
            const Clock::duration latency = m_latencies[(m_latencies.size() - 1) * percent / 100];
            return std::chrono::duration<double, std::milli>(latency).count();
        };
        Bench::print({{u"publishes"_s, qint64(m_latencies.size())},
                      {u"seconds"_s, wall.count()},
                      {u"p50"_s, percentile(50)},
                      {u"p99"_s, percentile(99)}});
    }

    std::function<void(qsizetype)> m_publish;
    std::vector<Clock::time_point> m_started;
    std::vector<Clock::duration> m_latencies;
    size_t m_begun = 0;
};

struct Options {
    Peer peer;
    qsizetype inFlight = 64;
    qsizetype size = 300;
};

//! What the other side can do at most: no WebSocket library here.
void publishRaw(const Options &options, Exchange &exchange)
{
    const auto socket = Bench::openRaw(options.peer, QIODevice::ReadWrite);
    Bench::sendRaw(*socket, Bench::kInit);
    const QByteArray text = escaped(event(options.size));
    Bench::takeFrames(*socket, [&, isAck = true](QByteArrayView message) mutable {
        if (isAck) {
            isAck = false;
            exchange.begin(options.inFlight, [&](qsizetype number) {
                Bench::sendRaw(*socket, publishMessage(number, text));
            });
            return true;
        }
        const qsizetype at = message.indexOf(kIdMember) + kIdMember.size();
        return exchange.answered(
            message.sliced(at, message.indexOf('"', at) - at).toByteArray().toLongLong());
    });
}

void publishBare(const Options &options, Exchange &exchange)
{
    static QWebSocket *socket = nullptr;
    const QByteArray text = escaped(event(options.size));
    const auto publish = [text](qsizetype number) {
        socket->sendTextMessage(QString::fromUtf8(publishMessage(number, text)));
    };
    socket = Bench::openBare(
        options.peer, 0,
        [&exchange, options, publish] { exchange.begin(options.inFlight, publish); },
        [&exchange](const QString &message) {
            const QString member = QString::fromLatin1(kIdMember.data(), kIdMember.size());
            const qsizetype at = message.indexOf(member) + member.size();
            exchange.answered(
                QStringView(message).sliced(at, message.indexOf(u'"', at) - at).toLongLong());
        });
}

void publishWithClient(const Options &options, Exchange &exchange)
{
    AppSync::EventsClient *client = Bench::openClient(options.peer);
    const QString channel = QString::fromLatin1(kChannel);
    const QByteArray json = event(options.size);
    const auto publish = [&exchange, client, channel, json](qsizetype number) {
        AppSync::PublishReply *reply = client->publish(channel, json);
        QObject::connect(reply, &AppSync::Reply::finished, client, [&exchange, reply, number] {
            if (reply->error().isError())
                qFatal("%s", qPrintable(reply->error().toString()));
            exchange.answered(number);
        });
    };
    QObject::connect(client, &AppSync::EventsClient::opened, client,
                     [&exchange, options, publish] { exchange.begin(options.inFlight, publish); });
    client->open();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption publishes(u"publishes"_s, u"How many."_s, u"N"_s, u"10000"_s);
    const QCommandLineOption inFlight(u"in-flight"_s, u"At a time."_s, u"N"_s, u"64"_s);
    const QCommandLineOption size(u"size"_s, u"Bytes of an event."_s, u"BYTES"_s, u"300"_s);
    const QCommandLineOption certificate(u"certificate"_s, u"To trust; TLS."_s, u"FILE"_s);
    parser.addOptions({publishes, inFlight, size, certificate});
    parser.addPositionalArgument(u"MODE"_s, u"raw, bare or client"_s);
    parser.addPositionalArgument(u"PORT"_s, u"Of the flood."_s);
    parser.process(app);
    if (parser.positionalArguments().size() != 2)
        parser.showHelp(2);

    const QString mode = parser.positionalArguments().at(0);
    const Options options{
        {parser.positionalArguments().at(1).toUShort(), parser.value(certificate)},
        parser.value(inFlight).toLongLong(),
        parser.value(size).toLongLong()};
    Exchange exchange(parser.value(publishes).toLongLong());
    if (mode == u"raw") {
        publishRaw(options, exchange);
        return 0;
    }
    if (mode == u"bare")
        publishBare(options, exchange);
    else if (mode == u"client")
        publishWithClient(options, exchange);
    else
        return 2;
    return app.exec();
}
