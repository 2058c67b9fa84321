// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "../../core/httpanswer.h"

//! Refusals of OAuth servers in words.
namespace AppSync::OidcError {

//! \a code is `invalid_grant`, `access_denied`, …; \a description the server's words.
Error described(const QString &code, const QString &description, int httpStatus = 0);
//! An answer of \a host that is no success.
Error fromAnswer(const HttpAnswer &answer, const QString &host);
//! An answer that is a success, but without \a what.
Error unexpected(const QString &host, const QString &what);
//! The refresh token, or the code, is worth nothing any more.
bool isGrantRefused(const Error &error);

} // namespace AppSync::OidcError
