// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturewriter.h"

namespace Syncscope {

//! Collects frames, and writes them a batch at a time.
class CaptureBatch {
public:
    explicit CaptureBatch(CaptureWriter &writer) : m_writer(writer) { }

    bool add(const CapturedFrame &frame)
    {
        m_frames.append(frame);
        return m_frames.size() < kFrames || flush();
    }
    bool flush()
    {
        m_isGood = m_isGood && m_writer.write(m_frames);
        m_frames.clear();
        return m_isGood;
    }

private:
    static constexpr qsizetype kFrames = 1'000;

    CaptureWriter &m_writer;
    QList<CapturedFrame> m_frames;
    bool m_isGood = true;
};

} // namespace Syncscope
