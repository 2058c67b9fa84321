// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"

namespace Syncscope {

//! What a copy leaves out.
class CaptureRedaction {
public:
    bool isOn = false;
    //! Members whose names have one of these words are masked, as CaptureRedactor::shared() says.
    QStringList names;

    //! What copies for others are made with.
    [[nodiscard]] static CaptureRedaction standard();
};

//! Writes what matches into a new capture \a path, with its bookmarks, or those of \a marks, instead. The
//! numbers stay.
[[nodiscard]] Problem copyCapture(CaptureFile &capture, const Filter &filter, const QString &path,
                                  const CaptureRedaction &redaction,
                                  const CaptureFile::Progress &progress = {},
                                  const std::optional<QList<CaptureMark>> &marks = {});

//! Writes the frames of several captures into a new one, in the order of their times, and numbers them anew; with
//! the bookmarks.
[[nodiscard]] Problem mergeCaptures(const QStringList &paths, const QString &path,
                                    const CaptureFile::Progress &progress = {});

//! What is said when a person ended it.
[[nodiscard]] Problem captureEnded(const QString &path);

//! Where a capture is made before it takes its name: nobody sees half of one.
class NewCapture {
public:
    //! \a path must not exist; problem() says if it does.
    explicit NewCapture(const QString &path);
    //! Removes what was not finished.
    ~NewCapture();

    [[nodiscard]] QString workPath() const { return m_work; }
    [[nodiscard]] Problem problem() const { return m_problem; }
    //! Gives the file its name. The writer has to have closed it.
    [[nodiscard]] Problem finish();

private:
    QString m_path;
    QString m_work;
    Problem m_problem;
};

} // namespace Syncscope
