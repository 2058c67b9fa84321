// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/bounds.h"
#include "app/cli/commandline.h"
#include "app/cli/messages.h"
#include "app/cli/outputformat.h"

#include <optional>

namespace Syncscope::Cli {

//! What the flags of `subscribe` and `graphql` say alike: when to stop, and how to print what arrives.
class StreamOptions {
public:
    Bounds::Limits bounds;
    TimeStyle timeStyle = TimeStyle::Default;
    bool control = false;
    bool nulTerminated = false;
    QString save; //!< the capture to record into; empty: none

    static std::optional<StreamOptions> read(const CommandLine &line, const OutputFormat &format,
                                             Problem *problem);
};

} // namespace Syncscope::Cli
