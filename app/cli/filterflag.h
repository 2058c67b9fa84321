// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/messages.h"
#include "app/core/filter/filter.h"

namespace Syncscope::Cli {

//! What --filter says; without it everything passes. Nothing if it is no filter: \a problem shows where.
[[nodiscard]] std::optional<Filter> readFilter(const CommandLine &line, Problem *problem);

//! Whether a delivered event passes.
[[nodiscard]] bool passes(const Filter &filter, const AppSync::Event &event);

} // namespace Syncscope::Cli
