// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturedframe.h"

#include "app/core/filter/jsonpath.h"
#include "app/core/jsontext.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! What a frame's envelope says.
struct Envelope {
    QByteArrayView event; //!< JSON; of data frames of Events
    QByteArrayView events; //!< of a publish
    QByteArrayView payload; //!< of data frames of GraphQL
    QByteArrayView data; //!< of an answer over HTTP
    QByteArrayView channel;
    bool hasErrors = false;
    bool hasQuery = false; //!< a document of GraphQL
    bool isPublishAnswer = false;
};

Envelope envelopeOf(const QByteArray &text)
{
    Envelope envelope;
    forEachJsonMember(text, [&](QByteArrayView name, QByteArrayView value) {
        const bool isSome = value != "null" && value != "[]";
        if (name == "\"event\"")
            envelope.event = value;
        else if (name == "\"events\"")
            envelope.events = value;
        else if (name == "\"payload\"")
            envelope.payload = value;
        else if (name == "\"data\"")
            envelope.data = value;
        else if (name == "\"channel\"")
            envelope.channel = value;
        else if (name == "\"errors\"" || name == "\"failed\"")
            envelope.hasErrors = envelope.hasErrors || isSome;
        envelope.hasQuery = envelope.hasQuery || name == "\"query\"";
        envelope.isPublishAnswer = envelope.isPublishAnswer || name == "\"successful\"";
        return true;
    });
    return envelope;
}

//! The elements of an array, or the value itself.
QList<QByteArrayView> elements(QByteArrayView value)
{
    if (value.isNull())
        return {};
    if (!value.startsWith('['))
        return {value};
    QList<QByteArrayView> result;
    forEachJsonMember(value, [&](QByteArrayView, QByteArrayView element) {
        result.append(element);
        return true;
    });
    return result;
}

//! As JSON.stringify writes it, and so does the service.
QByteArray escaped(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size() + text.size() / 4);
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            if (uchar(c) < 0x20)
                out += "\\u00" + QByteArray::number(uchar(c), 16).rightJustified(2, '0');
            else
                out += c;
        }
    }
    return out;
}

QByteArray eventText(QByteArrayView value)
{
    return value.startsWith('"') ? jsonStringText(value) : value.toByteArray();
}

bool isValidJson(const QByteArray &text)
{
    return JsonText::isValid(text) && text.isValidUtf8();
}

QByteArray kindOf(const AppSync::Frame &frame, const Envelope &envelope)
{
    using Frame = AppSync::Frame;
    const bool isOut = frame.direction == Frame::Direction::Out;
    if (isOut && frame.transport == Frame::Transport::Http && envelope.hasQuery)
        return "request";
    if (isOut)
        return frame.type == "publish"_L1 || !envelope.events.isNull() ? "publish" : "control";
    if (frame.type == "data"_L1)
        return envelope.event.isNull() && !envelope.payload.isNull() ? "data" : "event";
    if (frame.transport == Frame::Transport::Http && !envelope.data.isNull())
        return "data";
    const bool isRefused =
        frame.transport == Frame::Transport::Http && !frame.type.startsWith("HTTP 2"_L1);
    if (frame.type.isEmpty() || frame.type.endsWith("error"_L1) || envelope.hasErrors || isRefused)
        return "error";
    return envelope.isPublishAnswer ? "answer" : "control";
}

QByteArray resultOf(const AppSync::Frame &frame, const QByteArray &kind)
{
    if (kind == "error")
        return "refused";
    const bool isGood =
        kind == "answer" || frame.type.endsWith("_success"_L1) || frame.type.endsWith("_ack"_L1);
    return frame.direction == AppSync::Frame::Direction::In && isGood ? "accepted" : "";
}

//! Takes the event out of \a text.
void split(const QByteArray &text, const Envelope &envelope, CapturedFrame *frame,
           CaptureOrigin *origin)
{
    QList<QByteArrayView> values;
    if (origin->kind == "event")
        values = elements(envelope.event);
    else if (origin->kind == "publish")
        values = elements(envelope.events);
    else if (origin->kind == "data" && origin->transport == "websocket")
        values = {envelope.payload};
    frame->head = text;
    frame->bytes = text.size();
    if (origin->kind == "data" && values.isEmpty()) {
        // An answer over HTTP is the result, whole.
        frame->payload = std::exchange(frame->head, QByteArray());
        origin->shape = CaptureShape::Value;
        origin->isJson = isValidJson(frame->payload);
        return;
    }
    if (values.isEmpty())
        return;
    origin->shape = CaptureShape::Several;
    const QByteArrayView first = values.first();
    if (values.size() > 1 || (!first.startsWith('"') && origin->kind != "data")) {
        frame->bytes = 0;
        for (const QByteArrayView &value : std::as_const(values))
            frame->bytes += eventText(value).size();
        return;
    }
    const bool isString = origin->kind != "data";
    QByteArray content = isString ? eventText(first) : first.toByteArray();
    frame->bytes = content.size();
    if (isString && '"' + escaped(content) + '"' != first)
        return; // written in a way of its own, which must survive
    const qsizetype quote = isString ? 1 : 0;
    const qsizetype begin = first.data() - text.constData() + quote;
    const qsizetype end = begin + first.size() - 2 * quote;
    origin->shape = isString ? CaptureShape::String : CaptureShape::Value;
    origin->isJson = isValidJson(content);
    frame->payload = content;
    frame->head = text.first(begin);
    frame->tail = text.sliced(end);
    if (origin->dir == "in") { // the same for all of a subscription
        origin->head = std::exchange(frame->head, QByteArray());
        origin->tail = std::exchange(frame->tail, QByteArray());
        origin->operation = std::exchange(frame->ownOperation, QByteArray());
    }
}

} // namespace

qint64 writableTime(qint64 ms)
{
    constexpr qint64 kLatest = 253'402'214'399'999; // 9999-12-30, a day before the last
    return qBound(qint64(0), ms, kLatest);
}

CapturedFrame CapturedFrame::fromFrame(const AppSync::Frame &frame, qint64 connection,
                                       const QByteArray &sub)
{
    const QByteArray text = frame.text.toUtf8();
    const Envelope envelope = envelopeOf(text);
    auto origin = std::make_shared<CaptureOrigin>();
    origin->connection = connection;
    origin->dir = frame.direction == AppSync::Frame::Direction::In ? "in" : "out";
    origin->transport =
        frame.transport == AppSync::Frame::Transport::WebSocket ? "websocket" : "http";
    origin->kind = kindOf(frame, envelope);
    origin->type = frame.type.toUtf8();
    origin->result = resultOf(frame, origin->kind);
    origin->sub = sub;
    if (!envelope.channel.isNull())
        origin->channel = eventText(envelope.channel);
    else if (sub.startsWith('/') && !sub.contains('*'))
        origin->channel = sub;
    if (!origin->channel.isEmpty() && !origin->channel.startsWith('/'))
        origin->channel.prepend('/');
    CapturedFrame captured;
    captured.atMs = frame.at.toMSecsSinceEpoch();
    captured.monotonicNs = frame.monotonicNs;
    captured.ownOperation = frame.id.toUtf8();
    split(text, envelope, &captured, origin.get());
    captured.origin = std::move(origin);
    return captured;
}

CapturedFrame CapturedFrame::fromNote(const QByteArray &kind, qint64 atMs, qint64 connection,
                                      const QByteArray &json)
{
    auto origin = std::make_shared<CaptureOrigin>();
    origin->connection = connection;
    origin->dir = "in";
    origin->kind = kind;
    CapturedFrame captured;
    captured.atMs = atMs;
    captured.head = json;
    captured.origin = std::move(origin);
    return captured;
}

bool CapturedFrame::isNote() const
{
    return origin->transport.isEmpty();
}

QByteArray CapturedFrame::text() const
{
    if (origin->shape == CaptureShape::Whole || origin->shape == CaptureShape::Several)
        return head;
    const QByteArray middle = origin->shape == CaptureShape::String ? escaped(payload) : payload;
    return origin->head + head + middle + tail + origin->tail;
}

QList<QByteArray> CapturedFrame::events() const
{
    switch (origin->shape) {
    case CaptureShape::Whole:
        return {};
    case CaptureShape::String:
    case CaptureShape::Value:
        return {payload};
    case CaptureShape::Several:
        break;
    }
    const Envelope envelope = envelopeOf(head);
    QList<QByteArray> result;
    for (const QByteArrayView &value :
         elements(origin->kind == "publish" ? envelope.events : envelope.event))
        result.append(eventText(value));
    return result;
}

void CapturedFrame::forEachRow(const std::function<bool(const FilterRow &)> &visit) const
{
    FilterRow row;
    row.sub = origin->sub;
    row.channel = origin->channel;
    row.dir = origin->dir;
    row.kind = origin->kind;
    row.type = origin->type;
    row.result = origin->result;
    row.bytes = bytes;
    row.timeMs = atMs;
    const CaptureShape shape = origin->shape;
    if (shape == CaptureShape::String || shape == CaptureShape::Value) {
        row.text = payload;
        row.isJson = origin->isJson;
        row.payload =
            shape == CaptureShape::String ? FilterRow::Payload::Event : FilterRow::Payload::Result;
        (void)visit(row);
        return;
    }
    if (shape == CaptureShape::Whole) {
        row.text = head;
        (void)visit(row);
        return;
    }
    row.payload = FilterRow::Payload::Event;
    for (const QByteArray &event : events()) {
        row.text = event;
        row.isJson = isValidJson(event);
        if (!visit(row))
            return;
    }
}

bool CapturedFrame::matches(const Filter &filter) const
{
    bool isMatch = false;
    forEachRow([&](const FilterRow &row) {
        isMatch = filter.matches(row);
        return !isMatch;
    });
    return isMatch;
}

} // namespace Syncscope
