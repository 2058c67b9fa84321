// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace Syncscope {

//! Ctrl-C and requests to terminate, delivered by the event loop. The second one ends the program at once,
//! whatever it is doing. There is one watcher in a program.
class SignalWatcher : public QObject {
    Q_OBJECT

public:
    static constexpr int kInterrupted = 130; //!< Ctrl-C
    static constexpr int kTerminated = 143; //!< a request to terminate, or the end of the session

    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

    //! True from the first signal on, also while the event loop is busy.
    [[nodiscard]] static bool isPending();

Q_SIGNALS:
    //! With the exit code that shells expect: kInterrupted or kTerminated.
    void interrupted(int exitCode);

private:
    void deliver();
};

} // namespace Syncscope
