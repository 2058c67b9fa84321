// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"

#include <functional>

namespace AppSync {

using AuthorizationHandler = std::function<void(const Error &error, const Headers &headers)>;

//! Told when the authorizer begins to wait for a person (true), and when it goes on (false): meanwhile the
//! deadlines of whatever needs the headers stand still.
using PersonHandler = std::function<void(bool isWaiting)>;

//! Asks \a authorizer, and calls \a done once from the event loop, unless \a context dies first or the
//! authorizer never answers (deadlines are the caller's). No authorizer at all is an error in words.
void requestAuthorization(Authorizer *authorizer, const SignableRequest &request, QObject *context,
                          const AuthorizationHandler &done, const PersonHandler &onPerson = {});

} // namespace AppSync
