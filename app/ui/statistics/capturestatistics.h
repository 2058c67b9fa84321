// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/statistics/statistics.h"

namespace Syncscope {

//! Counts a capture: once, when somebody looks for the first time, on a thread of its own.
class CaptureStatistics : public Statistics {
    Q_OBJECT

public:
    //! Of the file \a path, whose frames are \a spanMs apart at most.
    CaptureStatistics(const QString &path, qint64 spanMs, FrameFilter *filter,
                      const AppSync::Clock *clock = AppSync::Clock::system(),
                      QObject *parent = nullptr);

    void setWatched(bool watched) override;
    [[nodiscard]] QString remark() const override { return m_remark; }
    [[nodiscard]] bool canReadAgain() const override { return m_canReadAgain; }
    [[nodiscard]] CaptureJob *job() override { return &m_job; }
    void readAgain() override;

private:
    //! What the thread fills.
    struct Result {
        std::unique_ptr<TrafficStatistics> traffic; //!< null: only the numbers were read
        Plotted plotted;
    };

    void read(bool isPlotOnly);
    void onFinished(const Problem &problem, bool wasCancelled);
    void readPlot() override;

    const QString m_path;
    const qint64 m_finestMs;
    CaptureJob m_job;
    std::shared_ptr<Result> m_result;
    QString m_remark;
    bool m_wasRead = false;
    bool m_canReadAgain = false;
    bool m_isPlotOld = false; //!< another path was wanted while it was read
};

} // namespace Syncscope
