// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturemarks.h"
#include "app/ui/capture/capturejob.h"

namespace Syncscope {

//! Writes bookmarks into a capture while it is open, on a thread of its own, in their order.
class MarkWriter : public QObject {
    Q_OBJECT

public:
    explicit MarkWriter(QObject *parent = nullptr);
    //! Writes what is not written yet.
    ~MarkWriter() override;

    void setPath(const QString &path) { m_path = path; }
    //! What could not be written before is tried again with it.
    void write(const CaptureMarkChange &change);
    //! Nothing waits, but for what could not be written.
    [[nodiscard]] bool isIdle() const { return !m_job->isRunning(); }
    //! Why something could not be written; none: all is.
    [[nodiscard]] const Problem &problem() const { return m_problem; }

Q_SIGNALS:
    //! All was tried that there was.
    void finished();

private:
    void start();
    void onFinished(const Problem &problem);

    QString m_path;
    QList<CaptureMarkChange> m_waiting;
    QList<CaptureMarkChange> m_writing;
    Problem m_problem;
    std::unique_ptr<CaptureJob> m_job;
};

} // namespace Syncscope
