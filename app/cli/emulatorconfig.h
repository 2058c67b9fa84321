// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <AppSync/Emulator>

#include <QByteArray>

namespace Syncscope::Cli {

//! The file of `emulator --config`, in the spelling of AppSync's control plane and with an object of our
//! own for what AWS does not have:
//!
//! {"eventConfig": {"connectionAuthModes": [{"authType": "API_KEY"}], "defaultPublishAuthModes": […],
//!                  "defaultSubscribeAuthModes": […]},
//!  "channelNamespaces": [{"name": "game", "publishAuthModes": […], "subscribeAuthModes": […]}],
//!  "emulator": {"port": 8787, "keepAliveIntervalMs": 60000, "connectionTimeoutMs": 300000,
//!               "limits": "relaxed"}}
//!
//! Reads \a text of the file \a name into \a options. A problem is told with file, line and member; then
//! \a options are untouched.
[[nodiscard]] Problem readEmulatorConfig(const QString &name, const QByteArray &text,
                                         AppSync::Emulator::Options *options);

} // namespace Syncscope::Cli
