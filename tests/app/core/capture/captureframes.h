// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Frame>

//! Frames for captures.
namespace CaptureFrames {

inline AppSync::Frame frame(AppSync::Frame::Direction direction, const QString &type,
                            const QString &id, const QString &text)
{
    static qint64 seq = 0;
    AppSync::Frame frame;
    frame.seq = ++seq;
    frame.direction = direction;
    frame.at = QDateTime::fromMSecsSinceEpoch(1'764'151'200'000 + seq, Qt::UTC);
    frame.monotonicNs = seq * 1'000'000;
    frame.type = type;
    frame.id = id;
    frame.text = text;
    return frame;
}

inline AppSync::Frame subscribe(const QString &id, const QString &channel)
{
    return frame(
        AppSync::Frame::Direction::Out, QStringLiteral("subscribe"), id,
        QStringLiteral("{\"type\":\"subscribe\",\"id\":\"%1\",\"channel\":\"%2\","
                       "\"authorization\":{\"host\":\"h\",\"x-api-key\":\"da2-secretsecret\"}}")
            .arg(id, channel));
}

//! \a event as it stands in a JSON string.
inline AppSync::Frame eventFrame(const QString &id, const QString &event)
{
    return frame(
        AppSync::Frame::Direction::In, QStringLiteral("data"), id,
        QStringLiteral("{\"id\":\"%1\",\"type\":\"data\",\"event\":\"%2\"}").arg(id, event));
}

} // namespace CaptureFrames
