// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Syncscope {

//! The ways to sign in that AppSync has, and none.
enum class AuthMode { ApiKey, UserPool, Oidc, Lambda, Iam, None };

//! Reads `api-key`, `user-pool`, `oidc`, `lambda`, `iam`, `none`.
[[nodiscard]] std::optional<AuthMode> authModeFromText(QStringView text);
[[nodiscard]] QString toText(AuthMode mode);
[[nodiscard]] QStringList authModeNames();

//! True for the modes whose credential is a token.
[[nodiscard]] constexpr bool takesToken(AuthMode mode)
{
    return mode == AuthMode::UserPool || mode == AuthMode::Oidc || mode == AuthMode::Lambda;
}

} // namespace Syncscope
