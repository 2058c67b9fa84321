// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturewords.h"

#include "app/core/jsontext.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QByteArray quotedOrNull(const QByteArray &utf8)
{
    return utf8.isEmpty() ? "null" : JsonText::quoted(QString::fromUtf8(utf8));
}

//! One event with the name that says what it is.
QByteArray member(const CapturedFrame &frame, const QByteArray &event)
{
    if (!event.isValidUtf8())
        return "\"base64\":\"" + event.toBase64() + '"';
    if (!JsonText::isValid(event))
        return "\"text\":" + JsonText::quoted(QString::fromUtf8(event));
    return (frame.origin->kind == "data" ? "\"result\":" : "\"event\":")
        + JsonText::singleLine(event);
}

QByteArray eventMembers(const CapturedFrame &frame)
{
    const QList<QByteArray> events = frame.events();
    if (events.size() == 1)
        return member(frame, events.first());
    if (!events.isEmpty()) {
        QByteArray list;
        for (const QByteArray &event : events)
            list += (list.isEmpty() ? "{" : ",{") + member(frame, event) + '}';
        return "\"events\":[" + list + ']';
    }
    const QByteArray text = frame.text();
    const bool isJson = JsonText::isValid(text) && text.isValidUtf8();
    return (frame.isNote() ? "\"note\":" : "\"frame\":")
        + (isJson ? JsonText::singleLine(text) : JsonText::quoted(QString::fromUtf8(text)));
}

} // namespace

QByteArray captureTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(writableTime(ms), Qt::UTC)
        .toString(Qt::ISODateWithMs)
        .toLatin1();
}

QByteArray captureMembers(const CapturedFrame &frame)
{
    const CaptureOrigin &origin = *frame.origin;
    return "\"kind\":" + quotedOrNull(origin.kind) + ",\"dir\":" + quotedOrNull(origin.dir)
        + ",\"sub\":" + quotedOrNull(origin.sub) + ",\"channel\":" + quotedOrNull(origin.channel)
        + ",\"bytes\":" + QByteArray::number(frame.bytes) + ',' + eventMembers(frame);
}

QByteArray captureLine(const CapturedFrame &frame)
{
    return "{\"v\":1,\"n\":1,\"t\":\"" + captureTime(frame.atMs)
        + "\",\"number\":" + QByteArray::number(frame.number) + ',' + captureMembers(frame) + '}';
}

QByteArray captureDetails(const CapturedFrame &frame)
{
    const QByteArray link = frame.link > 0 ? QByteArray::number(frame.link) : QByteArray("null");
    return "\"type\":" + quotedOrNull(frame.origin->type)
        + ",\"transport\":" + quotedOrNull(frame.origin->transport)
        + ",\"operation\":" + quotedOrNull(frame.operation())
        + ",\"connection\":" + QByteArray::number(frame.origin->connection)
        + ",\"monotonicNs\":" + QByteArray::number(frame.monotonicNs) + ",\"link\":" + link
        + ",\"raw\":" + JsonText::quoted(QString::fromUtf8(frame.text()));
}

std::optional<CaptureFileType> captureFileType(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == u"ssc")
        return CaptureFileType::Capture;
    if (ending == u"ndjson" || ending == u"jsonl")
        return CaptureFileType::NdJson;
    if (ending == u"csv")
        return CaptureFileType::Csv;
    if (ending == u"har")
        return CaptureFileType::Har;
    return std::nullopt;
}

} // namespace Syncscope
