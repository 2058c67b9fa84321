// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/statistics/statistics.h"
#include "app/ui/traffic/framesource.h"

#include <QTimer>

namespace Syncscope {

//! Counts what a session's log hands on: all of the session, also what memory has let go of since.
class LiveStatistics : public Statistics {
    Q_OBJECT

public:
    //! All outlive it.
    LiveStatistics(const FrameSource *source, FrameFilter *filter,
                   const AppSync::Clock *clock = AppSync::Clock::system(),
                   QObject *parent = nullptr);

    void setWatched(bool watched) override;
    [[nodiscard]] QString remark() const override;
    [[nodiscard]] qint64 toMs() const override;
    [[nodiscard]] qint64 countedMs() const override;
    //! Once a second.
    void tick() { m_ledger.tick(); }

    static constexpr qint64 kShortestMs = 60'000; //!< of the axis

private:
    void onAppended(qint64 first, qint64 count);
    void onAmended(qint64 number);
    void onCleared();
    void readPlot() override;
    void readSlice();
    void plotRecord(qint64 number);

    const FrameSource *const m_source;
    QTimer m_beat; //!< while somebody looks
    QTimer m_slices;
    qint64 m_first = 1; //!< number of the first record that counts
    qint64 m_plotEnd = 0; //!< records from here on are plotted
};

} // namespace Syncscope
