// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace Syncscope::Cli {

//! Runs the program with \a arguments (without its name) in the event loop of the application; the result
//! is its exit code.
[[nodiscard]] int run(const QStringList &arguments);

} // namespace Syncscope::Cli
