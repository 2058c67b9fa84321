// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../serviceerror_p.h"

#include <QJsonObject>

#include <optional>

//! API keys as the control plane makes and changes them.
namespace AppSync::Emulation::ApiKeys {

//! Sets what \a body has: `description`, `expires` (seconds since 1970, a day to a year from \a now, rounded
//! down to the hour). For a new key, seven days are the default. Nothing, or what is wrong; then \a key is
//! untouched.
[[nodiscard]] std::optional<ServiceError> change(EmulatorOptions::ApiKey *key,
                                                 const QJsonObject &body, const QDateTime &now);
[[nodiscard]] EmulatorOptions::ApiKey make();
//! `{"id", "description", "expires", "deletes"}`; a key without end is told as one that ends in a year.
[[nodiscard]] QJsonObject toJson(const EmulatorOptions::ApiKey &key, const QDateTime &now);

} // namespace AppSync::Emulation::ApiKeys
