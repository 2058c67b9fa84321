// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "awsenvironment.h"
#include "inifile_p.h"

#include <QStringList>

#include <optional>

namespace AppSync {

//! One profile: what both files say about it.
struct AwsProfile {
    QString name;
    IniSection config; //!< of the configuration file alone
    IniSection credentials; //!< of the credentials file alone

    //! Of the credentials file, else of the configuration file; empty where neither has it.
    [[nodiscard]] QString value(const QString &key) const;
    [[nodiscard]] bool contains(const QString &key) const;

    friend bool operator==(const AwsProfile &, const AwsProfile &) = default;
};

//! What `~/.aws/config` and `~/.aws/credentials` say. Files that are missing say nothing.
class AwsConfig {
public:
    //! Reads both; \a error says which file cannot be read, and in which line.
    static AwsConfig load(const AwsEnvironment &environment, Error *error);

    [[nodiscard]] const AwsProfile *profile(const QString &name) const; //!< null: there is none
    [[nodiscard]] QStringList profileNames() const; //!< sorted
    [[nodiscard]] const IniSection *ssoSession(const QString &name) const; //!< likewise
    [[nodiscard]] const IniSection *services(const QString &name) const; //!< likewise

    friend bool operator==(const AwsConfig &, const AwsConfig &) = default;

private:
    void addConfig(const QList<IniSection> &sections);
    void addCredentials(const QList<IniSection> &sections);

    QHash<QString, AwsProfile> m_profiles;
    QHash<QString, IniSection> m_ssoSessions;
    QHash<QString, IniSection> m_services;
};

} // namespace AppSync
