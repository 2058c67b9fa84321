// SPDX-License-Identifier: Apache-2.0
// Records frames into a capture, closes it, opens it again and looks for some; beside it the same with lines of a
// plain file, which is the least that anybody has to do. Prints one line of JSON.
#include "app/core/capture/capturefile.h"
#include "app/core/capture/captureindexing.h"
#include "app/core/capture/capturestore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

constexpr int kEventBytes = 400;
constexpr int kFramesPerNeedle = 100'000;
constexpr qint64 kFramesPerLook = 1'000; // at what waits
constexpr qint64 kMostWaitingBytes = 32'000'000; // half of what the store lets wait

double secondsOf(const QElapsedTimer &time)
{
    return double(time.nsecsElapsed()) / 1e9;
}

//! Words as they might be, so that an index has something to do.
QString wordsOf(int number, qsizetype length)
{
    QRandomGenerator random{quint32(number)};
    QString words;
    while (words.size() < length)
        words += random.bounded(6) == 0 ? QChar(u' ') : QChar(u'a' + random.bounded(26));
    return words;
}

AppSync::Frame frameOf(int number)
{
    const bool isNeedle = number % kFramesPerNeedle == kFramesPerNeedle / 2;
    const QString event =
        u"{\\\"n\\\":%1,\\\"kind\\\":\\\"%2\\\",\\\"text\\\":\\\"%3\\\"}"_s.arg(number)
            .arg(isNeedle ? u"needle"_s : u"straw"_s)
            .arg(wordsOf(number, kEventBytes - 50));
    AppSync::Frame frame;
    frame.seq = number;
    frame.at = QDateTime::currentDateTimeUtc();
    frame.monotonicNs = qint64(number) * 50'000;
    frame.type = u"data"_s;
    frame.id = u"subscription"_s;
    frame.text = u"{\"id\":\"subscription\",\"type\":\"data\",\"event\":\""_s + event + u"\"}"_s;
    return frame;
}

struct Times {
    double write = 0;
    double open = 0; //!< to the first hundred rows
    double first = 0; //!< hit of a JSON path
    double path = 0; //!< all hits of it
    double text = 0; //!< all hits of a text
    double index = 0; //!< making the full-text index
    double indexed = 0; //!< all hits of a text with it
    qint64 indexBytes = 0;
    qint64 bytes = 0;
    qint64 hits = 0;
};

bool record(const QString &path, const QList<AppSync::Frame> &frames, int rounds)
{
    CaptureStore store;
    QEventLoop loop;
    QObject::connect(&store, &CaptureStore::closed, &loop, &QEventLoop::quit);
    QEventLoop written;
    QObject::connect(&store, &CaptureStore::progressed, &written, &QEventLoop::quit);
    store.open(path);
    const qint64 connection = store.addConnection(u"wss://example.test"_s);
    store.noteSubscription(connection, u"subscription"_s, u"/bench/*"_s);
    for (int round = 0; round < rounds; ++round) {
        for (const AppSync::Frame &frame : frames) {
            if (store.append(connection, frame) % kFramesPerLook != 0)
                continue;
            while (store.counts().waitingBytes > kMostWaitingBytes)
                written.exec();
        }
    }
    store.close();
    loop.exec();
    return store.counts().notStored == 0 && store.counts().stored == qint64(frames.size()) * rounds;
}

Times measureCapture(const QString &path, const QList<AppSync::Frame> &frames, int rounds)
{
    Times times;
    QElapsedTimer time;
    time.start();
    if (!record(path, frames, rounds))
        return {};
    times.write = secondsOf(time);
    times.bytes = QFileInfo(path).size();

    time.restart();
    CaptureFile file;
    if (!file.open(path) || file.summary().frames != qint64(frames.size()) * rounds
        || file.page({}, 100).size() != 100)
        return {};
    times.open = secondsOf(time);

    const auto look = [&](const QString &filter, double *first, double *whole) {
        qint64 hits = 0;
        time.restart();
        (void)file.read(Filter(filter), {}, [&](const CapturedFrame &) {
            if (++hits == 1 && first)
                *first = secondsOf(time);
            return true;
        });
        *whole = secondsOf(time);
        return hits;
    };
    times.hits = look(u"event.kind == \"needle\""_s, &times.first, &times.path);
    const QString text = u"\"needle\""_s;
    if (look(text, nullptr, &times.text) != times.hits)
        return {};
    time.restart();
    if (indexCapture(file).isProblem())
        return {};
    times.index = secondsOf(time);
    times.indexBytes = QFileInfo(CaptureIndex::pathOf(path)).size();
    if (look(text, nullptr, &times.indexed) != times.hits)
        return {};
    return times;
}

//! The frames as lines of a file.
Times measureLines(const QString &path, const QList<AppSync::Frame> &frames, int rounds)
{
    Times times;
    QElapsedTimer time;
    time.start();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    for (int round = 0; round < rounds; ++round) {
        for (const AppSync::Frame &frame : frames)
            file.write(frame.text.toUtf8() + '\n');
        file.flush();
    }
    file.close();
    times.write = secondsOf(time);
    times.bytes = file.size();
    time.restart();
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        if (file.readLine().contains("needle"))
            ++times.hits;
    }
    times.text = secondsOf(time);
    return times;
}

QJsonObject jsonOf(const Times &times)
{
    return {{u"write"_s, times.write},
            {u"open"_s, times.open},
            {u"first"_s, times.first},
            {u"path"_s, times.path},
            {u"text"_s, times.text},
            {u"bytes"_s, times.bytes},
            {u"index"_s, times.index},
            {u"indexed"_s, times.indexed},
            {u"indexBytes"_s, times.indexBytes},
            {u"hits"_s, times.hits}};
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    QList<AppSync::Frame> frames;
    for (int number = 0; number < kFramesPerNeedle; ++number)
        frames.append(frameOf(number));
    const int rounds = std::max(1, count / kFramesPerNeedle);
    const QTemporaryDir folder;
    const Times lines = measureLines(folder.filePath(u"lines"_s), frames, rounds);
    const Times capture = measureCapture(folder.filePath(u"capture.ssc"_s), frames, rounds);
    if (lines.hits != rounds || capture.hits != rounds) {
        std::fputs("bench_capture: the frames are not there again\n", stderr);
        return 1;
    }
    const QJsonObject result{{u"frames"_s, qint64(frames.size()) * rounds},
                             {u"lines"_s, jsonOf(lines)},
                             {u"capture"_s, jsonOf(capture)}};
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
