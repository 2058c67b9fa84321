// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/profileoptions.h"
#include "app/core/profilestore.h"
#include "app/core/secretstore.h"

namespace Syncscope::Cli {

//! `profile`: the saved profiles and their secrets in the keychain.
class ProfileCommand : public Command {
    Q_OBJECT

public:
    //! \a timeout: how long the keychain may take for each secret.
    ProfileCommand(const ProfileOptions &options,
                   const std::optional<std::chrono::milliseconds> &timeout, Output &output,
                   Console &console, QObject *parent = nullptr);

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    void list();
    void show();
    void use();

    //! Saves the next profile, its secrets first.
    void saveNext();
    void saveSecret();
    void onSecretSaved(SecretRole role, const SecretReply &reply);
    void saveProfile();
    //! Gives up the profile that is being saved, and takes its secrets back.
    void giveUp(const Problem &problem);

    void removeNext();
    void removeSecret();
    void onSecretRemoved(SecretRole role, const SecretReply &reply);
    void removeProfile();

    std::optional<ProfileStore> load();
    void print(const Profile &profile, bool isDefault, bool isBrief = false);
    void fail(const Problem &problem);
    void finish(ExitCode exitCode);

    ProfileOptions m_options;
    Output &m_output;
    Console &m_console;
    const QString m_path;
    SecretStore m_secrets;
    ImportedProfile m_current; //!< what is being saved or removed
    QList<SecretRole> m_roles; //!< of m_current, still to do
    int m_removedSecrets = 0;
    bool m_finished = false;
};

} // namespace Syncscope::Cli
