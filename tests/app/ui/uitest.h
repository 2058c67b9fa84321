// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/Endpoint>
#include <AppSync/EventsClient>
#include <AppSync/Frame>

#include <QTimeZone>

//! What the tests of the desktop's models share.
namespace UiTest {

inline AppSync::Frame frame(qint64 seq, const QString &type, const QString &text,
                            AppSync::Frame::Direction direction = AppSync::Frame::Direction::In)
{
    AppSync::Frame frame;
    frame.seq = seq;
    frame.direction = direction;
    frame.at = QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 + seq * 10, QTimeZone::utc());
    frame.monotonicNs = seq * 10'000'000;
    frame.type = type;
    frame.text = text;
    return frame;
}

inline AppSync::Frame outgoing(qint64 seq, const QString &type, const QString &text)
{
    return frame(seq, type, text, AppSync::Frame::Direction::Out);
}

inline AppSync::Frame keepAlive(qint64 seq)
{
    return frame(seq, QStringLiteral("ka"), QStringLiteral("{\"type\":\"ka\"}"));
}

inline AppSync::Frame data(qint64 seq)
{
    return frame(seq, QStringLiteral("data"),
                 QStringLiteral("{\"type\":\"data\",\"id\":\"1\",\"event\":\"1\"}"));
}

inline AppSync::Event event(qint64 seq, const QByteArray &json)
{
    AppSync::Event event = AppSync::Event::fromJson(json);
    event.subscription = QStringLiteral("/demo/*");
    event.frameSeq = seq;
    return event;
}

//! A silent local AppSync and a client of it.
struct Server {
    Server()
    {
        emulator.listen(AppSync::Emulator::Options());
        key.setKey(emulator.apiKey());
    }

    [[nodiscard]] AppSync::Endpoint endpoint() const
    {
        return AppSync::Endpoint(emulator.httpUrl());
    }

    AppSync::Emulator emulator;
    AppSync::ApiKeyAuthorizer key;
};

} // namespace UiTest
