// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/draft.h"

#include <QJsonObject>

//! What Amplify's tools write, and what programs hand to Amplify.configure().
namespace Syncscope::AmplifyImport {

//! `amplify_outputs.json` of Gen 2: has "version" as a text, and "auth", "data" or "custom".
[[nodiscard]] bool isOutputs(const QJsonObject &object);
[[nodiscard]] Draft readOutputs(const QJsonObject &object);

//! `aws-exports.js`, or the `amplifyconfiguration.json` of web programs: members such as
//! `aws_appsync_graphqlEndpoint`.
[[nodiscard]] bool isExports(const QJsonObject &object);
//! The configuration object of Amplify's versions 5 and 6: "API" and "Auth".
[[nodiscard]] bool isResources(const QJsonObject &object);
//! Either of them, or both in one.
[[nodiscard]] Draft readExports(const QJsonObject &object);

//! `amplifyconfiguration.json` of Android, iOS and Flutter: "api" and "auth" with "plugins". A profile for
//! each API.
[[nodiscard]] bool isNative(const QJsonObject &object);
[[nodiscard]] QList<Draft> readNative(const QJsonObject &object);

} // namespace Syncscope::AmplifyImport
