// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/globaloptions.h"
#include "app/core/import/importresult.h"

namespace Syncscope::Cli {

//! What the arguments of `profile` say.
class ProfileOptions {
public:
    enum class Action { Add, List, Show, Use, Import, Remove };

    Action action = Action::List;
    QStringList names; //!< of the profiles that are meant
    ImportResult
        imported; //!< of Import, and what Add makes: profiles with the secrets for the keychain

    //! Reads the files that are named, and asks for a secret at the terminal where one is needed.
    static std::optional<ProfileOptions> read(const CommandLine &line, const GlobalOptions &globals,
                                              const QProcessEnvironment &environment,
                                              Problem *problem);

private:
    bool readAdd(const CommandLine &line, const GlobalOptions &globals,
                 const QProcessEnvironment &environment, Problem *problem);
    bool readImport(const CommandLine &line, const QString &what, Problem *problem);
};

} // namespace Syncscope::Cli
