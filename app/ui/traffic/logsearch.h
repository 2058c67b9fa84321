// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framesource.h"

#include <QTimer>

namespace Syncscope {

//! Looks through records that are in memory, the newest first, a few milliseconds at a time.
class LogSearch : public FrameSearch {
    Q_OBJECT

public:
    //! \a source outlives it.
    explicit LogSearch(const FrameSource *source, QObject *parent = nullptr);

    void start(const FrameTest &test) override;
    void cancel() override;
    [[nodiscard]] bool isRunning() const override { return m_next.isActive(); }

private:
    void search();

    const FrameSource *const m_source;
    FrameTest m_test;
    QTimer m_next; //!< slice
    qint64 m_end = 0; //!< records from here on were looked at
};

} // namespace Syncscope
