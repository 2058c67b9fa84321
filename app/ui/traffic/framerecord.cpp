// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framerecord.h"

#include "app/core/jsontext.h"
#include "app/ui/wording.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// The record, its short texts, what the allocator adds, and its row in the table.
constexpr qint64 kRecordOverhead = 424;

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("FrameRecord", text, nullptr, n);
}

// Envelopes only; the events inside are strings there and are never parsed.
QJsonObject envelopeOf(const AppSync::Frame &frame)
{
    return QJsonDocument::fromJson(frame.text.toUtf8()).object();
}

QJsonObject firstError(const QJsonObject &envelope)
{
    // Those of GraphQL's WebSocket are in the payload.
    const QJsonObject payload = envelope["payload"_L1].toObject();
    const QJsonValue errors =
        payload.contains("errors"_L1) ? payload["errors"_L1] : envelope["errors"_L1];
    return errors.isArray() ? errors[0].toObject() : errors.toObject();
}

QString errorText(const QJsonObject &error)
{
    const QString type = error["errorType"_L1].toString();
    const QString message = error["message"_L1].toString();
    if (type.isEmpty() || message.isEmpty())
        return type + message;
    return type + u": "_s + message;
}

bool isHttp(const AppSync::Frame &frame)
{
    return frame.transport == AppSync::Frame::Transport::Http;
}

//! The operation that a request of GraphQL names, or its first words.
QString operationOf(const QJsonObject &request)
{
    const QString name = request["operationName"_L1].toString();
    if (!name.isEmpty())
        return name;
    static const QRegularExpression named(u"\\b(?:query|mutation)\\s+([_A-Za-z]\\w*)"_s);
    const QString found = named.match(request["query"_L1].toString()).captured(1);
    return found.isEmpty() ? tr("no name") : found;
}

bool isPublish(const AppSync::Frame &frame)
{
    return frame.direction == AppSync::Frame::Direction::Out
        && (frame.type == "publish"_L1 || frame.type == "POST"_L1);
}

FrameRecord::Kind kindOf(const AppSync::Frame &frame, const QJsonObject &envelope)
{
    using Kind = FrameRecord::Kind;
    if (isHttp(frame) && envelope.contains("query"_L1))
        return Kind::Request;
    if (isPublish(frame))
        return Kind::Publish;
    const bool refused =
        envelope.contains("errors"_L1) || !envelope["failed"_L1].toArray().isEmpty();
    if (frame.type.isEmpty() || frame.type.endsWith("error"_L1) || refused)
        return Kind::Failure;
    if (frame.type == "publish_success"_L1)
        return Kind::Answer;
    if (isHttp(frame) && envelope.contains("data"_L1))
        return Kind::Result;
    if (isHttp(frame) && frame.type.startsWith("HTTP"_L1))
        return Kind::Failure;
    if (frame.type == "response"_L1)
        return envelope.contains("successful"_L1) ? Kind::Answer : Kind::Failure;
    return Kind::Control;
}

QString verdictText(const QJsonObject &envelope)
{
    const qsizetype accepted = envelope["successful"_L1].toArray().size();
    const QJsonArray failed = envelope["failed"_L1].toArray();
    QString text = tr("%n accepted", int(accepted));
    if (!failed.isEmpty()) {
        const QJsonObject first = failed.first().toObject();
        text += u", "_s + tr("%n refused", int(failed.size())) + u" ("_s
            + first["code"_L1].toVariant().toString() + u' ' + first["message"_L1].toString()
            + u')';
    }
    return text;
}

QString summaryOf(const AppSync::Frame &frame, const QJsonObject &envelope)
{
    if (frame.type.isEmpty())
        return tr("not a frame of AppSync: ") + frame.text.left(FrameRecord::kPreviewLength);
    if (frame.type == "ka"_L1)
        return tr("keep-alive");
    const QString error = errorText(firstError(envelope));
    if (!error.isEmpty())
        return frame.type + u" · "_s + error;
    if (envelope.contains("successful"_L1) || envelope.contains("failed"_L1))
        return frame.type + u" · "_s + verdictText(envelope);
    return frame.type;
}

} // namespace

FrameRecord::FrameRecord(const AppSync::Frame &f) : frame(f)
{
    // Delivered events are the hot path: their text is not looked into here.
    if (frame.type == "data"_L1) {
        kind = Kind::Event;
        return;
    }
    const QJsonObject envelope = envelopeOf(frame);
    kind = kindOf(frame, envelope);
    channel = kind == Kind::Request ? operationOf(envelope) : envelope["channel"_L1].toString();
    if (kind == Kind::Request)
        m_summary = envelope["query"_L1].toString().simplified();
    else if (kind != Kind::Publish && kind != Kind::Result)
        m_summary = summaryOf(frame, envelope);
}

FrameRecord::FrameRecord(const LinkNote &note)
    : kind(Kind::Link), m_note(std::make_shared<const LinkNote>(note))
{
}

void FrameRecord::setEvent(const AppSync::Event &event, int subscriptionSlot)
{
    m_event = event;
    kind = Kind::Event;
    slot = subscriptionSlot;
    channel = event.channel.isEmpty() ? event.subscription : event.channel;
    m_bytes = -1;
}

void FrameRecord::setResult(const QString &title, int subscriptionSlot)
{
    kind = Kind::Event;
    slot = subscriptionSlot;
    channel = title;
    m_isResult = true;
    m_bytes = -1;
}

QStringList FrameRecord::payloads() const
{
    if (kind == Kind::Request || kind == Kind::Result)
        return {frame.text};
    if (m_isResult) {
        const QByteArray text = frame.text.toUtf8();
        const auto place = JsonText::find(text, {u"payload"_s});
        return place
            ? QStringList{QString::fromUtf8(text.sliced(place->begin, place->end - place->begin))}
            : QStringList{};
    }
    if (kind == Kind::Publish) {
        QStringList events;
        const QJsonArray array = envelopeOf(frame)["events"_L1].toArray();
        for (const QJsonValue &event : array)
            events += event.toString();
        return events;
    }
    if (kind == Kind::Event) {
        const QString text = m_event.text();
        return text.isEmpty() ? QStringList{} : QStringList{text};
    }
    return {};
}

const QString &FrameRecord::preview() const
{
    measure();
    return m_preview;
}

qint64 FrameRecord::bytes() const
{
    measure();
    return m_bytes;
}

//! What its operation subscribed to, as captures name it.
QString FrameRecord::subscribed() const
{
    const QString &name = m_event.subscription.isEmpty() ? channel : m_event.subscription;
    const bool isChannel = kind == Kind::Event && !m_isResult && !name.startsWith(u'/');
    return isChannel && !name.isEmpty() ? u'/' + name : name;
}

CapturedFrame FrameRecord::captured() const
{
    if (m_note)
        return CapturedFrame::fromNote(m_note->kind == LinkNote::Kind::Gap ? "gap" : "link",
                                       m_note->at.toMSecsSinceEpoch(), 0, {});
    return CapturedFrame::fromFrame(frame, 0, subscribed().toUtf8());
}

qint64 FrameRecord::memoryCost() const
{
    return frame.text.size() * qint64(sizeof(QChar)) + kRecordOverhead;
}

void FrameRecord::measure() const
{
    if (m_bytes >= 0)
        return;
    if (m_note) {
        m_bytes = 0;
        m_preview = Wording::inOneLine(m_note->line().left(kPreviewLength));
        return;
    }
    const QStringList events = payloads();
    if (events.isEmpty()) {
        m_bytes = frame.text.toUtf8().size();
        m_preview =
            Wording::inOneLine((m_summary.isEmpty() ? frame.text : m_summary).left(kPreviewLength));
        return;
    }
    if (kind == Kind::Request) {
        m_bytes = frame.text.toUtf8().size();
        m_preview = Wording::inOneLine(m_summary.left(kPreviewLength));
        return;
    }
    m_bytes = 0;
    QString text = events.size() > 1 ? tr("%n events · ", int(events.size())) : QString();
    for (const QString &event : events) {
        m_bytes += event.toUtf8().size();
        if (text.size() < kPreviewLength)
            text += event.left(kPreviewLength) + u' ';
    }
    m_preview = Wording::inOneLine(text.left(kPreviewLength).trimmed());
}

} // namespace Syncscope
