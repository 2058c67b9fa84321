// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace Syncscope::Cli {

//! Asks a person at the terminal for a secret, which the terminal does not show. Nothing: the end of the input,
//! or there is no terminal. Blocks, so not from within an event loop; Ctrl-C ends the program as always, with
//! the terminal as it was.
[[nodiscard]] std::optional<QString> askForSecret(const QString &prompt);

} // namespace Syncscope::Cli
