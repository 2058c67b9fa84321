// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! How a profile comes to its credentials, in the order in which the AWS tools look.
enum class ProfileKind { None, Role, WebIdentity, Sso, Login, Keys, Process };

//! What \a profile says of itself.
ProfileKind kindOf(const AwsProfile &profile);

//! The source of the profile of \a context, with the sources that it builds upon. Null where it has none, or
//! where it is wrong, as \a error says then. Owned by \a parent.
FetchedCredentials *makeProfileSource(const AwsContext &context, QObject *parent, Error *error);

//! The profile that is meant where nobody chose one: AWS_PROFILE, AWS_DEFAULT_PROFILE, `default`.
QString usualProfile(const AwsEnvironment &environment);
//! Whether the variables name it.
bool isProfileNamed(const AwsEnvironment &environment);
//! There is no profile \a name.
Error profileMissing(const QString &name, const AwsEnvironment &environment);

} // namespace AppSync
