// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/capturestatistics.h"

#include "app/core/capture/capturefile.h"
#include "app/ui/statistics/samples.h"

#include <utility>

namespace Syncscope {

namespace {

// Of what is shorter, more is seen by the tenth of a second.
constexpr qint64 kShortMs = 60'000;

} // namespace

CaptureStatistics::CaptureStatistics(const QString &path, qint64 spanMs, FrameFilter *filter,
                                     const AppSync::Clock *clock, QObject *parent)
    : Statistics(filter, clock, parent), m_path(path), m_finestMs(spanMs < kShortMs ? 100 : 1000)
{
    connect(&m_job, &CaptureJob::finished, this, &CaptureStatistics::onFinished);
}

void CaptureStatistics::setWatched(bool watched)
{
    Statistics::setWatched(watched);
    if (watched && !m_wasRead)
        read(false);
}

void CaptureStatistics::readAgain()
{
    read(false);
}

//! Both at once where the file has not been read: it is read only once then.
void CaptureStatistics::read(bool isPlotOnly)
{
    if (m_job.isRunning())
        return;
    m_wasRead = m_wasRead || !isPlotOnly;
    m_isPlotOld = false;
    m_canReadAgain = false;
    m_remark = isPlotOnly ? m_remark : tr("Counting the frames of the capture…");
    auto result = std::make_shared<Result>();
    result->plotted.numbers = Plot(m_finestMs);
    if (!isPlotOnly)
        result->traffic = std::make_unique<TrafficStatistics>(m_finestMs);
    m_result = result;
    m_job.start([file = m_path, plotted = path(), result](const CaptureJob::Progress &progress) {
        CaptureFile capture;
        if (!capture.open(file))
            return capture.problem();
        const Filter filter(result->traffic ? QString() : plotted.filterText());
        (void)capture.read(
            filter, {},
            [&](const CapturedFrame &frame) {
                if (result->traffic)
                    (void)result->traffic->add(sampleOf(frame));
                if (!plotted.isUsable() || frame.isNote())
                    return true;
                const bool isResult = frame.origin->kind == "data";
                for (const QByteArray &event : frame.events())
                    result->plotted.add(plotted, event, isResult, frame.atMs);
                return true;
            },
            progress);
        return capture.problem();
    });
    Q_EMIT changed();
}

void CaptureStatistics::onFinished(const Problem &problem, bool wasCancelled)
{
    const auto result = std::exchange(m_result, nullptr);
    m_remark = problem.isProblem() ? problem.message
        : wasCancelled             ? tr("Counting was ended before the end of the capture.")
        : result->traffic && result->traffic->buckets().isEmpty()
        ? tr("The capture has no frames, so there is nothing to count.")
        : QString();
    m_canReadAgain = problem.isProblem() || wasCancelled;
    if (!m_isPlotOld)
        m_plotted = std::move(result->plotted);
    if (result->traffic)
        take(std::move(result->traffic));
    if (m_isPlotOld && path().isUsable())
        read(true);
    Q_EMIT changed();
}

void CaptureStatistics::readPlot()
{
    m_isPlotOld = m_job.isRunning();
    if (m_isPlotOld)
        return; // what was counted so far is not thrown away: the numbers are read afterwards
    if (path().isUsable() && m_wasRead)
        read(true);
}

} // namespace Syncscope
