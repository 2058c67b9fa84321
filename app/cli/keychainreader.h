// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/secretstore.h"

namespace Syncscope::Cli {

class Console;

//! Reads secrets of a profile from the keychain before the command's event loop runs.
class KeychainReader {
public:
    explicit KeychainReader(const Console &console) : m_console(console) { }

    //! Waits until the keychain has answered, perhaps a person meanwhile. Nothing: \a problem says why. Not
    //! from within an event loop.
    std::optional<QString> read(const SecretReference &reference, Problem *problem);

private:
    const Console &m_console;
    QHash<QString, QString> m_known; //!< by key, so that nobody is asked twice
};

//! What \a reply, which did not give a secret, means for the one who called the program.
[[nodiscard]] Problem problemOf(SecretReply::Outcome outcome, const AppSync::Error &error);

} // namespace Syncscope::Cli
