// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"

namespace AppSync::Emulation {

class ScriptUnit;

//! A Lambda authorizer whose function is JavaScript, of a \a unit that exports `handler`. It refuses once the
//! unit is gone.
[[nodiscard]] EmulatorOptions::LambdaAuthorizer scriptedAuthorizer(ScriptUnit *unit);

} // namespace AppSync::Emulation
