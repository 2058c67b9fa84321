// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "configobject_p.h"

//! The GraphQL API: `graphqlApi`, spelled as the control plane does, and in the object `emulator` what is behind it.
namespace AppSync::Emulation::GraphQlConfig {

void readApi(ConfigObject &top, EmulatorOptions *options);
void readSchema(ConfigObject &emulator, EmulatorOptions *options);

} // namespace AppSync::Emulation::GraphQlConfig
