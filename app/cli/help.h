// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"

namespace Syncscope::Cli {

//! What `--help` prints: at most 80 columns.
[[nodiscard]] QByteArray helpText(CommandLine::Command command);
//! What the program prints without a command.
[[nodiscard]] QByteArray shortHelpText();

} // namespace Syncscope::Cli
