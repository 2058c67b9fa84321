// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonObject>

#include <optional>

//! What a client reads in a JWT. Signatures are the affair of the service that the token is sent to.
namespace AppSync::Jwt {

//! The claims, if \a token is of three base64url parts of which the second is a JSON object; its header is
//! one too.
std::optional<QJsonObject> claims(const QString &token);
//! The moment of the claim \a name (`exp`, `iat`), UTC; invalid if there is none.
QDateTime time(const QJsonObject &claims, const QString &name);

} // namespace AppSync::Jwt
