// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <AppSync/Error>

namespace Syncscope::Cli {

//! What scripts read from `$?`.
enum class ExitCode {
    Done = 0, //!< bound reached, everything published
    Other = 1,
    Usage = 2,
    Unreachable = 3, //!< before the first acknowledgement; afterwards ConnectionLost
    Unauthorized = 4,
    Refused = 5, //!< by the service, or here because the service would
    PartlyFailed = 6, //!< some events of a publish
    TimedOut = 7,
    ConnectionLost = 8, //!< and retries spent
    BadFile = 9,
    Interrupted = 130, //!< Ctrl-C before the bound
    Terminated = 143, //!< SIGTERM
};

[[nodiscard]] ExitCode exitCodeFor(const Problem &problem);
//! \a acknowledged: a connection was acknowledged before.
[[nodiscard]] ExitCode exitCodeFor(const AppSync::Error &error, bool acknowledged);

} // namespace Syncscope::Cli
