// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturejob.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace Syncscope {

namespace {

constexpr qint64 kInterval = 33; // ms between two steps that are told

} // namespace

CaptureJob::~CaptureJob()
{
    if (!m_thread)
        return;
    *m_isCancelled = true;
    m_thread->wait();
}

void CaptureJob::start(const Work &work)
{
    if (m_thread)
        return;
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    m_progress = 0;
    m_thread.reset(QThread::create([this, work, isCancelled = m_isCancelled] {
        QElapsedTimer since;
        since.start();
        const Problem problem = work([&](qint64 done, qint64 all) {
            if (since.elapsed() >= kInterval) {
                since.restart();
                const double now = double(done) / double(std::max<qint64>(1, all));
                QMetaObject::invokeMethod(
                    this,
                    [this, now] {
                        m_progress = now;
                        Q_EMIT progressChanged();
                    },
                    Qt::QueuedConnection);
            }
            return !*isCancelled;
        });
        QMetaObject::invokeMethod(
            this, [this, problem] { onEnd(problem); }, Qt::QueuedConnection);
    }));
    m_thread->start();
    Q_EMIT progressChanged();
    Q_EMIT runningChanged();
}

void CaptureJob::cancel()
{
    if (m_thread)
        *m_isCancelled = true;
}

void CaptureJob::onEnd(const Problem &problem)
{
    m_thread->wait();
    m_thread.reset();
    Q_EMIT runningChanged();
    Q_EMIT finished(problem, *m_isCancelled);
}

} // namespace Syncscope
