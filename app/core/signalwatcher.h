// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/exitcode.h"

#include <QObject>

namespace Syncscope::Cli {

//! Ctrl-C and requests to terminate, delivered by the event loop. The second one ends the program at once,
//! whatever it is doing. There is one watcher in a program.
class SignalWatcher : public QObject {
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

    //! True from the first signal on, also while the event loop is busy.
    [[nodiscard]] static bool isPending();

Q_SIGNALS:
    void interrupted(Syncscope::Cli::ExitCode exitCode);

private:
    void deliver();
};

} // namespace Syncscope::Cli
