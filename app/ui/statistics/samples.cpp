// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/samples.h"

#include "app/ui/capture/notejson.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using SampleKind = TrafficSample::Kind;

//! As many as toUtf8() gives, without making them: this is done for every frame that arrives.
qint64 utf8Size(QStringView text)
{
    qint64 size = 0;
    for (const QChar c : text)
        size += c.unicode() < 0x80 ? 1 : c.unicode() < 0x800 || c.isSurrogate() ? 2 : 3;
    return size;
}

SampleKind controlKind(QStringView type)
{
    if (type == "ka"_L1)
        return SampleKind::KeepAlive;
    if (type == "subscribe"_L1)
        return SampleKind::Subscribe;
    if (type == "subscribe_success"_L1)
        return SampleKind::Subscribed;
    if (type == "unsubscribe"_L1 || type == "subscribe_error"_L1)
        return SampleKind::Unsubscribe;
    return SampleKind::Other;
}

SampleKind kindOfNote(const LinkNote &note)
{
    switch (note.kind) {
    case LinkNote::Kind::Lost:
        return SampleKind::Lost;
    case LinkNote::Kind::Closed:
        return SampleKind::Closed;
    case LinkNote::Kind::Restored:
        return SampleKind::Restored;
    case LinkNote::Kind::Gap:
        return SampleKind::Gap;
    case LinkNote::Kind::AttemptFailed:
    case LinkNote::Kind::Renewed:
    case LinkNote::Kind::GaveUp:
        break;
    }
    return SampleKind::Other;
}

TrafficSample sampleOfNote(const LinkNote &note)
{
    TrafficSample sample;
    sample.kind = kindOfNote(note);
    sample.atMs = note.at.toMSecsSinceEpoch();
    sample.fromMs = note.from.toMSecsSinceEpoch();
    if (note.kind == LinkNote::Kind::Gap)
        sample.atMs = note.to().toMSecsSinceEpoch();
    return sample;
}

SampleKind kindOfRecord(const FrameRecord &record)
{
    switch (record.kind) {
    case FrameRecord::Kind::Event:
        return SampleKind::Event;
    case FrameRecord::Kind::Publish:
        return SampleKind::Publish;
    case FrameRecord::Kind::Request:
        return SampleKind::Request;
    case FrameRecord::Kind::Answer:
    case FrameRecord::Kind::Result:
        return SampleKind::Answer;
    case FrameRecord::Kind::Failure:
        if (record.frame.type == "subscribe_error"_L1)
            return SampleKind::Unsubscribe;
        // An event of that subscription could not be delivered; the subscription goes on.
        return record.frame.type == "broadcast_error"_L1 ? SampleKind::Other : SampleKind::Answer;
    case FrameRecord::Kind::Control:
    case FrameRecord::Kind::Link:
        break;
    }
    return controlKind(record.frame.type);
}

SampleKind kindOfCaptured(const CaptureOrigin &origin)
{
    const QByteArray &kind = origin.kind;
    if (kind == "event")
        return SampleKind::Event;
    if (kind == "data")
        return origin.transport == "http" ? SampleKind::Answer : SampleKind::Event;
    if (kind == "publish")
        return SampleKind::Publish;
    if (kind == "request")
        return SampleKind::Request;
    const SampleKind control = controlKind(QString::fromLatin1(origin.type));
    if (control != SampleKind::Other)
        return control;
    const bool isAnswer = kind == "answer" || (kind == "error" && origin.type != "broadcast_error");
    return isAnswer ? SampleKind::Answer : SampleKind::Other;
}

} // namespace

TrafficSample sampleOf(const FrameRecord &record)
{
    if (const LinkNote *note = record.note())
        return sampleOfNote(*note);
    const AppSync::Frame &frame = record.frame;
    TrafficSample sample;
    sample.kind = kindOfRecord(record);
    sample.isOut = frame.direction == AppSync::Frame::Direction::Out;
    sample.isHttp = frame.transport == AppSync::Frame::Transport::Http;
    sample.atMs = frame.at.toMSecsSinceEpoch();
    sample.monotonicNs = frame.monotonicNs;
    sample.bytes = utf8Size(frame.text);
    sample.operation = frame.id;
    sample.channel = record.channel;
    sample.events = [&record] {
        QList<QByteArray> events;
        for (const QString &event : record.payloads())
            events += event.toUtf8();
        return events;
    };
    sample.text = [&record] { return record.frame.text.toUtf8(); };
    return sample;
}

TrafficSample sampleOf(const CapturedFrame &frame)
{
    const CaptureOrigin &origin = *frame.origin;
    TrafficSample sample;
    if (frame.isNote()) {
        sample = sampleOfNote(noteFromJson(origin.kind, frame.atMs, frame.text()));
        sample.connection = origin.connection;
        return sample;
    }
    sample.kind = kindOfCaptured(origin);
    sample.isOut = origin.dir == "out";
    sample.isHttp = origin.transport == "http";
    sample.atMs = frame.atMs;
    sample.monotonicNs = frame.monotonicNs;
    sample.connection = origin.connection;
    sample.bytes = frame.text().size();
    sample.operation = QString::fromUtf8(frame.operation());
    sample.channel = QString::fromUtf8(origin.channel.isEmpty() ? origin.sub : origin.channel);
    sample.events = [&frame] { return frame.events(); };
    sample.text = [&frame] { return frame.text(); };
    return sample;
}

} // namespace Syncscope
