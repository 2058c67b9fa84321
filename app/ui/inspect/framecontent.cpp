// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/framecontent.h"

#include "app/core/jsontext.h"
#include "app/ui/jsonformatter.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QStringList partsOf(const FrameRecord &record)
{
    const QStringList events = record.payloads();
    return events.isEmpty() ? QStringList{record.frame.text} : events;
}

FrameContent treeOf(const FrameRecord &record)
{
    FrameContent content;
    const QStringList parts = partsOf(record);
    for (const QString &part : parts) {
        content.json += part.toUtf8();
        content.isJson = content.isJson && JsonText::isValid(content.json.last());
    }
    if (!content.isJson)
        content.json.clear();
    for (const QByteArray &json : std::as_const(content.json))
        content.indexes += JsonIndex::of(json);
    content.text = parts.join(u'\n');
    return content;
}

FrameContent prettyOf(const FrameRecord &record)
{
    FrameContent content;
    QStringList texts = partsOf(record);
    for (QString &text : texts) {
        if (!JsonText::isValid(text.toUtf8())) {
            content.isJson = false;
            continue;
        }
        const QString indented = JsonFormatter::indented(text);
        content.isTooLong = content.isTooLong || indented.isNull();
        if (!indented.isNull())
            text = indented;
    }
    content.text = texts.join(u"\n\n"_s);
    return content;
}

FrameContent differenceOf(const FrameRecord &record, const FrameRecord &other)
{
    FrameContent content;
    const QStringList before = other.payloads();
    const QStringList after = record.payloads();
    if (before.isEmpty() || after.isEmpty())
        return content;
    const QByteArray old = before.first().toUtf8();
    const QByteArray now = after.first().toUtf8();
    if (JsonText::isValid(old) && JsonText::isValid(now))
        content.difference = PayloadDiff::between(old, now);
    return content;
}

} // namespace

QString FrameContent::payloadOf(const FrameRecord &record)
{
    return record.note() ? record.note()->explanation() : partsOf(record).join(u'\n');
}

FrameContent FrameContent::of(const FrameRecord &record, Form form,
                              const std::optional<FrameRecord> &other)
{
    FrameContent content;
    switch (form) {
    case Form::Tree:
        return treeOf(record);
    case Form::Pretty:
        return prettyOf(record);
    case Form::Raw:
        content.text = payloadOf(record);
        break;
    case Form::Bytes:
        content.bytes = payloadOf(record).toUtf8();
        break;
    case Form::Diff:
        return other ? differenceOf(record, *other) : content;
    case Form::Whole:
        content.text = record.frame.text;
        content.isJson = JsonText::isValid(content.text.toUtf8());
        content.notes = FrameNotes::of(record);
        break;
    }
    return content;
}

} // namespace Syncscope
