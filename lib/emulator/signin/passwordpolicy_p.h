// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

//! What Cognito asks of passwords unless told otherwise.
namespace AppSync::Emulation::PasswordPolicy {

//! In Cognito's words; empty: none.
[[nodiscard]] QString problemOf(const QString &password);
//! One that satisfies it.
[[nodiscard]] QString makePassword();

} // namespace AppSync::Emulation::PasswordPolicy
