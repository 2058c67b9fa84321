// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>

namespace Syncscope {

//! Looks through a capture on a thread of its own, and hands on what it finds while it goes on.
class CaptureSearch : public QObject {
    Q_OBJECT

public:
    explicit CaptureSearch(QObject *parent = nullptr);
    //! Ends the search, without waiting for more than a stretch of frames.
    ~CaptureSearch() override;

    //! Begins anew; a search that is under way ends, and says nothing more.
    void start(const QString &path, const Filter &filter, const CaptureFile::Range &range = {});
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }

Q_SIGNALS:
    //! Numbers of frames that match, in the order of the range; the first come at once.
    void found(const QList<qint64> &numbers);
    void progressed(qint64 done, qint64 all);
    //! The problem is none if it came to its end.
    void finished(const Syncscope::Problem &problem);

private:
    using Flag = std::shared_ptr<std::atomic_bool>;
    void run(const QString &path, const Filter &filter, const CaptureFile::Range &range,
             const Flag &isCancelled, int generation);
    template <typename Function> void tell(int generation, Function function);

    QThread *m_thread = nullptr;
    Flag m_isCancelled;
    int m_generation = 0; //!< what earlier searches still had to say is dropped
};

} // namespace Syncscope
