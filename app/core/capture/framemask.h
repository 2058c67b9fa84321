// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"
#include "app/core/capture/secretmask.h"

namespace Syncscope {

//! What a copy leaves out.
class CaptureRedaction {
public:
    bool isOn = false;
    //! Words that names of secrets have beside those that SecretMask knows.
    QStringList moreNames;

    //! What copies for others are made with.
    [[nodiscard]] static CaptureRedaction standard() { return {true, {}}; }
};

//! What was masked in a copy.
struct MaskedCount {
    qint64 values = 0; //!< in frames
    qint64 frames = 0; //!< that had some
    qint64 allFrames = 0; //!< of the copy
    qint64 inMarks = 0; //!< values in bookmarks
};

//! Makes frames what a redaction wants them to be in a copy.
class FrameMask {
public:
    explicit FrameMask(const CaptureRedaction &redaction)
        : m_isOn(redaction.isOn), m_texts(redaction.moreNames)
    {
    }

    [[nodiscard]] CapturedFrame copyOf(const CapturedFrame &frame);
    //! The words of a bookmark.
    [[nodiscard]] QString wordsOf(const QString &words);
    [[nodiscard]] const MaskedCount &counted() const { return m_counted; }

private:
    [[nodiscard]] CapturedFrame masked(CapturedFrame frame);

    const bool m_isOn;
    SecretMask m_texts;
    MaskedCount m_counted;
};

} // namespace Syncscope
