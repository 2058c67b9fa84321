// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/console.h"
#include "app/cli/messages.h"
#include "app/core/filter/filter.h"

namespace Syncscope::Cli {

//! What --filter says; without it everything passes. Nothing if it is no filter: \a problem shows where.
[[nodiscard]] std::optional<Filter> readFilter(const CommandLine &line, Problem *problem);

//! Tells how often its regular expression gave up, if it did: what it could not decide is not among what is shown.
void warnOfSurrenders(qint64 count, const Console &console);

//! Whether a delivered event passes.
[[nodiscard]] bool passes(const Filter &filter, const AppSync::Event &event);

} // namespace Syncscope::Cli
