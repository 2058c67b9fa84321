// SPDX-License-Identifier: Apache-2.0
#include "apiconfig_p.h"

#include "../access/authmodename_p.h"
#include "../events/channelname_p.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Options = EmulatorOptions;
using Mode = Options::AuthMode;

constexpr qsizetype kCodeCharacters = 32'768;
constexpr qint64 kYearMs = qint64(366) * 24 * 3600 * 1000;
constexpr qint64 kLastSecond = 253'402'300'799; // of the year 9999

const QList<QPair<QString, Mode>> &modeNames()
{
    static const auto names = [] {
        QList<QPair<QString, Mode>> all;
        for (const Mode mode : Options::allAuthModes())
            all.append({AuthModeName::of(mode), mode});
        return all;
    }();
    return names;
}

QString poolIssuer(const QString &region, const QString &id)
{
    const QString domain = region.startsWith(u"cn-") ? u"amazonaws.com.cn"_s : u"amazonaws.com"_s;
    return u"https://cognito-idp.%1.%2/%3"_s.arg(region, domain, id);
}

} // namespace

void ApiConfig::readEventConfig(ConfigObject &top)
{
    top.object(u"eventConfig"_s, [this](ConfigObject &config) {
        config.objects(u"authProviders"_s, [this](ConfigObject &one) { readProvider(one); });
        if (m_provided)
            m_options.connectModes = m_publishModes = m_subscribeModes = *m_provided;
        m_options.connectModes = modes(config, u"connectionAuthModes"_s, m_options.connectModes);
        m_publishModes = modes(config, u"defaultPublishAuthModes"_s, m_publishModes);
        m_subscribeModes = modes(config, u"defaultSubscribeAuthModes"_s, m_subscribeModes);
        config.ignore({u"logConfig"_s});
        m_hasModes = true;
    });
}

void ApiConfig::readProvider(ConfigObject &object)
{
    Mode type = Mode::ApiKey;
    if (!object.has(u"authType"_s))
        object.fail(u"authType"_s, u"an \"authType\" is needed"_s);
    object.read(u"authType"_s, modeNames(), &type);
    if (!m_provided)
        m_provided = Modes();
    if (!m_provided->contains(type))
        m_provided->append(type);
    else if (type != Mode::UserPool && type != Mode::Oidc)
        object.fail(u"authType"_s,
                    u"one provider of type %1 is all there can be"_s.arg(AuthModeName::of(type)));
    const QList<QPair<QString, Mode>> configs{{u"cognitoConfig"_s, Mode::UserPool},
                                              {u"openIDConnectConfig"_s, Mode::Oidc},
                                              {u"lambdaAuthorizerConfig"_s, Mode::Lambda}};
    for (const auto &[name, itsType] : configs) {
        if (object.has(name) && type != itsType)
            object.fail(name, u"\"%1\" belongs to %2"_s.arg(name, AuthModeName::of(itsType)));
    }
    if (type == Mode::UserPool)
        readCognito(object);
    else if (type == Mode::Oidc)
        readOidc(object);
    else if (type == Mode::Lambda)
        readLambda(object);
}

void ApiConfig::readCognito(ConfigObject &object)
{
    Provider provider{object.path(), {Mode::UserPool, {}, {}}};
    object.object(u"cognitoConfig"_s, [&](ConfigObject &config) {
        QString region = m_options.region;
        config.read(u"userPoolId"_s, &provider.userPoolId, true);
        config.read(u"awsRegion"_s, &region, config.has(u"awsRegion"_s));
        config.readPattern(u"appIdClientRegex"_s, &provider.terms.clientIdPattern);
        provider.terms.issuer = poolIssuer(region, provider.userPoolId);
        provider.terms.keysUrl = QUrl(provider.terms.issuer + u"/.well-known/jwks.json"_s);
    });
    m_providers.append(provider);
}

void ApiConfig::readOidc(ConfigObject &object)
{
    Provider provider{object.path(), {Mode::Oidc, {}, {}}};
    object.object(u"openIDConnectConfig"_s, [&](ConfigObject &config) {
        Options::TokenProvider &terms = provider.terms;
        config.read(u"issuer"_s, &terms.issuer, true);
        config.readPattern(u"clientId"_s, &terms.clientIdPattern);
        config.read(u"iatTTL"_s, 0, kYearMs, &terms.iatTtl);
        config.read(u"authTTL"_s, 0, kYearMs, &terms.authTtl);
    });
    m_providers.append(provider);
}

void ApiConfig::readLambda(ConfigObject &object)
{
    m_lambdaPath = object.path();
    object.object(u"lambdaAuthorizerConfig"_s, [this](ConfigObject &config) {
        config.ignore({u"authorizerUri"_s}); // what is called here, `emulator` says
        config.read(u"authorizerResultTtlInSeconds"_s, 0, 3'600, &m_options.lambda.resultTtl);
        config.readPattern(u"identityValidationExpression"_s, &m_options.lambda.tokenPattern);
    });
}

ApiConfig::Modes ApiConfig::modes(ConfigObject &object, const QString &name, const Modes &otherwise)
{
    if (!object.has(name))
        return otherwise;
    Modes result;
    object.objects(
        name,
        [&](ConfigObject &one) {
            Mode mode = Mode::ApiKey;
            if (!one.has(u"authType"_s))
                one.fail(u"authType"_s, u"an \"authType\" is needed"_s);
            one.read(u"authType"_s, modeNames(), &mode);
            if (m_provided && !m_provided->contains(mode))
                one.fail(u"authType"_s,
                         u"%1 is not among the authProviders"_s.arg(AuthModeName::of(mode)));
            if (!result.contains(mode))
                result.append(mode);
        },
        true);
    return result;
}

void ApiConfig::readNamespaces(ConfigObject &top)
{
    if (!top.has(u"channelNamespaces"_s)) {
        if (m_hasModes)
            useDefaultNamespaces();
        return;
    }
    m_options.namespaces.clear();
    top.objects(
        u"channelNamespaces"_s, [this](ConfigObject &one) { readNamespace(one); }, true);
}

//! The namespaces that the emulator has anyway, as far as their modes are among those of this file.
void ApiConfig::useDefaultNamespaces()
{
    const auto both = [](Modes modes, const Modes &others) {
        modes.removeIf([&](Mode mode) { return !others.contains(mode); });
        return modes;
    };
    m_options.namespaces = Options::defaultNamespaces();
    for (Options::Namespace &nameSpace : m_options.namespaces) {
        nameSpace.publish = both(m_publishModes, nameSpace.publish);
        nameSpace.subscribe = both(m_subscribeModes, nameSpace.subscribe);
    }
}

void ApiConfig::readNamespace(ConfigObject &object)
{
    Options::Namespace nameSpace;
    object.read(u"name"_s, &nameSpace.name, true);
    const auto isSame = [&](const Options::Namespace &other) {
        return other.name == nameSpace.name;
    };
    const QList<Options::Namespace> &before = m_options.namespaces;
    if (!ChannelName::isNamespace(nameSpace.name))
        object.fail(u"name"_s,
                    u"a namespace needs a \"name\" of 1 to 50 letters, digits and inner dashes"_s);
    else if (std::any_of(before.begin(), before.end(), isSame))
        object.fail(u"name"_s, u"the namespace \"%1\" is there twice"_s.arg(nameSpace.name));
    nameSpace.publish = modes(object, u"publishAuthModes"_s, m_publishModes);
    nameSpace.subscribe = modes(object, u"subscribeAuthModes"_s, m_subscribeModes);
    readHandlers(object, &nameSpace);
    object.ignore(
        {u"apiId"_s, u"tags"_s, u"channelNamespaceArn"_s, u"created"_s, u"lastModified"_s});
    m_options.namespaces.append(nameSpace);
}

void ApiConfig::readHandlers(ConfigObject &object, Options::Namespace *nameSpace)
{
    object.read(u"codeHandlers"_s, &nameSpace->code);
    if (nameSpace->code.size() > kCodeCharacters)
        object.fail(u"codeHandlers"_s,
                    u"\"codeHandlers\" has more than %1 characters"_s.arg(kCodeCharacters));
    object.readPath(u"codeHandlersFile"_s, &nameSpace->codeFile);
    if (!nameSpace->code.isEmpty() && !nameSpace->codeFile.isEmpty())
        object.fail(u"codeHandlersFile"_s,
                    u"one of \"codeHandlers\" and \"codeHandlersFile\" is enough"_s);
    object.object(u"handlerConfigs"_s, [&](ConfigObject &configs) {
        const auto read = [&](const QString &name, QString *source) {
            configs.object(name, [&](ConfigObject &config) {
                QString behavior;
                config.read<QString>(u"behavior"_s, {{u"CODE"_s, {}}}, &behavior);
                config.object(u"integration"_s, [&](ConfigObject &integration) {
                    readDataSourceName(integration, source);
                });
            });
        };
        read(u"onPublish"_s, &nameSpace->publishSource);
        read(u"onSubscribe"_s, &nameSpace->subscribeSource);
    });
}

void ApiConfig::readDataSourceName(ConfigObject &integration, QString *name) const
{
    integration.read(u"dataSourceName"_s, name, true);
    const QList<Options::DataSource> &known = m_options.dataSources;
    if (std::none_of(known.begin(), known.end(),
                     [&](const Options::DataSource &source) { return source.name == *name; }))
        integration.fail(u"dataSourceName"_s,
                         u"none of \"dataSources\" in \"emulator\" is called %1"_s.arg(*name));
}

void ApiConfig::readApiKeys(ConfigObject &top)
{
    top.objects(u"apiKeys"_s, [this](ConfigObject &object) {
        Options::ApiKey key;
        object.readSecret(u"id"_s, &key.id, true);
        object.read(u"description"_s, &key.description);
        object.readNumber(u"expires"_s, 0, kLastSecond, [&](qint64 seconds) {
            key.expires = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
        });
        object.ignore({u"deletes"_s});
        const QList<Options::ApiKey> &before = m_options.apiKeys;
        if (std::any_of(before.begin(), before.end(),
                        [&](const Options::ApiKey &other) { return other.id == key.id; }))
            object.fail(u"id"_s, u"this key is there twice"_s);
        m_options.apiKeys.append(key);
    });
}

void ApiConfig::connectProviders(ConfigFile &file,
                                 const QMap<QString, AccountConfig::IssuerKeys> &keys)
{
    const QStringList top{u"emulator"_s};
    if (!m_lambdaPath.isEmpty() && !m_options.lambda.isSet())
        file.fail(m_lambdaPath,
                  u"AWS_LAMBDA needs \"lambdaAuthorizer\" in \"emulator\": what to call"_s);
    for (const Provider &provider : std::as_const(m_providers))
        connectProvider(file, provider, keys);
    for (auto it = keys.begin(); it != keys.end(); ++it) {
        if (!m_provided)
            m_options.tokenProviders.append(
                {Mode::Oidc, it.key(), it->keys, {}, {}, {}, it->keysUrl});
        else if (!m_connected.contains(it.key()))
            file.fail(top + QStringList{u"tokenProviders"_s},
                      u"no provider in \"authProviders\" names the issuer %1"_s.arg(it.key()));
    }
    for (const Options::Issuer &issuer : std::as_const(m_options.issuers)) {
        if (m_provided && !m_connected.contains(issuer.issuer))
            file.fail(top + QStringList{u"issuers"_s},
                      u"no provider in \"authProviders\" names the issuer %1"_s.arg(issuer.issuer));
    }
}

void ApiConfig::connectProvider(ConfigFile &file, const Provider &provider,
                                const QMap<QString, AccountConfig::IssuerKeys> &keys)
{
    Options::TokenProvider terms = provider.terms;
    const bool isOwnPool = terms.kind == Mode::UserPool
        && (provider.userPoolId.isEmpty() || provider.userPoolId == m_options.userPool.id);
    if (isOwnPool) {
        m_options.userPool.clientIdPattern = terms.clientIdPattern;
        return;
    }
    if (terms.issuer.isEmpty())
        return; // OIDC without more: the issuer that every emulator has
    if (m_connected.contains(terms.issuer))
        return file.fail(provider.path, u"the issuer %1 is there twice"_s.arg(terms.issuer));
    m_connected += terms.issuer;
    for (Options::Issuer &own : m_options.issuers) {
        if (own.issuer != terms.issuer)
            continue;
        own.clientIdPattern = terms.clientIdPattern;
        own.iatTtl = terms.iatTtl;
        own.authTtl = terms.authTtl;
        return;
    }
    if (const auto known = keys.constFind(terms.issuer); known != keys.constEnd()) {
        terms.keys = known->keys;
        terms.keysUrl = known->keysUrl;
    } else if (!terms.issuer.startsWith(u"https://") && !terms.issuer.startsWith(u"http://")) {
        file.fail(provider.path,
                  u"the issuer %1 is no web address, so that \"emulator\" must say where its keys "
                  "are, in \"tokenProviders\" or \"issuers\""_s.arg(terms.issuer));
    }
    m_options.tokenProviders.append(terms);
}

} // namespace AppSync::Emulation
