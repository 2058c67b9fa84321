// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "../../core/httpanswer.h"

#include <chrono>

//! What user pools say when they refuse, in sentences.
namespace AppSync::CognitoError {

//! \a clockOffset: what the server's time is ahead of this computer's.
Error fromAnswer(const HttpAnswer &answer, std::chrono::milliseconds clockOffset);
Error described(const QString &type, const QString &serverMessage, int httpStatus,
                std::chrono::milliseconds clockOffset);
//! An answer that lacks what it has to have.
Error unexpected(const QString &what);

//! The code was wrong or too old: another one may be entered.
bool isWrongCode(const Error &error);
//! The new password, or what came with it, was refused: another one may be chosen.
bool isBadPassword(const Error &error);
//! The user name or the password is wrong, as far as the server tells.
bool isWrongPassword(const Error &error);
//! The pool does not know the device (any more).
bool isUnknownDevice(const Error &error);
//! The refresh token is of no use any more.
bool isRefreshRefused(const Error &error);
//! The operation is not to be had there, so that an older one may be.
bool isUnknownOperation(const Error &error);

} // namespace AppSync::CognitoError
