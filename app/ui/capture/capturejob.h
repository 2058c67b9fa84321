// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QObject>
#include <QThread>
#include <QtQml/qqml.h>

#include <atomic>
#include <functional>
#include <memory>

namespace Syncscope {

//! Long work on captures, on a thread of its own, with progress and an end at any time.
class CaptureJob : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to what has work to do")
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    //! 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged FINAL)

public:
    //! Told how much of how much is done; false: end it.
    using Progress = std::function<bool(qint64 done, qint64 all)>;
    using Work = std::function<Problem(const Progress &progress)>;

    explicit CaptureJob(QObject *parent = nullptr) : QObject(parent) { }
    //! Ends the work and waits for that.
    ~CaptureJob() override;

    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }
    [[nodiscard]] double progress() const { return m_progress; }

    //! One at a time: nothing happens while it runs. The thread touches only what \a work holds.
    void start(const Work &work);
    //! finished() follows.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void runningChanged();
    void progressChanged();
    //! The problem is none if all went well.
    void finished(const Syncscope::Problem &problem, bool wasCancelled);

private:
    void onEnd(const Problem &problem);

    std::unique_ptr<QThread> m_thread;
    std::shared_ptr<std::atomic_bool> m_isCancelled;
    double m_progress = 0;
};

} // namespace Syncscope
