// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonValue>
#include <QString>

//! The scalars of GraphQL and those that AppSync adds. Others hold any JSON.
namespace AppSync::Emulation::AwsScalars {

//! Whether \a name is a scalar whose values are checked here.
[[nodiscard]] bool isKnown(const QString &name);
//! \a value as the scalar \a name has it; undefined: it is none. For values that clients send.
[[nodiscard]] QJsonValue parsed(const QString &name, const QJsonValue &value);
//! The same for values of resolvers, which are taken more generously: 7 is a String, an object an AWSJSON.
[[nodiscard]] QJsonValue serialized(const QString &name, const QJsonValue &value);

} // namespace AppSync::Emulation::AwsScalars
