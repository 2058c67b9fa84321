// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"

#include <optional>

//! Auth modes as the service's control plane spells them: `API_KEY`, `AWS_IAM`, …
namespace AppSync::Emulation::AuthModeName {

[[nodiscard]] QString of(EmulatorOptions::AuthMode mode);
//! Nothing if \a name is none.
[[nodiscard]] std::optional<EmulatorOptions::AuthMode> parse(QStringView name);

} // namespace AppSync::Emulation::AuthModeName
