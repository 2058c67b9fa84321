// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

//! The desktop's secret service (D-Bus, org.freedesktop.secrets), looked at without asking a person. The
//! library behind SecretStore says "not found" of everything while a keyring is locked; this tells the two
//! apart.
namespace Syncscope::SecretService {

enum class State {
    Absent, //!< no bus, nobody there, or no library to speak to it
    NoKeyring, //!< a service that has nothing to save into yet
    Locked,
    Unlocked, //!< also where secrets are kept elsewhere (Windows, macOS, KWallet)
    Silent, //!< it does not answer
};

//! Calls \a answer once, from the event loop, unless \a context is gone by then. Takes 5 s at most.
void look(QObject *context, const std::function<void(State)> &answer);

} // namespace Syncscope::SecretService
