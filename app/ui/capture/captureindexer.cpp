// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/captureindexer.h"

#include "app/core/capture/captureindex.h"
#include "app/core/capture/captureindexing.h"
#include "app/ui/wording.h"

#include <QFile>
#include <QFileInfo>

namespace Syncscope {

CaptureIndexer::CaptureIndexer(const QString &path, const QString &created, QObject *parent)
    : QObject(parent), m_path(path), m_created(created)
{
    connect(&m_job, &CaptureJob::finished, this, &CaptureIndexer::onFinished);
    look();
}

QString CaptureIndexer::hint() const
{
    const QString size = Wording::bytes(QFileInfo(m_path).size());
    return m_isReady ? tr("Texts are looked up in the index beside the file.")
                     : tr("Finds texts at once. It takes about %1 beside the file, and longer to "
                          "make than a hundred searches.")
                           .arg(size);
}

void CaptureIndexer::start()
{
    dismiss();
    m_job.start([path = m_path](const CaptureJob::Progress &progress) {
        CaptureFile capture;
        return capture.open(path) ? indexCapture(capture, progress) : capture.problem();
    });
}

void CaptureIndexer::discard()
{
    if (!m_job.isRunning())
        QFile::remove(CaptureIndex::pathOf(m_path));
    look();
}

void CaptureIndexer::dismiss()
{
    m_notice = {};
    Q_EMIT changed();
}

void CaptureIndexer::look()
{
    CaptureIndex index;
    m_isReady = index.open(m_path, m_created);
    Q_EMIT changed();
}

void CaptureIndexer::onFinished(const Problem &problem, bool wasCancelled)
{
    look();
    if (problem.isProblem() && !wasCancelled) {
        m_notice = Notice::fromError(problem.toError());
        Q_EMIT changed();
    } else if (m_isReady) {
        Q_EMIT made(tr("Indexed: texts are found at once from now on"));
    }
}

} // namespace Syncscope
