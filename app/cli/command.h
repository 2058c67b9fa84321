// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/exitcode.h"

#include <QObject>

namespace Syncscope::Cli {

//! One command at work. It starts, does its thing in the event loop, and says once how it ended.
class Command : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    //! Ctrl-C, a request to terminate, or a reader that went away: end soon with \a exitCode.
    virtual void interrupt(ExitCode exitCode) = 0;

Q_SIGNALS:
    void finished(Syncscope::Cli::ExitCode exitCode);
};

} // namespace Syncscope::Cli
