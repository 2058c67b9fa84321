// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturesaver.h"

#include "app/core/capture/capturecopy.h"
#include "app/core/capture/captureexport.h"
#include "app/core/capture/capturewords.h"
#include "app/ui/wording.h"

#include <QFileInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using SavedMarks = std::optional<QList<CaptureMark>>;

Problem write(const QString &source, const QString &target, CaptureFileType type,
              const Filter &filter, bool isRedacted, const SavedMarks &marks,
              const CaptureJob::Progress &progress)
{
    CaptureFile capture;
    if (!capture.open(source))
        return capture.problem();
    const CaptureRedaction redaction =
        isRedacted ? CaptureRedaction::standard() : CaptureRedaction();
    if (type == CaptureFileType::Capture)
        return copyCapture(capture, filter, target, redaction, progress, marks,
                           UnfinishedFile::Existing::Replaced);
    return exportCapture(capture, filter, target, type, redaction, progress);
}

} // namespace

CaptureSaver::CaptureSaver(const Source &source, QObject *parent)
    : QObject(parent), m_source(source)
{
    connect(&m_job, &CaptureJob::finished, this, &CaptureSaver::onFinished);
}

void CaptureSaver::save(const QString &path, const Filter &filter, bool isRedacted)
{
    if (m_job.isRunning())
        return;
    setNotice({});
    m_source([this, guard = QPointer(this), path, filter, isRedacted](const QString &source) {
        if (guard && !m_job.isRunning())
            start(source, path, filter, isRedacted);
    });
}

void CaptureSaver::start(const QString &source, const QString &path, const Filter &filter,
                         bool isRedacted)
{
    const auto type = captureFileType(path);
    Problem problem;
    if (!type)
        problem = Problem::file(
            tr("The name %1 does not say what to write.").arg(QFileInfo(path).fileName()),
            tr("End it with .ssc, .ndjson, .csv or .har."));
    else if (source.isEmpty())
        problem = Problem::file(tr("There is no recording to save from."));
    else if (QFileInfo(source).canonicalFilePath() == QFileInfo(path).canonicalFilePath())
        problem = Problem::file(tr("%1 is what is shown.").arg(path), tr("Choose another name."));
    if (problem.isProblem())
        return setNotice(Notice::fromError(problem.toError()));
    m_path = path;
    const SavedMarks marks = m_marks ? SavedMarks(m_marks()) : std::nullopt;
    m_job.start([=](const CaptureJob::Progress &progress) {
        return write(source, path, *type, filter, isRedacted, marks, progress);
    });
}

void CaptureSaver::dismiss()
{
    setNotice({});
}

void CaptureSaver::onFinished(const Problem &problem, bool wasCancelled)
{
    if (problem.isProblem() && wasCancelled) // otherwise it was done before
        Q_EMIT saved(tr("Ended: nothing was saved."));
    else if (problem.isProblem())
        setNotice(Notice::fromError(problem.toError()));
    else
        Q_EMIT saved(tr("Saved %1 in %2").arg(Wording::bytes(QFileInfo(m_path).size()), m_path));
}

void CaptureSaver::setNotice(const Notice &notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

} // namespace Syncscope
