// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "configobject_p.h"

//! How the emulator listens and behaves, in the file's object `emulator`.
namespace AppSync::Emulation::ServerConfig {

void readListening(ConfigObject &emulator, EmulatorOptions *options);
void readBehaviour(ConfigObject &emulator, EmulatorOptions *options);
void readLimits(ConfigObject &emulator, EmulatorOptions *options);
void readFaults(ConfigObject &emulator, EmulatorOptions *options);
void readLambdaAuthorizer(ConfigObject &emulator, EmulatorOptions *options);
void readDataSources(ConfigObject &emulator, EmulatorOptions *options);

} // namespace AppSync::Emulation::ServerConfig
