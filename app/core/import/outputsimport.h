// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/draft.h"

#include <QJsonDocument>

//! Files in which everybody names things as they like: outputs of stacks, variables of an environment.
namespace Syncscope::OutputsImport {

//! `cdk deploy --outputs-file`: an object for each stack, whose members are texts.
[[nodiscard]] bool isCdk(const QJsonObject &object);
[[nodiscard]] QList<Draft> readCdk(const QJsonObject &object);

//! `aws cloudformation describe-stacks`, or a bare list of outputs, as `sam list stack-outputs` prints.
[[nodiscard]] bool isCloudFormation(const QJsonDocument &document);
[[nodiscard]] QList<Draft> readCloudFormation(const QJsonDocument &document);

//! `terraform output -json`, which readAny() understands.
[[nodiscard]] bool isTerraform(const QJsonObject &object);
//! Any other JSON: a draft named \a name of all that looks like something of AppSync.
[[nodiscard]] QList<Draft> readAny(const QString &name, const QJsonDocument &document);

//! `NAME=value` lines with comments, quotes and `export`, as in `.env`; also `Stack.Name = value`, as
//! `cdk deploy` prints.
[[nodiscard]] bool isEnvironment(const QString &text);
[[nodiscard]] QList<Draft> readEnvironment(const QString &name, const QString &text);

} // namespace Syncscope::OutputsImport
