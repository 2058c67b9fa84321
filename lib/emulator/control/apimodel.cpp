// SPDX-License-Identifier: Apache-2.0
#include "apimodel_p.h"

#include "../access/authmodename_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::ApiModel {

namespace {

constexpr qsizetype kMostCode = 32'768;
constexpr qsizetype kMostTags = 50;

//! Nothing, or what is wrong with `integration` and `behavior` of one handler.
std::optional<ServiceError> readHandler(const QJsonObject &handler, const QString &name,
                                        const EmulatorOptions &options, QString *source)
{
    const QString behavior = handler.value("behavior"_L1).toString(u"CODE"_s);
    if (behavior == "DIRECT"_L1)
        return badRequest(
            u"%1: the local AppSync has no DIRECT integrations; use CODE with a data source."_s.arg(
                name));
    if (behavior != "CODE"_L1)
        return badRequest(u"%1: behavior must be CODE or DIRECT."_s.arg(name));
    *source = handler.value("integration"_L1).toObject().value("dataSourceName"_L1).toString();
    const bool isThere = std::any_of(options.dataSources.begin(), options.dataSources.end(),
                                     [&](const auto &one) { return one.name == *source; });
    if (!source->isEmpty() && !isThere)
        return badRequest(u"%1: there is no data source \"%2\"."_s.arg(name, *source));
    return std::nullopt;
}

} // namespace

ServiceError badRequest(const QString &message)
{
    return ServiceError::http(400, u"BadRequestException"_s, message);
}

QJsonArray toJson(const Modes &modes)
{
    QJsonArray array;
    for (const EmulatorOptions::AuthMode mode : modes)
        array.append(QJsonObject{{u"authType"_s, AuthModeName::of(mode)}});
    return array;
}

std::optional<Modes> readModes(const QJsonObject &object, const QString &member,
                               std::optional<ServiceError> *problem)
{
    const QJsonArray array = object.value(member).toArray();
    Modes modes;
    for (const QJsonValue &value : array) {
        const QString type = value.toObject().value("authType"_L1).toString();
        const auto mode = AuthModeName::parse(type);
        if (!mode) {
            *problem =
                badRequest(u"%1: there is no authType \"%2\"."_s.arg(member, type.left(100)));
            return std::nullopt;
        }
        modes.append(*mode);
    }
    if (modes.isEmpty()) {
        *problem = badRequest(u"%1 must be an array of at least one {\"authType\"}."_s.arg(member));
        return std::nullopt;
    }
    return modes;
}

std::optional<ServiceError> problemOf(const QJsonObject &eventConfig)
{
    std::optional<ServiceError> problem;
    const auto providers = readModes(eventConfig, u"authProviders"_s, &problem);
    if (!providers)
        return problem;
    for (const auto member :
         {"connectionAuthModes"_L1, "defaultPublishAuthModes"_L1, "defaultSubscribeAuthModes"_L1}) {
        const auto modes = readModes(eventConfig, member, &problem);
        if (!modes)
            return problem;
        for (const EmulatorOptions::AuthMode mode : *modes) {
            if (!providers->contains(mode))
                return badRequest(u"%1 names %2, which is not among the authProviders."_s.arg(
                    member, AuthModeName::of(mode)));
        }
    }
    return std::nullopt;
}

QJsonObject eventConfigOf(const EmulatorOptions &options, const QString &userPoolId,
                          const QString &issuer, const QString &lambdaArn)
{
    QJsonArray providers;
    for (const EmulatorOptions::AuthMode mode : EmulatorOptions::allAuthModes()) {
        QJsonObject provider{{u"authType"_s, AuthModeName::of(mode)}};
        if (mode == EmulatorOptions::AuthMode::UserPool)
            provider.insert(
                u"cognitoConfig"_s,
                QJsonObject{{u"userPoolId"_s, userPoolId}, {u"awsRegion"_s, options.region}});
        else if (mode == EmulatorOptions::AuthMode::Oidc)
            provider.insert(u"openIDConnectConfig"_s, QJsonObject{{u"issuer"_s, issuer}});
        else if (mode == EmulatorOptions::AuthMode::Lambda)
            provider.insert(u"lambdaAuthorizerConfig"_s,
                            QJsonObject{{u"authorizerUri"_s, lambdaArn}});
        providers.append(provider);
    }
    const QJsonArray all = toJson(EmulatorOptions::allAuthModes());
    return {{u"authProviders"_s, providers},
            {u"connectionAuthModes"_s, toJson(options.connectModes)},
            {u"defaultPublishAuthModes"_s, all},
            {u"defaultSubscribeAuthModes"_s, all}};
}

std::optional<ServiceError> readHandlers(const QJsonObject &object, const EmulatorOptions &options,
                                         EmulatorOptions::Namespace *nameSpace)
{
    const QString code = object.value("codeHandlers"_L1).toString();
    if (code.size() > kMostCode)
        return badRequest(u"codeHandlers has more than %1 characters."_s.arg(kMostCode));
    nameSpace->code = code;
    nameSpace->codeFile.clear();
    const QJsonObject handlers = object.value("handlerConfigs"_L1).toObject();
    auto problem = readHandler(handlers.value("onPublish"_L1).toObject(), u"onPublish"_s, options,
                               &nameSpace->publishSource);
    if (!problem)
        problem = readHandler(handlers.value("onSubscribe"_L1).toObject(), u"onSubscribe"_s,
                              options, &nameSpace->subscribeSource);
    return problem;
}

QJsonObject handlersToJson(const EmulatorOptions::Namespace &nameSpace)
{
    QJsonObject object;
    if (!nameSpace.code.isEmpty())
        object.insert(u"codeHandlers"_s, nameSpace.code);
    QJsonObject configs;
    const auto add = [&](const QString &name, const QString &source) {
        if (source.isEmpty())
            return;
        configs.insert(name,
                       QJsonObject{{u"behavior"_s, u"CODE"_s},
                                   {u"integration"_s, QJsonObject{{u"dataSourceName"_s, source}}}});
    };
    add(u"onPublish"_s, nameSpace.publishSource);
    add(u"onSubscribe"_s, nameSpace.subscribeSource);
    if (!configs.isEmpty())
        object.insert(u"handlerConfigs"_s, configs);
    return object;
}

std::optional<QMap<QString, QString>> readTags(const QJsonValue &value,
                                               std::optional<ServiceError> *problem)
{
    const QJsonObject object = value.toObject();
    QMap<QString, QString> tags;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it.value().isString() || it.key().isEmpty() || it.key().size() > 128
            || it.value().toString().size() > 256) {
            *problem =
                badRequest(u"A tag has a key of 1 to 128 and a value of up to 256 characters."_s);
            return std::nullopt;
        }
        tags.insert(it.key(), it.value().toString());
    }
    if (tags.size() > kMostTags) {
        *problem = badRequest(u"A resource has %1 tags at most."_s.arg(kMostTags));
        return std::nullopt;
    }
    return tags;
}

} // namespace AppSync::Emulation::ApiModel
