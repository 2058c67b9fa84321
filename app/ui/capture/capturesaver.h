// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturemarks.h"
#include "app/core/filter/filter.h"
#include "app/ui/capture/capturejob.h"
#include "app/ui/notice.h"

#include <QUrl>

namespace Syncscope {

//! Saves what a table shows into a file: a capture, or what the ending of its name says.
class CaptureSaver : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(Syncscope::CaptureJob *job READ job CONSTANT FINAL)
    //! Why it was not saved.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY noticeChanged FINAL)

public:
    //! Hands on where the frames are, now or later: a capture that is there, or is being recorded. Empty:
    //! nowhere.
    using Source = std::function<void(const std::function<void(const QString &)> &take)>;

    //! Bookmarks that are saved with the frames instead of those that the source has.
    using Marks = std::function<QList<CaptureMark>()>;

    explicit CaptureSaver(const Source &source, QObject *parent = nullptr);

    void setMarks(const Marks &marks) { m_marks = marks; }

    [[nodiscard]] CaptureJob *job() { return &m_job; }
    [[nodiscard]] Notice notice() const { return m_notice; }

    //! Saves what \a filter lets through. \a isRedacted: for others, so that no secret is in it. A file of that
    //! name is replaced when the new one is whole.
    void save(const QString &path, const Filter &filter, bool isRedacted);
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void noticeChanged();
    //! What was saved where.
    void saved(const QString &outcome);

private:
    void start(const QString &source, const QString &path, const Filter &filter, bool isRedacted);
    void onFinished(const Problem &problem, bool wasCancelled);
    void setNotice(const Notice &notice);

    const Source m_source;
    Marks m_marks; //!< null: those of the source
    CaptureJob m_job;
    Notice m_notice;
    QString m_path;
};

} // namespace Syncscope
