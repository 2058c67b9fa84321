// SPDX-License-Identifier: Apache-2.0
// Receives a flood in one of several ways and prints what that took, as one line of JSON. Time runs from the
// first event to the last, so that starting up is not counted.
//   bench_receive MODE PORT --frames N [--subscriptions N] [--certificate FILE] [--checkpoints N]
#include "peer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTextStream>
#include <QWebSocket>

#include <chrono>

#ifdef __GLIBC__
#    include <malloc.h>
#endif

using namespace Qt::StringLiterals;
using Bench::Peer;

namespace {

//! Bytes that are allocated and not freed, or -1 where the C library does not tell.
qint64 heapBytes()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const auto info = mallinfo2();
    return qint64(info.uordblks) + qint64(info.hblkhd);
#else
    return -1;
#endif
}

class Meter {
public:
    //! Prints a line and waits for one at each of \a checkpoints, so that somebody can look at this process.
    Meter(qint64 frames, int checkpoints)
        : m_frames(frames)
        , m_step(checkpoints > 0 ? frames / checkpoints : frames)
        , m_isWatched(checkpoints > 0)
    {
    }

    [[nodiscard]] bool isDone() const { return m_seen == m_frames; }

    void count(qint64 bytes)
    {
        if (m_seen == 0)
            m_start = std::chrono::steady_clock::now();
        m_bytes += bytes;
        if (++m_seen % m_step == 0)
            report();
    }

private:
    void report()
    {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - m_start;
        Bench::print({{u"frames"_s, m_seen},
                      {u"bytes"_s, m_bytes},
                      {u"seconds"_s, wall.count()},
                      {u"heap"_s, heapBytes()}});
        if (m_isWatched)
            QTextStream(stdin).readLine();
        if (isDone())
            QCoreApplication::quit();
    }

    const qint64 m_frames;
    const qint64 m_step;
    const bool m_isWatched;
    qint64 m_seen = 0;
    qint64 m_bytes = 0;
    std::chrono::steady_clock::time_point m_start;
};

//! The flood's own ceiling: TCP cut into frames in one buffer, nothing decoded.
bool receiveRaw(const Peer &peer, int subscriptions, Meter &meter)
{
    const auto socket = Bench::openRaw(peer, QIODevice::ReadWrite | QIODevice::Unbuffered);
    Bench::sendRaw(*socket, Bench::kInit);
    for (int i = 0; i < subscriptions; ++i)
        Bench::sendRaw(*socket, Bench::subscribeMessage(i));
    Bench::takeFrames(*socket, [&meter, answers = subscriptions + 1](QByteArrayView text) mutable {
        if (answers > 0)
            --answers;
        else
            meter.count(text.size());
        return !meter.isDone();
    });
    return meter.isDone();
}

//! What a first version would do: a document for the frame.
qint64 throughDocument(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    return object[u"type"_s].toString() == u"data" ? object[u"event"_s].toString().toUtf8().size()
                                                   : 0;
}

void receiveWithClient(const Peer &peer, int subscriptions, Meter &meter, bool takeText)
{
    AppSync::EventsClient *client = Bench::openClient(peer);
    for (int i = 0; i < subscriptions; ++i) {
        auto *subscription = client->subscribe(u"/default/%1"_s.arg(i));
        QObject::connect(subscription, &AppSync::ChannelSubscription::received, client,
                         [&meter, takeText](const AppSync::Event &event) {
                             meter.count(takeText ? event.json().size() : 1);
                         });
    }
}

//! Ends once all are acknowledged; what they took of memory, the operating system tells.
void idleWithClient(const Peer &peer, int subscriptions)
{
    AppSync::EventsClient *client = Bench::openClient(peer);
    auto left = std::make_shared<int>(subscriptions);
    for (int i = 0; i < subscriptions; ++i) {
        auto *subscription = client->subscribe(u"/default/%1"_s.arg(i));
        QObject::connect(subscription, &AppSync::ChannelSubscription::stateChanged, client,
                         [left](AppSync::ChannelSubscription::State state) {
                             if (state == AppSync::ChannelSubscription::State::Subscribed
                                 && --*left == 0)
                                 QCoreApplication::quit();
                         });
    }
}

//! The least that anybody keeps who wants to be told of each: an object that can emit, found by its id.
void idleBare(const Peer &peer, int subscriptions)
{
    struct Entry {
        QString channel;
        QObject *receiver;
    };
    auto entries = std::make_shared<QHash<QString, Entry>>();
    for (int i = 0; i < subscriptions; ++i)
        entries->insert(u"sub-%1"_s.arg(i), {u"/default/%1"_s.arg(i), new QObject(qApp)});
    Bench::openBare(peer, subscriptions, [entries] { QCoreApplication::quit(); }, {});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption frames(u"frames"_s, u"How many will come."_s, u"N"_s, u"1"_s);
    const QCommandLineOption subscriptions(u"subscriptions"_s, u"To open."_s, u"N"_s, u"1"_s);
    const QCommandLineOption certificate(u"certificate"_s, u"To trust; TLS."_s, u"FILE"_s);
    const QCommandLineOption checkpoints(u"checkpoints"_s, u"To stop at."_s, u"N"_s, u"0"_s);
    parser.addOptions({frames, subscriptions, certificate, checkpoints});
    parser.addPositionalArgument(u"MODE"_s, u"raw, bare, document, client, client-text, idle-…"_s);
    parser.addPositionalArgument(u"PORT"_s, u"Of the flood."_s);
    parser.process(app);
    if (parser.positionalArguments().size() != 2)
        parser.showHelp(2);

    const QString mode = parser.positionalArguments().at(0);
    const Peer peer{parser.positionalArguments().at(1).toUShort(), parser.value(certificate)};
    const int count = parser.value(subscriptions).toInt();
    Meter meter(parser.value(frames).toLongLong(), parser.value(checkpoints).toInt());
    if (mode == u"raw")
        return receiveRaw(peer, count, meter) ? 0 : 1;
    if (mode == u"bare")
        Bench::openBare(peer, count, {}, [&](const QString &text) { meter.count(text.size()); });
    else if (mode == u"document")
        Bench::openBare(peer, count, {},
                        [&](const QString &text) { meter.count(throughDocument(text)); });
    else if (mode == u"client")
        receiveWithClient(peer, count, meter, false);
    else if (mode == u"client-text")
        receiveWithClient(peer, count, meter, true);
    else if (mode == u"idle-client")
        idleWithClient(peer, count);
    else if (mode == u"idle-bare")
        idleBare(peer, count);
    else
        return 2;
    return app.exec();
}
