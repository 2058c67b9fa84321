// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"

namespace Syncscope {

//! The profiles of one file:
//! {"version": 1, "default": "dev", "profiles": [{"name": "dev", "endpoint": "https://…", "auth": "api-key",
//!  "secrets": {"apiKey": {"env": "DEV_KEY"}}}, …]}
//!
//! An object of this class is what the file held when it was read. Whoever changes something does so in the
//! file at once: under a lock the file is read anew, one thing is changed, and the file is replaced as a
//! whole. Members that are not known, and all other profiles, stay as they are. A file that cannot be
//! read is never replaced.
class ProfileStore {
public:
    //! `syncscope/profiles.json` in the platform's folder for configuration.
    [[nodiscard]] static QString defaultPath();

    //! Reads \a path. A file that does not exist holds no profiles; any other trouble is told in
    //! \a problem with file and line.
    static std::optional<ProfileStore> load(const QString &path, Problem *problem);
    //! What `--profile` names: a profile of the default file, or a file with exactly one.
    static std::optional<Profile> find(const QString &nameOrFile, Problem *problem);

    //! The profile of the default file that is used when none is named. Nothing without a problem: there is
    //! no such.
    static std::optional<Profile> findDefault(Problem *problem);

    //! Adds a profile whose name is new.
    [[nodiscard]] static Problem add(const QString &path, const Profile &profile);
    //! Puts \a profile, perhaps with another name, in the place of the one named \a name.
    [[nodiscard]] static Problem replace(const QString &path, const QString &name,
                                         const Profile &profile);
    [[nodiscard]] static Problem rename(const QString &path, const QString &from,
                                        const QString &to);
    [[nodiscard]] static Problem remove(const QString &path, const QString &name);
    //! Makes \a name the profile that is used when none is named; empty: none is.
    [[nodiscard]] static Problem setDefault(const QString &path, const QString &name);

    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] std::optional<Profile> profile(const QString &name) const;
    //! The profile that is used when none is named; empty: none.
    [[nodiscard]] QString defaultName() const { return m_defaultName; }
    //! \a wanted, or with a number behind it if there is such a profile already. Always good as a name.
    [[nodiscard]] QString freeName(const QString &wanted) const;
    //! True if another profile than \a name refers to the same secret of the keychain.
    [[nodiscard]] bool isShared(const SecretReference &reference, const QString &name) const;

private:
    QList<Profile> m_profiles;
    QString m_defaultName;
};

} // namespace Syncscope
