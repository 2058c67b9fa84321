// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/authmode.h"
#include "app/core/problem.h"

#include <QList>
#include <QStringList>

#include <optional>

QT_BEGIN_NAMESPACE
class QJsonObject;
QT_END_NAMESPACE

namespace Syncscope {

//! Where a secret stands; never the secret itself.
class SecretReference {
public:
    enum class Place {
        Nowhere,
        Environment, //!< {"env": "NAME"}
        File, //!< {"file": "PATH"}
    };

    Place place = Place::Nowhere;
    QString name; //!< of the variable or the file

    [[nodiscard]] bool isSet() const { return place != Place::Nowhere; }
    friend bool operator==(const SecretReference &, const SecretReference &) = default;
};

//! A named endpoint and how to sign in there.
class Profile {
public:
    QString name;
    QString endpoint; //!< as pasted; see AppSync::Endpoint
    QString realtime;
    QString region;
    std::optional<AuthMode> auth;
    std::optional<AuthMode> connectAuth; //!< unset: auth
    std::optional<AuthMode> subscribeAuth;
    std::optional<AuthMode> publishAuth;
    SecretReference apiKey;
    SecretReference token;
    SecretReference connectToken; //!< unset: token
    SecretReference subscribeToken;
    SecretReference publishToken;
};

//! The profiles of one file:
//! {"version": 1, "profiles": [{"name": "dev", "endpoint": "https://…", "auth": "api-key",
//!  "secrets": {"apiKey": {"env": "DEV_KEY"}}}, …]}
class ProfileStore {
public:
    //! `syncscope/profiles.json` in the platform's folder for configuration.
    [[nodiscard]] static QString defaultPath();

    //! Reads \a path. A file that does not exist holds no profiles; any other trouble is told in
    //! \a problem with file and line.
    static std::optional<ProfileStore> load(const QString &path, Problem *problem);
    //! What `--profile` names: a profile of the default file, or a file with exactly one.
    static std::optional<Profile> find(const QString &nameOrFile, Problem *problem);

    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] std::optional<Profile> profile(const QString &name) const;

private:
    QList<Profile> m_profiles;
};

} // namespace Syncscope
