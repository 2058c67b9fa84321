// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "configobject_p.h"

//! Who is who, in the file's object `emulator`.
namespace AppSync::Emulation::AccountConfig {

//! Where the keys of an issuer come from.
struct IssuerKeys {
    QByteArray keys; //!< a key set; empty: see keysUrl
    QUrl keysUrl; //!< empty: by discovery
};

void readIdentities(ConfigObject &emulator, EmulatorOptions *options);
void readRoles(ConfigObject &emulator, EmulatorOptions *options);
void readUserPool(ConfigObject &emulator, EmulatorOptions *options);
void readIdentityPool(ConfigObject &emulator, EmulatorOptions *options);
void readIssuers(ConfigObject &emulator, EmulatorOptions *options);
//! `tokenProviders`, by issuer.
[[nodiscard]] QMap<QString, IssuerKeys> readTokenProviders(ConfigObject &emulator);

} // namespace AppSync::Emulation::AccountConfig
