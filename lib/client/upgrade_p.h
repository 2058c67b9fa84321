// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/upgraderequest.h"
#include "clientsettings_p.h"

//! The request that opens the WebSocket, with the credentials where the settings want them.
namespace AppSync::Upgrade {

//! Why the settings' kind of handshake cannot work with their endpoint; none if it can.
Error problem(const ClientSettings &settings);
//! \a headers are the authorizer's. Masked for people.
UpgradeRequest request(const ClientSettings &settings, const Protocol &protocol,
                       const Headers &headers, bool isMasked);

} // namespace AppSync::Upgrade
