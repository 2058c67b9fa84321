// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../serviceerror_p.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

//! The shapes of the control plane's model, checked and translated.
namespace AppSync::Emulation::ApiModel {

using Modes = QList<EmulatorOptions::AuthMode>;

[[nodiscard]] ServiceError badRequest(const QString &message);

//! `[{"authType": "API_KEY"}, …]`
[[nodiscard]] QJsonArray toJson(const Modes &modes);
//! \a object's member of that name; nothing, with \a problem, if it is none.
[[nodiscard]] std::optional<Modes> readModes(const QJsonObject &object, const QString &member,
                                             std::optional<ServiceError> *problem);
//! Nothing, or what is wrong with an EventConfig.
[[nodiscard]] std::optional<ServiceError> problemOf(const QJsonObject &eventConfig);
//! Of an API that the options describe and nobody configured by the control plane.
[[nodiscard]] QJsonObject eventConfigOf(const EmulatorOptions &options, const QString &userPoolId,
                                        const QString &issuer, const QString &lambdaArn);
//! `code`, data sources and what else a ChannelNamespace says of its handlers into \a nameSpace.
[[nodiscard]] std::optional<ServiceError> readHandlers(const QJsonObject &object,
                                                       const EmulatorOptions &options,
                                                       EmulatorOptions::Namespace *nameSpace);
[[nodiscard]] QJsonObject handlersToJson(const EmulatorOptions::Namespace &nameSpace);
//! `{"key": "value"}`; nothing, with \a problem, if it is none.
[[nodiscard]] std::optional<QMap<QString, QString>> readTags(const QJsonValue &value,
                                                             std::optional<ServiceError> *problem);

} // namespace AppSync::Emulation::ApiModel
