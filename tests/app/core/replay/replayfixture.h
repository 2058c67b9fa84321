// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturewriter.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/Endpoint>
#include <AppSync/EventsClient>

#include <QTemporaryDir>
#include <QTimeZone>

//! Captures to be replayed, and a local AppSync that they go to.
namespace ReplayFixture {

constexpr qint64 kStartMs = 1'764'151'200'000;

//! A frame of a capture. Empty texts: it is none with an event.
struct Row {
    QByteArray sub;
    QByteArray event;
    qint64 afterMs = 0;
    bool isPublished = false;
};

inline QByteArray quoted(const QByteArray &event)
{
    QByteArray text = event;
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

inline Syncscope::CapturedFrame frame(const Row &row, qint64 number)
{
    AppSync::Frame frame;
    frame.at = QDateTime::fromMSecsSinceEpoch(kStartMs + row.afterMs, QTimeZone::utc());
    frame.direction =
        row.isPublished ? AppSync::Frame::Direction::Out : AppSync::Frame::Direction::In;
    frame.type = row.isPublished ? QStringLiteral("publish") : QStringLiteral("data");
    frame.id = QStringLiteral("s");
    const QByteArray text = row.isPublished
        ? R"({"type":"publish","id":"s","channel":")" + row.sub + R"(","events":[)" + row.event
            + "]}"
        : R"({"id":"s","type":"data","event":)" + quoted(row.event) + '}';
    frame.text = QString::fromUtf8(text);
    auto captured =
        Syncscope::CapturedFrame::fromFrame(frame, 1, row.isPublished ? QByteArray() : row.sub);
    captured.number = number;
    return captured;
}

//! False if it cannot be written.
inline bool write(const QString &path, const QList<Row> &rows)
{
    Syncscope::CaptureWriter writer;
    QList<Syncscope::CapturedFrame> frames;
    for (const Row &row : rows)
        frames.append(frame(row, frames.size() + 1));
    return writer.open(path)
        && writer.writeConnection(1, QStringLiteral("wss://example.test"), kStartMs)
        && writer.write(frames);
}

//! A client that publishes, and another one that listens.
struct Server {
    explicit Server(const AppSync::Emulator::Options &options = {})
        : isListening(emulator.listen(options))
        , client(AppSync::Endpoint(emulator.httpUrl()), &key)
        , listener(AppSync::Endpoint(emulator.httpUrl()), &key)
    {
        key.setKey(emulator.apiKey());
    }

    //! Notes what comes on \a channel as `channel text`.
    void listen(const QString &channel)
    {
        AppSync::ChannelSubscription *subscription = listener.subscribe(channel);
        QObject::connect(subscription, &AppSync::ChannelSubscription::received, subscription,
                         [this, channel](const AppSync::Event &event) {
                             received.append(channel.toUtf8() + ' ' + event.json());
                         });
    }

    AppSync::Emulator emulator;
    bool isListening;
    AppSync::ApiKeyAuthorizer key;
    AppSync::EventsClient client;
    AppSync::EventsClient listener;
    QList<QByteArray> received;
};

} // namespace ReplayFixture
