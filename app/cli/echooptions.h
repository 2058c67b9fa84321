// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/outputformat.h"

#include <chrono>

namespace Syncscope::Cli {

//! What the flags of `echo` say.
class EchoOptions {
public:
    QString channel; //!< with a leading slash
    QString
        listen; //!< the channel to subscribe, with a leading slash; the same unless told otherwise
    int count = 10;
    std::chrono::milliseconds interval{500};
    bool untilFirst = false;
    bool http = false;

    static std::optional<EchoOptions> read(const CommandLine &line, const OutputFormat &format,
                                           Problem *problem);
};

} // namespace Syncscope::Cli
