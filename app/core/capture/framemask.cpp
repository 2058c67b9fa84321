// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/framemask.h"

#include "app/core/jsontext.h"

#include <utility>

namespace Syncscope {

CapturedFrame FrameMask::copyOf(const CapturedFrame &frame)
{
    ++m_counted.allFrames;
    if (!m_isOn)
        return frame;
    const qint64 before = m_texts.count();
    CapturedFrame copy = masked(frame);
    const qint64 values = m_texts.count() - before;
    m_counted.values += values;
    m_counted.frames += values > 0 ? 1 : 0;
    return copy;
}

QString FrameMask::wordsOf(const QString &words)
{
    if (!m_isOn)
        return words;
    const qint64 before = m_texts.count();
    const QString copy = QString::fromUtf8(m_texts.masked(words.toUtf8()));
    m_counted.inMarks += m_texts.count() - before;
    return copy;
}

CapturedFrame FrameMask::masked(CapturedFrame frame)
{
    auto origin = std::make_shared<CaptureOrigin>(*frame.origin);
    for (QByteArray *name : {&origin->sub, &origin->channel})
        *name = m_texts.masked(*name);
    if (origin->shape == CaptureShape::String || origin->shape == CaptureShape::Value) {
        const qsizetype before = frame.payload.size();
        frame.payload = m_texts.masked(frame.payload);
        frame.bytes += frame.payload.size() - before;
        origin->isJson = origin->isJson && JsonText::isValid(frame.payload);
    } else {
        frame.head = m_texts.masked(frame.head);
    }
    frame.origin = std::move(origin);
    return frame;
}

} // namespace Syncscope
