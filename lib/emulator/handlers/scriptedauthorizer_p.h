// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"

#include <memory>

namespace AppSync::Emulation {

class ScriptUnit;

//! A Lambda authorizer whose function is JavaScript, of a \a unit that exports `handler`.
[[nodiscard]] EmulatorOptions::LambdaAuthorizer
scriptedAuthorizer(const std::shared_ptr<ScriptUnit> &unit);

} // namespace AppSync::Emulation
