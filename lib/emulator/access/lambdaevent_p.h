// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"

//! What passes between the service and a Lambda authorizer, as JSON.
namespace AppSync::Emulation::LambdaEvent {

//! What the service holds of `handlerContext` at most, in bytes.
inline constexpr qsizetype kContextBytes = 5 * 1024 * 1024;

//! The event that the function gets.
[[nodiscard]] QJsonObject request(const EmulatorOptions::LambdaRequest &request);
//! What it returned. An answer of another form has a `problem`, and authorizes nobody.
[[nodiscard]] EmulatorOptions::LambdaAnswer answer(const QByteArray &json);

} // namespace AppSync::Emulation::LambdaEvent
