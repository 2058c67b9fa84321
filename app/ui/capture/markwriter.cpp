// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/markwriter.h"

#include <utility>

namespace Syncscope {

MarkWriter::MarkWriter(QObject *parent) : QObject(parent), m_job(std::make_unique<CaptureJob>())
{
    connect(m_job.get(), &CaptureJob::finished, this, &MarkWriter::onFinished);
}

MarkWriter::~MarkWriter()
{
    const bool wasRunning = m_job->isRunning();
    m_job.reset(); // waits
    if (wasRunning && !m_waiting.isEmpty())
        (void)CaptureMarks::change(m_path, m_waiting);
}

void MarkWriter::write(const CaptureMarkChange &change)
{
    m_waiting.append(change);
    if (!m_job->isRunning())
        start();
}

void MarkWriter::start()
{
    m_writing = std::exchange(m_waiting, {});
    m_job->start([path = m_path, changes = m_writing](const CaptureJob::Progress &) {
        return CaptureMarks::change(path, changes);
    });
}

void MarkWriter::onFinished(const Problem &problem)
{
    const bool isMore = !m_waiting.isEmpty();
    m_problem = problem;
    if (problem.isProblem())
        m_waiting = std::exchange(m_writing, {}) + m_waiting;
    m_writing.clear();
    if (isMore)
        start();
    else
        Q_EMIT finished();
}

} // namespace Syncscope
