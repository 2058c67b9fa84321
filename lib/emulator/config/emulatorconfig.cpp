// SPDX-License-Identifier: Apache-2.0
#include "emulatorconfig.h"

#include "apiconfig_p.h"
#include "graphqlconfig_p.h"
#include "serverconfig_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

using namespace Emulation;

namespace {

void readTop(ConfigFile &file, const QJsonObject &object, EmulatorOptions *options)
{
    QMap<QString, AccountConfig::IssuerKeys> keys;
    ApiConfig api(options);
    ConfigObject top(file, object, {});
    // What a description of an API tells besides.
    top.ignore({u"$schema"_s, u"name"_s, u"ownerContact"_s, u"tags"_s, u"apiId"_s, u"apiArn"_s,
                u"dns"_s, u"created"_s, u"xrayEnabled"_s, u"wafWebAclArn"_s});
    // First, since the region is part of what follows.
    top.object(u"emulator"_s, [&](ConfigObject &emulator) {
        ServerConfig::readListening(emulator, options);
        ServerConfig::readBehaviour(emulator, options);
        ServerConfig::readLimits(emulator, options);
        ServerConfig::readFaults(emulator, options);
        ServerConfig::readLambdaAuthorizer(emulator, options);
        ServerConfig::readDataSources(emulator, options);
        GraphQlConfig::readSchema(emulator, options);
        AccountConfig::readIdentities(emulator, options);
        AccountConfig::readRoles(emulator, options);
        AccountConfig::readUserPool(emulator, options);
        AccountConfig::readIdentityPool(emulator, options);
        AccountConfig::readIssuers(emulator, options);
        keys = AccountConfig::readTokenProviders(emulator);
    });
    GraphQlConfig::readApi(top, options);
    api.readEventConfig(top);
    api.readNamespaces(top);
    api.readApiKeys(top);
    api.connectProviders(file, keys);
}

} // namespace

QString EmulatorConfig::Problem::toString() const
{
    return u"%1:%2: %3."_s.arg(file).arg(line).arg(reason);
}

std::optional<EmulatorConfig::Problem>
EmulatorConfig::read(const QString &name, const QByteArray &text, EmulatorOptions *options)
{
    ConfigFile file(name, text);
    EmulatorOptions result = *options;
    if (const auto object = file.parse())
        readTop(file, *object, &result);
    if (!file.problem())
        *options = result;
    return file.problem();
}

} // namespace AppSync
