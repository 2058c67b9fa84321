// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountconfig_p.h"

namespace AppSync::Emulation {

//! The part of the file that is spelled as AppSync's control plane does: the API, its namespaces and its keys.
class ApiConfig {
public:
    explicit ApiConfig(EmulatorOptions *options) : m_options(*options) { }

    void readEventConfig(ConfigObject &top);
    void readNamespaces(ConfigObject &top);
    void readApiKeys(ConfigObject &top);
    //! Joins `authProviders` with what `emulator` says of their keys.
    void connectProviders(ConfigFile &file, const QMap<QString, AccountConfig::IssuerKeys> &keys);

private:
    using Mode = EmulatorOptions::AuthMode;
    using Modes = QList<Mode>;

    //! One of `authProviders` that issues tokens.
    struct Provider {
        QStringList path;
        EmulatorOptions::TokenProvider terms;
        QString userPoolId = {}; //!< of a user pool; empty: the emulator's own
    };

    void readProvider(ConfigObject &object);
    void readCognito(ConfigObject &object);
    void readOidc(ConfigObject &object);
    void readLambda(ConfigObject &object);
    void readNamespace(ConfigObject &object);
    void readHandlers(ConfigObject &object, EmulatorOptions::Namespace *nameSpace);
    void readDataSourceName(ConfigObject &integration, QString *name) const;
    [[nodiscard]] Modes modes(ConfigObject &object, const QString &name, const Modes &otherwise);
    void useDefaultNamespaces();
    void connectProvider(ConfigFile &file, const Provider &provider,
                         const QMap<QString, AccountConfig::IssuerKeys> &keys);

    EmulatorOptions &m_options;
    std::optional<Modes> m_provided; //!< the types in `authProviders`
    QList<Provider> m_providers;
    QStringList m_lambdaPath; //!< of the Lambda authorizer in `authProviders`
    QStringList m_connected; //!< issuers that `authProviders` name
    Modes m_publishModes = EmulatorOptions::allAuthModes();
    Modes m_subscribeModes = EmulatorOptions::allAuthModes();
    bool m_hasModes = false;
};

} // namespace AppSync::Emulation
