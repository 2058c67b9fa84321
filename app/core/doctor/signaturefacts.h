// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctorstep.h"

#include <AppSync/Authorizer>

#include <QDateTime>

namespace Syncscope {

//! What \a error says about a signature of \a authorizer: the likely causes, and, where the server told what
//! it expected, the difference line by line, ours with `-` and the server's with `+`. Empty if \a error is
//! about something else, or if \a authorizer is not of IAM. \a serverTime: the `Date` of the answer.
[[nodiscard]] QList<DoctorStep::Fact> signatureFacts(const AppSync::Authorizer *authorizer,
                                                     const AppSync::Error &error,
                                                     const QDateTime &serverTime = {});

} // namespace Syncscope
